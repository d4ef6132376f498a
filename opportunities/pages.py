"""What the page of a brief shows: to everybody, and to staff who see it as a resident does."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from coprod.lib.days import today
from opportunities.cards import card
from opportunities.levels import ActivityType, Level, PlacesGiven, Scope
from opportunities.lifecycle import LIVE
from opportunities.models import Opportunity, SignUp
from opportunities.sharing import shared


def with_all(rows: QuerySet[Opportunity]) -> QuerySet[Opportunity]:
    """Return the rows with everything that their pages show."""
    return rows.select_related("organisation", "team").prefetch_related(
        "towns", "changes", "pledges__commitment"
    )


def brief_page(brief: Opportunity, user: Any) -> dict[str, Any]:
    """Return the context of a brief's page, as ``user`` sees it."""
    day = today()
    kinds = dict(ActivityType.choices)
    return {
        "opportunity": brief,
        "shared": shared(brief),
        "card": card(brief, day),
        "is_open": brief.is_open_on(day),
        "waiting": _waiting(brief),
        "own_sign_up": own_sign_up(brief, user),
        "levels": list(Level),
        "scope": Scope(brief.scope).label if brief.scope else "",
        "kinds": [kinds[one] for one in brief.activity_types if one in kinds],
        "changes": brief.changes.all(),
        "pledges": brief.pledges.all(),
        "contributions": brief.contributions.public().count(),
        "advice_line": settings.ADVICE_LINE,
        "benefits_checked_on": settings.BENEFITS_CHECKED_ON,
    }


def _waiting(brief: Opportunity) -> int | None:
    """Return how many wait where everything is taken; None where there are places."""
    if brief.places_given != PlacesGiven.FIRST_COME or brief.places_left != 0:
        return None
    return brief.sign_ups.waiting().count()


def own_sign_up(brief: Opportunity, user: Any) -> SignUp | None:
    """Return how ``user`` has come forward to ``brief``, if they have and are still in."""
    if not user.is_authenticated:
        return None
    own = brief.sign_ups.filter(person__user_id=user.pk, status__in=LIVE)
    return own.with_position().first()
