"""The files of a new centre's repository, from templates and the answers about it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import PurePosixPath

from jinja2 import Environment, StrictUndefined

from asnad.desk.new_centre import NewCentre
from asnad.messages import Messages

COMMON = "common"
HIDDEN = "dot-"
"""Begins the names of templates whose files begin with a dot; so no tool takes a template for its own file."""
HOME = "catalogue/pages/index.md"
RUN_BEGAN = timedelta(days=20)
RUN_ENDED = timedelta(days=8)
"""Before today: the example run is over, by everyone's calendar, and its certificates can be issued at once."""
EXECUTABLE = ".githooks/"
NAMED_BY_OWNER = (".github.io", ".gitlab.io")
"""Domains that a host gives to the repository of the same name."""


def centre_files(
    centre: NewCentre,
    templates: Mapping[str, bytes],
    today: date,
    requirement: str,
    starter: Mapping[str, Messages],
) -> dict[str, bytes]:
    """
    Write the files of a new centre.

    Args:
        centre: As answered.

        templates: By path below ``new_centre/``: ``common/…``, and the folder of the Git host.

        today: Day at the centre.

        requirement: What its pipeline installs, such as ``asnad==1.0.0``.

        starter: Texts to begin with, in each language of the centre.

    Returns:
        Content by path below the centre's folder.

    """
    environment = _environment()
    values = _values(centre, today, requirement) | {"starter": starter}
    files = {}
    for path, content in sorted(templates.items()):
        template = environment.from_string(content.decode("utf-8"))
        _, *rest = PurePosixPath(path).parts
        name = "/".join(_shown(step) for step in rest)
        if name != HOME:
            files[name] = template.render(values).encode("utf-8")
            continue
        for language in centre.languages:
            written = template.render(values, language=language)
            files[_home_page(language, centre.languages)] = written.encode("utf-8")
    return files


def _shown(step: str) -> str:
    return "." + step.removeprefix(HIDDEN) if step.startswith(HIDDEN) else step


def _home_page(language: str, languages: tuple[str, ...]) -> str:
    """Name a home page as the site wants it: its language stands in the name unless it is the first."""
    return HOME if language == languages[0] else HOME.replace(".md", f".{language}.md")


def _environment() -> Environment:
    # Braces, dollar and percent signs belong to the files themselves: workflows and shell are full of them.
    environment = Environment(
        variable_start_string="«",
        variable_end_string="»",
        block_start_string="«%",
        block_end_string="%»",
        comment_start_string="«#",
        comment_end_string="#»",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  # No HTML; each value is quoted for its file by a filter.
    )
    # A JSON string is a double-quoted YAML scalar too.
    environment.filters["quoted"] = lambda text: json.dumps(text, ensure_ascii=False)
    environment.filters["markdown"] = lambda text: re.sub(r"([\\`*_{}\[\]<>#!|&])", r"\\\1", text)
    return environment


def _project(site: str) -> str:
    """Name the repository where the address decides it; nothing where the site has a domain of its own."""
    domain, *path = site.removeprefix("https://").removesuffix("/").split("/")
    if path:
        return path[-1]
    return domain if domain.endswith(NAMED_BY_OWNER) else ""


def _values(centre: NewCentre, today: date, requirement: str) -> dict[str, object]:
    by_language = dict(centre.names)
    return {
        "did": centre.did,
        "keys_folder": centre.did.replace(":", "+"),
        "site": centre.site,
        "domain": centre.site.split("/")[2],
        "project": _project(centre.site),
        "repository": "private" if centre.repository_private else "public",
        "prefix": centre.serial_prefix,
        "names": centre.names,
        "names_by_language": {tag: by_language.get(tag, centre.names[0][1]) for tag in centre.languages},
        "since": date(today.year - 1, 1, 1).isoformat(),
        "country": centre.country,
        "country_names": centre.country_names,
        "city": centre.city,
        "languages": list(centre.languages),
        "time_zone": centre.time_zone,
        "phone": centre.phone,
        "email": centre.email,
        "signatory": centre.signatory,
        "host": str(centre.host),
        "run_start": (today - RUN_BEGAN).isoformat(),
        "run_end": (today - RUN_ENDED).isoformat(),
        "requirement": requirement,
    }
