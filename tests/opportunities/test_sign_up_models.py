"""What the database refuses about people of a project, and how rows call themselves."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from coprod.lib.days import today
from opportunities.actions.attendance import record_took_part
from opportunities.actions.decisions import message
from opportunities.actions.support import give
from opportunities.lifecycle import SignUpStatus as U
from opportunities.models import Participation, ProjectMessage, SignUp
from tests.factories import make_opportunity, make_sign_up


@pytest.fixture
def brief(host):
    return make_opportunity(places=1, starts_on=None, ends_on=None)


@pytest.fixture
def rows(brief):
    """One with a place, two who wait."""
    return [make_sign_up(brief) for _ in range(3)]


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"status": U.WAITING, "waiting_number": None}, "sign_up_waits_in_order"),
        ({"status": U.NOT_THIS_TIME}, "sign_up_no_has_reason"),
        ({"status": U.WITHDRAWN}, "sign_up_withdrawn_has_time"),
        ({"withdrawn_at": timezone.now()}, "sign_up_withdrawn_has_time"),
        ({"waiting_number": 1}, "waiting"),
    ],
)
def test_the_database_refuses(rows, fields, rule):
    """Proved by the row before, which it took."""
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        SignUp.objects.filter(pk=rows[0].pk).update(**fields)


def test_the_database_refuses_a_second_sign_up_of_one_person(rows, brief):
    with pytest.raises(IntegrityError), transaction.atomic():
        SignUp.objects.create(
            opportunity=brief, person=rows[0].person, status=U.HEARD, contact_by="phone"
        )


def test_the_database_refuses_the_same_message_twice(rows, brief):
    sent = message(
        opportunity=brief, actor=None, subject="S", body="B", statuses=["place"], token="t"
    )
    sent.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        sent.save(force_insert=True)
    assert ProjectMessage.objects.count() == 1


def test_positions_count_those_who_still_wait(rows, brief):
    found = SignUp.objects.with_position().order_by("pk")
    assert [row.position for row in found] == [None, 1, 2]


def test_rows_call_themselves_by_number_and_never_by_name(rows, brief):
    record_took_part(opportunity=brief, day=today(), came=[rows[0].person], actor=None)
    kept = give(sign_up=rows[0], actor=None, text="A ramp", consent=True)
    attended, counted = brief.attendances.get(), Participation.objects.get()
    assert [str(rows[0]), str(kept), str(attended), str(counted)] == [
        f"sign-up {rows[0].pk}",
        f"support {kept.pk}",
        f"attendance {attended.pk}",
        f"participation {counted.pk}",
    ]
    assert str(ProjectMessage(subject="Bring a cup")) == "Bring a cup"


def test_what_a_row_says_of_itself(rows):
    place, waiting, _last = rows
    assert (place.is_live, place.holds_place, place.is_waiting) == (True, True, False)
    assert (waiting.is_live, waiting.holds_place, waiting.is_waiting) == (True, False, True)
    assert not SignUp(status=U.WITHDRAWN).is_live
