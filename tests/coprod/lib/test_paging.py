"""Pages by key: every row once, forwards and back, whatever stands in the address."""

from __future__ import annotations

import base64
import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod.lib.paging import Key, page
from people.models import AuditEvent, Organisation
from tests.factories import make_organisation

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
KEYS = [Key("verb", str), Key("at", dt.datetime, descending=True), Key("pk", int)]


@pytest.fixture
def events(db) -> list[int]:
    """Eleven rows with many ties, as keys in the order of ``KEYS``."""
    for number in range(11):
        AuditEvent.objects.create(
            verb="ab"[number % 2],
            at=NOON + dt.timedelta(hours=number // 4),
            target_type="x",
            target="1",
        )
    return list(AuditEvent.objects.order_by("verb", "-at", "pk").values_list("pk", flat=True))


def walk(size: int, queryset=None) -> list[list[int]]:
    queryset = AuditEvent.objects.all() if queryset is None else queryset
    found, cursor = [], ""
    while True:
        shown = page(queryset, KEYS, cursor, size)
        found.append([row.pk for row in shown.rows])
        cursor = shown.following
        if not cursor:
            return found


@pytest.mark.parametrize("size", [1, 2, 3, 5, 10, 11, 12])
def test_every_row_comes_once_and_in_order(events, size):
    pages = walk(size)
    assert [key for one in pages for key in one] == events
    assert {len(one) for one in pages[:-1]} <= {size}
    assert len(pages) == -(-len(events) // size)


@pytest.mark.parametrize("size", [2, 3, 5])
def test_the_way_back_shows_the_same_pages(events, size):
    shown, forwards = page(AuditEvent.objects.all(), KEYS, "", size), []
    while shown.following:
        forwards.append([row.pk for row in shown.rows])
        shown = page(AuditEvent.objects.all(), KEYS, shown.following, size)
    back = []
    while shown.previous:
        shown = page(AuditEvent.objects.all(), KEYS, shown.previous, size)
        back.append([row.pk for row in shown.rows])
    assert back[::-1] == forwards
    assert shown.previous == ""


def test_the_first_page_is_full_when_rows_before_have_gone(events):
    second = page(
        AuditEvent.objects.all(), KEYS, page(AuditEvent.objects.all(), KEYS, "", 3).following, 3
    )
    AuditEvent.objects.filter(pk__in=events[:2]).delete()
    first = page(AuditEvent.objects.all(), KEYS, second.previous, 3)
    assert ([row.pk for row in first.rows], first.previous) == (events[2:5], "")


def test_a_bookmark_holds_when_rows_come_in_before(events):
    bookmark = page(AuditEvent.objects.all(), KEYS, "", 3).following
    before = [row.pk for row in page(AuditEvent.objects.all(), KEYS, bookmark, 3).rows]
    AuditEvent.objects.create(verb="a", at=NOON + dt.timedelta(days=1), target_type="x", target="1")
    assert [row.pk for row in page(AuditEvent.objects.all(), KEYS, bookmark, 3).rows] == before


def test_a_bookmark_after_the_last_row_shows_nothing_more(events):
    bookmark = page(AuditEvent.objects.all(), KEYS, "", 10).following
    AuditEvent.objects.filter(pk=events[-1]).delete()
    shown = page(AuditEvent.objects.all(), KEYS, bookmark, 10)
    assert (shown.rows, shown.following) == ([], "")


def test_dates_are_keys_too(db):
    for number in range(3):
        make_organisation(valid_from=dt.date(2026, 1, 1 + number))
    keys = [Key("valid_from", dt.date, descending=True), Key("pk", int)]
    first = page(Organisation.objects.all(), keys, "", 2)
    second = page(Organisation.objects.all(), keys, first.following, 2)
    assert [row.valid_from.day for row in [*first.rows, *second.rows]] == [3, 2, 1]


def cursor(*values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "x",
        "äö",
        "%%%",
        cursor(),
        cursor("f"),
        cursor("f", "a", "yesterday", 1),
        cursor("f", "a", "2026-11-22T12:00:00", 1),  # no zone
        cursor("f", "a", NOON.isoformat(), "one"),
        cursor("f", "a", NOON.isoformat(), 2**64),
        cursor("f", "a\x00", NOON.isoformat(), 1),
        cursor("f", None, NOON.isoformat(), 1),
        cursor("f", "a", 12, 1),
        cursor("sideways", "a", NOON.isoformat(), 1),
        cursor(["f"], "a", NOON.isoformat(), 1),
        cursor("f", "a", NOON.isoformat(), 1, 1),
        base64.urlsafe_b64encode(b"[" * 9000).decode(),
        base64.urlsafe_b64encode(b'{"f": 1}').decode(),
        base64.urlsafe_b64encode(b"7").decode(),
    ],
)
def test_a_damaged_cursor_shows_the_first_page(events, damaged):
    shown = page(AuditEvent.objects.all(), KEYS, damaged, 3)
    assert ([row.pk for row in shown.rows], shown.previous) == (events[:3], "")


@given(st.one_of(st.text(), st.binary().map(lambda b: base64.urlsafe_b64encode(b).decode())))
def test_no_cursor_breaks_the_page(text):
    from coprod.lib import paging

    found = paging._decode(text, KEYS)
    assert found is None or len(found[1]) == len(KEYS)
