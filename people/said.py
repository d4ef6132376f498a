"""What a person said about being in the pool, as forms and pages take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from .actions.topics import JOINING_FIELDS, PLACE_FIELDS, TIME_FIELDS
from .models import Availability, Organisation, Person, SupportOffer, TopicKind, User
from .queries import memberships_in_force

Initial = dict[str, Any]


def topics_said(person: Person, kind: str) -> Initial:
    """Return what is on one list of ``person``: rows, own words line by line, and the agreement."""
    rows = list(person.topics.filter(kind=kind).select_related("topic"))
    said: Initial = {
        "topics": [row.topic for row in rows if row.topic],
        "words": "\n".join(row.words for row in rows if row.words),
    }
    if kind == TopicKind.EXPERIENCE:
        said["agreed"] = bool(rows)
    return said


def time_said(person: Person) -> Initial:
    """Return when ``person`` has time; days and times as lists of codes."""
    row = _availability(person)
    said = {name: getattr(row, name) for name in TIME_FIELDS}
    return said | {name: [code for code in said[name].split(",") if code] for name in _LISTED}


_LISTED = ("days", "times")


def place_said(person: Person) -> Initial:
    """Return where ``person`` lives, and how far they can go."""
    said = {name: getattr(person, name) for name in PLACE_FIELDS}
    return said | {"how_far": _availability(person).how_far}


def _availability(person: Person) -> Availability:
    return Availability.objects.filter(person=person).first() or Availability()


def joining_said(person: Person) -> Initial:
    """Return for whom ``person`` speaks, and where they heard of us."""
    return {name: getattr(person, name) for name in JOINING_FIELDS}


def partners_said(person: Person) -> Initial:
    """Return which partners may look for ``person``."""
    return {"partners": list(Organisation.objects.filter(looks__person=person))}


def offers_of(person: Person) -> QuerySet[SupportOffer]:
    """Return what ``person`` was offered, newest first."""
    return person.offers.select_related("organisation")


@dataclass(frozen=True)
class Contact:
    """Who is there for a person, and for which organisation."""

    user: User
    organisation: Organisation


def contact_of(person: Person) -> Contact | None:
    """Return who is there for ``person``; None where it is nobody who works here."""
    if person.named_contact is None:
        return None
    membership = memberships_in_force(person.named_contact).first()
    return membership and Contact(person.named_contact, membership.organisation)


def labels_of(person: Person) -> list[Mapping[str, str]]:
    """Return the groups and labels that partners keep about ``person``: for the person to read."""
    groups = person.cohorts.select_related("cohort__organisation")
    labels = person.tags.select_related("tag__organisation")
    named = [row.cohort for row in groups] + [row.tag for row in labels]
    return [{"name": one.name, "organisation": one.organisation.name} for one in named]
