"""Who is chosen, who is not this time, and what staff write to them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed, next_state
from opportunities import notices
from opportunities.actions import places
from opportunities.actions.noting import note
from opportunities.lifecycle import SIGN_UP_MOVES, SignUpStatus
from opportunities.models import Opportunity, ProjectMessage, SignUp
from people.audit import record
from people.models import User

NO_PLACE = _("All places are taken. Raise the number of places, or take another answer back first.")
NOT_NOW = _("Nobody is chosen for a project that is not open or in progress.")
NO_REASON = _("Write down the reason: it stays with your team.")
STARTED = _("It has started: an answer can no longer be taken back.")
# Whom staff may write to: everybody who is in, and those whom they told “not this time”.
WRITABLE = (
    SignUpStatus.PLACE,
    SignUpStatus.CHOSEN,
    SignUpStatus.WAITING,
    SignUpStatus.HEARD,
    SignUpStatus.NOT_THIS_TIME,
)


@transaction.atomic
def choose(*, sign_up: SignUp, actor: User | None, reason: str = "", answer: str = "") -> SignUp:
    """Give the person a place, and tell them.

    Raises:
        NotAllowed: not waiting for an answer, the project is over, or no place is free.
    """
    brief, row = places.hold(sign_up)
    status = next_state(SIGN_UP_MOVES, "choose", row.status)
    if brief.status not in places.GIVING:
        raise NotAllowed(NOT_NOW)
    if not places.claim(brief):
        raise NotAllowed(NO_PLACE)
    _decide(row, status, actor, reason=reason, answer=answer)
    note("sign_up.chosen", row, actor)
    notices.chosen(row)
    return row


@transaction.atomic
def decline(*, sign_up: SignUp, actor: User | None, reason: str, answer: str) -> SignUp:
    """Say “not this time”: the reason is kept for the team, the answer goes to the person.

    Raises:
        NotAllowed: not waiting for an answer, or no reason.
    """
    _brief, row = places.hold(sign_up)
    status = next_state(SIGN_UP_MOVES, "decline", row.status)
    if not reason.strip():
        raise NotAllowed(NO_REASON)
    _decide(row, status, actor, reason=reason, answer=answer)
    note("sign_up.declined", row, actor)
    notices.not_this_time(row)
    return row


@transaction.atomic
def undo(*, sign_up: SignUp, actor: User | None) -> SignUp:
    """Take an answer back before the start: the person is heard again, and told so.

    Raises:
        NotAllowed: there is no answer, or the project has started.
    """
    brief, row = places.hold(sign_up)
    status = next_state(SIGN_UP_MOVES, "undo", row.status)
    if brief.has_started(today()):
        raise NotAllowed(STARTED)
    if row.holds_place:
        places.release(brief)
    _decide(row, status, None, reason="", answer="")
    note("sign_up.decision_taken_back", row, actor)
    notices.decision_taken_back(row)
    return row


def _decide(row: SignUp, status: str, actor: User | None, *, reason: str, answer: str) -> None:
    row.status = status
    row.decided_at = None if status == SignUpStatus.HEARD else timezone.now()
    row.decided_by, row.decision_reason, row.answer = actor, reason, answer
    row.save(update_fields=["status", "decided_at", "decided_by", "decision_reason", "answer"])


@transaction.atomic
def message(
    *,
    opportunity: Opportunity,
    actor: User | None,
    subject: str,
    body: str,
    statuses: Iterable[str],
    token: str,
) -> ProjectMessage:
    """Write to everybody of a project in one of ``statuses``, each by their own channel.

    Args:
        token: made when the form was shown: a form that is sent twice is one message.

    Raises:
        NotAllowed: nobody is there to write to.
    """
    brief = places.lock(opportunity)
    sent = ProjectMessage.objects.filter(token=token).first()
    if sent is not None:
        return sent
    asked = [status for status in WRITABLE if status in set(statuses)]
    rows = list(brief.sign_ups.filter(status__in=asked).select_related("person"))
    if not rows:
        raise NotAllowed(_("Nobody would get this message."))
    sent = ProjectMessage.objects.create(
        opportunity=brief,
        subject=subject,
        body=body,
        statuses=asked,
        sent_to=len(rows),
        sent_by=actor,
        token=token,
    )
    for row in rows:
        row.opportunity = brief
        notices.message(row, sent)
    record(
        verb="project.message_sent",
        target=sent,
        actor=actor,
        organisation=brief.organisation,
        statuses=asked,
        people=len(rows),
    )
    return sent
