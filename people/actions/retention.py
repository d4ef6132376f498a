"""Keeping data no longer than declared: people are warned twice, then paused or erased."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from coprod.lib.days import add_months, today
from people.audit import record
from people.models import Organisation, Person, RetentionNote, User
from people.outbox import owe
from people.retention import Act, Due, Step, due_on, people_with_last_sign, rule_for

from .erasing import erase_person
from .membership import pause

LONGEST_BREAK = 12  # months


def keep_no_longer(day: dt.date) -> Counter[str]:
    """Do what is due on ``day``, each person in a transaction of its own; twice changes nothing.

    Returns:
        How many people were warned, paused and erased.
    """
    done: Counter[str] = Counter()
    _forget_notes(day)
    for due in list(due_on(day)):
        done[_do(due)] += 1
    return done


def _forget_notes(day: dt.date) -> None:
    """Forget the warnings of people who have come back since."""
    for person in people_with_last_sign().filter(retention_note__isnull=False):
        if rule_for(person, day) is None:
            person.retention_note.delete()


@transaction.atomic
def _do(due: Due) -> str:
    if due.step is Step.ACT:
        return _act(due)
    now = timezone.now()
    times = {"warned_30_at": now, "warned_7_at": None}
    if due.step is Step.WARN_7:
        times = {"warned_7_at": now}
    note, _made = RetentionNote.objects.update_or_create(
        person=due.person, defaults={"rule": due.rule.code, "due_on": due.due_on, **times}
    )
    _warn(due, note)
    return "warned"


def _warn(due: Due, note: RetentionNote) -> None:
    days = 30 if due.step is Step.WARN_30 else 7
    owe(
        person=due.person,
        event=f"retention:{note.rule}:{note.due_on}",
        kind=f"retention_{days}",
        template="people/retention_warning",
        context={
            "due_on": due.due_on,
            "erases": due.rule.act is Act.ERASE,
            "not_confirmed": due.rule.code == "not_confirmed",
            "url": f"{settings.SITE_URL}{reverse('my')}",
        },
        organisation=due.person.joined_through or Organisation.objects.filter(is_host=True).first(),
        asked_for=True,  # it reaches people in a break, too
    )
    record(
        verb="person.warned",
        target=due.person,
        actor=None,
        person=due.person,
        rule=note.rule,
        days=days,
    )


def _act(due: Due) -> str:
    if due.rule.act is Act.ERASE:
        erase_person(person=due.person, actor=None)
        return "erased"
    pause(person=due.person, until=add_months(today(), LONGEST_BREAK), actor=None)
    return "paused"


@transaction.atomic
def note_stay(*, person: Person, actor: User, channel: str = "online") -> None:
    """Write down that somebody wants to stay: a sign of them, and their warnings are forgotten."""
    RetentionNote.objects.filter(person=person).delete()
    record(
        verb="person.stays",
        target=person,
        actor=actor,
        person=person,
        on_behalf_of=None if person.user_id == actor.pk else person,
        channel=channel,
    )
