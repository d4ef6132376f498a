"""Names: titles, "Last, First", two people in one cell, and groups that are no person."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .words import Found, is_garbled, is_nothing, one_line, short, without_title

LIMIT = 120
_NO_NAME = re.compile(
    r"(?:test|testing|example|asdf+|xx+|anon(?:ymous)?|deleted?|removed|withdrawn|vacant|vacancy|name"
    r"|first last|resident|participant|person|member|do not use|total|totals|[\W\d_]+)\s*\d*",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"\b(?:forum|group|board|network|association|assoc|society|committee|council|partnership|panel"
    r"|club|charity|trust|collective|cooperative|co-operative|cic|ltd|limited|u3a|ppg|alliance"
    r"|federation|union|centre|project|service|services|team|school|college|academy)\b\.?\s*$",
    re.IGNORECASE,
)
_TWO = re.compile(r"\s*(?:&|\+|/|\band\b)\s*", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*")
_CREDENTIALS = re.compile(
    r"(?:jr|snr|sr|ii|iii|mbe|obe|cbe|phd|md|ba|bsc|msc|ma|rn|jp|dl|esq)\.?", re.IGNORECASE
)
_FORMULA = "=+-@|%"
_HOUSEHOLD = re.compile(r"\b(?:family|household|parents|couple)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Name:
    """What a cell says of a name. ``second`` is another person in it; ``nickname`` in brackets."""

    name: str = ""
    second: str = ""
    nickname: str = ""
    is_group: bool = False


def read_name(text: str, column: str, found: Found) -> Name:
    """Return the name in a cell; say what is doubtful about it, or why it is none."""
    words = one_line(text).strip("'\"*")
    if is_nothing(words) or _NO_NAME.fullmatch(words):
        found.refuse(column, _("There is no name."), "no-name")
        return Name()
    if "@" in words or len(words) > LIMIT:
        message = _("“%s” is not a name.") % short(words)
        found.refuse(column, message, "not-a-name")
        return Name()
    if is_garbled(words):
        message = _("The letters of “%s” went wrong when the file was saved. Type the name again.")
        found.doubt(column, message % short(words), "garbled")
    if words[0] in _FORMULA:
        message = _("“%s” begins like a formula. It is kept as it stands, as words.")
        found.note(column, message % short(words), "formula")
        return Name(words)
    if _GROUP.search(words) and " " in words:
        message = _("“%s” looks like a group or an organisation, not a person.")
        found.doubt(column, message % short(words), "group")
        return Name(words, is_group=True)
    return _of_people(words, column, found)


def _of_people(words: str, column: str, found: Found) -> Name:
    bracket = _BRACKETS.search(words)
    inner = bracket[1].strip() if bracket else ""
    outer = one_line(_BRACKETS.sub(" ", words)) if bracket else words
    first, second = _two(outer)
    if inner and _TWO.match(inner):
        second = second or _TWO.sub("", inner, count=1)
        inner = ""
    if second or _HOUSEHOLD.search(outer):
        message = _("“%s” is more than one person. Each needs a row of their own.")
        found.doubt(column, message % short(words), "two-people")
    if bracket and not first:
        first, inner = inner, ""
    name = without_title(_first_last(first, column, found))
    if inner:
        _say_bracket(inner, column, found)
    return Name(name, without_title(second) if second else "", inner)


def _two(words: str) -> tuple[str, str]:
    """Return the one person of ``words``, or both: "Bob & Linda Test" are Bob Test, Linda Test."""
    halves = [half for half in _TWO.split(words, maxsplit=1) if half]
    if len(halves) < 2:
        return (halves[0] if halves else ""), ""
    one, other = halves
    if " " not in without_title(one) and " " in without_title(other):
        one = f"{one} {other.split()[-1]}"
    return one, other


def _first_last(words: str, column: str, found: Found) -> str:
    """Return "Amina Example" for "Example, Amina"."""
    last, comma, first = (part.strip() for part in words.partition(","))
    if not comma or not first or not last:
        return words.strip(" ,")
    if "," in first or _CREDENTIALS.fullmatch(first):
        return words
    name = f"{first} {last}"
    message = _("“%(text)s” was read as %(name)s.") % {"text": short(words), "name": short(name)}
    found.note(column, message, "last-first")
    return name


def _say_bracket(inner: str, column: str, found: Found) -> None:
    if " " in inner:
        message = _("What is “%s” beside the name?")
        found.doubt(column, message % short(inner), "words-beside-name")
        return
    found.note(column, _("“%s” was read as what they are known as.") % short(inner), "nickname")
