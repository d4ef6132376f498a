"""The moves of a brief, each in one place: from draft to a completed project."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed, next_state
from opportunities import notices
from opportunities.completeness import missing_parts
from opportunities.lifecycle import MOVES, PUBLIC, Status
from opportunities.models import BriefChange, Opportunity
from people.audit import record
from people.models import User

from .briefs import Incomplete
from .sign_ups import call_off

CLOSING_DATE_GONE = _("The closing date has passed. Choose a new date first.")


@transaction.atomic
def submit(*, opportunity: Opportunity, actor: User | None) -> Opportunity:
    """Send a brief for review; the organisation's coordinators are told.

    Raises:
        Incomplete: ``parts`` says what is missing.
        NotAllowed: it was sent already, or its closing date has passed.
    """
    brief = _hold(opportunity, "submit")
    _refuse_past(brief)
    if parts := missing_parts(brief):
        raise Incomplete(parts)
    _move(brief, "submit", actor, submitted_at=timezone.now())
    notices.brief_submitted(brief, actor)
    return brief


@transaction.atomic
def publish(*, opportunity: Opportunity, actor: User | None) -> Opportunity:
    """Let everybody read the brief and come forward; its writer is told.

    Raises:
        NotAllowed: it does not wait for review, or its closing date has passed.
    """
    brief = _hold(opportunity, "publish")
    _refuse_past(brief)
    _move(brief, "publish", actor, published_at=timezone.now(), return_reason="")
    notices.brief_published(brief, actor)
    return brief


@transaction.atomic
def return_brief(*, opportunity: Opportunity, actor: User | None, reason: str) -> Opportunity:
    """Send the brief back to its writer with a reason, which they are told.

    Raises:
        NotAllowed: it does not wait for review.
    """
    brief = _hold(opportunity, "return")
    _move(brief, "return", actor, return_reason=reason)
    notices.brief_returned(brief, actor)
    return brief


@transaction.atomic
def close(*, opportunity: Opportunity, actor: User | None) -> Opportunity:
    """Take no more new people.

    Raises:
        NotAllowed: it is not published.
    """
    return _move(_hold(opportunity, "close"), "close", actor)


@transaction.atomic
def reopen(*, opportunity: Opportunity, actor: User | None) -> Opportunity:
    """Take new people again.

    Raises:
        NotAllowed: it is not closed, or its closing date has passed.
    """
    brief = _hold(opportunity, "reopen")
    _refuse_past(brief)
    return _move(brief, "reopen", actor)


@transaction.atomic
def start(*, opportunity: Opportunity, actor: User | None) -> Opportunity:
    """Say that the project is in progress: no more new people.

    Raises:
        NotAllowed: it is neither published nor closed.
    """
    return _move(_hold(opportunity, "start"), "start", actor)


@transaction.atomic
def complete(*, opportunity: Opportunity, actor: User | None) -> Opportunity:
    """Say that the project is over. Called by ``charter.actions`` alone, which may say no.

    Raises:
        NotAllowed: it is not in progress.
    """
    brief = _hold(opportunity, "complete")
    return _move(brief, "complete", actor, completed_at=timezone.now())


@transaction.atomic
def withdraw_brief(*, opportunity: Opportunity, actor: User | None, reason: str) -> Opportunity:
    """Take the brief back, keep why, tell everybody who came forward, and let them go.

    Raises:
        NotAllowed: the project has started, or it was withdrawn already.
    """
    brief = _hold(opportunity, "withdraw")
    was_public = brief.status in PUBLIC
    _move(brief, "withdraw", actor, version=F("version") + 1)
    brief.refresh_from_db(fields=["version"])
    change = BriefChange.objects.create(
        opportunity=brief,
        version=brief.version,
        what_changed=gettext("The project was withdrawn."),
        why=reason,
        changed_by=actor,
    )
    if was_public:
        notices.brief_withdrawn(brief, change)
        call_off(opportunity=brief, actor=actor)
        brief.refresh_from_db(fields=["places_taken"])
    return brief


@transaction.atomic
def close_due(day: dt.date | None = None) -> int:
    """Close each published brief whose closing date is before ``day`` (today), and count them."""
    due = Opportunity.objects.filter(
        status=Status.PUBLISHED, is_rolling=False, closes_on__lt=day or today()
    )
    rows = list(due.select_for_update())
    for brief in rows:
        _move(brief, "close", None)
    return len(rows)


def _hold(opportunity: Opportunity, verb: str) -> Opportunity:
    """Hold the row to the end of the transaction; refuse the verb early where it cannot be."""
    rows = Opportunity.objects.select_for_update(of=("self",)).select_related("organisation")
    brief = rows.get(pk=opportunity.pk)
    next_state(MOVES, verb, brief.status)
    return brief


def _refuse_past(brief: Opportunity) -> None:
    if brief.closes_on is not None and brief.closes_on < today():
        raise NotAllowed(CLOSING_DATE_GONE)


def _move(brief: Opportunity, verb: str, actor: User | None, **changes: Any) -> Opportunity:
    """Change the status by the table, with what goes with it, and write it down."""
    before = brief.status
    brief.status = next_state(MOVES, verb, before)
    for name, value in changes.items():
        setattr(brief, name, value)
    brief.save(update_fields=["status", "updated_at", *changes])
    record(
        verb=f"opportunity.{_PAST[verb]}",
        target=brief,
        actor=actor,
        organisation=brief.organisation,
        before=str(before),
    )
    return brief


_PAST = {
    "submit": "submitted",
    "return": "returned",
    "publish": "published",
    "close": "closed",
    "reopen": "reopened",
    "start": "started",
    "complete": "completed",
    "withdraw": "withdrawn",
}
