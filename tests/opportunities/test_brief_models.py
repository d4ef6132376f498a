"""What the database refuses about briefs, whoever writes to it; and a brief's own words."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from coprod.lib.days import today
from opportunities.levels import Level
from opportunities.lifecycle import PUBLIC, Status
from opportunities.models import BriefChange, Opportunity
from tests.factories import make_opportunity

pytestmark = pytest.mark.usefixtures("host")
DAY = dt.timedelta(days=1)
NEEDED = (
    *("what", "experience", "commitment", "when", "how", "level", "scope", "can_change"),
    *("cannot_change", "who_decides", "lead_name", "safeguarding_name", "places_given"),
)


def refused(constraint: str, **fields) -> None:
    """Say that the database refuses ``fields`` on a row that it takes without them (control)."""
    brief = make_opportunity()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Opportunity.objects.filter(pk=brief.pk).update(**fields)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("opportunity_never_over_capacity", {"places_taken": 4}),
        ("opportunity_some_places", {"places": 0}),
        ("opportunity_places_or_open", {"places_are_open": True}),
        ("opportunity_closes_or_rolling", {"is_rolling": True}),
        ("opportunity_ends_after_start", {"ends_on": today()}),
        ("opportunity_public_has_date", {"published_at": None}),
        ("opportunity_coproduction_is_meant", {"level": Level.COPRODUCTION}),
        ("opportunity_public_is_complete", {"closes_on": None}),
        ("opportunity_public_is_complete", {"places": None}),
        *[("opportunity_public_is_complete", {name: ""}) for name in NEEDED],
    ],
)
def test_the_database_refuses(constraint, fields):
    refused(constraint, **fields)


@pytest.mark.parametrize("name", NEEDED)
def test_a_draft_may_be_half_finished(name):
    brief = make_opportunity(status=Status.DRAFT, published_at=None, **{name: ""})
    assert getattr(brief, name) == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        Opportunity.objects.filter(pk=brief.pk).update(status=Status.SUBMITTED)


def test_slugs_are_unique():
    brief = make_opportunity()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_opportunity(slug=brief.slug)


@pytest.mark.parametrize(
    "fields", [{"what_changed": ""}, {"why": ""}, {"version": 2}], ids=["what", "why", "twice"]
)
def test_a_change_says_what_and_why_once_a_version(fields):
    brief = make_opportunity()
    BriefChange.objects.create(opportunity=brief, version=2, what_changed="a", why="b")
    words = {"version": 3, "what_changed": "a", "why": "b"} | fields
    with pytest.raises(IntegrityError), transaction.atomic():
        BriefChange.objects.create(opportunity=brief, **words)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize(("days", "rolling"), [(-1, False), (0, False), (1, False), (None, True)])
def test_open_on_is_the_same_for_a_row_and_for_the_list(status, days, rolling):
    closes = None if days is None else today() + days * DAY
    brief = make_opportunity(status=status, closes_on=closes, is_rolling=rolling)
    in_time = rolling or days >= 0
    assert brief.is_open_on(today()) is (status == Status.PUBLISHED and in_time)
    assert Opportunity.objects.open_on(today()).exists() is brief.is_open_on(today())
    assert Opportunity.objects.public().exists() is (status in PUBLIC)


@pytest.mark.parametrize(
    ("what", "summary"),
    [
        ("One. Two.", "One."),
        ("Only one", "Only one"),
        ("At 10.30 we meet. Then go.", "At 10.30 we meet."),
        ("", ""),
    ],
)
def test_summary_is_the_first_sentence(what, summary):
    assert Opportunity(what=what).summary == summary


def test_small_facts():
    brief = Opportunity(places=3, places_taken=1, title="Bins", starts_on=today())
    assert (brief.places_left, str(brief), brief.level_choice) == (2, "Bins", None)
    assert [brief.has_started(today()), brief.has_started(today() - DAY)] == [True, False]
    assert Opportunity().places_left is None
    assert str(BriefChange(opportunity_id=3, version=2)) == "3 v2"
