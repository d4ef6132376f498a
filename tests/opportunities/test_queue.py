"""Who waits for staff: only for those who can do something, of their own organisation, in order."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from coprod.lib.days import today
from opportunities.actions.sign_ups import withdraw
from opportunities.levels import PlacesGiven
from opportunities.lifecycle import Status
from opportunities.models import SignUp
from opportunities.queue import came_lately, staff_queue
from tests import factories

pytestmark = pytest.mark.django_db


def titles(user):
    return [row.title for row in staff_queue(user.acting)]


def test_nobody_waits(officer):
    assert staff_queue(officer.acting) == []


def test_a_brief_to_review_is_the_coordinators(officer, coordinator, other_coordinator):
    factories.make_opportunity(title="Letters", status=Status.SUBMITTED)
    assert titles(coordinator) == ["“Letters” waits for your review"]
    assert titles(officer) == []
    assert titles(other_coordinator) == []


def test_a_returned_brief_says_why(officer):
    brief = factories.make_opportunity(
        title="Letters", status=Status.RETURNED, return_reason="Say who pays."
    )
    [row] = staff_queue(officer.acting)
    assert (row.title, row.soft) == ("“Letters” came back", "Say who pays.")
    assert row.href == f"/staff/opportunities/{brief.slug}/edit/"


def test_people_who_came_forward_wait_longest_first(officer):
    new = factories.make_opportunity(title="New", places_given=PlacesGiven.WE_CHOOSE)
    old = factories.make_opportunity(title="Old", places_given=PlacesGiven.WE_CHOOSE)
    factories.make_sign_up(new)
    factories.make_sign_up(old)
    factories.make_sign_up(old)
    week_ago = timezone.now() - dt.timedelta(days=7)
    SignUp.objects.filter(opportunity=old).update(came_forward_at=week_ago)
    assert [(row.title, row.soft) for row in staff_queue(officer.acting)] == [
        ("2 people came forward to “Old”", "The first has waited 7 days."),
        ("1 person came forward to “New”", "The first has waited 0 days."),
    ]


def test_somebody_with_a_place_waits_for_nothing(officer):
    factories.make_sign_up(factories.make_opportunity())
    assert titles(officer) == []


def test_who_took_part_is_asked_once_it_has_begun(officer, trust):
    yesterday = today() - dt.timedelta(days=1)
    begun = factories.make_opportunity(title="Walks")
    elsewhere = factories.make_opportunity(trust, title="Not ours")
    for brief in (begun, elsewhere):
        factories.make_sign_up(brief)
        brief.starts_on = yesterday
        brief.save()
    assert titles(officer) == ["Who took part in “Walks”?"]
    begun.attendances.create(
        person=begun.sign_ups.get().person, took_part_on=yesterday, recorded_by=officer
    )
    assert titles(officer) == []


@pytest.mark.parametrize("number", [1, 3, 12])
def test_the_queue_asks_the_same_few_questions(coordinator, number, django_assert_num_queries):
    for _each in range(number):
        factories.make_sign_up(factories.make_opportunity(places_given=PlacesGiven.WE_CHOOSE))
    with django_assert_num_queries(5):
        rows = staff_queue(coordinator.acting)
    assert len(rows) == min(number, 10)


def test_a_commissioner_has_no_queue(commissioner):
    factories.make_opportunity(status=Status.SUBMITTED)
    assert staff_queue(commissioner.acting) == []


@pytest.mark.parametrize("number", [1, 3])
def test_who_came_lately_is_read_in_one_query(
    officer, other_officer, commissioner, number, django_assert_num_queries
):
    """Not who waits for an answer (they stand in the queue), who left, or who came before."""
    for n in range(number):
        brief = factories.make_opportunity(title=f"Letters {n}")
        for _ in range(2):
            factories.make_sign_up(brief)
        withdraw(sign_up=factories.make_sign_up(brief), actor=None)
        before = factories.make_sign_up(brief)
        eight_days = timezone.now() - dt.timedelta(days=8)
        SignUp.objects.filter(pk=before.pk).update(came_forward_at=eight_days)
    factories.make_sign_up(factories.make_opportunity(places_given=PlacesGiven.WE_CHOOSE))
    with django_assert_num_queries(1):
        found = [row.title for row in came_lately(officer.acting)]
    newest_first = reversed(range(number))
    assert found == [f"2 people came forward to “Letters {n}”" for n in newest_first]
    assert came_lately(other_officer.acting) == came_lately(commissioner.acting) == []
