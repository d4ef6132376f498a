"""People coming forward: in, on the list, and out again. Who is chosen stands in decisions.py."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed, next_state
from opportunities import notices
from opportunities.actions import places, showing, support
from opportunities.actions.ages import admit
from opportunities.actions.noting import note, note_wish, typist
from opportunities.actions.seating import seat, tell_newcomer
from opportunities.lifecycle import SIGN_UP_MOVES, SignUpStatus, Status
from opportunities.models import Opportunity, SignUp
from people.actions import add_person, open_to
from people.models import Channel, Person, User
from people.young import Standing

CLOSED = _("This project is closed to new people.")
OVER = _("This project is over, so there is nothing left to withdraw from. Thank you.")
# A freed place is passed on in these, and only before the first date.
# These are out already: to withdraw changes nothing.
OUT = (SignUpStatus.WITHDRAWN, SignUpStatus.CALLED_OFF)
PASSING_ON = (Status.PUBLISHED, Status.CLOSED)


@transaction.atomic
def sign_up(
    *,
    opportunity: Opportunity,
    person: Person,
    actor: User | None,
    shares: Iterable[str],
    contact_by: str,
    contact_detail: str,
    old_enough: bool,
    born_on: dt.date | None = None,
    channel: str = Channel.ONLINE,
    why: str = "",
    shows: Iterable[str] = (),
    **support_asked: Any,
) -> SignUp:
    """Let ``person`` come forward, and return their sign-up; sent twice, it changes nothing.

    First come: a place, else the end of the waiting list. We choose: heard. Somebody who withdrew
    comes back at the end. Under 18, they are held until all have agreed (``holding``).

    Args:
        actor: who pressed the button; channel: people.models.Channel.
        shares: parts of the profile that the project may see (models.SHAREABLE).
        contact_by: people.models.ContactBy; ``contact_detail`` is the number or address.
        old_enough: they said that they are as old as the brief asks; born_on: of under-18s.
        shows: what the others with a place may see: models.NAME and parts of SHAREABLE.
        support_asked: what ``support.ask_for`` takes.

    Raises:
        NotAllowed: closed, full after the start, too young, or support without consent.
    """
    brief = places.lock(opportunity)
    there = SignUp.objects.filter(opportunity=brief, person=person).first()
    if there is not None and there.status != SignUpStatus.WITHDRAWN:
        return there
    if not brief.is_open_on(today()):
        raise NotAllowed(CLOSED)
    stands = admit(brief, person, actor, channel, old_enough=old_enough, born_on=born_on)
    new = _begin(brief, person, there, channel=channel, actor=actor)
    new.why, new.contact_by, new.contact_detail = why, contact_by, contact_detail
    _seat_or_hold(new, stands)
    showing.choose_parts(new, shares=shares, shows=shows, actor=actor, channel=channel)
    new.save()
    open_to(person=person, organisation=brief.organisation, actor=actor, channel=channel)
    support.ask_for(sign_up=new, actor=actor, channel=channel, **support_asked)
    note_wish("sign_up.came_forward", new, actor, channel, status=new.status)
    tell_newcomer(new)
    return new


@transaction.atomic
def sign_up_newcomer(
    *,
    opportunity: Opportunity,
    actor: User,
    newcomer: Mapping[str, Any],
    channel: str,
    **facts: Any,
) -> SignUp:
    """Add somebody who rang or wrote to the pool, and let them come forward: both or neither.

    Args:
        newcomer: what people.actions.add_person takes of a person (name, contact_by, …).
        facts: the rest of what ``sign_up`` takes.

    Raises:
        NotAllowed: as ``sign_up``.
    """
    person = add_person(
        organisation=opportunity.organisation, actor=actor, channel=channel, **newcomer
    )
    return sign_up(opportunity=opportunity, person=person, actor=actor, channel=channel, **facts)


def _begin(
    brief: Opportunity, person: Person, there: SignUp | None, *, channel: str, actor: User | None
) -> SignUp:
    """Return a new row, or the one of somebody who comes back without what was decided then."""
    new = there or SignUp(person=person)
    new.opportunity = brief
    new.channel, new.typed_by = channel, typist(person, actor)
    new.came_forward_at = timezone.now()
    new.decided_at = new.decided_by = new.withdrawn_at = None
    new.decision_reason = new.answer = ""
    return new


def _seat_or_hold(new: SignUp, stands: Standing | None) -> None:
    if stands is None or stands.is_ready:
        seat(new)
    else:
        new.status, new.waiting_number = SignUpStatus.HELD, None


@transaction.atomic
def withdraw(
    *, sign_up: SignUp, actor: User | None, channel: str = Channel.ONLINE, tell: bool = True
) -> SignUp:
    """Take the person out; a place that comes free goes to the next in order, before the start.

    What they said about support is deleted with it. Sent twice, it changes nothing.

    Args:
        tell: False where the person is being erased and gets no more messages.

    Raises:
        NotAllowed: the project is completed; only erasing still takes people out.
    """
    brief, row = places.hold(sign_up)
    if row.status in OUT:
        return row
    if tell and brief.status == Status.COMPLETED:
        raise NotAllowed(OVER)
    held_place = row.holds_place
    row.status = next_state(SIGN_UP_MOVES, "withdraw", row.status)
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["status", "withdrawn_at"])
    support.take_back(sign_up=row, actor=actor, channel=channel)
    note_wish("sign_up.withdrawn", row, actor, channel)
    if tell:
        notices.withdrawn(row)
    if held_place:
        places.release(brief)
        _pass_on(brief, actor=None)  # whoever moves up does not learn who left
    return row


def call_off(*, opportunity: Opportunity, actor: User | None) -> int:
    """Take out everybody who is in, because the project was withdrawn; return how many.

    Called by ``withdraw_brief``, which holds the brief and has told them why. What they said about
    support is deleted, and their places are nobody's.
    """
    rows = list(opportunity.sign_ups.live().select_related("person"))
    for row in rows:
        row.opportunity = opportunity
        held_place = row.holds_place
        row.status = next_state(SIGN_UP_MOVES, "call_off", row.status)
        row.save(update_fields=["status"])
        support.forget(row)
        note("sign_up.called_off", row, actor)
        if held_place:
            places.release(opportunity)
    return len(rows)


@transaction.atomic
def fill_free_places(*, opportunity: Opportunity, actor: User | None) -> list[SignUp]:
    """Give every free place to the next who waits, and return those who moved up, in order."""
    return _pass_on(places.lock(opportunity), actor)


def _pass_on(brief: Opportunity, actor: User | None) -> list[SignUp]:
    """Move people up while there are places. The brief is locked by the caller."""
    moved: list[SignUp] = []
    if brief.status not in PASSING_ON or brief.has_started(today()):
        return moved
    waiting = SignUp.objects.filter(opportunity=brief).waiting().select_related("person")
    while (row := waiting.first()) is not None and places.claim(brief):
        row.opportunity = brief
        row.status = next_state(SIGN_UP_MOVES, "promote", row.status)
        row.save(update_fields=["status"])
        note("sign_up.moved_up", row, actor)
        notices.moved_up(row)
        moved.append(row)
    return moved


@transaction.atomic
def change(
    *,
    sign_up: SignUp,
    actor: User | None,
    shares: Iterable[str],
    why: str,
    contact_by: str,
    contact_detail: str,
    channel: str = Channel.ONLINE,
    shows: Iterable[str] = (),
    group_needs: Iterable[int] | None = None,
) -> SignUp:
    """Change what the project sees of the person and how it may reach them.

    Raises:
        NotAllowed: the person is no longer in.
    """
    _brief, row = places.hold(sign_up)
    if not row.is_live:
        raise NotAllowed(_("You are no longer part of this project."))
    before = row.shares
    showing.choose_parts(row, shares=shares, shows=shows, actor=actor, channel=channel)
    row.why, row.contact_by, row.contact_detail = why, contact_by, contact_detail
    row.save(update_fields=["shares", "shows", "why", "contact_by", "contact_detail"])
    if group_needs is not None:  # None: what the others know of needs stays as it is
        showing.tell_group(row, group_needs)
    stopped = [part for part in before if part not in row.shares]
    note_wish("sign_up.changed", row, actor, channel, shares=row.shares, stopped=stopped)
    return row
