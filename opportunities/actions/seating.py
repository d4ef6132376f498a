"""Where somebody who comes forward is seated, and how they hear of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from opportunities import notices
from opportunities.actions import places
from opportunities.levels import PlacesGiven
from opportunities.lifecycle import SignUpStatus
from opportunities.models import SignUp

FULL_AND_STARTED = _("All places are taken and it has started, so there is no waiting list.")


def seat(new: SignUp) -> None:
    """Set status and waiting number of somebody who comes forward; the caller holds the brief.

    Raises:
        NotAllowed: no place is left, and it has started.
    """
    brief = new.opportunity
    new.waiting_number = None
    if brief.places_given == PlacesGiven.WE_CHOOSE:
        new.status = SignUpStatus.HEARD
    elif places.claim(brief):
        new.status = SignUpStatus.PLACE
    elif brief.has_started(today()):
        raise NotAllowed(FULL_AND_STARTED)
    else:
        new.status = SignUpStatus.WAITING
        new.waiting_number = places.next_waiting_number(brief)


def tell_newcomer(new: SignUp) -> None:
    """Tell somebody where they stand."""
    if new.status == SignUpStatus.PLACE:
        notices.place_given(new)
    elif new.status == SignUpStatus.WAITING:
        notices.on_waiting_list(new, position_of(new))
    elif new.status == SignUpStatus.HELD:
        notices.held(new)
    else:
        notices.heard(new)


def position_of(sign_up: SignUp) -> int:
    """Return the place in the queue of somebody who waits: 1 is next."""
    ahead = SignUp.objects.filter(
        opportunity_id=sign_up.opportunity_id, waiting_number__lt=sign_up.waiting_number
    )
    return ahead.waiting().count() + 1
