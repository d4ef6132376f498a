"""Who may, on the first floor: one sentence each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .models import Membership, Organisation, Role

if TYPE_CHECKING:
    from .models import Person

# The roles that work with people who come forward.
ARRANGING_ROLES = (Role.OFFICER, Role.COORDINATOR)


def acting(user: Any) -> Membership | None:
    """Return the membership that ``user`` acts under on this request; None for everybody else."""
    return getattr(user, "acting", None)


def is_staff_member(user: Any) -> bool:
    """Somebody acts for an organisation now."""
    return acting(user) is not None


def has_role(user: Any, organisation: Organisation | int | None, *roles: str) -> bool:
    """The user acts for this organisation (row or key), in one of these roles."""
    membership = acting(user)
    if membership is None or organisation is None:
        return False
    key = organisation if isinstance(organisation, int) else organisation.pk
    return membership.organisation_id == key and membership.role in roles


def is_own_page(user: Any, person: Person) -> bool:
    """The page belongs to the person who is signed in."""
    return user.is_authenticated and person.user_id == user.pk


def can_run_organisation(user: Any, organisation: Organisation) -> bool:
    """An administrator looks after the staff of their own organisation."""
    return has_role(user, organisation, Role.ADMINISTRATOR)
