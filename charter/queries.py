"""What pages ask of the third floor."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coprod.lib.days import today
from coprod.lib.queue import LENGTH, QueueRow
from opportunities.lifecycle import PUBLIC
from opportunities.models import Opportunity
from people.models import Membership, Person
from people.rules import ARRANGING_ROLES

from .lifecycle import CHECK_BACK_MOVES, CheckBackStatus
from .models import Charter, CheckBack, Commitment, Contribution, Response
from .models.feedback import ContributionQuerySet


# --- The charter ---------------------------------------------------------------------------------
def charter_in_force() -> Charter | None:
    """Return the charter that holds now; None before one is loaded."""
    return Charter.objects.filter(is_current=True).first()


def commitments_of(charter: Charter) -> QuerySet[Commitment]:
    """Return the charter’s promises in order, each with ``projects``: how many pledge it."""
    pledging = Count("pledges", filter=Q(pledges__opportunity__status__in=PUBLIC))
    return charter.commitments.annotate(projects=pledging).prefetch_related("changes")


def pledges_by_commitment(opportunity: Opportunity, charter: Charter) -> dict[Commitment, str]:
    """Return each commitment with how the project keeps it, or with an empty text."""
    said = dict(opportunity.pledges.values_list("commitment_id", "how"))
    return {one: said.get(one.pk, "") for one in charter.commitments.all()}


# --- The feedback loop ---------------------------------------------------------------------------
def begun_on(opportunity: Opportunity) -> dt.date:
    """Return the day a project began: first written down, published, or its first date."""
    written = [opportunity.created_at, opportunity.published_at]
    days = [timezone.localdate(moment) for moment in written if moment]
    return min([*days, opportunity.starts_on or days[0]])


def people_of(opportunity: Opportunity) -> QuerySet[Person]:
    """Return those who signed up to the project or took part in it."""
    signed_up = opportunity.sign_ups.filter(person=OuterRef("pk"))
    took_part = opportunity.attendances.filter(person=OuterRef("pk"))
    return Person.objects.filter(Exists(signed_up) | Exists(took_part))


def open_check_backs(user: Any) -> QuerySet[CheckBack]:
    """Return the questions that wait for ``user``, oldest first, with what they are about."""
    return (
        CheckBack.objects.visible_to(user)
        .open()
        .select_related("response__contribution__opportunity")
        .order_by("asked_on", "pk")
    )


def answers_to_enter(opportunity: Opportunity, user: Any) -> QuerySet[CheckBack]:
    """Return the check-backs of people whom staff ask by phone, letter or in person.

    Those that were let go stay in the list: nobody is cut off because staff rang late.
    ``may_reach`` is whether the person came forward to those whom ``user`` acts for.
    """
    seen = Person.objects.visible_to(user).filter(pk=OuterRef("person"))
    return (
        CheckBack.objects.filter(status__in=CHECK_BACK_MOVES["answer"].sources)
        .exclude(status=CheckBackStatus.DUE)
        .asked_offline()
        .filter(response__contribution__opportunity=opportunity, response__is_current=True)
        .select_related("person")
        .annotate(may_reach=Exists(seen))
        .order_by("asked_on", "pk")
    )


# --- Who waits for staff -------------------------------------------------------------------------
def staff_queue(membership: Membership) -> list[QueueRow]:
    """Return what waits for a member of staff on this floor, the latest promises first."""
    if membership.role not in ARRANGING_ROLES:
        return []
    return [
        *_late_promises(membership),
        *_without_response(membership),
        *_opened_again(membership),
        *_to_ring(membership),
        *_to_read(membership),
    ]


def _late_promises(membership: Membership) -> list[QueueRow]:
    day = today()
    late = (
        Response.objects.late_on(day)
        .filter(contribution__opportunity__organisation_id=membership.organisation_id)
        .select_related("contribution__opportunity")
    )
    return [_late(response, day) for response in late[:LENGTH]]


def _late(response: Response, day: dt.date) -> QueueRow:
    days = response.days_late(day)
    contribution = response.contribution
    return QueueRow(
        title=_("Keep a promise: %(about)s") % {"about": contribution.about},
        soft=_("%(owner)s looks after it. %(project)s")
        % {"project": contribution.opportunity.title, "owner": response.owner_name},
        href=_respond(contribution),
        verb=_("Say where it is"),
        rest=f": {contribution.about}",
        tag=ngettext("Late by %(days)d day", "Late by %(days)d days", days) % {"days": days},
        kind="late",
        icon="warning",
    )


def _said_to(membership: Membership) -> ContributionQuerySet:
    mine = Contribution.objects.filter(opportunity__organisation_id=membership.organisation_id)
    return mine.select_related("opportunity").order_by("said_on", "pk")


def _without_response(membership: Membership) -> list[QueueRow]:
    return [
        QueueRow(
            title=_("Answer what people said: %(about)s") % {"about": one.about},
            soft=one.opportunity.title,
            href=_respond(one),
            verb=_("Answer"),
            rest=f": {one.about}",
        )
        for one in _said_to(membership).without_response()[:LENGTH]
    ]


def _opened_again(membership: Membership) -> list[QueueRow]:
    return [
        QueueRow(
            title=_("It did not help: %(about)s") % {"about": one.about},
            soft=_("Somebody who said it answered no. %(project)s")
            % {"project": one.opportunity.title},
            href=_respond(one),
            verb=_("Answer again"),
            rest=f": {one.about}",
            tag=_("Open again"),
            kind="late",
            icon="warning",
        )
        for one in _said_to(membership).opened_again()[:LENGTH]
    ]


def _respond(contribution: Contribution) -> str:
    return reverse("charter:respond", args=[contribution.pk])


def _to_ring(membership: Membership) -> list[QueueRow]:
    projects = (
        Opportunity.objects.filter(organisation_id=membership.organisation_id)
        .annotate(
            to_ring=Count(
                "contributions__responses__check_backs",
                filter=CheckBack.waiting_offline("contributions__responses__check_backs__")
                & Q(contributions__responses__is_current=True),
            )
        )
        .filter(to_ring__gt=0)
        .order_by("title")
    )
    return [
        QueueRow(
            title=ngettext(
                "Ask %(count)d person by phone, letter or in person: did it help?",
                "Ask %(count)d people by phone, letter or in person: did it help?",
                project.to_ring,
            )
            % {"count": project.to_ring},
            soft=project.title,
            href=reverse("charter:feedback", args=[project.slug]) + "#to-ring",
            verb=_("Open"),
            rest=f": {project.title}",
        )
        for project in projects[:LENGTH]
    ]


def _to_read(membership: Membership) -> list[QueueRow]:
    count = CheckBack.objects.comments_for(membership).count()
    if not count:
        return []
    return [
        QueueRow(
            title=ngettext(
                "Read %(count)d comment before everybody can",
                "Read %(count)d comments before everybody can",
                count,
            )
            % {"count": count},
            soft=_("People said that we may show their words without their name."),
            href=reverse("charter:comments"),
            verb=_("Read"),
            rest=_("comments"),
        )
    ]
