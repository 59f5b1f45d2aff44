"""The templates of the catalogue's pages, and the words they may use."""

from __future__ import annotations

import re
from collections.abc import Sequence

import jinja2
from markupsafe import Markup, escape

from asnad.catalogue.course import Course, Kind
from asnad.catalogue.european_elements import missing_elements
from asnad.catalogue.forms import EMAIL
from asnad.catalogue.text import Text, direction
from asnad.messages import Messages
from asnad.site.page_security import link_target
from asnad.site.site_page import address_of, way_to_root

UNFINISHED = "unfinished"
"""Stands in the place of a kind: it has words of its own and no mark."""


class PageTemplates:
    """Jinja templates that escape everything and know no missing name."""

    def __init__(self, loader: jinja2.BaseLoader) -> None:
        """
        Make the environment.

        Args:
            loader: Where the templates come from.

        """
        self._environment = jinja2.Environment(
            loader=loader,
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )

    def render(self, name: str, *, messages: Messages, address: str, languages: Sequence[str], **model: object) -> str:
        """
        Render one page's body.

        Args:
            name: Name of the template.

            messages: Texts in the page's language.

            address: Path of the page below the site; links are written relative to it.

            languages: Languages of the site.

            **model: What the page is about.

        Raises:
            PublicationError: A text is missing, or an address must not be linked.

        """
        words = PageWords(messages, address, tuple(languages))
        return self._environment.get_template(name).render(words=words, t=messages.text, say=words.say, **model)


class PageWords:
    """What a template asks for: texts in the reader's language, and addresses seen from the page."""

    def __init__(self, messages: Messages, address: str, languages: tuple[str, ...]) -> None:
        """
        Bind the words to a page.

        Args:
            messages: Texts in the page's language.

            address: Path of the page below the site.

            languages: Languages of the site.

        """
        self.messages = messages
        self._root = way_to_root(address)
        self._languages = languages

    def link(self, path: str) -> str:
        """
        Give the address of another page in the same language.

        Args:
            path: Path that is the same in every language.

        """
        return self._root + address_of(path, self.messages.language, self._languages)

    def site_link(self, path: str) -> str:
        """
        Give the address of what the site has only once, such as the verifier.

        Args:
            path: Path below the site.

        """
        return self._root + path

    def outward_link(self, address: str) -> str:
        """
        Give an address of the catalogue as a link, if it may be one.

        Args:
            address: As the catalogue has it.

        Raises:
            PublicationError: Its scheme is not on the list.

        """
        return link_target(address)

    def telephone(self, number: str) -> str:
        """
        Give the link that rings a number.

        Args:
            number: As people write it.

        """
        return "tel:" + re.sub(r"[^0-9+]", "", number)

    def whatsapp(self, number: str) -> str:
        """
        Give the link that opens a conversation in WhatsApp, or the one that rings a number without its country.

        Args:
            number: As people write it.

        """
        digits = re.sub(r"[^0-9]", "", number)
        if number.startswith("+"):
            return f"https://wa.me/{digits}"
        # A number of one country alone could be somebody else's in another.
        return f"https://wa.me/{digits[2:]}" if digits.startswith("00") else self.telephone(number)

    def written_to(self, contact: str) -> str | None:
        """
        Give the link that writes to a contact, where that is an e-mail address and nothing else.

        Args:
            contact: An address or a person, as people write it.

        """
        return f"mailto:{contact}" if EMAIL.parse(contact) else None

    def plain(self, text: Text) -> str:
        """
        Give a text for an attribute or a title, where no language can be marked.

        Args:
            text: A text of the catalogue.

        """
        return text.shown_in(self.messages.language)[0]

    def say(self, text: Text) -> Markup:
        """
        Give a text in the reader's language; one in another language is marked as such.

        Args:
            text: A text of the catalogue.

        """
        shown, language = text.shown_in(self.messages.language)
        return self.marked(shown, language)

    def paragraphs(self, text: Text) -> Markup:
        """
        Give a text of several paragraphs; an empty line parts them.

        Args:
            text: A text of the catalogue.

        """
        shown, language = text.shown_in(self.messages.language)
        parts = (part for part in re.split(r"\n\s*\n", shown.strip()) if part)
        return Markup("\n").join(Markup("<p>{}</p>").format(self.marked(part, language)) for part in parts)

    def word(self, area: str, code: str) -> str:
        """
        Give the word for a code of the catalogue; a code that only this centre uses is shown as it is written.

        Args:
            area: First part of the key, such as ``mode``.

            code: Such as ``work-based``.

        """
        key = f"{area}.{code}"
        return self.messages.text(key) if self.messages.has(key) else code.replace("-", " ")

    def enumeration(self, area: str, codes: Sequence[str]) -> str:
        """
        Give the words for several codes as one enumeration.

        Args:
            area: First part of the keys.

            codes: Any number of codes.

        """
        return self.messages.enumeration([self.word(area, code) for code in codes])

    def kind(self, course: Course) -> str:
        """
        Give the kind that may be shown of a course's paper: a micro-credential with an element missing is none yet.

        Drafts may still be so; they stand in previews and in pathways.

        Args:
            course: The course.

        """
        claimed = course.award.kind
        return UNFINISHED if claimed is Kind.MICROCREDENTIAL and missing_elements(course) else claimed.value

    def grading(self, scheme: str) -> str:
        """
        Say how grades are given; a scheme that only this centre knows is shown as it is written.

        Args:
            scheme: Name of the scheme, such as ``percent-pass-50``.

        """
        percent = re.fullmatch(r"percent-pass-([1-9][0-9]?|100)", scheme)
        if percent:
            return self.messages.text("grading.percent-pass", number=int(percent[1]))
        if scheme == "pass-fail":
            return self.messages.text("grading.pass-fail")
        return self.messages.text("grading.scheme", scheme=scheme)

    def marked(self, shown: str, language: str) -> Markup:
        """
        Give a text that is in one language only.

        Args:
            shown: The text.

            language: Its language; it is marked where that is not the reader's.

        """
        if language == self.messages.language:
            return escape(shown)
        return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(language, direction(language), shown)
