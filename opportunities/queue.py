"""Who waits for staff on the second floor: rows of the staff home."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Max, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coprod.lib.days import today
from coprod.lib.queue import LENGTH, QueueRow
from coprod.lib.wording import moment
from people.models import Membership, Role

from .lifecycle import HOLDING, SignUpStatus, Status
from .models import Opportunity, PeopleRequest

NEW_DAYS = 7  # for so long staff read who came forward


def staff_queue(membership: Membership) -> list[QueueRow]:
    """Return who waits for officers and coordinators of the organisation, at most a pageful."""
    if membership.role not in (Role.OFFICER, Role.COORDINATOR):
        return []
    own = Opportunity.objects.filter(organisation_id=membership.organisation_id)
    rows = [*_came_forward(own), *_to_tick(own), *_returned(own)]
    if membership.role == Role.COORDINATOR:
        rows = [*_to_review(own), *_wanted(own), *rows]
    return rows


def _to_review(own: QuerySet[Opportunity]) -> Iterator[QueueRow]:
    for brief in own.filter(status=Status.SUBMITTED).order_by("submitted_at")[:LENGTH]:
        yield QueueRow(
            title=_("“%(title)s” waits for your review") % {"title": brief.title},
            href=reverse("opportunities:project", args=[brief.slug]),
            verb=_("Read it"),
            rest=f": {brief.title}",
            soft=_("Nobody can see it before you publish it."),
        )


def _wanted(own: QuerySet[Opportunity]) -> Iterator[QueueRow]:
    open_requests = PeopleRequest.objects.open().filter(opportunity__in=own)
    for asked in open_requests.select_related("opportunity").order_by("asked_at")[:LENGTH]:
        words = ngettext(
            "“%(title)s” needs %(n)s person", "“%(title)s” needs %(n)s people", asked.number
        )
        here = reverse("opportunities:invite_people", args=[asked.opportunity.slug])
        yield QueueRow(
            title=words % {"title": asked.opportunity.title, "n": asked.number},
            href=f"{here}?request={asked.pk}",
            verb=_("See who fits"),
            rest=f": {asked.opportunity.title}",
            soft=_("Asked at %(when)s") % {"when": moment(asked.asked_at)},
        )


def _came_forward(own: QuerySet[Opportunity]) -> Iterator[QueueRow]:
    heard = Q(sign_ups__status=SignUpStatus.HEARD)
    waiting = (
        own.filter(heard)
        .annotate(number=Count("sign_ups"), first=Min("sign_ups__came_forward_at"))
        .order_by("first")
    )
    for brief in waiting[:LENGTH]:
        days = (timezone.now() - brief.first).days
        yield QueueRow(
            title=_came(brief),
            href=reverse("opportunities:sign_ups", args=[brief.slug]),
            verb=_("Answer"),
            rest=f": {brief.title}",
            soft=ngettext(
                "The first has waited %(days)s day.", "The first has waited %(days)s days.", days
            )
            % {"days": days},
        )


def came_lately(membership: Membership) -> list[QueueRow]:
    """Return where people took a place or joined the waiting list in the last days, newest first.

    They wait for nothing; whoever waits for an answer stands in ``staff_queue``.
    """
    if membership.role not in (Role.OFFICER, Role.COORDINATOR):
        return []
    since = timezone.now() - dt.timedelta(days=NEW_DAYS)
    lately = Q(
        sign_ups__status__in=[SignUpStatus.PLACE, SignUpStatus.WAITING],
        sign_ups__came_forward_at__gte=since,
    )
    own = Opportunity.objects.filter(lately, organisation_id=membership.organisation_id)
    own = own.annotate(number=Count("sign_ups"), last=Max("sign_ups__came_forward_at"))
    return [_lately(brief) for brief in own.order_by("-last")[:LENGTH]]


def _lately(brief: Opportunity) -> QueueRow:
    return QueueRow(
        title=_came(brief),
        href=reverse("opportunities:sign_ups", args=[brief.slug]),
        verb=_("See them"),
        rest=f": {brief.title}",
        soft=_("The newest: %(when)s") % {"when": moment(brief.last)},
    )


def _came(brief: Opportunity) -> str:
    words = ngettext(
        "%(number)s person came forward to “%(title)s”",
        "%(number)s people came forward to “%(title)s”",
        brief.number,
    )
    return words % {"number": brief.number, "title": brief.title}


def _to_tick(own: QuerySet[Opportunity]) -> Iterator[QueueRow]:
    met = own.filter(
        status__in=[Status.PUBLISHED, Status.CLOSED, Status.IN_PROGRESS],
        starts_on__lt=today(),
        sign_ups__status__in=HOLDING,
        attendances__isnull=True,
    )
    for brief in met.distinct().order_by("starts_on")[:LENGTH]:
        yield QueueRow(
            title=_("Who took part in “%(title)s”?") % {"title": brief.title},
            href=reverse("opportunities:took_part", args=[brief.slug]),
            verb=_("Tick them"),
            rest=f": {brief.title}",
            soft=_("It has started, and nobody is ticked yet. Only ticks are counted."),
        )


def _returned(own: QuerySet[Opportunity]) -> Iterator[QueueRow]:
    for brief in own.filter(status=Status.RETURNED).order_by("updated_at")[:LENGTH]:
        yield QueueRow(
            title=_("“%(title)s” came back") % {"title": brief.title},
            href=reverse("opportunities:edit", args=[brief.slug]),
            verb=_("Put it right"),
            rest=f": {brief.title}",
            soft=brief.return_reason,
        )
