"""Dates, times and numbers as the portal says them: in words, in Europe/London."""

from __future__ import annotations

import datetime as dt
import json
from typing import TypeVar, cast

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .days import today

# The first mark that is found names it: most browsers call themselves Chrome or Safari as well.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
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


def in_fours(text: str) -> str:
    """Return a key or code in groups of four letters, as people read it out."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def as_json(value: object) -> str:
    """Return ``value`` for a ``data-`` attribute that a script reads; the template escapes it."""
    return json.dumps(value, cls=DjangoJSONEncoder)


def device(user_agent: str) -> str:
    """Return what a browser says of itself in words that its owner knows: "Firefox on Windows"."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("a browser that says nothing of itself")
