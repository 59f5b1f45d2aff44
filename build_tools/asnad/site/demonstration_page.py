"""
The page ``demo/`` of a demonstration: one certificate for each answer of the verifier, checked live by the page itself.

What the page says without its script is what each certificate should get; what it got, only the script can say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Environment

from asnad.carriers.qr_code import draw_qr_code
from asnad.messages import Messages
from asnad.site.demonstration_states import PICTURED, DemonstrationState
from asnad.site.verifier_page import PageLanguage, PinnedIssuer, escaped_json, issuers_json, require_parts
from asnad.verification.outcome import Outcome

FOLDER = "demo/"
TEMPLATE = "demonstration.html"
SCRIPT = "demonstration.js"
STYLE = "demonstration.css"


@dataclass(frozen=True, slots=True)
class _Card:
    """An answer as the page says it before its script runs."""

    outcome: str
    word: str
    done: str
    link: str | None
    """Of the certificate; nothing where there can be none, and the card holds a picture of the answer."""
    code: str
    """What the picture of the code is called."""
    means: str
    act: str


def demonstration_page_files(
    bundle: Mapping[str, bytes],
    environment: Environment,
    style: bytes,
    states: tuple[DemonstrationState, ...],
    *,
    issuers: tuple[PinnedIssuer, ...],
    verifier: str,
    messages: Mapping[str, Messages],
    answers: Mapping[str, Messages],
) -> dict[str, bytes]:
    """
    Make the files of the page; beside them it needs ``v/messages.js``, ``v/icon.svg`` and ``v/verifier.css``.

    Args:
        bundle: The verifier's, of which `SCRIPT` is taken.

        environment: Templates of certificates.

        style: What the page's style sheet adds to the verifier's.

        states: Certificates with the answers that they should get.

        issuers: Whose certificates the page checks, at least one.

        verifier: Address that codes open.

        messages: Section ``demonstration`` by language; the first is the one the page has before its script runs.

        answers: Section ``verifier`` by language.

    Returns:
        Bytes by path of the site, all under ``demo/``.

    Raises:
        PublicationError: A part is missing from the bundle, or an issuer cannot be pinned as given.

        IssuingError: The code of a certificate would be too large.

    """
    require_parts(bundle, (SCRIPT,))
    languages = [
        PageLanguage(code, texts.direction, texts.text("title"), texts.text("noScript"))
        for code, texts in messages.items()
    ]
    first, answer = messages[languages[0].code], answers[languages[0].code]
    cards = [_live_card(state, first, answer) for state in states]
    cards += [_picture(outcome, first, answer) for outcome in PICTURED]
    page = environment.get_template(TEMPLATE).render(
        issuers=issuers_json(issuers), languages=languages, t=first.text, answer=answer.text, cards=cards
    )
    words = {code: dict(texts.texts) for code, texts in messages.items()}
    files = {
        f"{FOLDER}{state.outcome}.svg": draw_qr_code(f"{verifier}#{state.code_digits}").to_svg().encode()
        for state in states
    }
    return files | {
        f"{FOLDER}index.html": page.encode("utf-8"),
        f"{FOLDER}demonstrationWords.js": f"const asnadDemonstrationWords={escaped_json(words)};\n".encode(),
        f"{FOLDER}{SCRIPT}": bundle[SCRIPT],
        f"{FOLDER}{STYLE}": style,
    }


def _live_card(state: DemonstrationState, texts: Messages, answers: Messages) -> _Card:
    word = answers.text(f"outcome.{state.outcome}.word")
    return _Card(
        outcome=str(state.outcome),
        word=word,
        done=texts.text(f"done.{state.outcome}"),
        link=f"../v/#{state.link_digits}",
        code=texts.text("code", word=word),
        means="",
        act="",
    )


def _picture(outcome: Outcome, texts: Messages, answers: Messages) -> _Card:
    return _Card(
        outcome=str(outcome),
        word=answers.text(f"outcome.{outcome}.word"),
        done=texts.text(f"done.{outcome}"),
        link=None,
        code="",
        means=answers.text(f"outcome.{outcome}.means"),
        act=answers.text(f"outcome.{outcome}.act"),
    )
