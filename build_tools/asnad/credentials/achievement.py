"""The achievement: what a version of a course stands for, the same in every credential of it (Open Badges 3.0)."""

from __future__ import annotations

from decimal import Decimal

from asnad.catalogue.catalogue import Catalogue
from asnad.catalogue.course import Assessment, Course, Kind, Level
from asnad.messages import Messages
from asnad.proofs.strict_json import JSONObject

ACHIEVEMENT_TYPES = {
    Kind.ATTENDANCE: "ext:CertificateOfAttendance",
    Kind.COMPLETION: "CertificateOfCompletion",
    Kind.MICROCREDENTIAL: "MicroCredential",
    Kind.DIPLOMA: "Diploma",
    Kind.RECOGNITION: "ext:Recognition",
}
EQF = "http://data.europa.eu/snb/eqf/"
ISCED_F = "http://data.europa.eu/snb/isced-f/"


def achievement_path(course: Course) -> str:
    """
    Give the path below the site at which an achievement is published.

    Args:
        course: One version of a course.

    """
    return f"achievements/{course.id}/{course.version}.json"


def achievement(catalogue: Catalogue, course: Course, messages: Messages) -> JSONObject:
    """
    Write the achievement of a course version.

    Args:
        catalogue: For the centre, quality statements and pathways.

        course: One version of a course.

        messages: Section ``credential`` in the language of the certificate.

    """
    language = messages.language
    address = catalogue.centre.site + achievement_path(course)
    document: JSONObject = {
        "id": address,
        "type": ["Achievement"],
        "achievementType": ACHIEVEMENT_TYPES[course.award.kind],
        "name": course.title.shown_in(language)[0],
        "description": course.summary.shown_in(language)[0],
        "humanCode": course.code,
        "inLanguage": language,
        "version": str(course.version),
        "criteria": {"narrative": _criteria(catalogue, course, messages)},
        "resultDescription": list(_result_descriptions(course, address, messages)),
        "alignment": list(_alignments(catalogue, course, address, messages)),
    }
    if course.credits:
        document["creditsAvailable"] = json_number(course.credits[0].value)
    return document


def json_number(value: Decimal) -> int | float:
    """
    Write credit points as JSON does.

    Args:
        value: Such as 3 or 2.5.

    """
    return int(value) if value == int(value) else float(value)


def _criteria(catalogue: Catalogue, course: Course, messages: Messages) -> str:
    language = messages.language
    paragraphs = [_how_earned(course, messages)]
    if course.award.statement:
        paragraphs.append(course.award.statement.shown_in(language)[0])
    if course.learning_outcomes:
        outcomes = [f"- {outcome.text.shown_in(language)[0]}" for outcome in course.learning_outcomes]
        paragraphs.append("\n".join([messages.text("outcomes"), *outcomes]))
    if course.entry.prior_learning:
        paragraphs.append(messages.text("entry", requirement=course.entry.prior_learning.shown_in(language)[0]))
    for credit in course.credits:
        basis = messages.text(f"basis.{credit.basis}")
        hours = credit.hours_per_credit
        paragraphs.append(messages.text("credits", value=credit.value, scheme=credit.scheme, hours=hours, basis=basis))
    if course.quality:
        statement = catalogue.quality_statement(course.quality)
        parts = (statement.title, statement.text, statement.guarantor)
        title, text, guarantor = (part.shown_in(language)[0].strip().rstrip(".۔") for part in parts)
        stop = "۔" if messages.direction == "rtl" else "."
        paragraphs.append(messages.text("quality", title=title, text=text + stop, guarantor=guarantor))
    return "\n\n".join(paragraphs)


def _how_earned(course: Course, messages: Messages) -> str:
    percent = course.completion_rule.min_attendance_percent
    if course.assessments and course.completion_rule.assessment_required:
        assessments = messages.enumeration([_assessment(item, messages) for item in course.assessments])
        return messages.text("earned-assessed", percent=percent, assessments=assessments)
    return messages.text("earned", percent=percent, hours=course.workload.contact_hours)


