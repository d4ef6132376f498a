"""Who waits to be welcomed, and since when that is too long: “nobody waits unseen”."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coprod.lib.days import today, working_days_before
from coprod.lib.queue import QueueRow

from . import notices
from .lifecycle import PoolStatus
from .models import ARRANGING_ROLES, Membership, Organisation, Person, Role, User


def to_welcome(user: User, organisation: Organisation) -> QuerySet[Person]:
    """Return whom ``user`` may welcome for ``organisation``: those who joined through it."""
    return Person.objects.visible_to(user).filter(
        joined_through=organisation, status=PoolStatus.INTERESTED
    )


def late_from(day: dt.date) -> dt.datetime:
    """Return the moment before which whoever joined has waited too long on ``day``."""
    last = working_days_before(day, settings.WELCOME_WITHIN_DAYS)
    return timezone.make_aware(dt.datetime.combine(last, dt.time()))


def staff_queue(user: User, membership: Membership) -> list[QueueRow]:
    """Return the line of the staff home about people to welcome; late when one waits too long."""
    if membership.role not in ARRANGING_ROLES:
        return []
    waiting = to_welcome(user, membership.organisation)
    found = waiting.aggregate(number=Count("pk"), first=Min("status_since"))
    if not found["number"]:
        return []
    words = ngettext(
        "%(number)s new person to welcome", "%(number)s new people to welcome", found["number"]
    )
    days = (timezone.now() - found["first"]).days
    soft = ngettext(
        "The first has waited %(days)s day.", "The first has waited %(days)s days.", days
    )
    late = found["first"] < late_from(today())
    return [
        QueueRow(
            title=words % found,
            href=reverse("people:to_welcome"),
            verb=_("Welcome them"),
            soft=soft % {"days": days},
            kind="late" if late else "",
            tag=_("Waits too long") if late else "",
        )
    ]


def remind_of_people_who_wait(day: dt.date) -> int:
    """Remind the coordinators of each organisation where somebody waits too long; return how many.

    Once a week, and again when one more has waited too long: safe to repeat on the same day.
    """
    late = Person.objects.filter(
        status=PoolStatus.INTERESTED,
        status_since__lt=late_from(day),
        joined_through__isnull=False,
    )
    waiting: dict[int, list[int]] = {}
    for organisation, pk in late.values_list("joined_through", "pk"):
        waiting.setdefault(organisation, []).append(pk)
    return sum(_remind(pk, people, day) for pk, people in sorted(waiting.items()))


def _remind(organisation_pk: int, people: Iterable[int], day: dt.date) -> int:
    organisation = Organisation.objects.get(pk=organisation_pk)
    year, week, _day = day.isocalendar()
    keys = sorted(people)
    event = f"welcome:{organisation.pk}:{year}-{week}:{keys[-1]}"
    coordinators = User.objects.filter(
        is_active=True,
        memberships__in=Membership.objects.in_force_on(day).filter(
            organisation=organisation, role=Role.COORDINATOR
        ),
    ).distinct()
    for user in coordinators:
        notices.people_wait(user, organisation, len(keys), event)
    return len(coordinators)
