"""Nothing is kept for longer than declared, and nobody goes without two warnings."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from coprod.lib.days import add_months, today
from people.actions import keep_no_longer, note_stay
from people.audit import record
from people.lifecycle import PoolStatus
from people.models import AuditEvent, ContactBy, Notice, Person, RetentionNote
from people.retention import FIRST_WARNING, SECOND_WARNING, due_on, people_with_last_sign
from tests import factories

DAY = dt.timedelta(days=1)


def somebody(months: int, *, status: str = PoolStatus.ACTIVE, **fields) -> Person:
    """Return somebody whose last sign was ``months`` ago."""
    then = timezone.now() - (today() - add_months(today(), -months))
    defaults = {"joined_at": then, "status": status, "status_since": then}
    return factories.make_person(f"Quiet {months}", **(defaults | fields))


def done(day: dt.date) -> dict[str, int]:
    return dict(keep_no_longer(day))


@pytest.mark.parametrize(
    ("months", "status", "end"),
    [
        (12, PoolStatus.ACTIVE, "paused"),
        (12, PoolStatus.INTERESTED, "paused"),
        (24, PoolStatus.ACTIVE, "erased"),
        (24, PoolStatus.PAUSED, "erased"),
        (12, PoolStatus.NOT_CONFIRMED, "erased"),
    ],
)
def test_two_warnings_and_then_what_is_declared(db, host, months, status, end):
    """Late by all of it: the whole 30 days are given all the same. Twice a day changes nothing."""
    until = add_months(today(), 6) if status == PoolStatus.PAUSED else None
    person = somebody(months, status=status, paused_until=until)
    first = today()
    assert (done(first), done(first)) == ({"warned": 1}, {})
    last = first + FIRST_WARNING
    assert done(last - SECOND_WARNING - DAY) == {}
    assert (done(last - SECOND_WARNING), done(last - SECOND_WARNING)) == ({"warned": 1}, {})
    assert done(last - DAY) == {}
    letters = Notice.objects.filter(person=person).order_by("pk")
    assert list(letters.values_list("kind", flat=True)) == ["retention_30", "retention_7"]
    assert {one.status for one in letters} == {Notice.Status.OWED}
    assert (done(last), done(last)) == ({end: 1}, {})
    if end == "paused":
        assert Person.objects.get().status == PoolStatus.PAUSED
    else:
        assert not Person.everybody.exists()


@pytest.mark.parametrize("months", [10, 22])
def test_nobody_is_bothered_before_it_is_near(db, host, months):
    """Control: 13 months is found."""
    somebody(10)
    somebody(months, status=PoolStatus.PAUSED, paused_until=add_months(today(), 1))
    assert done(today()) == {}
    somebody(13)
    assert done(today()) == {"warned": 1}


def test_the_warning_goes_the_persons_own_way(db, host):
    person = somebody(24, contact_by=ContactBy.PHONE, email="", phone="0121 496 0100")
    keep_no_longer(today())
    letter = Notice.objects.get(person=person)
    assert (letter.status, letter.contact_by) == (Notice.Status.TASK, ContactBy.PHONE)
    assert letter.organisation == host
    assert "we delete what we hold about you" in letter.text
    assert person.name not in letter.subject


@pytest.mark.parametrize("status", [PoolStatus.LEFT, PoolStatus.DIED])
def test_who_left_is_erased_after_a_year_without_a_letter(db, host, status):
    somebody(11, status=status)
    assert done(today()) == {}
    somebody(12, status=status)
    assert done(today()) == {"erased": 1}
    assert Notice.objects.count() == 0


def signed_in(person: Person) -> None:
    person.user = factories.make_user("Quiet", last_login=timezone.now())
    person.save()


def came_forward(person: Person) -> None:
    factories.make_sign_up(factories.make_opportunity(), person, actor=factories.make_user())


def said_so(person: Person) -> None:
    note_stay(person=person, actor=factories.make_user(), channel="phone")


@pytest.mark.parametrize("sign", [signed_in, came_forward, said_so])
def test_a_sign_of_the_person_ends_it(db, host, sign):
    person = somebody(24)
    keep_no_longer(today())
    sign(person)
    assert done(today() + FIRST_WARNING) == {}
    assert RetentionNote.objects.count() == 0


def test_that_others_looked_is_no_sign(db, host, officer):
    person = somebody(24)
    for verb in ("profile.opened", "person.warned"):
        record(verb=verb, target=person, actor=officer, person=person)
    record(verb="sign_up.closed", target=person, actor=None, person=person)
    assert AuditEvent.objects.filter(person=str(person.pk)).count() == 3
    assert done(today()) == {"warned": 1}


def test_somebody_who_came_back_and_went_quiet_again_is_warned_anew(db, host):
    person = somebody(24)
    keep_no_longer(today())
    RetentionNote.objects.update(due_on=today() - FIRST_WARNING * 40, warned_7_at=timezone.now())
    assert done(today()) == {"warned": 1}
    assert Person.objects.get() == person


def test_the_dry_run_says_what_would_go_and_does_nothing(db, host, capsys):
    near, gone = somebody(24), somebody(13, status=PoolStatus.LEFT)
    somebody(1)
    call_command("retention", "--dry-run")
    out = capsys.readouterr().out
    assert f"Person {near.pk}: 24 quiet months; would be warned, 30 days before" in out
    assert f"Person {gone.pk}: Left 12 months ago; would be erased" in out
    assert "1 would be erased; 1 would be warned, 30 days before\n" in out
    assert near.name not in out
    assert (Person.objects.count(), Notice.objects.count()) == (3, 0)
    call_command("retention")
    assert "1 people warned, 0 paused, 1 erased." in capsys.readouterr().out


def test_the_dry_run_of_nothing_says_so(db, capsys):
    call_command("retention", "--dry-run")
    assert "Nobody’s data has been kept long enough." in capsys.readouterr().out


def test_one_and_three_people_take_as_many_questions(db, host, django_assert_num_queries):
    for number in (1, 3):
        while people_with_last_sign().count() < number:
            somebody(24)
        with django_assert_num_queries(1):
            assert len(list(due_on(today()))) == number
