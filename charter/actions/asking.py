"""The worker’s round: who is asked today whether it helped, who once more, who is let go."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from charter import notices
from charter.lifecycle import CHECK_BACK_MOVES, CheckBackStatus, ResponseKind
from charter.models import CheckBack, Response, Voice
from people.audit import record
from people.lifecycle import REACHABLE
from people.models import Person

# Whoever has a break is asked when they are back; whoever left or died, never.
_IS_HERE = Q(person__status__in=REACHABLE)
_STAMPS = {"ask": "asked_on", "remind": "reminded_on"}
_LETTERS = {"ask": notices.check_back_asked, "remind": notices.check_back_reminder}


def ask_due_check_backs(day: dt.date) -> int:
    """Ask, remind and let go whatever is due on ``day``; return how many check-backs moved.

    Safe to repeat and to run twice at once: every move is one statement with its own condition,
    and its notice is written in the same transaction.
    """
    for response, due_on in _newly_due(day):
        _open(response, due_on)
    return _each("ask", _to_ask(day), day) + _each("remind", _to_remind(day), day) + _let_go(day)


def _newly_due(day: dt.date) -> list[tuple[Response, dt.date]]:
    """Return the claims that are old enough and have people to ask, each with its day."""
    done_by = day - dt.timedelta(days=settings.CHECK_BACK_DAYS)
    claims = Response.objects.current().filter(kind=ResponseKind.DID, done_on__lte=done_by)
    asked = CheckBack.objects.filter(
        response=OuterRef(OuterRef("pk")), person_id=OuterRef("person_id")
    )
    left_out = Voice.objects.filter(~Exists(asked), contribution=OuterRef("contribution"))
    days = ((one, one.asks_on(settings.CHECK_BACK_DAYS)) for one in claims.filter(Exists(left_out)))
    return [(one, due_on) for one, due_on in days if due_on is not None and due_on <= day]


def _open(response: Response, due_on: dt.date) -> None:
    people = Person.objects.filter(voices__contribution=response.contribution_id)
    CheckBack.objects.bulk_create(
        [CheckBack(response=response, person=person, due_on=due_on) for person in people],
        ignore_conflicts=True,
    )


def _to_ask(day: dt.date) -> QuerySet[CheckBack]:
    return CheckBack.objects.filter(
        _IS_HERE, status=CheckBackStatus.DUE, due_on__lte=day, response__is_current=True
    )


def _to_remind(day: dt.date) -> QuerySet[CheckBack]:
    """Return those asked a while ago, while the answer they were asked about still stands."""
    asked_by = day - dt.timedelta(days=settings.CHECK_BACK_REMINDER_DAYS)
    return CheckBack.objects.filter(
        _IS_HERE, status=CheckBackStatus.ASKED, asked_on__lte=asked_by, response__is_current=True
    )


def _each(verb: str, waiting: QuerySet[CheckBack], day: dt.date) -> int:
    rows = waiting.select_related("person", "response__contribution__opportunity__organisation")
    return sum(_moved(check_back, verb, day) for check_back in list(rows))


@transaction.atomic
def _moved(check_back: CheckBack, verb: str, day: dt.date) -> bool:
    move = CHECK_BACK_MOVES[verb]
    mine = CheckBack.objects.filter(pk=check_back.pk, status__in=move.sources).update(
        status=move.target, **{_STAMPS[verb]: day}
    )
    if not mine:
        return False  # another worker was here first, or the person was quicker
    notice = _LETTERS[verb](check_back)
    record(
        verb=f"check_back.{move.target}",
        target=check_back,
        actor=None,
        organisation=notice.organisation,
        person=check_back.person,
    )
    return True


def _let_go(day: dt.date) -> int:
    """Note that nobody answered. A late answer is still welcome."""
    move = CHECK_BACK_MOVES["give_up"]
    asked_by = day - dt.timedelta(days=settings.CHECK_BACK_GIVE_UP_DAYS)
    return CheckBack.objects.filter(status__in=move.sources, asked_on__lte=asked_by).update(
        status=move.target
    )
