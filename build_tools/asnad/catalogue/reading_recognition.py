"""Read who approved a course and who takes account of it."""

from __future__ import annotations

from asnad.catalogue.address_forms import WEB_ADDRESS
from asnad.catalogue.fields import Fields
from asnad.catalogue.forms import DAY, LINE, PARAGRAPHS
from asnad.catalogue.recognition import Approval, Exemption, Recognition


def read_approval(fields: Fields) -> Approval:
    """
    Read who allowed a course.

    Args:
        fields: Of the approval.

    """
    return Approval(
        body=fields.text("body"),
        reference=fields.value("reference", LINE),
        valid_from=fields.value("valid_from", DAY),
        valid_to=fields.optional("valid_to", DAY),
    )


def read_recognition(fields: Fields) -> Recognition:
    """
    Read who takes account of a course.

    Args:
        fields: Of the recognition.

    """
    return Recognition(
        body=fields.text("body"),
        scope=fields.text("scope", PARAGRAPHS),
        reference=fields.optional("reference", LINE),
        start=fields.optional("from", DAY),
        end=fields.optional("to", DAY),
        url=fields.optional("url", WEB_ADDRESS),
    )


def read_exemption(fields: Fields) -> Exemption:
    """
    Read what the holders of a paper may be excused elsewhere.

    Args:
        fields: Of the exemption.

    """
    return Exemption(
        body=fields.text("body"),
        scope=fields.text("scope", PARAGRAPHS),
        reference=fields.optional("reference", LINE),
        url=fields.optional("url", WEB_ADDRESS),
    )
