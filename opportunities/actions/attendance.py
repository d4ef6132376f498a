"""Who took part on a day: ticked by staff, and frozen for the reports at that moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from opportunities.actions import places
from opportunities.lifecycle import PUBLIC
from opportunities.models import Attendance, Opportunity, Participation
from people.actions import add_person, open_to
from people.audit import record
from people.bands import bands_of
from people.models import Person, User
from people.pseudonyms import pseudonym_of

NOT_YET = _("That day has not come yet. Choose today or an earlier day.")
OUTSIDE = _("Choose a day from the first to the last date of the project.")
NOT_OPEN = _("Nobody takes part before a project is published.")


@dataclass(frozen=True)
class Recorded:
    """What saving changed, and how many took part on that day now."""

    added: int
    removed: int
    total: int


@transaction.atomic
def record_took_part(
    *,
    opportunity: Opportunity,
    day: dt.date,
    came: Iterable[Person],
    actor: User | None,
    listed: Iterable[Person] = (),
) -> Recorded:
    """Write down who took part on ``day``; sent twice, it changes nothing.

    Each new tick freezes one participation row: organisation, level, town and bands as they are
    now, under a pseudonym. A tick taken away removes both rows.

    Args:
        came: who is ticked.
        listed: who was on the form: whoever is listed and not ticked did not take part. Ticks of
            people who were not listed (somebody else saved them meanwhile) stay.

    Raises:
        NotAllowed: a draft, a day to come, or a day outside the project's dates.
    """
    brief = places.lock(opportunity)
    _refuse_day(brief, day)
    there = set(_attendances(brief, day).values_list("person_id", flat=True))
    ticked = {person.pk: person for person in came}
    unticked = {person.pk: person for person in listed if person.pk not in ticked}
    new = [person for key, person in ticked.items() if key not in there]
    gone = [person for key, person in unticked.items() if key in there]
    _add(brief, day, new, actor)
    _remove(brief, day, gone)
    if new or gone:
        record(
            verb="attendance.recorded",
            target=brief,
            actor=actor,
            organisation=brief.organisation,
            day=day.isoformat(),
            added=len(new),
            removed=len(gone),
        )
    return Recorded(len(new), len(gone), _attendances(brief, day).count())


@transaction.atomic
def record_newcomer(
    *, opportunity: Opportunity, day: dt.date, actor: User, newcomer: Mapping[str, Any]
) -> Person:
    """Add somebody who just turned up to the pool, and write down that they took part.

    Args:
        newcomer: what people.actions.add_person takes of a person (name, contact_by, …).

    Raises:
        NotAllowed: as ``record_took_part``.
    """
    person = add_person(organisation=opportunity.organisation, actor=actor, **newcomer)
    record_took_part(opportunity=opportunity, day=day, came=[person], actor=actor)
    return person


def first_and_last_day(brief: Opportunity) -> tuple[dt.date, dt.date]:
    """Return the days that somebody can have taken part on, up to today."""
    published = timezone.localdate(brief.published_at) if brief.published_at else today()
    return brief.starts_on or published, min(brief.ends_on or today(), today())


def _refuse_day(brief: Opportunity, day: dt.date) -> None:
    if brief.status not in PUBLIC:
        raise NotAllowed(NOT_OPEN)
    if day > today():
        raise NotAllowed(NOT_YET)
    first, last = first_and_last_day(brief)
    if not first <= day <= last:
        raise NotAllowed(OUTSIDE)


def _attendances(brief: Opportunity, day: dt.date) -> QuerySet[Attendance]:
    return Attendance.objects.filter(opportunity=brief, took_part_on=day)


def _add(brief: Opportunity, day: dt.date, people: list[Person], actor: User | None) -> None:
    for person in people:
        open_to(person=person, organisation=brief.organisation, actor=actor)
    Attendance.objects.bulk_create(
        Attendance(opportunity=brief, person=person, took_part_on=day, recorded_by=actor)
        for person in people
    )
    rows = [_frozen(brief, day, person) for person in people]
    # In the order of the pseudonyms: neither keys nor times say which row is whose.
    Participation.objects.bulk_create(sorted(rows, key=lambda row: row.pseudonym))


def _frozen(brief: Opportunity, day: dt.date, person: Person) -> Participation:
    pseudonym = pseudonym_of(person)
    bands = bands_of(pseudonym, on=day)
    return Participation(
        organisation=brief.organisation,
        opportunity=brief,
        level=brief.level,
        town_id=person.town_id,
        took_part_on=day,
        age_band=bands.age_band,
        ethnic_group=bands.ethnic_group,
        disabled=bands.disabled,
        pseudonym=pseudonym,
    )


def _remove(brief: Opportunity, day: dt.date, people: list[Person]) -> None:
    _attendances(brief, day).filter(person__in=people).delete()
    Participation.objects.filter(
        opportunity=brief,
        took_part_on=day,
        pseudonym__in=[pseudonym_of(person) for person in people],
    ).delete()
