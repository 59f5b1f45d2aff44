"""The files of the page that shows every answer of the verifier, and where it may not be."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import FileSystemLoader
from site_catalogue import make

from asnad import assets
from asnad.errors import PublicationError
from asnad.gate.verdict_claims import verdict_claims
from asnad.messages import read_messages
from asnad.site.demonstration_page import demonstration_page_files
from asnad.site.demonstration_states import PATH, PICTURED, DemonstrationState, states_json
from asnad.site.issuer_reading import read_issuer_files, read_publication_parts
from asnad.site.publication import publication_files
from asnad.site.stationery import certificate_environment
from asnad.site.verifier_page import PinnedIssuer
from asnad.verification.outcome import Outcome
from example_centre import NOW, found_example_centre

OVERRIDES = Path(__file__).parent.parent.parent / "site_overrides"
TEXTS = {path.stem: path.read_bytes() for path in sorted((OVERRIDES / "messages").glob("*.json"))}
LIVE = tuple(outcome for outcome in Outcome if outcome not in PICTURED)
STATES = tuple(
    DemonstrationState(outcome=outcome, code_digits=f"{place}123456789" * 60, link_digits=f"{place}987654321" * 70)
    for place, outcome in enumerate(LIVE)
)
VERIFIER = "https://skills.example/v/"


def made(language: str = "en", bundle: dict[str, bytes] | None = None) -> dict[str, bytes]:
    languages = (language, "ur" if language == "en" else "en")
    return demonstration_page_files(
        {"demonstration.js": b"script"} if bundle is None else bundle,
        certificate_environment(FileSystemLoader(OVERRIDES / "certificate")),
        b"style",
        STATES,
        issuers=(PinnedIssuer("did:web:skills.example", ("z6MkRootOne",)),),
        verifier=VERIFIER,
        messages=read_messages(TEXTS, "demonstration", languages),
        answers=read_messages(TEXTS, "verifier", languages),
    )


def test_files_lie_under_demo() -> None:
    pictures = [f"demo/{outcome}.svg" for outcome in LIVE]
    others = ["demo/demonstration.css", "demo/demonstration.js", "demo/demonstrationWords.js", "demo/index.html"]
    assert sorted(made()) == sorted(pictures + others)


def test_policy_stands_first_and_allows_nothing_inline() -> None:
    page = made()["demo/index.html"].decode()
    first = re.search(r"<head>\s*(<[^>]*>)", page)
    assert first is not None
    for directive in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'"):
        assert directive + ";" in first[1]
    assert "require-trusted-types-for 'script'; trusted-types 'none'" in first[1]
    assert "unsafe" not in page
    assert re.findall(r"<script(?![^>]* src=)(?![^>]*application/json)", page) == []
    assert "style=" not in page


def test_page_loads_nothing_from_elsewhere_and_is_not_indexed() -> None:
    page = made()["demo/index.html"].decode()
    assert "http:" not in page
    assert "https:" not in page
    assert '<meta name="referrer" content="no-referrer">' in page
    assert '<meta name="robots" content="noindex">' in page


def test_there_is_one_card_for_every_answer_and_a_link_where_there_is_a_certificate() -> None:
    page = made()["demo/index.html"].decode()
    cards = re.findall(r'data-expected="([a-z-]+)"', page)
    assert sorted(cards) == sorted(Outcome)
    for state in STATES:
        assert f'href="../v/#{state.link_digits}"' in page
    assert page.count("data-found") == page.count('href="../v/#') == len(LIVE)
    assert page.count('data-say="picture">A picture, not a result<') == len(PICTURED)


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_without_its_script_the_page_claims_nothing_of_any_certificate(language: str) -> None:
    page = made(language)["demo/index.html"]
    assert list(verdict_claims("demo/index.html", page, certificate=False)) == []
    assert b"data-outcome" not in page


def test_page_says_in_both_languages_that_without_javascript_nothing_was_checked() -> None:
    page = made()["demo/index.html"].decode()
    without_script = page[page.index("<noscript>") : page.index("</noscript>")]
    assert '<p class="tally" lang="en" dir="ltr">JavaScript is switched off here' in without_script
    assert '<p class="tally" lang="ur" dir="rtl">یہاں جاوا اسکرپٹ بند ہے' in without_script


def test_same_parts_make_the_same_bytes() -> None:
    assert made() == made()


def test_a_bundle_without_the_script_is_refused() -> None:
    with pytest.raises(PublicationError, match=r"demonstration\.js"):
        made(bundle={})


def test_the_home_page_names_it_only_where_there_is_one() -> None:
    assert "demo/" not in make().home_page("en", None).body
    shown = replace(make(), answers=True)
    assert '<a class="button button--light" href="./demo/">Try every answer</a>' in shown.home_page("en", None).body
    assert 'href="../demo/"' in shown.home_page("ur", None).body


@pytest.mark.parametrize("demonstration", ["true", "false"])
def test_only_a_demonstration_publishes_it(demonstration: str, tmp_path: Path) -> None:
    centre = found_example_centre(tmp_path, demonstration=demonstration)
    parts = read_publication_parts(centre.catalogue)
    parts = replace(parts, verifier_bundle=dict(parts.verifier_bundle) | {"demonstration.js": b"script"})

    def site() -> dict[str, bytes]:
        issuer = read_issuer_files(centre.folder, centre.catalogue.centre.did)
        assert issuer is not None
        return publication_files(centre.catalogue, issuer, parts, NOW)

    assert not any(path.startswith("demo/") for path in site())
    (centre.folder.credentials / PATH).parent.mkdir(parents=True)
    (centre.folder.credentials / PATH).write_bytes(states_json(STATES))
    if demonstration == "true":
        assert "demo/index.html" in site()
    else:
        with pytest.raises(PublicationError, match="found a real centre"):
            site()


def test_a_catalogue_that_calls_itself_a_demonstration_beside_real_keys_gets_none(tmp_path: Path) -> None:
    centre = found_example_centre(tmp_path, demonstration="false")
    (centre.folder.credentials / PATH).parent.mkdir(parents=True)
    (centre.folder.credentials / PATH).write_bytes(states_json(STATES))
    called = replace(centre.catalogue, centre=replace(centre.catalogue.centre, demonstration=True))
    issuer = read_issuer_files(centre.folder, called.centre.did)
    assert issuer is not None
    with pytest.raises(PublicationError, match="found a real centre"):
        publication_files(called, issuer, read_publication_parts(called), NOW)


def test_the_script_takes_25_kilobytes_at_most_on_its_way() -> None:
    assert len(gzip.compress((assets.verifier_dir() / "demonstration.js").read_bytes(), 9)) <= 25_000
