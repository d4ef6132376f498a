"""Dates, times and numbers as the portal says them: in words, in Europe/London."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar, cast

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .days import today

_WORDS = (
    gettext_lazy("no"),
    gettext_lazy("one"),
    gettext_lazy("two"),
    gettext_lazy("three"),
    gettext_lazy("four"),
    gettext_lazy("five"),
    gettext_lazy("six"),
    gettext_lazy("seven"),
    gettext_lazy("eight"),
    gettext_lazy("nine"),
)


Day = TypeVar("Day", bound=dt.date)


def _local(value: Day) -> Day:
    """Return ``value`` in Europe/London where it is an aware moment."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return cast("Day", timezone.localtime(value))
    return value


def day_in_full(value: dt.date | None) -> str:
    """Return "Friday 18 December 2026", for a sentence."""
    return formats.date_format(_local(value), "l j F Y") if value else ""


def day_short(value: dt.date | None) -> str:
    """Return "Fri 18 December" for a card; the year follows when it is not this one."""
    if not value:
        return ""
    local = _local(value)
    return formats.date_format(local, "D j F" if local.year == today().year else "D j F Y")


def clock_time(value: dt.time | dt.datetime | None) -> str:
    """Return "10.30am", "5pm" or "midday"."""
    if value is None:
        return ""
    local = _local(value) if isinstance(value, dt.datetime) else value
    if (local.hour, local.minute) == (12, 0):
        return _("midday")
    half = _("am") if local.hour < 12 else _("pm")
    minutes = f".{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{half}"


def moment(value: dt.datetime | None) -> str:
    """Return "5pm, Friday 18 December 2026"."""
    return f"{clock_time(value)}, {day_in_full(value)}" if value else ""


def in_words(number: int) -> str:
    """Return small numbers as words ("three"), larger ones as figures ("12")."""
    return str(_WORDS[number]) if 0 <= number < len(_WORDS) else str(number)
