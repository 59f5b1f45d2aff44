"""The frame around every page: whose site it is, where one can go, and in which languages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from asnad.catalogue.centre import Centre
from asnad.messages import Messages
from asnad.site.page_templates import PageWords
from asnad.site.site_page import address_of, way_to_root
from asnad.site.statistics_page import PATH as STATISTICS

VERIFIER = "v/"


@dataclass(frozen=True, slots=True)
class Destination:
    """A link of the main navigation."""

    title: str
    address: str
    current: bool
    prominent: bool = False


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """The same page in another language, or that language's home page where there is none."""

    language: str
    name: str
    address: str
    site_address: str
    """Path below the site."""
    same_page: bool
    locale: str
    """As link previews write a language, such as ``ur_PK`` (ogp.me)."""


@dataclass(frozen=True, slots=True, order=True)
class WrittenPage:
    """A page that the centre wrote, as the navigation knows it; sorted by what its author said, then by name."""

    order: int
    path: str
    language: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFrame:
    """What stands around one page."""

    language: str
    direction: str
    own_address: str
    """Path below the site."""
    title: str
    description: str
    home: str
    verifier: str
    search: str
    """Address of the page that searches the courses."""
    statistics: str | None
    """Address of that page, where there is one."""
    navigation: tuple[Destination, ...]
    further: tuple[Destination, ...]
    """Links at the foot of the page."""
    other_languages: tuple[OtherLanguage, ...]
    centre: Centre
    today: date
    words: PageWords
    indexed: bool
    drafts: bool
    """The site shows what is not published yet."""

    @property
    def default_address(self) -> str | None:
        """Path below the site of the page for readers of no language of the site, if there is a choice."""
        first = self.centre.languages[0]
        others = {other.language: other.site_address for other in self.other_languages if other.same_page}
        return others.get(first) if self.language != first else self.own_address if others else None


def page_frame(
    *,
    centre: Centre,
    messages: Mapping[str, Messages],
    language: str,
    path: str,
    title: str,
    description: str,
    written: Sequence[WrittenPage],
    with_pathways: bool,
    addresses: Collection[str],
    today: date,
    root: str | None = None,
    indexed: bool = True,
    drafts: bool = False,
) -> PageFrame:
    """
    Make the frame of a page.

    Args:
        centre: Whose site it is.

        messages: Texts by language.

        language: Language of the page.

        path: Path of the page that is the same in every language.

        title: Title of the page.

        description: One or two sentences for search engines.

        written: The pages that the centre wrote, in their order.

        with_pathways: Whether the catalogue has pathways.

        addresses: Every page of the site, to know which exist in another language.

        today: Day at the centre for which the site is built.

        root: Address of the site's root where it cannot be relative, as on the page for what is not found.

        indexed: Whether search engines may show the page.

        drafts: Whether the site shows what is not published yet.

    """
    own = messages[language]
    address = address_of(path, language, centre.languages)
    to_root = way_to_root(address) if root is None else root
    statistics = address_of(STATISTICS, language, centre.languages)

    def destination(title: str, target: str) -> Destination:
        return Destination(title, to_root + address_of(target, language, centre.languages), path.startswith(target))

    navigation = [destination(own.text("courses"), "courses/"), destination(own.text("runs"), "runs/")]
    if with_pathways:
        navigation.append(destination(own.text("pathways"), "pathways/"))
    navigation += [destination(page.title, page.path) for page in written if page.language == language]
    navigation.append(Destination(own.text("check.title"), to_root + VERIFIER, False, prominent=True))
    return PageFrame(
        language=language,
        direction=own.direction,
        own_address=address,
        title=title,
        description=description,
        home=to_root + address_of("", language, centre.languages),
        verifier=to_root + VERIFIER,
        search=to_root + address_of("courses/", language, centre.languages),
        statistics=to_root + statistics if statistics in addresses else None,
        navigation=tuple(navigation),
        further=(
            destination(own.text("departments"), "departments/"),
            destination(own.text("micro.title"), "micro-credentials/"),
        ),
        other_languages=tuple(
            _other_language(path, messages[other], centre.languages, addresses, to_root)
            for other in centre.languages
            if other != language
        ),
        centre=centre,
        today=today,
        words=PageWords(own, address, centre.languages),
        indexed=indexed and not drafts,
        drafts=drafts,
    )


def _other_language(
    path: str, messages: Messages, languages: tuple[str, ...], addresses: Collection[str], to_root: str
) -> OtherLanguage:
    same = address_of(path, messages.language, languages)
    exists = same in addresses
    target = same if exists else address_of("", messages.language, languages)
    return OtherLanguage(
        language=messages.language,
        name=messages.text("language.name"),
        address=to_root + target,
        site_address=target,
        same_page=exists,
        locale=messages.text("language.locale"),
    )
