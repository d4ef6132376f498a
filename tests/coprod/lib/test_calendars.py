"""Files for calendars, read back by the library and byte by byte."""

from __future__ import annotations

import datetime as dt

import pytest
from icalendar import Calendar

from coprod.lib.calendars import CANCELLED, Entry, calendar, end_of, one_line

CHANGED = dt.datetime(2026, 7, 1, 13, 5, tzinfo=dt.timezone(dt.timedelta(hours=1)))
NASTY = "Tea; cake, \\talk\r\nATTACH:http://evil.test\nBEGIN:VEVENT\x00\x0b 👩‍👩‍👧 " + "é" * 80


def made(**fields: object) -> bytes:
    facts = {"uid": "1@example.org", "title": "T", "start": dt.date(2026, 7, 2)} | fields
    return calendar("Dates", [Entry(changed_at=CHANGED, **facts)])


@pytest.mark.parametrize("name", ["title", "place", "text"])
def test_no_words_become_a_line_of_their_own(name):
    """The words hold what would; the last line is the control: it is there, as words."""
    content = made(**{name: NASTY})
    lines = content.replace(b"\r\n ", b"").decode().split("\r\n")
    assert [line for line in lines if line.startswith(("ATTACH", "BEGIN:VEVENT"))] == [
        "BEGIN:VEVENT"
    ]
    assert sum("ATTACH:http" in line for line in lines) == 1
    assert "Tea\\; cake\\, \\\\talk ATTACH" in content.replace(b"\r\n ", b"").decode()


def test_an_address_cannot_end_its_line():
    """The library refuses it; an address of ours never has one."""
    with pytest.raises(ValueError, match="CR or LF"):
        made(url="https://example.org/\r\nATTACH:x")
    assert b"URL:https://example.org/a" in made(url="https://example.org/a")


def test_lines_are_folded_at_75_octets_and_read_back_whole():
    content = made(title="👩‍👩‍👧 " * 60)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    event = Calendar.from_ical(content).walk("VEVENT")[0]
    assert event["summary"] == ("👩‍👩‍👧 " * 60).strip()


def test_days_moments_and_stamps():
    """A day has no zone, a moment names ours, a stamp is in UTC."""
    text = made().decode()
    assert "DTSTART;VALUE=DATE:20260702\r\nDTEND;VALUE=DATE:20260703" in text
    assert "DTSTAMP:20260701T120500Z" in text
    text = made(start=end_of(dt.date(2026, 7, 2))).decode()
    assert "DTSTART;TZID=Europe/London:20260702T235900" in text
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/London" in text


def test_cancelled_is_said():
    event = Calendar.from_ical(made(status=CANCELLED, version=7)).walk("VEVENT")[0]
    assert (event["status"], event["sequence"]) == ("CANCELLED", 7)


def test_a_calendar_without_dates_is_one():
    assert Calendar.from_ical(calendar("None", [])).walk("VEVENT") == []


def test_one_line():
    assert one_line(" a\r\n\tb\x00c\ud800d ") == "a b c d"
