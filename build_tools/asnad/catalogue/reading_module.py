"""Read the hours and the modules of a course."""

from __future__ import annotations

from asnad.catalogue.address_forms import WEB_ADDRESS
from asnad.catalogue.centre import PartnerId
from asnad.catalogue.fields import Fields
from asnad.catalogue.forms import IDENTIFIER, LINE, YES_NO, whole
from asnad.catalogue.module import Module, ModuleGroup, PartnerModule, Workload

HOURS = whole(0, 10_000)


def read_workload(fields: Fields) -> Workload:
    """
    Read the hours of a course.

    Args:
        fields: Of the workload.

    """
    return Workload(
        contact_hours=fields.value("contact_hours", HOURS),
        self_study_hours=fields.value("self_study_hours", HOURS),
        assessment_hours=fields.value("assessment_hours", HOURS),
    )


def read_module(fields: Fields) -> Module:
    """
    Read a module.

    Args:
        fields: Of the module.

    """
    return Module(
        id=fields.value("id", IDENTIFIER),
        title=fields.text("title"),
        hours=fields.value("hours", HOURS),
        outcomes=fields.values("outcomes", IDENTIFIER),
        here=fields.value_or("here", YES_NO, True),
        taken_at=fields.parts("taken_at", _read_partner_module),
    )


def _read_partner_module(fields: Fields) -> PartnerModule:
    return PartnerModule(
        partner=PartnerId(fields.value("partner", IDENTIFIER)),
        code=fields.optional("code", LINE),
        title=fields.optional_text("title"),
        url=fields.optional("url", WEB_ADDRESS),
    )


def read_module_group(fields: Fields) -> ModuleGroup:
    """
    Read a group of modules.

    Args:
        fields: Of the group.

    """
    return ModuleGroup(
        id=fields.value("id", IDENTIFIER),
        title=fields.text("title"),
        modules=fields.value("modules", whole(1, 1000)),
        hours_each=fields.value("hours_each", HOURS),
    )
