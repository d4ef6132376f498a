"""Keys in addresses never reach a log."""

from __future__ import annotations

import logging

import pytest

from coprod.lib.logs import HideKeys


@pytest.mark.parametrize(
    ("args", "written"),
    [
        (("Not Found: %s", "/calendar/abc123.ics"), "Not Found: /calendar/…"),
        (("GET /invitation/abc123/ HTTP/1.1",), "GET /invitation/…/ HTTP/1.1"),
        (("%s 404 %d", "http://a/calendar/x?y=1", 3), "http://a/calendar/…?y=1 404 3"),
        (
            ("Not Found: %s", "/a/calendar.ics"),
            "Not Found: /a/calendar.ics",
        ),
    ],
)
def test_hide_keys(args, written):
    record = logging.LogRecord("n", logging.INFO, "f", 1, args[0], args[1:], None)
    assert HideKeys().filter(record) is True
    assert record.getMessage() == written
