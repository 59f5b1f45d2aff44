"""Words that claim more than a paper is worth, in the languages of the site."""

from __future__ import annotations

import re
import unicodedata

_ARABIC_LETTERS = str.maketrans("يك", "یک")

# Of letters alone, so that hyphens, blanks and joiners inside of the word make no difference.
_MICROCREDENTIAL = re.compile(
    "microcredential|microkwalificatie|مائی?کروکریڈی?نشل|микробіліктілік|шағынбіліктілік|микроквалификаци|микрокреденци"
)
# In the singular the word means a small loan in all four languages.
_MICROCREDITS = re.compile("microcredits|[0-9]microcredit|مائی?کروکریڈٹس|[0-9]مائی?کروکریڈٹ|микрокредиттер")

_PROMISES = re.compile(
    r"\bguarantee|\bautomatic|\b(?:will|shall) be (?:recogni[sz]ed|accepted|exempted|admitted)|\bfully recogni[sz]ed"
    r"|\brecogni[sz]ed (?:everywhere|worldwide)|\bis certain to"
    r"|\bgegarandeerd|\bgarandeert|\bgarantie|\bautomatisch|\bword(?:t|en) (?:altijd )?(?:erkend|vrijgesteld)"
    r"|ضمانت|گارنٹی|خود بخود|خودکار|لازماً|لازمی طور پر|یقینی طور پر"
    r"|(?:تسلیم|قبول|منظور) (?:کی|کیا) جائے گ|مانی جائے گی|مانا جائے گا|چھوٹ (?:ضرور )?ملے گی"
    r"|кепілдік|автоматты|міндетті түрде|(?:танылады|мойындалады|қабылданады|босатылады)"
)

# English and Dutch deny before the word, or right after it; Urdu and Kazakh deny at the end of the sentence.
_DENIED_BEFORE = re.compile(
    r"\b(?:not(?! (?:only|just|merely))|no|never|nor|neither|nothing|cannot)\b|n['’]t\b"
    r"|\b(?:niet(?! (?:alleen|slechts))|geen|nooit|noch)\b"
)
_DENIED_AFTER = re.compile(
    r"^\W*(?:is|are|was|were|will|can|does|do|is|zijn|wordt|worden)\s+(?:not|never|niet|nooit)\b"
)
_DENIED_ANYWHERE = re.compile(r"نہیں|(?<!\w)نہ(?!\w)|\bемес\b|\bжоқ\b|[мбп][ае]й(?:ды|ді|тын|тін)\b")
_CLAUSE_ENDS = re.compile(
    r"[.!?;:\n؛؟۔–—]|\b(?:but|yet|however|although|maar|echter|toch|бірақ|алайда)\b|(?<!\w)(?:مگر|لیکن|بلکہ)(?!\w)"
    r"|сонымен қатар|(?:,|\band|\ben)\s*(?:it|this|that|dit|het|dat)\s+is\b|(?:،|(?<!\w)اور)\s*یہ(?!\w)"
)
_OTHER_SIGNS = re.compile(r"[\W_]+")
_WORD = re.compile(r"[\w\u200c]+")


def letters_of(text: str) -> str:
    """
    Give the letters and digits of a text alone, folded, so that ways of writing one word are the same.

    Args:
        text: In any language.

    """
    return _OTHER_SIGNS.sub("", _folded(text))


def names_microcredential(text: str) -> bool:
    """
    Tell whether a text holds the word micro-credential, whatever it says about it.

    Args:
        text: In any language.

    """
    return _MICROCREDENTIAL.search(letters_of(text)) is not None


def claims_microcredential(text: str) -> bool:
    """
    Tell whether a text calls something a micro-credential, in a clause that does not deny it.

    Args:
        text: In any language.

    """
    return _claims(_MICROCREDENTIAL, text)


def claims_microcredits(text: str) -> bool:
    """
    Tell whether a text speaks of micro-credits that are earned; a small loan is another thing.

    Args:
        text: In any language.

    """
    return _claims(_MICROCREDITS, text)


def promises_recognition(text: str) -> bool:
    """
    Tell whether a text promises what only another body can decide.

    Args:
        text: In any language.

    """
    for clause in _CLAUSE_ENDS.split(_folded(text)):
        found = _PROMISES.search(clause)
        if found and not _is_denied(clause, found.start(), found.end()):
            return True
    return False


def _claims(words: re.Pattern[str], text: str) -> bool:
    # Hardly any text holds the word at all.
    if not words.search(letters_of(text)):
        return False
    for clause in _CLAUSE_ENDS.split(_folded(text)):
        if not words.search(letters_of(clause)):
            continue
        start, end = _place_of(words, clause)
        if not _is_denied(clause, start, end):
            return True
    return False


def _place_of(words: re.Pattern[str], clause: str) -> tuple[int, int]:
    """Find where the letters of a word stand in a clause that has other signs between them."""
    places = [position for position, char in enumerate(clause) if char.isalnum()]
    found = words.search("".join(clause[position] for position in places))
    if found is None:
        return 0, 0
    end = places[found.end() - 1] + 1
    # The rest of the word, such as a plural, belongs to it.
    rest = _WORD.match(clause, end)
    return places[found.start()], rest.end() if rest else end


def _is_denied(clause: str, start: int, end: int) -> bool:
    if _DENIED_ANYWHERE.search(clause) or _DENIED_BEFORE.search(clause, 0, start):
        return True
    return _DENIED_AFTER.match(clause[end:]) is not None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().translate(_ARABIC_LETTERS)
