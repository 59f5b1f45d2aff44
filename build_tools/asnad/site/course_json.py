"""A course as JSON for other programs (docs/catalogue-json.md, Courses)."""

from __future__ import annotations

from asnad.catalogue.centre import Centre, Contact
from asnad.catalogue.course import Assessment, Audience, Course, Entry, Fee, Variant
from asnad.catalogue.module import Module
from asnad.catalogue.recognition import Approval, Exemption, Recognition
from asnad.proofs.strict_json import JSONObject
from asnad.site.canonical_address import canonical_address
from asnad.site.json_values import by_language, day, listed, number, present


def course_object(course: Course, centre: Centre) -> JSONObject:
    """
    Write everything that is public of a course.

    Args:
        course: Not a draft.

        centre: Whose course it is.

    """
    return present(
        {
            "id": course.id,
            "address": {each: canonical_address(centre, f"courses/{course.id}/", each) for each in centre.languages},
            "code": course.code,
            "version": course.version,
            "title": by_language(course.title),
            "department": course.department,
            "status": course.status.value,
            "summary": by_language(course.summary),
            "description": by_language(course.description),
            "award": present(
                {
                    "kind": course.award.kind.value,
                    "title": by_language(course.award.title),
                    "statement": by_language(course.award.statement),
                }
            ),
            "formality": course.formality,
            "audience": _audience(course.audience),
            "variants": [_variant(variant) for variant in course.variants],
            "delivery": {
                "mode": course.delivery.mode,
                "pattern": course.delivery.pattern,
                "residential": course.delivery.residential,
                "languages": listed(course.delivery.languages),
            },
            "duration": {"value": course.duration.value, "unit": course.duration.unit},
            "workload": {
                "contactHours": course.workload.contact_hours,
                "selfStudyHours": course.workload.self_study_hours,
                "assessmentHours": course.workload.assessment_hours,
            },
            "modules": [_module(module) for module in course.modules],
            "moduleGroups": [
                {
                    "id": group.id,
                    "title": by_language(group.title),
                    "modules": group.modules,
                    "hoursEach": group.hours_each,
                }
                for group in course.module_groups
            ],
            "credits": [
                {
                    "scheme": credit.scheme,
                    "value": number(credit.value),
                    "hoursPerCredit": credit.hours_per_credit,
                    "basis": credit.basis,
                }
                for credit in course.credits
            ],
            "levels": [
                {"framework": level.framework, "level": level.level, "basis": level.basis} for level in course.levels
            ],
            "iscedF": course.isced_f,
            "sector": by_language(course.sector),
            "occupations": [by_language(occupation) for occupation in course.occupations],
            "tags": listed(course.tags),
            "mandatoryFor": by_language(course.mandatory_for),
            "learningOutcomes": [
                present({"id": outcome.id, "text": by_language(outcome.text), "skillUri": outcome.skill_uri})
                for outcome in course.learning_outcomes
            ],
            "entry": _entry(course.entry),
            "assessments": [_assessment(assessment) for assessment in course.assessments],
            "gradingScheme": course.grading_scheme,
            "gradePrinted": course.grade_printed,
            "quality": course.quality,
            "stacksInto": listed(course.stacks_into),
            "validityMonths": course.validity_months,
            "renewal": by_language(course.renewal),
            "completionRule": {
                "minAttendancePercent": course.completion_rule.min_attendance_percent,
                "assessmentRequired": course.completion_rule.assessment_required,
            },
            "fee": fee_object(course.fee) if course.fee else None,
            "contact": contact_object(course.contact) if course.contact else None,
            "approval": _approval(course.approval) if course.approval else None,
            "recognisedBy": [_recognition(recognition) for recognition in course.recognised_by],
            "exemptions": [_exemption(exemption) for exemption in course.exemptions],
        }
    )


def fee_object(fee: Fee) -> JSONObject:
    """
    Write what a course or a run costs.

    Args:
        fee: In whole units of its currency.

    """
    return present(
        {
            "amount": fee.amount,
            "currency": fee.currency,
            "includes": listed(fee.includes),
            "paidBy": fee.paid_by,
            "sponsor": by_language(fee.sponsor),
            "concessions": by_language(fee.concessions),
        }
    )


def contact_object(contact: Contact) -> JSONObject:
    """
    Write where people ask.

    Args:
        contact: Of the centre or of a course.

    """
    return present(
        {
            "name": by_language(contact.name),
            "phone": contact.phone,
            "whatsapp": contact.whatsapp,
            "email": contact.email,
        }
    )


def _audience(audience: Audience) -> JSONObject:
    return present(
        {
            "gender": audience.gender,
            "groups": listed(audience.groups),
            "season": audience.season,
            "nominationOnly": audience.nomination_only,
            "minAge": audience.min_age,
            "maxAge": audience.max_age,
        }
    )


def _variant(variant: Variant) -> JSONObject:
    return present(
        {
            "id": variant.id,
            "title": by_language(variant.title),
            "code": variant.code,
            "audience": _audience(variant.audience),
        }
    )


def _module(module: Module) -> JSONObject:
    return {
        "id": module.id,
        "title": by_language(module.title),
        "hours": module.hours,
        "outcomes": listed(module.outcomes),
        "here": module.here,
        "takenAt": [
            present({"partner": there.partner, "code": there.code, "title": by_language(there.title), "url": there.url})
            for there in module.taken_at
        ],
    }


def _entry(entry: Entry) -> JSONObject:
    return present(
        {
            "minimumEducation": entry.minimum_education,
            "priorLearning": by_language(entry.prior_learning),
            "documents": listed(entry.documents),
        }
    )


def _assessment(assessment: Assessment) -> JSONObject:
    return {
        "id": assessment.id,
        "type": assessment.type,
        "weight": assessment.weight,
        "passMark": assessment.pass_mark,
        "supervised": assessment.supervised,
        "identityChecked": assessment.identity_checked,
        "proves": listed(assessment.proves),
    }


def _approval(approval: Approval) -> JSONObject:
    return present(
        {
            "body": by_language(approval.body),
            "reference": approval.reference,
            "validFrom": day(approval.valid_from),
            "validTo": day(approval.valid_to),
        }
    )


def _recognition(recognition: Recognition) -> JSONObject:
    return present(
        {
            "body": by_language(recognition.body),
            "scope": by_language(recognition.scope),
            "reference": recognition.reference,
            "from": day(recognition.start),
            "to": day(recognition.end),
            "url": recognition.url,
        }
    )


def _exemption(exemption: Exemption) -> JSONObject:
    return present(
        {
            "body": by_language(exemption.body),
            "scope": by_language(exemption.scope),
            "reference": exemption.reference,
            "url": exemption.url,
        }
    )
