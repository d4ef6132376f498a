"""The places of a brief: one counter, moved by conditional updates under one lock.

Everything that moves a place starts with ``lock()``, so there is one order of locks and no
deadlock. That first statement is a write: PostgreSQL locks the row, SQLite takes its write lock at
once and never has to turn a read into a write. The condition of ``claim()``, the CHECK constraint
and the UNIQUE constraints hold on their own; the lock makes the waiting list exact as well (a place
is never free while somebody waits).
"""

from __future__ import annotations

from django.db.models import F, Q

from opportunities.lifecycle import Status
from opportunities.models import Opportunity, SignUp

# While a brief is in one of these, places are given.
GIVING = (Status.PUBLISHED, Status.CLOSED, Status.IN_PROGRESS)


def lock(opportunity: Opportunity) -> Opportunity:
    """Hold the brief until the transaction ends, and return it as it is now."""
    rows = Opportunity.objects.filter(pk=opportunity.pk)
    rows.update(places_taken=F("places_taken"))
    return rows.select_related("organisation").get()


def claim(opportunity: Opportunity) -> bool:
    """Take one place if one is free, and return whether it was."""
    free = Q(places__isnull=True) | Q(places_taken__lt=F("places"))
    rows = Opportunity.objects.filter(free, pk=opportunity.pk, status__in=GIVING)
    return rows.update(places_taken=F("places_taken") + 1) == 1


def release(opportunity: Opportunity) -> None:
    """Give one place back."""
    rows = Opportunity.objects.filter(pk=opportunity.pk, places_taken__gt=0)
    rows.update(places_taken=F("places_taken") - 1)


def next_waiting_number(opportunity: Opportunity) -> int:
    """Return the next number of the waiting list: they only grow, and none is given twice.

    ``opportunity`` comes from ``lock()``, so nobody else moves the number meanwhile.
    """
    rows = Opportunity.objects.filter(pk=opportunity.pk)
    rows.update(last_waiting_number=F("last_waiting_number") + 1)
    opportunity.last_waiting_number += 1
    return opportunity.last_waiting_number


def hold(sign_up: SignUp) -> tuple[Opportunity, SignUp]:
    """Lock the brief of a sign-up, and return both rows as they are now."""
    brief = lock(sign_up.opportunity)
    row = SignUp.objects.select_related("person").get(pk=sign_up.pk)
    row.opportunity = brief
    return brief, row
