"""How much is asked of a person, by all partners together: a guard against tiring people out.

Every letter, call or text that wants something of somebody is a notice with ``asks``, whoever sent
it; the last 90 days count, and the person's own limit a month. Whoever invites reads one word,
never a number and never which service asked. Source: seeds 003, “community advisor network”.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Availability, Notice

WINDOW = dt.timedelta(days=90)
MONTH = dt.timedelta(days=30)
NEAR = 1  # so many before the limit is near it


class Load(models.TextChoices):
    """What an inviter reads of how much is asked of somebody."""

    FREE = "free", _("Has room")
    NEAR = "near", _("Near their limit")
    FULL = "full", _("At their limit")


@dataclass(frozen=True)
class Asked:
    """How often somebody was asked in the last 90 and 30 days, and how often is enough.

    ``own_limit`` is what the person chose for a month; None where they left it to us.
    """

    in_window: int = 0
    in_month: int = 0
    own_limit: int | None = None

    @property
    def room(self) -> int:
        """How many more requests there is room for today; none is 0, never less."""
        left = settings.ASKED_IN_90_DAYS - self.in_window
        if self.own_limit is not None:
            left = min(left, self.own_limit - self.in_month)
        return max(left, 0)

    @property
    def load(self) -> Load:
        """The one word for it."""
        if self.room == 0:
            return Load.FULL
        return Load.NEAR if self.room <= NEAR else Load.FREE


def asked_of(people: Collection[int]) -> dict[int, Asked]:
    """Return how much was asked of each of these people (their keys), by all partners together.

    Two queries, however many they are.
    """
    now = timezone.now()
    recent = Notice.objects.filter(person__in=people, asks=True, created_at__gt=now - WINDOW)
    counted = (
        recent.order_by()
        .values_list("person")
        .annotate(window=Count("pk"), month=Count("pk", filter=Q(created_at__gt=now - MONTH)))
    )
    numbers = {key: (window, month) for key, window, month in counted}
    own = dict(
        Availability.objects.filter(person__in=people).values_list(
            "person_id", "invitations_a_month"
        )
    )
    return {key: Asked(*numbers.get(key, (0, 0)), own_limit=own.get(key)) for key in people}
