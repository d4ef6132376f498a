"""Days, however they are written: the British order, and nothing guessed silently."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .words import short

EXCEL_BEGINS = dt.date(1899, 12, 30)
SERIALS = range(10_000, 80_000)  # 1927 to 2119
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ].*)?")
_FIGURES = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})(?:[ ,]+\d{1,2}:.*)?")
_NAMED = re.compile(
    r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ \-/.]*([a-z]{3,9})[ \-/.,]*(\d{4}|\d{2})"
)
_AMERICAN = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4}|\d{2})")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")


@dataclass(frozen=True)
class Day:
    """What a cell says of a day. ``code`` is "" where it says it plainly.

    ``code`` no-such-day and not-a-day come without a day; us-order, two-ways, serial with one.
    """

    day: dt.date | None
    code: str = ""
    message: str = ""

    @property
    def is_impossible(self) -> bool:
        """Whether it names a day that no calendar has."""
        return self.code == "no-such-day"


def read_day(text: str, today: dt.date) -> Day:
    """Return the day that ``text`` names; years of two figures lie at most ten years ahead."""
    words = " ".join(text.casefold().split())
    for pattern, reader in _READERS:
        found = pattern.fullmatch(words)
        if found:
            return reader(found, text, today)
    if _YEAR.fullmatch(words):
        return Day(None, "year", _("“%s” is only a year, not a day.") % short(text))
    return _no_day(text)


def _no_day(text: str) -> Day:
    return Day(None, "not-a-day", _("“%s” is not a day. Write it like 31/12/2026.") % short(text))


def in_words(day: dt.date) -> str:
    """Return a day as people write it: 3 April 2019."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _year(figures: str, today: dt.date) -> int:
    year = int(figures)
    if len(figures) > 2:
        return year
    century = today.year // 100 * 100
    return century + year if century + year <= today.year + 10 else century - 100 + year


def _made(year: int, month: int, day: int, text: str) -> Day:
    try:
        return Day(dt.date(year, month, day))
    except ValueError:
        return Day(None, "no-such-day", _("There is no day “%s”.") % short(text))


def _iso(found: re.Match[str], text: str, _today: dt.date) -> Day:
    year, month, day = map(int, found.groups())
    return _made(year, month, day, text)


def _figures(found: re.Match[str], text: str, today: dt.date) -> Day:
    first, second, year = int(found[1]), int(found[2]), _year(found[3], today)
    if second > 12 >= first:
        made = _made(year, first, second, text)
        message = _("“%(text)s” has the month first. It was read as %(day)s.")
        return _said(made, "us-order", message, text)
    made = _made(year, second, first, text)
    if first <= 12 and first != second:
        return _said(made, "two-ways", _("“%(text)s” was read as %(day)s: the day first."), text)
    return made


def _said(made: Day, code: str, message: str, text: str) -> Day:
    if made.day is None:
        return made
    return Day(made.day, code, message % {"text": short(text), "day": in_words(made.day)})


def _with_month(year: int, word: str, day: int, text: str) -> Day:
    for month, name in enumerate(_MONTHS, start=1):
        if name.casefold().startswith(word[:4]):
            return _made(year, month, day, text)
    return _no_day(text)


def _named(found: re.Match[str], text: str, today: dt.date) -> Day:
    return _with_month(_year(found[3], today), found[2], int(found[1]), text)


def _american(found: re.Match[str], text: str, today: dt.date) -> Day:
    return _with_month(_year(found[3], today), found[1], int(found[2]), text)


def _serial(found: re.Match[str], text: str, _today: dt.date) -> Day:
    number = int(found[1])
    if number not in SERIALS:
        return _no_day(text)
    made = Day(EXCEL_BEGINS + dt.timedelta(days=number))
    message = _("“%(text)s” is how Excel counts days. It was read as %(day)s.")
    return _said(made, "serial", message, text)


_READERS = (
    (_ISO, _iso),
    (_FIGURES, _figures),
    (_NAMED, _named),
    (_AMERICAN, _american),
    (_SERIAL, _serial),
)
