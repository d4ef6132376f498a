"""Whose data has been kept long enough: rules, and what they say of each person on a day.

The last sign of somebody is the newest of: they joined, they signed in, they did something here or
somebody did it with or for them. That staff looked at their page, or a program wrote, is none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.db.models import CharField, DateTimeField, F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coprod.lib.days import add_months

from .lifecycle import PoolStatus
from .models import AuditEvent, Person, RetentionNote

FIRST_WARNING = dt.timedelta(days=30)
SECOND_WARNING = dt.timedelta(days=7)
# Lines of the log that are no sign of the person.
PASSIVE = (
    *("profile.opened", "person.opened", "needs.opened", "support.opened", "notice.passed_on"),
    *("notice.taken_back", "person.copied", "person.warned", "person.merged"),
)


class Act(Enum):
    """What becomes of a person when the day has come."""

    PAUSE = "pause"
    ERASE = "erase"


@dataclass(frozen=True)
class Rule:
    """After so many months since ``since``, ``act``; ``warns`` says whether we can still ask."""

    code: str
    statuses: frozenset[str]
    months: int
    since: str
    act: Act
    words: object
    warns: bool = True


_HERE = frozenset({PoolStatus.INTERESTED, PoolStatus.WELCOMED, PoolStatus.ACTIVE})
# The strictest that fits comes first.
RULES = (
    Rule(
        "gone",
        frozenset({PoolStatus.LEFT, PoolStatus.DIED}),
        12,
        "status",
        Act.ERASE,
        _("Left 12 months ago"),
        warns=False,
    ),
    Rule(
        "not_confirmed",
        frozenset({PoolStatus.NOT_CONFIRMED}),
        12,
        "last_sign",
        Act.ERASE,
        _("Brought in from a list 12 months ago, and never confirmed"),
    ),
    Rule(
        "quiet_24",
        _HERE | {PoolStatus.PAUSED},
        24,
        "last_sign",
        Act.ERASE,
        _("24 quiet months"),
    ),
    Rule("quiet_12", _HERE, 12, "last_sign", Act.PAUSE, _("12 quiet months")),
)


class Step(Enum):
    """What is to be done with somebody on a day."""

    WARN_30 = "warned, 30 days before"
    WARN_7 = "warned, 7 days before"
    ACT = "done"


@dataclass(frozen=True)
class Due:
    """That something is to be done: for whom, by which rule, and when the rule acts."""

    person: Person
    rule: Rule
    step: Step
    due_on: dt.date


def people_with_last_sign() -> QuerySet[Person]:
    """Return everybody, with ``last_sign`` and their note."""
    lines = (
        AuditEvent.objects.filter(person=Cast(OuterRef("pk"), CharField()))
        .exclude(actor="")
        .exclude(verb__in=PASSIVE)
        .order_by()
        .values("person")
        .annotate(newest=Max("at"))
        .values("newest")
    )
    newest = Subquery(lines, output_field=DateTimeField())
    signs = (
        F("joined_at"),
        Coalesce("user__last_login", "joined_at"),
        Coalesce(newest, "joined_at", output_field=DateTimeField()),
    )
    return (
        Person.objects.annotate(last_sign=Greatest(*signs))
        .select_related("user", "retention_note", "joined_through")
        .order_by("pk")
    )


def due_on(day: dt.date) -> Iterator[Due]:
    """Yield what is to be done on ``day``, oldest people first."""
    joined_by = add_months(day, -min(rule.months for rule in RULES)) + FIRST_WARNING
    for person in people_with_last_sign().filter(joined_at__date__lte=joined_by).iterator():
        rule = rule_for(person, day)
        if rule is not None and (due := _due(person, rule, day)) is not None:
            yield due


def rule_for(person: Person, day: dt.date) -> Rule | None:
    """Return the rule that has come near for ``person``; None where there is none."""
    for rule in RULES:
        in_it = person.status in rule.statuses
        if in_it and day >= natural_day(person, rule) - FIRST_WARNING * rule.warns:
            return rule
    return None


def natural_day(person: Person, rule: Rule) -> dt.date:
    """Return when the rule acts if every warning was in time."""
    since = person.status_since if rule.since == "status" else person.last_sign
    return add_months(timezone.localdate(since), rule.months)


def _due(person: Person, rule: Rule, day: dt.date) -> Due | None:
    if not rule.warns:
        return Due(person, rule, Step.ACT, day)
    note: RetentionNote | None = getattr(person, "retention_note", None)
    natural = natural_day(person, rule)
    if note is None or note.rule != rule.code or note.due_on < natural:
        # Whoever was not warned in time is warned now, and has as long as everybody.
        return Due(person, rule, Step.WARN_30, max(natural, day + FIRST_WARNING))
    if note.warned_7_at is None:
        late = max(note.due_on, day + SECOND_WARNING)
        return Due(person, rule, Step.WARN_7, late) if day >= note.due_on - SECOND_WARNING else None
    return Due(person, rule, Step.ACT, note.due_on) if day >= note.due_on else None
