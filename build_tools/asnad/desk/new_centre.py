"""What is asked about a new centre, and what follows from the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from babel import Locale
from babel.core import get_global

from asnad.catalogue.addresses import did_web
from asnad.catalogue.forms import CODE, COUNTRY, EMAIL, LINE, PHONE, TIME_ZONE, Form, did_you_mean
from asnad.errors import CatalogueError, CatalogueErrors
from asnad.issuers.did_web import site_of


class GitHost(StrEnum):
    """The kind of host for which a pipeline is written."""

    GITHUB = "github"
    GITLAB = "gitlab"
    FORGEJO = "forgejo"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a person has answered, as it was written; each place of an error is the option of the same name."""

    name: str
    name_urdu: str
    """Empty where the centre has none, or is not asked."""
    domain: str
    """Host, or host and path, such as ``user.github.io/skills``."""
    country: str
    city: str
    """Empty: nobody said."""
    languages: tuple[str, ...]
    time_zone: str
    phone: str
    email: str
    serial_prefix: str
    signatory: str
    """Empty: nobody said."""
    host: GitHost
    repository_private: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCentre:
    """A centre that is to be founded; every value has the form that the catalogue wants."""

    did: str
    names: tuple[tuple[str, str], ...]
    """By language of the site; one language at least."""
    country: str
    country_names: tuple[tuple[str, str], ...]
    city: str
    languages: tuple[str, ...]
    time_zone: str
    phone: str
    email: str
    serial_prefix: str
    signatory: str
    host: GitHost
    repository_private: bool

    @property
    def site(self) -> str:
        """Address of the site, ending in ``/``."""
        return site_of(self.did)


def read_answers(answers: Answers, offered: Sequence[str]) -> NewCentre:
    """
    Check the answers.

    Args:
        answers: As written.

        offered: Languages in which Asnad has its words.

    Raises:
        CatalogueErrors: All that is wrong in them.

    """
    texts = {
        "domain": answers.domain,
        "name": answers.name,
        "name-urdu": answers.name_urdu,
        "country": answers.country,
        "city": answers.city,
        "time-zone": answers.time_zone,
        "phone": answers.phone,
        "email": answers.email,
        "serial-prefix": answers.serial_prefix,
        "signatory": answers.signatory,
    }
    errors = [error for option, text in texts.items() for error in wrong_answer(option, text)]
    errors += wrong_languages(answers.languages, offered)
    did = did_of(answers.domain)
    if did is None or errors:
        raise CatalogueErrors(tuple(errors))
    country_names = tuple((language, country_name(answers.country, language)) for language in answers.languages)
    return NewCentre(
        did=did,
        names=_names(answers),
        country=answers.country,
        country_names=country_names,
        city=answers.city or country_names[0][1],
        languages=answers.languages,
        time_zone=answers.time_zone,
        phone=answers.phone,
        email=answers.email,
        serial_prefix=answers.serial_prefix,
        signatory=answers.signatory,
        host=answers.host,
        repository_private=answers.repository_private,
    )


def tidied(option: str, text: str) -> str:
    """
    Write an answer as it is kept: without blanks around it, and codes in capital letters.

    Args:
        option: Its name, without hyphens before it.

        text: As it was written.

    """
    text = text.strip()
    return text.upper() if option in ("country", "serial-prefix") else text


def wrong_answer(option: str, text: str) -> tuple[CatalogueError, ...]:
    """
    Tell what is wrong in one answer.

    Args:
        option: Its name, without hyphens before it.

        text: As it is kept.

    """
    if option == "domain":
        return () if did_of(text) else (_wrong_domain(text),)
    if option in _OPTIONAL and not text:
        return ()
    form = _FORMS.get(option, LINE)
    read = form.parse(text)
    if read is not None and (option != "country" or is_country(read)):
        return ()
    return (_error(option, form.expected, text, form.hint_for(text)),)


def wrong_languages(languages: Sequence[str], offered: Sequence[str]) -> tuple[CatalogueError, ...]:
    """
    Tell what is wrong in the languages of a site.

    Args:
        languages: As answered.

        offered: Those in which Asnad has its words.

    """
    errors = [_wrong_language(language, offered) for language in languages if language not in offered]
    if len(set(languages)) != len(languages) or not languages:
        errors.append(_error("language", "each language once, and one at least", ", ".join(languages)))
    return tuple(errors)


def did_of(domain: str) -> str | None:
    """
    Give the did:web of a domain or project path (did:web method specification, "Method-specific identifier").

    Args:
        domain: Such as ``skills.example`` or ``user.github.io/skills``; the address of the site does too.

    Returns:
        Nothing where there can be no such site.

    """
    host, *path = domain.strip().removeprefix("https://").removesuffix("/").split("/")
    did = did_web(":".join(["did:web", host.lower().replace(":", "%3A"), *path]))
    # A name without a dot is the machine itself or a slip; no certificate can live at either.
    return did if did is not None and "." in host else None


def is_country(code: str) -> bool:
    """
    Tell whether there is a country of this code.

    Args:
        code: ISO 3166-1 alpha-2.

    """
    return code in Locale("en").territories and code not in ("ZZ", "EU", "UN", "EZ", "QO", "XA", "XB")


def country_name(code: str, language: str) -> str:
    """
    Name a country, as the Unicode CLDR does.

    Args:
        code: One for which ``is_country`` holds.

        language: One of the site.

    """
    return str(Locale(language).territories[code])


def only_time_zone(country: str) -> str | None:
    """
    Give the time zone of a country that has no other.

    Args:
        country: ISO 3166-1 alpha-2; need not exist.

    """
    zones = [zone for zone, territory in get_global("zone_territories").items() if territory == country]
    return zones[0] if len(zones) == 1 else None


def _names(answers: Answers) -> tuple[tuple[str, str], ...]:
    names = {"ur": answers.name_urdu} if answers.name_urdu and "ur" in answers.languages else {}
    if "en" in answers.languages or not names:
        names["en"] = answers.name
    order = [*answers.languages, "en"]
    return tuple(sorted(names.items(), key=lambda item: order.index(item[0])))


_OPTIONAL = ("name-urdu", "city", "signatory")
_FORMS: dict[str, Form[str]] = {
    "country": COUNTRY,
    "time-zone": TIME_ZONE,
    "phone": PHONE,
    "email": EMAIL,
    "serial-prefix": CODE,
}
"""Of any other it is a line."""


def _error(option: str, expected: str, got: str, hint: str | None = None) -> CatalogueError:
    return CatalogueError(f"expected {expected}, got '{got}'", place=f"--{option}", hint=hint)


def _wrong_domain(domain: str) -> CatalogueError:
    return _error(
        "domain",
        "the host of the site, and its path where it has one",
        domain,
        "such as skills.example, or user.github.io/skills for the pages of a project; without http:// before it",
    )


def _wrong_language(language: str, offered: Sequence[str]) -> CatalogueError:
    words = ", ".join(offered)
    return _error("language", f"one of {words}", language, did_you_mean(language, offered) or f"Choose from {words}")
