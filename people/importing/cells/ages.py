"""Ages and birthdays. They are read only to see who may be under 18, and never brought in."""

from __future__ import annotations

import datetime as dt
import re

from django.utils.translation import gettext as _

from .days import Day, read_day
from .words import Found, short

GROWN_UP = 18
OLDEST = 115
_AGE = re.compile(r"(?:aged? )?(\d{1,3})(?:\.\d+)?\s*(?:y|yr|yrs|years?|years? old|yo)?\.?")
_BAND = re.compile(r"(?:aged? )?(\d{1,3})\s*(?:-|–|—|to)\s*(\d{1,3})\s*(?:yrs?|years?)?")
_FROM = re.compile(
    r"(?:over|above|>|>=)\s*(\d{1,3})s?|(\d{1,3})\s*(?:\+|plus|or over|and over|s|ish)"
)
_UNDER = re.compile(r"(?:under|below|u|<|<=)\s*(\d{1,3})s?|(\d{1,3})\s*(?:or under|and under)")
_YEAR = re.compile(r"(?:b(?:orn)?\.?\s*(?:in )?)?((?:19|20)\d{2})")
PLACEHOLDERS = {
    dt.date(1899, 12, 30),
    dt.date(1899, 12, 31),
    dt.date(1900, 1, 1),
    dt.date(1970, 1, 1),
}


def read_age(text: str, column: str, found: Found, today: dt.date) -> None:
    """Say what is doubtful about an age or a birthday: a band, a placeholder, somebody young."""
    words = " ".join(text.casefold().split())
    band = _BAND.fullmatch(words)
    more, less = _FROM.fullmatch(words), _UNDER.fullmatch(words)
    if band:
        _said_band(int(band[1]), text, column, found)
    elif more:
        _said_band(int(more[1] or more[2]), text, column, found)
    elif less:
        _said_band(0, text, column, found)
    elif age := _AGE.fullmatch(words):
        _said_age(int(age[1]), text, column, found)
    elif year := _YEAR.fullmatch(words):
        _said_age(today.year - int(year[1]) - 1, text, column, found)
    else:
        _said_birthday(read_day(text, today), text, column, found, today)


def _said_birthday(read: Day, text: str, column: str, found: Found, today: dt.date) -> None:
    if read.day is None:
        found.doubt(column, read.message, read.code)
        return
    day = read.day
    if day > today and len(text) <= 8:  # "12/3/56": of the century before
        day = day.replace(year=day.year - 100, day=min(day.day, 28))
    if day in PLACEHOLDERS:
        message = _("“%s” is what spreadsheets write where nobody knows. Ask how old they are.")
        found.doubt(column, message % short(text), "placeholder")
        return
    birthday_was = (today.month, today.day) >= (day.month, day.day)
    _said_age(today.year - day.year - (not birthday_was), text, column, found)


def _said_age(age: int, text: str, column: str, found: Found) -> None:
    if not 0 < age <= OLDEST:
        found.doubt(column, _("“%s” cannot be somebody’s age.") % short(text), "not-an-age")
    elif age < GROWN_UP:
        _may_be_young(column, found)


def _said_band(youngest: int, text: str, column: str, found: Found) -> None:
    message = _("“%s” is not one person’s age. Ask how old they are.")
    found.doubt(column, message % short(text), "age-band")
    if youngest < GROWN_UP:
        _may_be_young(column, found)


def _may_be_young(column: str, found: Found) -> None:
    message = _("They may be under 18. Ask them, and an adult who looks after them, first.")
    found.doubt(column, message, "young")
