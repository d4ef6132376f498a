"""What pages ask of sign-ups."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from opportunities.levels import PlacesGiven
from opportunities.lifecycle import Status
from opportunities.models import Opportunity, SignUp, SignUpSupport
from people.models import AuditEvent, Organisation, Person, Profile, Role

READING_VERBS = ("sign_up.opened", "support.opened")
READINGS_SHOWN = 50


def closed_because(brief: Opportunity, day: dt.date) -> str:
    """Return why nobody can come forward to ``brief`` on ``day``, or nothing where they can."""
    if brief.is_open_on(day):
        full = brief.places is not None and brief.places_taken >= brief.places
        first_come = brief.places_given == PlacesGiven.FIRST_COME
        if full and first_come and brief.has_started(day):
            return _("All places are taken, and it has started. So there is no waiting list.")
        return ""
    if brief.status == Status.COMPLETED:
        return _("This project is finished.")
    if brief.status == Status.IN_PROGRESS:
        return _("This project has started, and takes no new people.")
    return _("This project is closed to new people.")


def written_profile(person: Person | None) -> Profile | None:
    """Return the one-page profile, where there is one."""
    return Profile.objects.filter(person=person).first() if person else None


def support_of(sign_up: SignUp) -> SignUpSupport | None:
    """Return the support that the person asked for, while they agree that it is read."""
    rows = SignUpSupport.objects.filter(sign_up=sign_up, consent__withdrawn_at__isnull=True)
    return rows.first()


@dataclass(frozen=True)
class Reading:
    """One time that staff looked: when, who in which role, and whether at the support."""

    at: dt.datetime
    who: str
    organisation: str
    of_support: bool


def readings_of(sign_up: SignUp) -> list[Reading]:
    """Return who of staff looked at a sign-up, newest first; roles and not names."""
    events = AuditEvent.objects.filter(
        verb__in=READING_VERBS,
        target_type=SignUp._meta.label_lower,
        target=str(sign_up.pk),
        person=str(sign_up.person_id),
    )
    found = list(events[:READINGS_SHOWN])
    keys = {int(event.organisation) for event in found if event.organisation}
    names = dict(Organisation.objects.filter(pk__in=keys).values_list("pk", "name"))
    roles = dict(Role.choices)
    return [
        Reading(
            at=event.at,
            who=str(roles.get(event.role, "")),
            organisation=names.get(int(event.organisation or 0), ""),
            of_support=event.verb == "support.opened",
        )
        for event in found
    ]
