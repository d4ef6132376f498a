"""Nobody waits unseen: the line on the staff home, the reminder, and days that count."""

import datetime as dt

import pytest
from django.utils import timezone

from coprod.lib.days import working_days_before
from people.lifecycle import PoolStatus
from people.models import Notice
from people.waiting import remind_of_people_who_wait, staff_queue
from tests import factories

MONDAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("number", "day"), [(0, 23), (1, 20), (5, 16), (6, 13)], ids=["none", "one", "week", "more"]
)
def test_working_days_leave_weekends_out(number, day):
    assert working_days_before(MONDAY, number) == dt.date(2026, 11, day)


def joined(organisation, days, **fields):
    since = timezone.now() - dt.timedelta(days=days)
    facts = {"status": PoolStatus.INTERESTED, "status_since": since}
    return factories.make_person(joined_through=organisation, **(facts | fields))


@pytest.mark.django_db
def test_the_staff_home_says_who_waits_and_when_it_is_too_long(
    host, trust, coordinator, other_coordinator, commissioner
):
    assert staff_queue(coordinator, coordinator.acting) == []
    joined(host, 0)
    (row,) = staff_queue(coordinator, coordinator.acting)
    assert (row.title, row.kind) == ("1 new person to welcome", "")
    joined(host, 30)
    (row,) = staff_queue(coordinator, coordinator.acting)
    assert (row.title, row.kind, row.tag) == (
        "2 new people to welcome",
        "late",
        "Waits too long",
    )
    assert staff_queue(other_coordinator, other_coordinator.acting) == []
    assert staff_queue(commissioner, commissioner.acting) == []


@pytest.mark.django_db
def test_coordinators_are_reminded_once_and_again_when_one_more_waits(
    host, trust, coordinator, other_coordinator, officer
):
    """Control: who joined a day ago or was welcomed reminds nobody."""
    joined(host, 1)
    joined(host, 30, status=PoolStatus.WELCOMED)
    day = timezone.localdate()
    assert remind_of_people_who_wait(day) == 0
    joined(host, 30)
    for _ in range(2):
        remind_of_people_who_wait(day)
    assert list(Notice.objects.values_list("user", "kind")) == [(coordinator.pk, "people_wait")]
    joined(host, 31)
    remind_of_people_who_wait(day)
    assert Notice.objects.count() == 2
    assert "2 people who want to join" in Notice.objects.latest("pk").text
