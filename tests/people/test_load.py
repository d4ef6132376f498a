"""How much is asked of a person, by all partners together."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from people.load import Asked, Load, asked_of
from people.models import Availability, Notice
from people.outbox import owe
from tests import factories as make

pytestmark = pytest.mark.django_db


def _asked(person, organisation, days_ago=0, asks=True):
    number = Notice.objects.count()
    notice = owe(
        person=person,
        event=f"test:{number}",
        kind="test",
        template="opportunities/brief_withdrawn",
        context={},
        organisation=organisation,
        asks=asks,
    )
    created = timezone.now() - dt.timedelta(days=days_ago)
    Notice.objects.filter(pk=notice.pk).update(created_at=created)


@pytest.mark.parametrize(
    ("asked", "room", "load"),
    [
        (Asked(), 6, Load.FREE),
        (Asked(4, 0), 2, Load.FREE),
        (Asked(5, 0), 1, Load.NEAR),
        (Asked(6, 0), 0, Load.FULL),
        (Asked(9, 9), 0, Load.FULL),
        (Asked(0, 0, own_limit=0), 0, Load.FULL),
        (Asked(1, 1, own_limit=2), 1, Load.NEAR),
        (Asked(0, 0, own_limit=30), 6, Load.FREE),
    ],
)
def test_load_is_the_smaller_of_the_two_limits(asked, room, load):
    assert (asked.room, asked.load) == (room, load)


def test_asked_of_counts_what_all_partners_asked_in_two_queries(
    host, trust, django_assert_num_queries
):
    person, other = make.make_person(), make.make_person()
    _asked(person, host)
    _asked(person, trust, days_ago=40)
    _asked(person, trust, days_ago=91)
    _asked(person, host, asks=False)
    Availability.objects.create(person=other, invitations_a_month=1)
    with django_assert_num_queries(2):
        loads = asked_of([person.pk, other.pk])
    assert loads == {person.pk: Asked(2, 1, None), other.pk: Asked(0, 0, 1)}
