"""What somebody wrote beside a person that a human has to look at: left?, duplicate?, a group.

It is looked for in notes and in columns that are not brought in, and never quoted.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .cells.words import Found

_DIED = r"\bdeceased\b|\bdied\b|passed away|\br\.?i\.?p\b|\bdeath\b"
_LEFT = (
    r"\bleft\b(?! hand| side| ear| eye| arm| leg)|moved away|moved out|no longer|withdr[ae]w"
    r"|\bresigned\b|\blapsed\b|\binactive\b|\bdeleted?\b|\bremoved?\b|opt(?:ed)? out"
    r"|unsubscribe|do not (?:use|contact|email|mail)|\bdnc\b"
)
_TWO = r"\b(?:two|2|both) (?:people|persons|names)|\bsame row\b|\bon one row\b"
_YOUNG = r"\bunder[- ]?1[0-8]\b|\bu-?1[0-8]s?\b|\byps?\b|\bminor\b|\bparents? signed\b"
_SAID = {
    "died": gettext_lazy("A note says that they may have died. Do not write before you know."),
    "left": gettext_lazy("A note says that they may have left. Do not write before you know."),
    "two-people": gettext_lazy("A note says that this row is more than one person."),
    "young": gettext_lazy(
        "They may be under 18. Ask them, and an adult who looks after them, first."
    ),
}
_PATTERNS = tuple(
    (code, re.compile(pattern, re.IGNORECASE), _SAID[code])
    for code, pattern in (
        ("died", _DIED),
        ("left", _LEFT),
        ("two-people", _TWO),
        ("young", _YOUNG),
    )
)
_GROUP = re.compile(r"\bgroups?\b[\s,:]*(?:,|-|\()?\s*not (?:a |one )?person", re.IGNORECASE)
_DUPLICATE = re.compile(
    r"\b(?:dup(?:e|licate)?s?\b|same (?:person )?as\b)"
    r"(?:\s*(?:of|as|with|:|row|ref|no\.?|#))*\s*([\w-]*\d[\w-]*)?",
    re.IGNORECASE,
)


def look_for_doubts(text: str, column: str, found: Found) -> None:
    """Say what a note makes doubtful."""
    for code, pattern, words in _PATTERNS:
        if pattern.search(text):
            found.doubt(column, str(words), code)


def look_for_group(text: str, column: str, found: Found) -> bool:
    """Return whether a cell says that the row is a group, and say so."""
    if not says_group(text):
        return False
    found.doubt(column, _("The row is a group or an organisation, not a person."), "group")
    return True


def says_group(text: str) -> bool:
    """Return whether a cell says that this is a group, not a person."""
    return "person" in text.casefold() and bool(_GROUP.search(text))


def duplicate_in(text: str) -> str | None:
    """Return of which reference a note says that this is a duplicate; "" of none named."""
    said = _DUPLICATE.search(text)
    return (said[1] or "") if said else None
