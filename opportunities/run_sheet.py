"""What to arrange for a project: needs counted, without names unless somebody agreed to theirs."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from coprod.lib.days import today, working_days_before
from opportunities.actions.noting import note
from opportunities.models import Opportunity, SignUp, SignUpNeed, SignUpSupport
from people.actions.needs import in_order
from people.models import Subset, User

# BSL interpreters and the like are booked weeks ahead (Accessible Information Standard: “meet”).
BOOK_AHEAD = 15


@dataclass(frozen=True)
class Line:
    """One thing to arrange, and for how many."""

    what: str
    number: int


@dataclass(frozen=True)
class Named:
    """Somebody who agreed that the name stands beside it."""

    name: str
    needs: list[str]
    words: str


def _told(brief: Opportunity) -> list[SignUpNeed]:
    placed = SignUp.objects.filter(opportunity=brief).holding()
    rows = SignUpNeed.objects.known().filter(support__sign_up__in=placed)
    return list(rows.select_related("need"))


def to_arrange(brief: Opportunity) -> list[tuple[str, list[Line]]]:
    """Return what people with a place need, by kind: pairs of its words and counted lines.

    Own words are not here, as they may tell who it is: they are counted as “in their own words”.
    """
    return [
        (kind, [Line(what, n) for what, n in sorted(Counter(n.what for n in needs).items())])
        for kind, needs in in_order(one.need for one in _told(brief))
    ]


def own_words(brief: Opportunity) -> int:
    """Return how many with a place said something in words of their own."""
    rows = SignUpSupport.objects.readable().filter(sign_up__opportunity=brief)
    return rows.filter(sign_up__in=SignUp.objects.holding()).exclude(text="").count()


def too_late_to_book(brief: Opportunity, day: dt.date | None = None) -> bool:
    """Return whether an interpreter or the like is needed, and the first day is near.

    Near is fewer than ``BOOK_AHEAD`` working days.
    """
    first, now = brief.starts_on, day or today()
    is_near = first is not None and working_days_before(first, BOOK_AHEAD) < now <= first
    return is_near and _needs_booking(brief)


def _needs_booking(brief: Opportunity) -> bool:
    return any(one.need.subset == Subset.PROFESSIONAL for one in _told(brief))


def has_names(brief: Opportunity) -> bool:
    """Return whether anybody with a place agreed to be named."""
    return _named(brief).exists()


def by_name(brief: Opportunity, actor: User) -> list[Named]:
    """Return who agreed to be named, with what they need; that it was read is written down."""
    rows = _named(brief).select_related("sign_up__person", "sign_up__opportunity__organisation")
    needs: dict[int, list[str]] = {}
    for one in SignUpNeed.objects.known().filter(support__in=_named(brief)).select_related("need"):
        needs.setdefault(one.support_id, []).append(one.need.words)
    found = []
    for row in rows.order_by("sign_up__person__name", "pk"):
        note("support.opened", row.sign_up, actor)
        found.append(Named(row.sign_up.person.name, needs.get(row.pk, []), row.text))
    return found


def _named(brief: Opportunity) -> QuerySet[SignUpSupport]:
    placed = SignUp.objects.filter(opportunity=brief).holding()
    return SignUpSupport.objects.readable().filter(sign_up__in=placed, by_name=True)
