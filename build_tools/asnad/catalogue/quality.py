"""A quality statement: what stands behind a micro-credential, in full under each."""

from __future__ import annotations

from dataclasses import dataclass

from asnad.catalogue.course import QualityId
from asnad.catalogue.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityStatement:
    """What ``catalogue/quality/<id>.yml`` says."""

    id: QualityId
    version: int
    title: Text
    text: Text
    guarantor: Text
    place: str
