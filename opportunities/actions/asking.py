"""Asking the pool: what officers need, whom coordinators invite, and what people answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed, next_state
from opportunities import notices
from opportunities.actions.noting import typist
from opportunities.lifecycle import INVITATION_MOVES, REQUEST_MOVES
from opportunities.models import Opportunity, PeopleRequest, ProjectInvitation, SignUp
from people.audit import record
from people.load import Load, asked_of
from people.models import Channel, Person, Topic, Town, User

CLOSED = _("This project takes no new people, so nobody can be invited to it.")
NOT_FOUND_THERE = _("Some of these people can no longer be invited. Look at the list again.")
WHY_ALL_THE_SAME = _("Say why you ask somebody who is at their limit.")
REMIND_AFTER = dt.timedelta(days=7)


@transaction.atomic
def ask_for_people(
    *,
    opportunity: Opportunity,
    actor: User,
    number: int,
    topics: Iterable[Topic] = (),
    towns: Iterable[Town] = (),
    days: Collection[str] = (),
    words: str = "",
) -> PeopleRequest:
    """Ask the coordinators for ``number`` people who fit; return the request.

    Raises:
        NotAllowed: the brief takes no new people.
    """
    _refuse_closed(opportunity)
    asked = PeopleRequest.objects.create(
        opportunity=opportunity, number=number, days=list(days), words=words, asked_by=actor
    )
    asked.topics.set(topics)
    asked.towns.set(towns)
    record(
        verb="people_request.asked",
        target=asked,
        actor=actor,
        organisation=opportunity.organisation,
        number=number,
    )
    notices.people_wanted(asked, actor)
    return asked


@transaction.atomic
def settle_request(*, asked: PeopleRequest, verb: str, actor: User) -> PeopleRequest:
    """Close a request: ``verb`` is ``answer`` or ``take_back`` (lifecycle.REQUEST_MOVES).

    Raises:
        NotAllowed: it is settled already.
    """
    rows = PeopleRequest.objects.filter(pk=asked.pk)
    rows.update(number=F("number"))  # holds the row on both databases
    row = rows.select_related("opportunity__organisation").get()
    row.status = next_state(REQUEST_MOVES, verb, row.status)
    row.settled_at, row.settled_by = timezone.now(), actor
    row.save(update_fields=["status", "settled_at", "settled_by"])
    record(
        verb=f"people_request.{row.status}",
        target=row,
        actor=actor,
        organisation=row.opportunity.organisation,
    )
    return row


@transaction.atomic
def invite(
    *,
    opportunity: Opportunity,
    people: Collection[Person],
    actor: User,
    because: Mapping[int, Iterable[Topic]],
    asked: PeopleRequest | None = None,
    message: str = "",
    override_reason: str = "",
) -> list[ProjectInvitation]:
    """Invite people to a brief, all or nobody; return the new invitations.

    Whoever was invited before, or is in already, is left out. Limits hold when two services invite
    at once: the people are locked before what was asked of them is counted.

    Args:
        people: whom the coordinator ticked; those whom the organisation may no longer look for
            refuse the whole.
        because: key of a person → the topics that they had told us and that fit.
        override_reason: why somebody at their limit is asked all the same; kept with it.

    Raises:
        NotAllowed: the brief is closed, somebody may no longer be looked for, or somebody is at
            their limit and no reason is given.
    """
    _refuse_closed(opportunity)
    keys = sorted({person.pk for person in people} - _there_already(opportunity))
    locked = _locked(opportunity, keys)
    if len(locked) != len(keys):
        raise NotAllowed(NOT_FOUND_THERE)
    loads = {key: asked_of_one.load for key, asked_of_one in asked_of(keys).items()}
    full = {key for key, load in loads.items() if load == Load.FULL}
    if full and not override_reason.strip():
        raise NotAllowed(WHY_ALL_THE_SAME)
    made = []
    for person in locked:
        invitation = ProjectInvitation.objects.create(
            opportunity=opportunity,
            person=person,
            request=asked,
            message=message,
            invited_by=actor,
            override_reason=override_reason.strip() if person.pk in full else "",
        )
        invitation.because.set(because.get(person.pk, ()))
        _note("invitation.sent", invitation, actor, over_limit=person.pk in full)
        notices.invited(invitation)
        made.append(invitation)
    return made


def _there_already(opportunity: Opportunity) -> set[int]:
    invited = ProjectInvitation.objects.filter(opportunity=opportunity)
    came = SignUp.objects.filter(opportunity=opportunity)
    return {*invited.values_list("person", flat=True), *came.values_list("person", flat=True)}


def _locked(opportunity: Opportunity, keys: list[int]) -> list[Person]:
    """Hold those of these people whom the organisation may look for, in one order of locks."""
    rows = Person.objects.filter(pk__in=keys)
    rows.update(name=F("name"))  # a write first: SQLite takes its lock at once
    may = Person.objects.looked_for_by(opportunity.organisation)
    return list(rows.filter(pk__in=may.values("pk")).order_by("pk"))


def _refuse_closed(opportunity: Opportunity) -> None:
    if not opportunity.is_open_on(today()):
        raise NotAllowed(CLOSED)


@transaction.atomic
def say_no_thanks(
    *, invitation: ProjectInvitation, actor: User | None, channel: str = Channel.ONLINE
) -> ProjectInvitation:
    """Keep that the person does not want to: no reminder follows. Twice changes nothing."""
    row = _held(invitation)
    if row.answered_at is not None:
        return row
    row.status = next_state(INVITATION_MOVES, "no_thanks", row.status)
    row.answered_at, row.channel = timezone.now(), channel
    row.typed_by = typist(row.person, actor)
    row.save(update_fields=["status", "answered_at", "channel", "typed_by"])
    _note_wish("invitation.no_thanks", row, actor, channel)
    return row


@transaction.atomic
def think_again(
    *, invitation: ProjectInvitation, actor: User | None, channel: str = Channel.ONLINE
) -> ProjectInvitation:
    """Take a “no thanks” back.

    Raises:
        NotAllowed: there is no answer to take back.
    """
    row = _held(invitation)
    row.status = next_state(INVITATION_MOVES, "ask_again", row.status)
    row.answered_at, row.channel, row.typed_by = None, "", None
    row.save(update_fields=["status", "answered_at", "channel", "typed_by"])
    _note_wish("invitation.thought_again", row, actor, channel)
    return row


def remind_invited() -> int:
    """Ask once more, after a week, who said nothing and is not at their limit; return how many.

    Never after a “no thanks”, once they came forward, or when the project takes nobody any more.
    """
    open_now = Opportunity.objects.open_on(today())
    due = ProjectInvitation.objects.unanswered().filter(
        reminded_at__isnull=True,
        invited_at__lte=timezone.now() - REMIND_AFTER,
        opportunity__in=open_now,
    )
    return sum(_remind(key) for key in due.values_list("pk", flat=True)[:500])


@transaction.atomic
def _remind(key: int) -> bool:
    row = _held(ProjectInvitation(pk=key))
    may = Person.objects.looked_for_by(row.opportunity.organisation).filter(pk=row.person_id)
    still = ProjectInvitation.objects.unanswered().filter(pk=key, reminded_at__isnull=True)
    if not still.exists() or not may.exists():
        return False
    row.reminded_at = timezone.now()
    row.save(update_fields=["reminded_at"])
    if asked_of([row.person_id])[row.person_id].load == Load.FULL:
        return False
    notices.invited_reminder(row)
    return True


def _held(invitation: ProjectInvitation) -> ProjectInvitation:
    rows = ProjectInvitation.objects.filter(pk=invitation.pk)
    rows.update(status=F("status"))
    return rows.select_related("person", "opportunity__organisation").get()


def _note(verb: str, row: ProjectInvitation, actor: User | None, **detail: Any) -> None:
    record(
        verb=verb,
        target=row,
        actor=actor,
        organisation=row.opportunity.organisation,
        person=row.person,
        opportunity=row.opportunity_id,
        **detail,
    )


def _note_wish(verb: str, row: ProjectInvitation, actor: User | None, channel: str) -> None:
    record(
        verb=verb,
        target=row,
        actor=actor,
        organisation=row.opportunity.organisation,
        person=row.person,
        on_behalf_of=row.person if typist(row.person, actor) else None,
        channel=channel,
        opportunity=row.opportunity_id,
    )