def _assessment(assessment: Assessment, messages: Messages) -> str:
    kind = messages.text(f"assessment.{assessment.type}")
    return messages.text("assessed", type=kind, weight=assessment.weight)


def _result_descriptions(course: Course, address: str, messages: Messages) -> tuple[JSONObject, ...]:
    workload: JSONObject = {
        "id": f"{address}#workload",
        "type": ["ResultDescription"],
        "name": messages.text("workload"),
        "resultType": "ext:NotionalWorkload",
    }
    grade: JSONObject = {
        "id": f"{address}#grade",
        "type": ["ResultDescription"],
        "name": messages.text("grade"),
        "resultType": "LetterGrade",
    }
    return (workload, grade) if course.grade_printed else (workload,)


def _alignments(catalogue: Catalogue, course: Course, address: str, messages: Messages) -> tuple[JSONObject, ...]:
    found = [_level(level, address, messages) for level in course.levels]
    if course.isced_f:
        name = f"ISCED-F {course.isced_f}"
        found.append(_alignment(name, "ISCED-F 2013", ISCED_F + course.isced_f, "ext:ISCEDF", course.isced_f))
    for outcome in course.learning_outcomes:
        if outcome.skill_uri:
            name = outcome.text.shown_in(messages.language)[0]
            found.append(_alignment(name, "ESCO", outcome.skill_uri, "ext:ESCOSkill"))

    def element(key: str, name: str, target_type: str) -> JSONObject:
        return _alignment(name, messages.text(f"framework.{key}"), f"{address}#{key}", target_type)

    participation = messages.text(f"participation.{course.delivery.mode}")
    found.append(element("participation", participation, "ext:ParticipationForm"))
    if course.assessments:
        kinds = [messages.text(f"assessment.{kind}") for kind in dict.fromkeys(a.type for a in course.assessments)]
        found.append(element("assessment", messages.enumeration(kinds), "ext:AssessmentType"))
        found.append(element("supervision", _supervision(course, messages), "ext:Supervision"))
    if course.quality:
        title = catalogue.quality_statement(course.quality).title.shown_in(messages.language)[0]
        found.append(element("quality", title, "ext:QualityAssurance"))
    if course.award.kind is Kind.MICROCREDENTIAL:
        found.append(element("stackability", _stackability(catalogue, course, messages), "ext:Stackability"))
    return tuple(found)


def _level(level: Level, address: str, messages: Messages) -> JSONObject:
    name = messages.text("level", framework=level.framework, level=str(level.level))
    european = level.framework == "EQF"
    target = f"{EQF}{level.level}" if european else f"{address}#level-{level.framework}"
    target_type = "ext:EQFLevel" if european else "ext:QualificationLevel"
    document = _alignment(name, level.framework, target, target_type, str(level.level))
    return document | {"targetDescription": messages.text(f"basis.{level.basis}")}


def _alignment(name: str, framework: str, target: str, target_type: str, code: str | None = None) -> JSONObject:
    document: JSONObject = {
        "type": ["Alignment"],
        "targetName": name,
        "targetFramework": framework,
        "targetUrl": target,
        "targetType": target_type,
    }
    return document | {"targetCode": code} if code else document


def _supervision(course: Course, messages: Messages) -> str:
    """Say what holds for every assessment: the weakest of them decides."""
    if not all(assessment.supervised for assessment in course.assessments):
        return messages.text("supervision.none")
    checked = all(assessment.identity_checked for assessment in course.assessments)
    return messages.text("supervision.identity" if checked else "supervision.supervised")


def _stackability(catalogue: Catalogue, course: Course, messages: Messages) -> str:
    titles = [p.title.shown_in(messages.language)[0] for p in catalogue.pathways if p.id in course.stacks_into]
    if not titles:
        return messages.text("stand-alone")
    return messages.text("stackable", pathways=messages.enumeration(titles))
