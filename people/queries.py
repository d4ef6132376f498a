"""What pages ask of the first floor."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet
from django.utils import timezone

from coprod.lib.days import today
from coprod.lib.search import figures_of, search

from .invitations import KIND, event_of
from .lifecycle import AgreementStatus
from .models import (
    ARRANGING_ROLES,
    PEOPLE_SEARCHED,
    Agreement,
    Can,
    Invitation,
    Membership,
    Need,
    Notice,
    Organisation,
    Person,
    Profile,
    Relation,
    RelationKind,
    User,
)
from .second_step import KINDS
from .young import is_young

PARTS = 6
DONE_SHOWN = 20
AGREEMENTS_SHOWN = 100
_NUMBER = re.compile(r"\+?[\d\s()./-]+")


def memberships_in_force(user: User) -> QuerySet[Membership]:
    """Return the roles that ``user`` may act under today, with organisation and team."""
    return (
        Membership.objects.in_force_on(today())
        .filter(user=user, organisation__in=Organisation.objects.in_force_on(today()))
        .select_related("organisation", "team")
    )


def own_person(user: User) -> Person | None:
    """Return the person of an account; None for staff who are not in the pool."""
    return getattr(user, "person", None)


def profile_of(person: Person) -> Profile:
    """Return the one-page profile of ``person``; an empty private one where there is none."""
    return Profile.objects.get_or_create(person=person)[0]


def profile_parts_done(profile: Profile) -> int:
    """Return how many of the six parts are there.

    The name always is, and so is the picture: the drawn initials are one.
    """
    return 2 + sum(bool(part.lines) for part in profile.parts)


def has_needs_to_read(user: User, person: Person) -> bool:
    """Return whether staff may read a need of ``person`` that the person flagged."""
    flagged = Need.objects.visible_to(user).filter(person=person, is_flagged=True)
    return flagged.exists()


def who_can_see(person: Person) -> QuerySet[Organisation]:
    """Return the organisations of which somebody may open the page of ``person``."""
    looks = Q(looks__person=person)
    if is_young(person):
        looks &= Q(pk=person.joined_through_id)
    return Organisation.objects.filter(Q(knows__person=person) | looks).distinct()


def find_people(people: QuerySet[Person], words: str) -> QuerySet[Person]:
    """Return those in whose name, e-mail or phone every one of ``words`` begins a word.

    Case and accents do not matter, nor how a number is written. Without words, all of them.
    """
    if _NUMBER.fullmatch(words.strip()):
        words = figures_of(words)
    return search(people, PEOPLE_SEARCHED, words)


def possible_duplicates(*, name: str, email: str, phone: str) -> list[Person]:
    """Return people of the pool with this name and this phone or e-mail."""
    digits = _digits(phone)
    email = email.strip().lower()
    return [
        person
        for person in Person.objects.filter(name__iexact=name.strip()).select_related("town")
        if (email and person.email.lower() == email) or (digits and _digits(person.phone) == digits)
    ]


def _digits(phone: str) -> str:
    """Return the number to compare by: +44 and 0 begin the same one."""
    return re.sub(r"^44", "0", re.sub(r"\D", "", phone))


def staff_of(organisation: Organisation) -> QuerySet[Membership]:
    """Return the roles in force in ``organisation``, with their people and teams."""
    return (
        Membership.objects.in_force_on(today())
        .filter(organisation=organisation)
        .select_related("user", "team")
        .order_by("user__name", "role")
    )


def arranging_staff_of(organisation: Organisation) -> QuerySet[User]:
    """Return officers and coordinators in force in ``organisation``, by name."""
    roles = Membership.objects.in_force_on(today()).filter(
        organisation=organisation, role__in=ARRANGING_ROLES
    )
    return User.objects.filter(is_active=True, pk__in=roles.values("user")).order_by("name")


def with_second_step(staff: Iterable[Membership]) -> set[int]:
    """Return the keys of those users among ``staff`` who have an app or a passkey."""
    users = {membership.user_id for membership in staff}
    rows = Authenticator.objects.filter(user__in=users, type__in=KINDS)
    return set(rows.values_list("user_id", flat=True))


def former_staff_of(organisation: Organisation) -> QuerySet[Membership]:
    """Return the roles that ended, newest first."""
    return (
        Membership.objects.filter(organisation=organisation, valid_to__lt=today())
        .select_related("user", "team")
        .order_by("-valid_to", "user__name")
    )


def open_invitations_of(organisation: Organisation) -> QuerySet[Invitation]:
    """Return links that were neither used nor closed, newest first; some may be too old."""
    return Invitation.objects.filter(
        organisation=organisation, used_at__isnull=True, revoked_at__isnull=True
    ).select_related("team", "invited_by")


def open_tasks(organisation: Organisation) -> QuerySet[Notice]:
    """Return what staff of ``organisation`` still have to pass on, oldest first."""
    return (
        Notice.objects.tasks_of(organisation)
        .filter(status=Notice.Status.TASK)
        .select_related("person")
    )


def open_tasks_count(organisation: Organisation) -> int:
    """Return how many people wait to be rung or written to by ``organisation``."""
    return open_tasks(organisation).count()


def done_tasks(organisation: Organisation) -> QuerySet[Notice]:
    """Return what was passed on in the last seven days, newest first, at most ``DONE_SHOWN``."""
    week_ago = timezone.now() - dt.timedelta(days=7)
    return (
        Notice.objects.tasks_of(organisation)
        .filter(status=Notice.Status.DONE, settled_at__gte=week_ago)
        .select_related("person", "settled_by")
        .order_by("-settled_at")[:DONE_SHOWN]
    )


def companions_of(person: Person) -> list[str]:
    """Return the names of those who come along and speak with ``person`` today."""
    rows = Relation.objects.in_force_on(today()).filter(
        person=person, kind=RelationKind.SPEAKS_WITH
    )
    return [row.name for row in rows if row.may(Can.COME_ALONG)]


def agreements_to_see_to(organisation: Organisation) -> list[Agreement]:
    """Return what adults agreed to and nobody checked, and what runs out, oldest first.

    Of the young people whom coordinators of ``organisation`` look after.
    """
    soon = today() + dt.timedelta(days=30)
    people = Person.objects.of_coordinators_of(organisation)
    waiting = Q(status=AgreementStatus.GIVEN)
    ending = Q(status=AgreementStatus.CHECKED, kind="adult", ask_again_on__lte=soon)
    rows = Agreement.objects.filter(waiting | ending, person__in=people)
    return list(rows.select_related("person", "relation").order_by("asked_at")[:AGREEMENTS_SHOWN])


def letters_that_failed(invitations: list[Invitation]) -> set[int]:
    """Return the keys of those invitations whose letter could not be sent."""
    events = {event_of(invitation): invitation.pk for invitation in invitations}
    failed = Notice.objects.filter(
        event__in=events, kind=KIND, status=Notice.Status.FAILED
    ).values_list("event", flat=True)
    return {events[event] for event in failed}
