"""A certificate as a public page: of learners who agreed, without a script, and without a verdict."""

from __future__ import annotations

from markupsafe import Markup

from asnad.carriers.qr_code import draw_qr_code
from asnad.site.certificate import CertificateView
from asnad.site.certificate_text import text_direction
from asnad.site.certificate_wording import word_certificate
from asnad.site.stationery import Stationery


def certificate_page(view: CertificateView, stationery: Stationery, *, stylesheet: str) -> str:
    """
    Draw the page ``c/<2 hex>/<id>.html``; beside it lie the credential as ``<id>.json``, and pictures.

    The title names the course and not the learner, because programs that preview links show it.

    Args:
        view: What was signed.

        stationery: Templates and words.

        stylesheet: Address of ``page.css``, relative to the page.

    Raises:
        IssuingError: The code does not fit.

        PublicationError: A sentence is missing from the messages.

    """
    words = stationery.words(view.language)
    wording = word_certificate(view, words)
    svg = draw_qr_code(view.unsigned.code_url).to_svg(title=words.sentence("codeTitle"))
    return stationery.environment.get_template("page.html").render(
        wording=wording,
        language=words.language,
        direction=text_direction(words.language),
        title=words.sentence("page.title").format(kind=wording.kind, course=view.achievement),
        stylesheet=stylesheet,
        files=view.uuid,
        telephone="".join(sign for sign in view.unsigned.phone or "" if sign.isdigit() or sign == "+"),
        qr_svg=Markup(svg),  # noqa: S704 - the title is escaped where it is drawn
    )
