"""A day ends at midnight in London, also when the clocks change."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from coprod.lib.days import midnight_after, today
from opportunities.models import Opportunity
from tests import factories


@pytest.mark.parametrize(
    ("day", "midnight"),
    [
        ("2026-01-15", "2026-01-16T00:00:00Z"),
        ("2026-03-28", "2026-03-29T00:00:00Z"),
        ("2026-03-29", "2026-03-29T23:00:00Z"),
        ("2026-07-01", "2026-07-01T23:00:00Z"),
        ("2026-10-24", "2026-10-24T23:00:00Z"),
        ("2026-10-25", "2026-10-26T00:00:00Z"),
        ("2028-02-29", "2028-03-01T00:00:00Z"),
    ],
)
def test_a_brief_is_open_until_midnight_of_its_last_day(client, host, day, midnight):
    """Control: a second earlier it still takes people, on the page as in the rule."""
    last, moment = dt.date.fromisoformat(day), dt.datetime.fromisoformat(midnight)
    brief = factories.make_opportunity(host, closes_on=last)
    Opportunity.objects.filter(pk=brief.pk).update(
        starts_on=last + dt.timedelta(days=9), ends_on=last + dt.timedelta(days=9)
    )
    page = f"/opportunities/{brief.slug}/sign-up/"
    asked = []
    for when in (moment - dt.timedelta(seconds=1), moment):
        with time_machine.travel(when, tick=False):
            words = client.get(page).content.decode()
            asked.append((brief.is_open_on(today()), "Sign in" in words and "closed" not in words))
    assert [is_open for is_open, _page in asked] == [True, False]
    assert asked[0][1] != asked[1][1]
    assert midnight_after(last) == moment


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25)])
def test_the_days_on_which_the_clocks_change_have_their_own_length(day, hours):
    this = dt.date.fromisoformat(day)
    ends = midnight_after(this).astimezone(dt.UTC)
    begins = midnight_after(this - dt.timedelta(days=1)).astimezone(dt.UTC)
    assert ends - begins == dt.timedelta(hours=hours)
