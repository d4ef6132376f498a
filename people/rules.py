"""Who may, on the first floor: one sentence each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from coprod.lib.days import today

from .lifecycle import GONE
from .models import (
    ARRANGING_ROLES,
    IMPORTING_ROLES,
    Audience,
    Membership,
    Organisation,
    Profile,
    Role,
    YoungPerson,
)

if TYPE_CHECKING:
    from .models import Need, Person


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


def arranges(user: Any) -> bool:
    """Officers and coordinators work with the people who come forward to their organisation."""
    membership = acting(user)
    return membership is not None and membership.role in ARRANGING_ROLES


def can_import(user: Any) -> bool:
    """Coordinators and administrators bring in the list of people that their organisation has."""
    membership = acting(user)
    return membership is not None and membership.role in IMPORTING_ROLES


def coordinates(user: Any) -> bool:
    """A coordinator looks after the pool of their organisation."""
    membership = acting(user)
    return membership is not None and membership.role == Role.COORDINATOR


def can_merge(user: Any, kept: Person, gone: Person) -> bool:
    """A coordinator makes one page of two that they see; the one that goes has no account."""
    if not coordinates(user) or gone.user_id is not None or kept.pk == gone.pk:
        return False
    return can_see_person(user, kept) and can_see_person(user, gone)


def is_own_page(user: Any, person: Person) -> bool:
    """The page belongs to the person who is signed in."""
    return user.is_authenticated and person.user_id == user.pk


def can_run_organisation(user: Any, organisation: Organisation) -> bool:
    """An administrator looks after the staff of their own organisation."""
    return has_role(user, organisation, Role.ADMINISTRATOR)


def needs_second_step(membership: Membership) -> bool:
    """This role is worked under only after the second step of signing in."""
    return membership.role in settings.STAFF_SECOND_FACTOR_ROLES


def must_take_second_step(user: Any, membership: Membership | None) -> bool:
    """So is the administration of reference tables, wherever any role asks for it."""
    if user.is_staff and settings.STAFF_SECOND_FACTOR_ROLES:
        return True
    return membership is not None and needs_second_step(membership)


def can_remove_second_step(user: Any, membership: Membership) -> bool:
    """An administrator helps colleagues who lost their phone; for oneself there are the codes."""
    return can_run_organisation(user, membership.organisation) and membership.user_id != user.pk


def can_see_person(user: Any, person: Person) -> bool:
    """People see themselves; those who arrange things see who came forward to them.

    Coordinators also see who lets their organisation look for them.
    """
    if is_own_page(user, person):
        return True
    membership = acting(user)
    if membership is None or not arranges(user):
        return False
    key = membership.organisation_id
    if person.known_to.filter(organisation_id=key).exists():
        return True
    return membership.role == Role.COORDINATOR and _lets_coordinators_look(person, key)


def _lets_coordinators_look(person: Person, key: int) -> bool:
    """They let it look for them; under 18 only where they joined through it."""
    if not person.may_look.filter(organisation_id=key).exists():
        return False
    if person.joined_through_id == key:
        return True
    return not YoungPerson.objects.under_18_on(today()).filter(person=person).exists()


def can_write_for(user: Any, person: Person) -> bool:
    """Staff type for those whom they may see, with an account or without; never for themselves."""
    return arranges(user) and not is_own_page(user, person) and can_see_person(user, person)


def readable_parts(user: Any, person: Person, profile: Profile) -> frozenset[str]:
    """People read all of their own page; those who may see them what is for coordinators.

    Of whoever left, nobody else reads it any more.
    """
    if is_own_page(user, person):
        return frozenset(Profile.PARTS)
    if person.status in GONE:
        return frozenset()
    open_parts = profile.parts_for(Audience.COORDINATORS)
    return open_parts if open_parts and can_see_person(user, person) else frozenset()


def can_read_lists_of(person: Person) -> bool:
    """What somebody knows and likes, and when they have time, is read by who may see them.

    Of whoever left, nobody else reads it any more, not even to type it anew.
    """
    return person.status not in GONE


def can_read_profile(user: Any, person: Person, profile: Profile) -> bool:
    """A profile is read by its person, and by those who may see a part of it."""
    return bool(readable_parts(user, person, profile))


def can_read_need(user: Any, need: Need) -> bool:
    """A need is read by its person, and where it is for coordinators by who may see the person."""
    if need.consent.withdrawn_at is not None:
        return False
    if is_own_page(user, need.person):
        return True
    if need.person.status in GONE:
        return False
    return need.audience == Audience.COORDINATORS and can_see_person(user, need.person)


def can_find_people(user: Any) -> bool:
    """A coordinator looks for people by what they told us; officers ask a coordinator."""
    membership = acting(user)
    return membership is not None and membership.role == Role.COORDINATOR


def can_record_death(user: Any, person: Person) -> bool:
    """Coordinators record it, for those whom they may see: it stops everything at once."""
    membership = acting(user)
    return (
        membership is not None
        and membership.role == Role.COORDINATOR
        and can_write_for(user, person)
    )


def can_read_experience(user: Any, person: Person) -> bool:
    """What somebody lived through is read by coordinators of partners that may look for them.

    Of those under 18 only by those through whom they joined.
    """
    membership = acting(user)
    if membership is None or membership.role != Role.COORDINATOR:
        return False
    return _lets_coordinators_look(person, membership.organisation_id)
