"""People who came with a spreadsheet are asked if they stay; silence leads on, and removes nobody.

Asked by their own way, reminded, asked another way, and then a coordinator decides.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coprod.lib.lifecycle import NotAllowed
from people.audit import record
from people.confirm_links import LINK_MARK, event_of, token_of
from people.invitations import hash_of
from people.lifecycle import PoolStatus
from people.models import (
    AskAnswer,
    AskStep,
    ConfirmationAsk,
    ContactBy,
    Person,
    PoolImport,
    User,
)
from people.models.confirming import LINK_LASTS
from people.outbox import owe

from .erasing import erase_person
from .looking import let_look
from .membership import confirm
from .pool import change_details, reachable_by

AT_ONCE = 20  # people in one turn of the worker
NEXT_STEP_AFTER = dt.timedelta(days=14)
ANSWERED = _("You have answered already. Thank you.")


def ask_people() -> int:
    """Ask who is due, and go a step further with who is silent; return how many."""
    return _ask_newcomers() + _lead_on()


def _ask_newcomers() -> int:
    due = Person.objects.filter(
        status=PoolStatus.NOT_CONFIRMED,
        came_with__asking_from__lte=timezone.now(),
        confirmation__isnull=True,
    )
    keys = list(due.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    for key in keys:
        ask(person=key)
    return len(keys)


@transaction.atomic
def ask(*, person: int) -> ConfirmationAsk | None:
    """Ask one person, by key; None where they are gone, and the same question where there is one.

    Who can be reached in no way is a coordinator's at once.
    """
    fresh = Person.objects.select_for_update().filter(pk=person).first()
    if fresh is None or fresh.came_with is None:
        return None
    there = ConfirmationAsk.objects.filter(person=fresh).first()
    if there is not None:
        return there
    seed, now = secrets.token_hex(16), timezone.now()
    new = ConfirmationAsk.objects.create(
        person=fresh,
        organisation=fresh.came_with.organisation,
        seed=seed,
        token_hash=hash_of(token_of(seed)),
        expires_at=now + LINK_LASTS,
        step=AskStep.FIRST if _ways(fresh) else AskStep.COORDINATOR,
    )
    if new.step == AskStep.FIRST:
        _owe(new, "confirm_asked", fresh.contact_by)
    record(
        verb="confirmation.asked",
        target=new,
        actor=None,
        organisation=new.organisation,
        person=fresh,
    )
    return new


def _ways(person: Person) -> list[str]:
    """Return the ways in which somebody can be reached, their own first."""
    known = {"email": person.email, "phone": person.phone, "address": person.address}
    if person.email_refused_at is not None:
        known["email"] = ""
    ways = dict.fromkeys((person.contact_by, ContactBy.PHONE, ContactBy.EMAIL, ContactBy.LETTER))
    return [way for way in ways if reachable_by(way, **known)]


def _owe(ask: ConfirmationAsk, kind: str, way: str) -> None:
    owe(
        person=ask.person,
        event=f"{event_of(ask)}:{ask.step}",
        kind=kind,
        template="people/confirm_asked",
        context={
            "ask": ask,
            "link": LINK_MARK if way == ContactBy.EMAIL else "",
            "is_reminder": kind == "confirm_reminder",
            "organisation": ask.organisation,
        },
        organisation=ask.organisation,
        contact_by=way,
        contact_detail=_detail(ask.person, way),
    )


def _detail(person: Person, way: str) -> str:
    details = {ContactBy.EMAIL: person.email, ContactBy.LETTER: person.address}
    return details.get(ContactBy(way), person.phone)


def _lead_on() -> int:
    due = ConfirmationAsk.objects.filter(
        answer="",
        step__lt=AskStep.COORDINATOR,
        step_at__lte=timezone.now() - NEXT_STEP_AFTER,
        person__status=PoolStatus.NOT_CONFIRMED,
        person__merged_into__isnull=True,
    )
    keys = list(due.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    for key in keys:
        lead_on(ask=key)
    return len(keys)


@transaction.atomic
def lead_on(*, ask: int) -> ConfirmationAsk:
    """Remind, then ask another way, then leave it to a coordinator: one step of these."""
    fresh = ConfirmationAsk.objects.select_for_update().select_related("person").get(pk=ask)
    if fresh.answer or fresh.step == AskStep.COORDINATOR:
        return fresh
    ways = _ways(fresh.person)
    fresh.step, fresh.step_at = AskStep(fresh.step + 1), timezone.now()
    if not ways or (fresh.step == AskStep.SECOND_WAY and len(ways) < 2):
        fresh.step = AskStep.COORDINATOR
    fresh.save(update_fields=["step", "step_at"])
    if fresh.step == AskStep.REMINDED:
        _owe(fresh, "confirm_reminder", ways[0])
    elif fresh.step == AskStep.SECOND_WAY:
        _owe(fresh, "confirm_reminder", ways[1])
    return fresh


@transaction.atomic
def answer_stay(
    *, ask: ConfirmationAsk, actor: User | None, channel: str = "online", **details: Any
) -> Person:
    """Keep somebody who said that they stay, with what they corrected; return the person.

    Args:
        actor: who typed it; None for the person with their link.
        details: what ``change_details`` takes.

    Raises:
        NotAllowed: it was answered before.
    """
    fresh = _answered(ask, AskAnswer.STAY, actor, channel)
    person = change_details(person=fresh.person, actor=actor, **details)
    let_look(person=person, organisation=fresh.organisation, actor=actor, channel=channel)
    return confirm(person=person, actor=actor, channel=channel)


@transaction.atomic
def answer_remove(*, ask: ConfirmationAsk, actor: User | None, channel: str = "online") -> None:
    """Remove somebody who said so, at once and everywhere; an old list does not bring them back.

    Raises:
        NotAllowed: it was answered before.
    """
    fresh = _answered(ask, AskAnswer.REMOVE, actor, channel)
    erase_person(person=fresh.person, actor=actor, channel=channel)


@transaction.atomic
def keep_silent(*, ask: ConfirmationAsk, actor: User) -> ConfirmationAsk:
    """Leave somebody who never answered where they are, until unused data go; nobody asks again.

    Raises:
        NotAllowed: they answered.
    """
    return _answered(ask, AskAnswer.KEPT, actor, "online")


def _answered(
    ask: ConfirmationAsk, answer: str, actor: User | None, channel: str
) -> ConfirmationAsk:
    rows = ConfirmationAsk.objects.select_for_update()
    fresh = rows.filter(pk=ask.pk).first()
    if fresh is None or fresh.answer in {AskAnswer.STAY, AskAnswer.REMOVE}:
        raise NotAllowed(ANSWERED)
    fresh.answer, fresh.answered_at = answer, timezone.now()
    fresh.channel, fresh.typed_by = channel, actor
    fresh.save(update_fields=["answer", "answered_at", "channel", "typed_by"])
    record(
        verb="confirmation.answered",
        target=fresh,
        actor=actor,
        organisation=fresh.organisation,
        person=fresh.person,
        on_behalf_of=fresh.person if actor else None,
        channel=channel,
        answer=answer,
    )
    return fresh


@transaction.atomic
def ask_now(*, pool_import: PoolImport, actor: User) -> PoolImport:
    """Do not wait a day: begin to ask those who came with this list."""
    fresh = PoolImport.objects.select_for_update().get(pk=pool_import.pk)
    if fresh.asking_from is not None and fresh.asking_from > timezone.now():
        fresh.asking_from = timezone.now()
        fresh.save(update_fields=["asking_from"])
        record(
            verb="import.asking_began", target=fresh, actor=actor, organisation=fresh.organisation
        )
    return fresh
