"""A brief at a glance, in words."""

from __future__ import annotations

import datetime as dt

import pytest

from opportunities.cards import ROOM, card, first_clause, state, summary
from opportunities.levels import PlacesGiven
from opportunities.lifecycle import Status
from opportunities.models import Opportunity
from opportunities.templatetags.briefs import answer, card_of, points
from tests.factories import make_opportunity, make_town

pytestmark = pytest.mark.usefixtures("host")
DAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("About 12 hours: training 2h, reading 4h.", "About 12 hours"),
        ("2 hours in your own time. One letter is fine.", "2 hours in your own time"),
        ("1.5 days, 9.15am to 4.30pm", "1.5 days, 9.15am to 4.30pm"),
        ("£25 an hour; travel", "£25 an hour"),
        ("", ""),
    ],
)
def test_first_clause(text, clause):
    assert first_clause(text) == clause


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (dt.date(2027, 1, 12), dt.date(2027, 2, 16), "12 January to 16 February 2027"),
        (dt.date(2026, 12, 1), dt.date(2027, 2, 16), "1 December 2026 to 16 February 2027"),
        (dt.date(2027, 1, 28), dt.date(2027, 1, 28), "Thursday 28 January 2027"),
        (dt.date(2027, 2, 2), None, "From 2 February 2027"),
        (None, None, "In the afternoon"),
    ],
)
def test_when(start, end, words):
    brief = make_opportunity(status=Status.DRAFT, starts_on=start, ends_on=end)
    assert card(brief, DAY).when == words


@pytest.mark.parametrize(
    ("fields", "towns", "words"),
    [
        ({}, ["Tipton", "Rowley Regis"], "Rowley Regis and Tipton"),
        ({"is_online": True}, ["Tipton"], "Tipton and online"),
        ({"is_online": True, "is_borough_wide": False}, [], "At home or online"),
        ({"is_borough_wide": True}, [], "All of Sandwell"),
        ({"is_borough_wide": False, "status": Status.DRAFT}, [], ""),
    ],
)
def test_where(fields, towns, words):
    brief = make_opportunity(towns=[make_town(name) for name in towns], **fields)
    assert card(brief, DAY).where == words


@pytest.mark.parametrize(
    ("fields", "words", "kind"),
    [
        ({}, "Closes Fri 18 December", ""),
        ({"closes_on": dt.date(2026, 11, 30)}, "Closes Mon 30 November", "soon"),
        ({"closes_on": DAY}, "Closes Mon 23 November", "soon"),
        ({"closes_on": DAY - dt.timedelta(days=1)}, "Closed to new people", ""),
        ({"is_rolling": True, "closes_on": None}, "No closing date", ""),
        ({"places_taken": 2}, "1 place left. Closes Fri 18 December", "soon"),
        ({"places_taken": 3}, "Full. You can join the waiting list", "soon"),
        (
            {"places_taken": 3, "places_given": PlacesGiven.WE_CHOOSE},
            "Closes Fri 18 December",
            "",
        ),
        ({"places": None}, "Closes Fri 18 December", ""),
        ({"status": Status.DRAFT}, "Draft", "draft"),
        ({"status": Status.CLOSED}, "Closed to new people", ""),
        ({"status": Status.IN_PROGRESS}, "In progress", "org"),
        ({"status": Status.COMPLETED}, "Completed", ""),
    ],
)
def test_state(time_machine_day, fields, words, kind):
    defaults = {
        "closes_on": dt.date(2026, 12, 18),
        "starts_on": dt.date(2027, 1, 1),
        "ends_on": dt.date(2027, 2, 1),
    }
    tag = state(make_opportunity(**(defaults | fields)), DAY)
    assert (tag.words, tag.kind) == (words, kind)


@pytest.fixture
def time_machine_day():
    """Short dates leave out the year of today."""
    import time_machine

    with time_machine.travel(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("We buy care. Help us choose. " + "x" * 200, "We buy care. Help us choose."),
        ("One\ntwo. Three?  Four!", "One two. Three? Four!"),
        ("At 10.30am we meet", "At 10.30am we meet"),
        ("", ""),
    ],
)
def test_summary_is_as_many_sentences_as_fit(what, words):
    assert summary(what) == words


def test_summary_cuts_one_endless_sentence():
    assert len(summary("word " * 200)) <= ROOM + 60


def test_answer_makes_paragraphs_and_lists_and_never_html():
    text = "One <b>\nstill one\n\nTwo\n- first & last\n* second\nEnd"
    assert answer(text) == (
        '<p class="govuk-body">One &lt;b&gt;<br>still one</p>\n\n<p class="govuk-body">Two</p>'
        '<ul class="govuk-list govuk-list--bullet"><li>first &amp; last</li><li>second</li></ul>'
        '<p class="govuk-body">End</p>'
    )


def test_points_are_lines_without_dashes():
    assert points("- One\n\n•  Two\nThree\n-") == ["One", "Two", "Three"]


def test_a_card_that_is_kept_is_drawn_anew_when_it_says_something_else():
    """The same row, changed behind its version: the control is that an equal card is kept."""
    brief = make_opportunity(title="Before")
    first = card_of(card(brief, DAY))
    assert card_of(card(brief, DAY)) is first
    Opportunity.objects.update(title="After", places_taken=1)
    brief.refresh_from_db()
    second = card_of(card(brief, DAY))
    assert ("Before" in first, "After" in second, "2 of 3" in second) == (True, True, True)
