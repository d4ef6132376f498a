"""What people typed, without what nobody can see: the one place where text is cleaned.

Names and words stay whole in every script: joiners that Bengali and Urdu need, flags and emoji of
families, marks of Vietnamese and Hebrew. What goes is what only a machine, a copy from elsewhere
or an attack brings: control characters, a change of the direction of reading that would spill into
the words after it, marks heaped by the dozen, and text that shows nothing at all.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms

# No letter of a living script carries more marks than this; a heap of them covers other lines.
MOST_MARKS = 6
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS_OF_ONE_LINE = re.compile("[\t\n]+")
_NEVER = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls, also those that colour a terminal
    "\u202a-\u202e\u2066-\u2069"  # turn the direction of reading
    "\u200b\u2060-\u2065\ufeff"  # spaces without width
    "\ufff9-\ufffb\ufffe\uffff"  # notes between lines, and what is no character
    "\ud800-\udfff"  # halves of characters
    "]"
)
# They shape or separate letters; alone they show nothing.
_NOTHING_BY_ITSELF = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200c-\u200f\u2800\u3164\ufe00-\ufe0f\uffa0]*"
)


def clean(text: str, *, lines: bool = True) -> str:
    """Return ``text`` in one form (NFC), without what cannot be seen; "" where nothing could.

    Args:
        lines: several lines are wanted; otherwise the ends of lines become spaces.
    """
    text = _NEVER.sub("", _LINE_ENDS.sub("\n", text))
    if not lines:
        text = _BLANKS_OF_ONE_LINE.sub(" ", text)
    if text.isascii():
        return text
    text = _without_heaps(unicodedata.normalize("NFC", text))
    return "" if _NOTHING_BY_ITSELF.fullmatch(text) else text


def _without_heaps(text: str) -> str:
    """Return ``text`` with at most ``MOST_MARKS`` marks upon each letter."""
    kept, marks = [], 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


_as_django_reads = forms.CharField.to_python


def _to_python(field: forms.CharField, value: Any) -> Any:
    # A password is taken letter by letter, as it was typed.
    if isinstance(value, str) and field.strip:
        value = clean(value, lines=isinstance(field.widget, forms.Textarea))
    return _as_django_reads(field, value)


def clean_every_field() -> None:
    """Let every text field of every form, our own and those of packages, read clean text."""
    forms.CharField.to_python = _to_python  # type: ignore[method-assign,assignment]  # one door for all forms
