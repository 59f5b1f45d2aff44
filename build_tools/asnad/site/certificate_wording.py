"""A certificate in the words of its language: what the page and the paper both say."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from asnad.site.certificate import Alignment, CertificateView, Kind
from asnad.site.certificate_text import Paragraph, TextBlock
from asnad.site.stationery import Words

_NAMED_ALIGNMENTS = frozenset(
    f"ext:{name}"
    for name in (
        "EQFLevel",
        "ISCEDF",
        "ESCOSkill",
        "AssessmentType",
        "ParticipationForm",
        "QualityAssurance",
        "Supervision",
        "Stackability",
    )
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A value and what it is called."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Section:
    """A headed piece of small print."""

    heading: str
    elements: tuple[Labelled, ...]
    blocks: tuple[TextBlock, ...]


@dataclass(frozen=True, slots=True)
class CertificateWording:
    """A certificate and the phrases that present it."""

    view: CertificateView
    words: Words
    kind: str
    standing: str
    """What this kind of certificate is, and what it is not."""
    achieved: str
    micro_credential: bool
    issuer_place: str
    relations: tuple[Markup, ...]
    occasion: tuple[Markup, ...]
    facts: tuple[Labelled, ...]
    sections: tuple[Section, ...]
    signed: str
    course_edition: Markup
    verifier_address: str


def word_certificate(view: CertificateView, words: Words) -> CertificateWording:
    """
    Put a certificate into words.

    Args:
        view: What was signed.

        words: Of the certificate's language.

    Raises:
        PublicationError: A sentence is missing from the messages.

    """
    kind = view.kind.removeprefix("ext:")
    version = view.course_version
    return CertificateWording(
        view=view,
        words=words,
        kind=words.sentence(f"kind.{kind}"),
        standing=words.sentence(f"standing.{kind}"),
        achieved=words.sentence(f"achieved.{kind}"),
        micro_credential=view.kind is Kind.MICRO_CREDENTIAL,
        issuer_place=words.sentence("listSeparator").join(
            part for part in (view.issuer.region, view.issuer.country) if part
        ),
        relations=_relations(view, words),
        occasion=_occasion(view, words),
        facts=_facts(view, words),
        sections=_sections(view, words),
        signed=words.day(view.signed),
        course_edition=(
            words.say("course", code=view.course_code, version=version)
            if view.course_code
            else words.say("courseVersion", version=version)
        ),
        verifier_address=view.unsigned.code_url.partition("#")[0],
    )


def _relations(view: CertificateView, words: Words) -> tuple[Markup, ...]:
    learner = view.learner
    relations = []
    if learner.father_name:
        relations.append(words.say("father", name=learner.father_name))
    if learner.husband_name:
        relations.append(words.say("husband", name=learner.husband_name))
    if learner.national_id_last_digits:
        relations.append(words.say("nationalId", digits=learner.national_id_last_digits))
    return tuple(relations)


def _occasion(view: CertificateView, words: Words) -> tuple[Markup, ...]:
    parts = [Markup("<bdi>{}</bdi>").format(view.term)] if view.term else []
    if view.start and view.end:
        parts.append(words.say("period", start=words.day(view.start), end=words.day(view.end)))
    elif view.start:
        parts.append(words.say("since", start=words.day(view.start)))
    elif view.end:
        parts.append(words.say("until", end=words.day(view.end)))
    return tuple(parts)


def _facts(view: CertificateView, words: Words) -> tuple[Labelled, ...]:
    facts = []
    if view.hours:
        facts.append(Labelled(words.sentence("hours"), view.hours))
    for grade in view.grades:
        state = {True: "Completed", False: "Failed", None: None}[grade.completed]
        value = grade.value or (state and words.sentence(state))
        if value:
            facts.append(Labelled(grade.name, value))
    if view.credits_earned:
        facts.append(Labelled(words.sentence("credits"), view.credits_earned))
    facts.append(Labelled(words.sentence("awarded"), words.day(view.awarded)))
    if view.last_day:
        facts.append(Labelled(words.sentence("lastDay"), words.day(view.last_day)))
    return tuple(facts)


def _sections(view: CertificateView, words: Words) -> tuple[Section, ...]:
    sections = []
    if view.alignments:
        elements = tuple(Labelled(_alignment_label(entry, words), _with_code(entry)) for entry in view.alignments)
        sections.append(Section(words.sentence("elements"), elements, ()))
    sections.append(Section(words.sentence("about"), (), view.description))
    sections.append(Section(words.sentence("earned"), (), view.criteria))
    for entry in view.alignments:
        if entry.description:
            sections.append(Section(entry.name, (), (Paragraph(entry.description),)))
    return tuple(sections)


def _with_code(entry: Alignment) -> str:
    return f"{entry.name} ({entry.code})" if entry.code and entry.code not in entry.name else entry.name


def _alignment_label(entry: Alignment, words: Words) -> str:
    if entry.kind in _NAMED_ALIGNMENTS:
        return words.sentence(entry.kind.removeprefix("ext:"))
    return entry.framework or words.sentence("aligned")
