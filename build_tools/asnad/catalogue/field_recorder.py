"""
Find out which fields a file has by letting its reader ask for them.

What a reader asks for depends on what it finds, such as the one name of a department that has no list of names. So it
is walked twice, once through an empty file and once through a full one: what it asks for in either may be written,
and what it needs in both must be.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from asnad.catalogue.fields import MAX_ITEMS, Fields
from asnad.catalogue.forms import LINE, Form
from asnad.catalogue.nodes import MapNode
from asnad.catalogue.scalars import SourceFile
from asnad.catalogue.text import Text

T = TypeVar("T")
P = TypeVar("P")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldShape:
    """One field, as its reader asks for it."""

    name: str
    form: Form[Any] | None
    """Of a value or a text; nothing for what can only be written as fields."""
    is_text: bool = False
    """Written once, or once for each language."""
    is_required: bool = False
    is_list: bool = False
    least: int = 0
    most: int = MAX_ITEMS
    parts: tuple[FieldShape, ...] = ()
    """Its own fields, where it can be written so."""


def fields_asked_for(read: Callable[[Fields], object]) -> tuple[FieldShape, ...]:
    """
    List the fields of a file or part, in the order in which they are asked for.

    Args:
        read: Its reader.

    """
    return _merged(_walked(read, is_full=False)[1], _walked(read, is_full=True)[1])


class _Recorder(Fields):
    """Stands for the fields of a file that is empty or full, and notes what is asked for."""

    def __init__(self, *, is_full: bool) -> None:
        super().__init__(SourceFile("", "en"), MapNode((), 0), ())
        self.found: list[FieldShape] = []
        self._is_full = is_full

    def note(self, name: str, message: str, hint: str | None = None) -> None:
        """Note nothing: nothing was written."""

    def is_sound(self, name: str) -> bool:
        """Tell that no two fields can be compared."""
        return False

    def value(self, name: str, form: Form[T]) -> T:
        self.found.append(FieldShape(name=name, form=form, is_required=True))
        return form.stand_in

    def value_or(self, name: str, form: Form[T], default: T) -> T:
        self.found.append(FieldShape(name=name, form=form))
        return default

    def optional(self, name: str, form: Form[T]) -> T | None:
        self.found.append(FieldShape(name=name, form=form))
        return form.stand_in if self._is_full else None

    def values(self, name: str, form: Form[T], *, least: int = 0, most: int = MAX_ITEMS) -> tuple[T, ...]:
        shape = FieldShape(name=name, form=form, is_list=True, is_required=least > 0, least=least, most=most)
        self.found.append(shape)
        return (form.stand_in,) if self._is_full else ()

    def text(self, name: str, form: Form[str] = LINE) -> Text:
        self.found.append(FieldShape(name=name, form=form, is_text=True, is_required=True))
        return Text(())

    def optional_text(self, name: str, form: Form[str] = LINE) -> Text | None:
        self.found.append(FieldShape(name=name, form=form, is_text=True))
        return Text(()) if self._is_full else None

    def texts(self, name: str, form: Form[str] = LINE) -> tuple[Text, ...]:
        self.found.append(FieldShape(name=name, form=form, is_text=True, is_list=True))
        return ()

    def part(self, name: str, read: Callable[[Fields], T]) -> T:
        return self._part(FieldShape(name=name, form=None, is_required=True), read)

    def value_or_part(self, name: str, form: Form[T], read: Callable[[Fields], P]) -> T | P:
        return self._part(FieldShape(name=name, form=form, is_required=True), read)

    def part_or_empty(self, name: str, read: Callable[[Fields], T]) -> T:
        return self._part(FieldShape(name=name, form=None), read)

    def optional_part(self, name: str, read: Callable[[Fields], T]) -> T | None:
        found = self._part(FieldShape(name=name, form=None), read)
        return found if self._is_full else None

    def parts(
        self, name: str, read: Callable[[Fields], T], *, key: Callable[[T], Hashable] | None = None, least: int = 0
    ) -> tuple[T, ...]:
        shape = FieldShape(name=name, form=None, is_list=True, is_required=least > 0, least=least)
        found = self._part(shape, read)
        return (found,) if self._is_full else ()

    def _part(self, shape: FieldShape, read: Callable[[Fields], T]) -> T:
        found, parts = _walked(read, is_full=self._is_full)
        self.found.append(replace(shape, parts=parts))
        return found


def _walked(read: Callable[[Fields], T], *, is_full: bool) -> tuple[T, tuple[FieldShape, ...]]:
    recorder = _Recorder(is_full=is_full)
    found = read(recorder)
    return found, tuple(recorder.found)


def _merged(empty: tuple[FieldShape, ...], full: tuple[FieldShape, ...]) -> tuple[FieldShape, ...]:
    others = {shape.name: shape for shape in full}
    both = [
        replace(
            shape,
            is_required=shape.is_required and others[shape.name].is_required,
            parts=_merged(shape.parts, others[shape.name].parts),
        )
        if shape.name in others
        else replace(shape, is_required=False)
        for shape in empty
    ]
    known = {shape.name for shape in empty}
    return (*both, *(replace(shape, is_required=False) for shape in full if shape.name not in known))
