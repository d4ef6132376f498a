"""Who of staff opened what belongs to a person: one list for the profile, the needs and sign-ups.

A room above says in its ``apps.py`` which of its events are openings, and in which words.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import AuditEvent, Organisation, Person, Role, User

SHOWN = 50
_WORDS: dict[str, Promise | str] = {
    "profile.opened": _("Read your page."),
    "person.opened": _("Looked up how to reach you."),
    "needs.opened": _("Read what you need."),
}


def count_as_opening(verb: str, words: Promise | str) -> None:
    """Let events with ``verb`` stand on the list, in these words to the person."""
    _WORDS[verb] = words


@dataclass(frozen=True)
class Opening:
    """That somebody of staff opened what belongs to a person."""

    at: dt.datetime
    name: str
    role: str
    organisation: str
    what: str


def openings_of(person: Person, about: Model | None = None) -> list[Opening]:
    """Return who opened what of ``person``, newest first, at most ``SHOWN``.

    Args:
        about: only what has to do with this row (a sign-up).
    """
    events = list(_events(person, about)[:SHOWN])
    names = _names(User, {event.actor for event in events})
    organisations = _names(Organisation, {event.organisation for event in events})
    roles = dict(Role.choices)
    return [
        Opening(
            at=event.at,
            name=names.get(event.actor, ""),
            role=str(roles.get(event.role, "")),
            organisation=organisations.get(event.organisation, ""),
            what=str(_WORDS[event.verb]),
        )
        for event in events
    ]


def _events(person: Person, about: Model | None) -> QuerySet[AuditEvent]:
    found = AuditEvent.objects.filter(person=str(person.pk), verb__in=list(_WORDS))
    if about is None:
        return found
    return found.filter(target_type=about._meta.label_lower, target=str(about.pk))


def _names(model: type[User | Organisation], keys: set[str]) -> dict[str, str]:
    rows = model.objects.filter(pk__in=[key for key in keys if key])
    return {str(row.pk): row.name for row in rows}
