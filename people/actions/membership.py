"""Being in the pool: welcomed, having a break, leaving, and what is recorded when somebody dies."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coprod.lib.days import add_months, today
from coprod.lib.lifecycle import NotAllowed
from people import notices
from people.audit import record
from people.lifecycle import PoolStatus
from people.models import Organisation, Person, User
from people.signals import person_gone

from . import held_letters
from .accounts import end_sessions
from .moving import moved, rejoin

LONGEST_BREAK = 12  # months; a longer one can be asked for again


@transaction.atomic
def confirm(*, person: Person, actor: User | None, channel: str = "online") -> Person:
    """Keep somebody who came with a spreadsheet and said that they stay; return the row.

    Raises:
        NotAllowed: they did before.
    """
    return moved(person, "confirm", actor=actor, channel=channel, welcomed_at=timezone.now())


@transaction.atomic
def welcome(
    *, person: Person, organisation: Organisation, contact: User, actor: User | None
) -> Person:
    """Welcome somebody, and tell them who is there for them and how to reach them.

    Args:
        organisation: the one that ``contact`` works for.

    Raises:
        NotAllowed: somebody did before, or they are not here.
    """
    fresh = moved(
        person,
        "welcome",
        actor=actor,
        organisation=organisation,
        welcomed_at=timezone.now(),
        named_contact=contact,
    )
    notices.welcomed(fresh, organisation)
    if fresh.known_to.filter(reason="came_forward").exists():
        fresh = moved(fresh, "make_active", actor=None, organisation=organisation)
    return fresh


@transaction.atomic
def name_contact(
    *, person: Person, organisation: Organisation, contact: User | None, actor: User | None
) -> Person:
    """Say who of the staff is there for somebody; return the row. Twice changes nothing."""
    fresh = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if fresh.named_contact != contact:
        fresh.named_contact = contact
        fresh.save(update_fields=["named_contact"])
        record(
            verb="person.contact_named",
            target=fresh,
            actor=actor,
            organisation=organisation,
            person=fresh,
        )
    return fresh


@transaction.atomic
def pause(*, person: Person, until: dt.date, actor: User | None, channel: str = "online") -> Person:
    """Give somebody a break until ``until``, the day when they are back. Nobody asks why.

    They keep their places. Letters wait, but for those they ask for themselves.

    Raises:
        NotAllowed: they are away already, or the day is not within a year.
    """
    if not today() < until <= add_months(today(), LONGEST_BREAK):
        raise NotAllowed(_("Choose a day within the next 12 months."))
    fresh = moved(person, "pause", actor=actor, channel=channel, paused_until=until)
    held_letters.hold(fresh)
    return fresh


@transaction.atomic
def come_back(*, person: Person, actor: User | None, channel: str = "online") -> Person:
    """End a break, or take back somebody who left; return the row. What waited is on its way.

    Raises:
        NotAllowed: they are here.
    """
    if person.status == PoolStatus.LEFT:
        return rejoin(person, actor, channel)
    verb = "end_pause" if person.welcomed_at else "end_pause_unwelcomed"
    fresh = moved(person, verb, actor=actor, channel=channel)
    held_letters.release(fresh)
    return fresh


@transaction.atomic
def leave(*, person: Person, actor: User | None, channel: str = "online") -> Person:
    """Take somebody out of the pool: projects, letters and searches end; return the row.

    Raises:
        NotAllowed: they left before.
    """
    person_gone.send(Person, person=person, actor=actor, channel=channel)
    fresh = moved(person, "leave", actor=actor, channel=channel)
    held_letters.stop(fresh)
    fresh.may_look.all().delete()
    return fresh


@transaction.atomic
def record_death(
    *, person: Person, actor: User, organisation: Organisation, channel: str
) -> Person:
    """Record that somebody died: from this moment no letter leaves, and nobody can sign in.

    Raises:
        NotAllowed: it is recorded.
    """
    person_gone.send(Person, person=person, actor=actor, channel=channel)
    fresh = moved(person, "record_death", actor=actor, channel=channel, organisation=organisation)
    held_letters.stop(fresh)
    _close_account(fresh, is_open=False)
    return fresh


@transaction.atomic
def correct_death(*, person: Person, actor: User, organisation: Organisation) -> Person:
    """Take back a death that was recorded of the wrong person; return the row.

    The sign-ups that ended stay ended: places may be somebody else's by now.

    Raises:
        NotAllowed: none is recorded.
    """
    fresh = moved(person, "correct_death", actor=actor, organisation=organisation)
    _close_account(fresh, is_open=True)
    return fresh


def _close_account(person: Person, *, is_open: bool) -> None:
    if person.user is None or person.user.memberships.exists():
        return  # a colleague's account is for an administrator
    end_sessions(user=person.user)
    User.objects.filter(pk=person.user.pk).update(is_active=is_open)


def end_breaks(day: dt.date) -> int:
    """Bring back everybody whose break is over by ``day``, with a kind letter; return how many.

    Safe to repeat: who is back is not found again.
    """
    over = Person.objects.filter(status=PoolStatus.PAUSED, paused_until__lte=day)
    return sum(_end_break(pk, day) for pk in list(over.values_list("pk", flat=True)))


@transaction.atomic
def _end_break(pk: int, day: dt.date) -> bool:
    rows = Person.objects.select_for_update(no_key=True)
    person = rows.filter(pk=pk, status=PoolStatus.PAUSED, paused_until__lte=day).first()
    if person is None:
        return False  # they were quicker themselves
    ended = person.paused_until
    fresh = come_back(person=person, actor=None)
    notices.break_over(fresh, ended or day)
    return True
