"""Places that move while others come: the last one, a gap that is filled, a brief made smaller.

A place that comes free is given at once to the next who waits, and not offered: so there is no
offer that could run out, and “one at a time, passed on” is the order of the queue. The control
stands in ``test_race``: without the conditional update the same crowd oversells.
"""

from __future__ import annotations

import itertools

import pytest

from coprod.lib.lifecycle import NotAllowed
from opportunities.actions import EditedMeanwhile, edit_published, withdraw_brief
from opportunities.actions.sign_ups import fill_free_places, withdraw
from opportunities.lifecycle import SignUpStatus as U
from opportunities.models import Opportunity, SignUp
from people.models import Notice
from tests.factories import make_opportunity
from tests.opportunities.actions.test_race import (
    _room_for_all,
    all_at_once,
    assert_consistent,
    come,
    counted,
    host,
    people,
)

__all__ = ["_room_for_all", "host"]  # fixtures, used by their names
pytestmark = pytest.mark.django_db(transaction=True)


def faults(results: list[object], *expected: type[Exception]) -> list[object]:
    return [one for one in results if isinstance(one, Exception) and not isinstance(one, expected)]


def test_the_last_place_is_one_persons(host):
    brief = make_opportunity(places=1)
    results = all_at_once([come(brief, person) for person in people(20)])
    assert faults(results) == []
    assert counted(brief) == {U.PLACE: 1, U.WAITING: 19}
    numbers = brief.sign_ups.waiting().values_list("waiting_number", flat=True)
    assert list(numbers) == list(range(1, 20))
    assert_consistent(brief)


def test_who_cancels_while_others_move_up(host):
    """Holders and those next in the queue leave at once, while staff fill places by hand."""
    brief = make_opportunity(places=2)
    rows = [come(brief, person)() for person in people(8)]
    leave = [lambda row=row: withdraw(sign_up=row, actor=None) for row in rows[:4]]
    fill = [lambda: fill_free_places(opportunity=brief, actor=None)] * 4
    mixed = itertools.chain.from_iterable(zip(leave, fill, strict=True))
    assert faults(all_at_once(list(mixed))) == []
    assert counted(brief) == {U.PLACE: 2, U.WAITING: 2, U.WITHDRAWN: 4}
    held = set(brief.sign_ups.filter(status=U.PLACE).values_list("pk", flat=True))
    assert held == {rows[4].pk, rows[5].pk}  # the next in order, and nobody else
    told = Notice.objects.filter(kind="moved_up").values_list("person", flat=True)
    assert len(told) == len(set(told))
    assert {rows[4].person_id, rows[5].person_id} <= set(told)
    assert_consistent_after_leaving(brief)


def assert_consistent_after_leaving(brief: Opportunity) -> None:
    """As ``assert_consistent``, but somebody who moved up may have left since."""
    brief.refresh_from_db()
    assert brief.places_taken == brief.sign_ups.holding().count() == brief.places


def test_fewer_places_while_people_come(host):
    """Either the brief is made smaller in time, or it is refused: never more people than places."""
    brief = make_opportunity(places=10)

    def fewer() -> Opportunity:
        return edit_published(
            opportunity=brief,
            actor=None,
            version=brief.version,
            fields={"places": 3},
            what_changed="Fewer places.",
            why="A smaller room.",
        )

    jobs = [come(brief, person) for person in people(16)]
    jobs[2:2] = [fewer]
    results = all_at_once(jobs)
    assert faults(results, NotAllowed, EditedMeanwhile) == []
    brief.refresh_from_db()
    assert brief.places in (3, 10)
    assert counted(brief) == {U.PLACE: brief.places, U.WAITING: 16 - brief.places}
    assert_consistent(brief)


def test_withdrawn_while_people_come(host):
    """Nobody is left in, and nobody who was told that they are in is not told that they are out."""
    brief = make_opportunity(places=5)
    jobs: list = [come(brief, person) for person in people(16)]
    jobs[8:8] = [lambda: withdraw_brief(opportunity=brief, actor=None, reason="No money.")]
    results = all_at_once(jobs)
    assert faults(results, NotAllowed) == []
    brief.refresh_from_db()
    assert brief.places_taken == brief.sign_ups.live().count() == 0
    came = SignUp.objects.filter(opportunity=brief).values_list("person", flat=True)
    told = Notice.objects.filter(kind="brief_withdrawn").values_list("person", flat=True)
    assert sorted(came) == sorted(told)
