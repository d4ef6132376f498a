"""Who may read who has been involved."""

from __future__ import annotations

from typing import Any

from people.models import Role
from people.rules import acting

READERS = (Role.COMMISSIONER, Role.COORDINATOR, Role.ADMINISTRATOR)


def can_read_report(user: Any) -> bool:
    """Commissioners, coordinators and administrators read the figures of their organisation."""
    membership = acting(user)
    return membership is not None and membership.role in READERS


def can_see_all_partners(user: Any) -> bool:
    """Commissioners of the host read the figures of every partner, and of all together."""
    membership = acting(user)
    return (
        membership is not None
        and membership.role == Role.COMMISSIONER
        and membership.organisation.is_host
    )
