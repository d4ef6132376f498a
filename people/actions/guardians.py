"""Parents and guardians: asked by link or on paper, kept until the 16th birthday, asked again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from coprod.lib.days import add_months, today
from people.lifecycle import RelationStatus
from people.models import (
    CAN,
    Agreement,
    AgreementKind,
    HelperLink,
    Notice,
    Person,
    Relation,
    RelationKind,
    User,
    YoungPerson,
)
from people.models.kinds import GROWN_UP
from people.models.young import DECIDES_FROM
from people.outbox import owe
from people.young import age_on

from .agreements import ask_agreement, end_agreements_of, give_agreement, grow_up
from .relations import accept_help, add_helper, end_help

WARN_DAYS = 30  # so long before an agreement runs out, the adult is asked again


@transaction.atomic
def ask_guardian(*, person: Person, actor: User | None, **facts: Any) -> Agreement:
    """Ask a parent or guardian, by a one-use link or by staff, and return what was asked.

    Args:
        facts: of the adult, as ``add_helper`` takes them: name, email, phone, authority, channel.

    Raises:
        NotAllowed: as ``add_helper``.
    """
    relation = add_helper(
        person=person,
        actor=actor,
        kind=RelationKind.GUARDIAN,
        scope=CAN[RelationKind.GUARDIAN],
        **facts,
    )
    return ask_agreement(relation=relation, actor=actor)


@transaction.atomic
def agree_by_link(*, link: HelperLink, user: User) -> Relation:
    """A parent or guardian uses the link and agrees, in one step.

    Raises:
        NotAllowed: as ``accept_help`` and ``give_agreement``.
    """
    relation = accept_help(link=link, user=user)
    give_agreement(agreement=ask_agreement(relation=relation, actor=user), actor=user)
    return relation


# --- What the worker does ------------------------------------------------------------------------
def birthdays(day: dt.date | None = None) -> int:
    """Do what a 16th and an 18th birthday change; return how many people had one."""
    day = day or today()
    rows = YoungPerson.objects.filter(born_on__lte=add_months(day, -12 * DECIDES_FROM))
    done = 0
    for young in rows.select_related("person"):
        if age_on(young.born_on, day) >= GROWN_UP:
            _turned_18(young)
            done += 1
        elif young.asked_at_16 is None and age_on(young.born_on, day) >= DECIDES_FROM:
            _turned_16(young)
            done += 1
    return done


@transaction.atomic
def _turned_18(young: YoungPerson) -> None:
    _end_guardians(young.person)
    grow_up(young=young)


@transaction.atomic
def _turned_16(young: YoungPerson) -> None:
    """Nobody else decides any more, and nobody else hears: the young person is asked again."""
    _end_guardians(young.person)
    young.asked_at_16 = timezone.now()
    young.save(update_fields=["asked_at_16"])
    owe(
        person=young.person,
        event=f"sixteen:{young.pk}",
        kind="sixteen",
        template="people/sixteen",
        context={},
        organisation=young.person.joined_through,
    )


def _end_guardians(person: Person) -> None:
    rows = Relation.objects.filter(person=person, kind=RelationKind.GUARDIAN)
    for relation in rows.exclude(status=RelationStatus.ENDED):
        end_help(relation=relation, actor=None)
        end_agreements_of(relation, actor=None)


def ask_agreements_again(day: dt.date | None = None) -> int:
    """Ask adults whose agreement runs out within 30 days, once each; return how many.

    Who has no account is rung: the queue of staff says so.
    """
    day = day or today()
    rows = Agreement.objects.in_force_on(day).filter(
        kind=AgreementKind.ADULT,
        relation__helper_user__isnull=False,
        ask_again_on__lte=day + dt.timedelta(days=WARN_DAYS),
    )
    return sum(_ask_again(row) for row in rows.select_related("person", "relation__helper_user"))


@transaction.atomic
def _ask_again(row: Agreement) -> int:
    event = f"agreement:{row.pk}:{row.ask_again_on}"
    if row.relation is None or Notice.objects.filter(event=event, kind="agree_again").exists():
        return 0
    owe(
        user=row.relation.helper_user,
        event=event,
        kind="agree_again",
        template="people/agree_again",
        context={
            "agreement": row,
            "relation": row.relation,
            "person_name": row.person.first_name,
        },
        organisation=row.organisation,
    )
    return 1
