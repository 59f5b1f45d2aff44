"""The columns of a register and the headings under which clerks write them, in English, Roman Urdu and Urdu."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

_ARABIC_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ه": "ہ"})


class Column(StrEnum):
    """A column of a register."""

    NAME = "name"
    NAME_NATIVE = "name_native"
    FATHER_NAME = "father_name"
    HUSBAND_NAME = "husband_name"
    CNIC = "cnic"
    PHONE = "phone"
    EMAIL = "email"
    GENDER = "gender"
    ATTENDANCE = "attendance_percent"
    RESULT = "passed"
    SCORE = "score"
    GRADE = "grade"
    REMARKS = "remarks"
    PUBLISH = "publish"
    CONSENT_DATE = "consent_date"


REQUIRED = (Column.NAME, Column.ATTENDANCE)

_HEADINGS: Mapping[Column, tuple[str, ...]] = MappingProxyType(
    {
        Column.NAME: (
            *("name", "full name", "name in english", "name english", "english name", "name of learner"),
            *("learner", "learner name", "student", "student name", "name of student", "trainee", "trainee name"),
            *("name of trainee", "participant", "participant name", "name of participant", "naam", "poora naam"),
            *("انگریزی نام", "نام انگریزی", "انگریزی میں نام", "نام انگریزی میں"),
        ),
        Column.NAME_NATIVE: (
            *("name native", "native name", "name in urdu", "name urdu", "urdu name", "naam urdu", "urdu naam"),
            *("naam urdu mein", "urdu mein naam", "نام", "اردو نام", "نام اردو", "نام اردو میں", "اردو میں نام"),
            *("پورا نام",),
        ),
        Column.FATHER_NAME: (
            *("father", "father name", "fathers name", "father s name", "s o", "d o", "s o d o", "son of"),
            *("daughter of", "guardian", "guardian name", "walid", "walid ka naam", "waldiyat"),
            *("والد", "والد کا نام", "ولدیت", "باپ کا نام"),
        ),
        Column.HUSBAND_NAME: (
            *("husband", "husband name", "husbands name", "husband s name", "w o", "wife of"),
            *("shohar", "shohar ka naam", "zaujiyat", "شوہر", "شوہر کا نام", "زوجیت"),
        ),
        Column.CNIC: (
            *("cnic", "cnic no", "cnic number", "nic", "nic no", "nic number", "id card", "id card no"),
            *("id card number", "identity card", "identity card no", "identity number", "national id"),
            *("shanakhti card", "shanakhti card no", "shanakhti card number", "شناختی کارڈ", "شناختی کارڈ نمبر"),
        ),
        Column.PHONE: (
            *("phone", "phone no", "phone number", "mobile", "mobile no", "mobile number", "cell", "cell no"),
            *("cell number", "contact", "contact no", "contact number", "whatsapp", "whatsapp no"),
            *("whatsapp number", "fon", "fon number", "raabta number", "rabta number"),
            *("فون", "فون نمبر", "موبائل", "موبائل نمبر", "رابطہ نمبر", "رابطہ"),
        ),
        Column.EMAIL: ("email", "e mail", "email address", "e mail address", "mail", "ای میل"),
        Column.GENDER: ("gender", "sex", "jins", "جنس"),
        Column.ATTENDANCE: (
            *("attendance", "attendance percent", "attendance percentage", "attendance in percent"),
            *("percent attendance", "hazri", "haazri", "haziri", "haazri fisad", "hazri fisad", "hazri percent"),
            *("حاضری", "حاضری فیصد", "فیصد حاضری"),
        ),
        Column.RESULT: ("result", "passed", "pass fail", "pass or fail", "natija", "nateeja", "نتیجہ"),
        Column.SCORE: (
            *("score", "marks", "marks obtained", "obtained marks", "number hasil", "hasil karda number"),
            *("نمبر", "حاصل کردہ نمبر"),
        ),
        Column.GRADE: ("grade", "darja", "گریڈ", "درجہ"),
        Column.REMARKS: ("remarks", "remark", "comment", "comments", "note", "notes", "kaifiyat", "کیفیت", "ریمارکس"),
        Column.PUBLISH: ("publish", "published", "publication", "publish certificate", "ishaat", "اشاعت", "شائع کریں"),
        Column.CONSENT_DATE: (
            *("consent date", "date of consent", "consent", "consent on", "publish consent date"),
            *("razamandi ki tareekh", "razamandi", "رضامندی کی تاریخ", "تاریخ رضامندی", "رضامندی"),
        ),
    }
)

# Columns that clerks keep for themselves: read over without a word. Any other unknown heading is an error,
# so that a misspelt one does not lose what stands under it.
_PASSED_OVER = frozenset(
    [
        *("no", "s no", "sr", "sr no", "serial", "serial no", "serial number", "roll no", "roll number"),
        *("registration no", "registration number", "reg no", "admission no", "signature", "designation"),
        *("department", "address", "district", "tehsil", "qualification", "age"),
        *("نمبر شمار", "رول نمبر", "دستخط", "عہدہ", "پتہ", "ضلع", "تعلیم", "عمر"),
    ]
)

_COLUMN_OF: Mapping[str, Column] = MappingProxyType(
    {heading: column for column, headings in _HEADINGS.items() for heading in (column.replace("_", " "), *headings)}
)


def plain(heading: str) -> str:
    """
    Write a heading in the form in which headings are compared: letters and digits, in lower case, single spaces.

    Args:
        heading: As the clerk wrote it.

    """
    text = unicodedata.normalize("NFKC", heading).casefold().translate(_ARABIC_LETTERS)
    return " ".join("".join(char if char.isalnum() else " " for char in text).split())


def column_of(heading: str) -> Column | None:
    """
    Find the column that a heading means.

    Args:
        heading: As the clerk wrote it.

    """
    return _COLUMN_OF.get(plain(heading))


def is_passed_over(heading: str) -> bool:
    """
    Tell whether a column is a clerk's own and is not read.

    Args:
        heading: As the clerk wrote it; an empty one is passed over too.

    """
    return not plain(heading) or plain(heading) in _PASSED_OVER


def nearest_heading(heading: str) -> str | None:
    """
    Guess which heading was meant.

    Args:
        heading: An unknown one.

    """
    near = difflib.get_close_matches(plain(heading), _COLUMN_OF, n=1, cutoff=0.75)
    return near[0] if near else None
