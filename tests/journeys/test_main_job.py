"""The whole main job in a browser: from a half-finished brief to a commissioner's figures.

One story, told on a phone and on a desk: every page that anybody passes is judged by axe and
measured. Months pass by moving the server's clock; nothing else is made up.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.core.management import call_command

from coprod.jobs import bring_back_from_breaks
from people.models import User
from tests.journeys.acts import briefs, coming_forward, figures, taking_part
from tests.journeys.brief import the_letters
from tests.journeys.story import Story
from tests.journeys.visitor import Visitor

LONDON = zoneinfo.ZoneInfo("Europe/London")


@pytest.fixture
def move_to() -> Iterator[Callable[[dt.date], None]]:
    """``move_to(day)`` makes it ten in the morning of that day, for the server as well."""
    with time_machine.travel(dt.datetime.now(LONDON), tick=True) as clock:
        yield lambda day: clock.move_to(dt.datetime.combine(day, dt.time(10), LONDON))


@pytest.mark.parametrize("width", [320, 1280])
def test_the_main_job(width, demonstration, page_at, looks_right, move_to, mailoutbox):
    def visit(user: User | None = None) -> Visitor:
        return Visitor(page_at(width, user=user), looks_right)

    story = Story(visit, mailoutbox, the_letters())
    starts = story.brief["starts_on"]
    briefs.an_officer_writes_half_a_brief_and_finishes_it(story)
    briefs.a_coordinator_returns_it_and_then_publishes_it(story)
    coming_forward.residents_find_it_and_fill_it(story)
    coming_forward.somebody_withdraws_and_the_next_in_order_is_told(story)
    move_to(starts)
    taking_part.the_officer_starts_it_and_ticks_who_took_part(story)
    taking_part.the_officer_writes_down_what_people_said_and_answers(story)
    move_to(starts + dt.timedelta(days=27))
    assert taking_part.asked_about(story) == 0
    move_to(starts + dt.timedelta(days=28))
    assert taking_part.asked_about(story) == 3
    taking_part.people_say_whether_it_helped(story)
    taking_part.the_officer_answers_again_and_completes_it(story)
    figures.a_commissioner_sees_who_has_been_involved(story)
    bring_back_from_breaks()  # the worker comes round: two people rested meanwhile
    call_command("verify_integrity", verbosity=0)
