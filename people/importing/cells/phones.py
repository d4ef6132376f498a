"""Phone numbers: one way to write each (E.164), with the extension apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from coprod.lib.phones import e164

from .words import Found, is_nothing, short

_EXTENSION = re.compile(r"[\s,;]*(?:\bext(?:ension)?|\bx|#)\s*[.:]?\s*(\d{1,6})\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?:\+|\b0|\()?[\d(][\d\s().\-–/]{5,}\d|\d{8,}")
_SPLIT = re.compile(r"\s*(?:[;,|\n]|\s/\s|/(?=\s*(?:\+|0))|\s(?:or|and|&)\s)\s*")


@dataclass(frozen=True)
class Number:
    """A number to ring."""

    number: str  # E.164
    extension: str = ""


def read_phones(text: str, column: str, found: Found) -> list[Number]:
    """Return the numbers in a cell, each once; say which words of it are none."""
    numbers: dict[str, Number] = {}
    for piece in _SPLIT.split(text.strip().removeprefix("tel:")):
        if is_nothing(piece.strip(" '\"=.")):
            continue
        one = _read(piece, column, found)
        if one:
            numbers.setdefault(one.number, one)
    return list(numbers.values())


def _read(piece: str, column: str, found: Found) -> Number | None:
    extension = _EXTENSION.search(piece)
    bare = piece[: extension.start()] + piece[extension.end() :] if extension else piece
    written = _NUMBER.search(bare)
    number = e164(written[0].split("/")[0]) if written else ""
    if not number:
        message = _("“%s” is not a phone number that can be rung.")
        found.doubt(column, message % short(piece), "not-a-phone")
        return None
    _say_more(bare, written[0] if written else "", column, found)
    return Number(number, extension[1] if extension else "")


def _say_more(bare: str, written: str, column: str, found: Found) -> None:
    if re.fullmatch(r"[127]\d{8,9}", re.sub(r"\D", "", written)):
        message = _("The 0 at the beginning of “%s” was missing.")
        found.note(column, message % short(written), "zero-missing")
    rest = bare.replace(written, "").strip(" '\"=.,:;()-")
    if re.search(r"[^\W\d]{2,}", rest):
        message = _("Beside the number stands “%s”: whose is it?")
        found.doubt(column, message % short(rest), "words-beside-phone")
