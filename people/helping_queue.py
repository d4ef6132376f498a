"""Who waits for a coordinator: agreements to check, and help that should end."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coprod.lib.queue import LENGTH, QueueRow

from .lifecycle import RelationStatus
from .models import Membership, Person, Relation, Role
from .queries import agreements_to_see_to


def staff_queue(membership: Membership) -> list[QueueRow]:
    """Return the rows for coordinators of the organisation; nobody is named on a first page."""
    if membership.role != Role.COORDINATOR:
        return []
    return [*_to_check(membership), *_to_end(membership)]


def _to_check(membership: Membership) -> list[QueueRow]:
    number = len(agreements_to_see_to(membership.organisation))
    if not number:
        return []
    words = ngettext(
        "%(number)s agreement of a parent or guardian waits for you",
        "%(number)s agreements of parents or guardians wait for you",
        number,
    )
    return [
        QueueRow(
            title=words % {"number": number},
            href=reverse("people:agreements"),
            verb=_("Check them"),
            rest="",
            soft=_("Until then a young person has no place."),
        )
    ]


def _to_end(membership: Membership) -> list[QueueRow]:
    people = Person.objects.came_forward_to(membership.organisation)
    rows = Relation.objects.filter(
        person__in=people, end_asked_at__isnull=False, status=RelationStatus.IN_FORCE
    )
    return [
        QueueRow(
            title=_("%(name)s wants somebody’s help to end") % {"name": row.person.name},
            href=reverse("people:person_helpers", args=[row.person.uuid]),
            verb=_("See to it"),
            rest=f": {row.person.name}",
            soft=_("A court or a power of attorney gave it. Ring the person first."),
            kind="late",
        )
        for row in rows.select_related("person").order_by("end_asked_at")[:LENGTH]
    ]
