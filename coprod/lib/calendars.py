"""Dates as a file for people’s calendars (iCalendar, RFC 5545).

The library escapes, folds and names the time zone; nothing of it is put together by hand.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from icalendar import Calendar, Event, vUri

TYPE = "text/calendar; charset=utf-8"
CONFIRMED, TENTATIVE, CANCELLED = "CONFIRMED", "TENTATIVE", "CANCELLED"


@dataclass(frozen=True)
class Entry:
    """One date. ``start`` is a day, or a moment with its zone; ``changed_at`` is in UTC."""

    uid: str
    title: str
    start: dt.date | dt.datetime
    changed_at: dt.datetime
    url: str = ""
    place: str = ""
    text: str = ""
    status: str = CONFIRMED
    version: int = 0


def end_of(day: dt.date) -> dt.datetime:
    """Return the last minute of ``day`` where the portal is."""
    return dt.datetime.combine(day, dt.time(23, 59), timezone.get_default_timezone())


def calendar(name: str, entries: Iterable[Entry]) -> bytes:
    """Return a calendar called ``name`` with ``entries``, as it goes over the wire."""
    made = Calendar()
    made.add("prodid", "-//Get involved//co-production portal//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", one_line(name))
    made.add("x-wr-timezone", timezone.get_default_timezone_name())
    dates = list(entries)
    for entry in dates:
        made.add_component(_event(entry))
    years = [entry.start.year for entry in dates]
    if years:  # the changes of the clock in the years around, and not since 1970
        first, last = dt.date(min(years) - 1, 1, 1), dt.date(max(years) + 2, 1, 1)
        made.add_missing_timezones(first_date=first, last_date=last)
    return made.to_ical()


def one_line(text: str) -> str:
    """Return ``text`` without line ends and other signs that steer a machine."""
    kept = "".join(" " if unicodedata.category(one) in {"Cc", "Cs"} else one for one in text)
    return " ".join(kept.split())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at.astimezone(dt.UTC))
    event.add("last-modified", entry.changed_at.astimezone(dt.UTC))
    event.add("sequence", entry.version)
    event.add("summary", one_line(entry.title))
    event.add("status", entry.status)
    event.add("dtstart", entry.start)
    if not isinstance(entry.start, dt.datetime):
        event.add("dtend", entry.start + dt.timedelta(days=1))
        event.add("transp", "TRANSPARENT")  # it does not say that the whole day is taken
    for name, text in (("location", entry.place), ("description", entry.text)):
        if text:
            event.add(name, one_line(text))
    if entry.url:
        event.add("url", vUri(entry.url))
    return event
