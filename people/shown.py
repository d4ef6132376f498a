"""What staff see of somebody’s place in the pool, and what they may do about it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from .lifecycle import PoolStatus
from .models import Availability, Person, TopicKind
from .rules import acting, can_read_experience, can_read_lists_of, can_record_death, can_write_for
from .said import contact_of, offers_of
from .topics import LISTS


def pool_shown(person: Person, user: Any) -> dict[str, Any]:
    """Return what ``people/staff/_pool.html`` shows ``user`` about ``person``.

    Lived experience only to coordinators of a partner that may look for the person. Of whoever
    left nothing that they wrote.
    """
    membership = acting(user)
    if not can_read_lists_of(person):
        return {
            "doors": _doors(person, user),
            "may_correct": person.status == PoolStatus.DIED and can_record_death(user, person),
        }
    reads = can_read_experience(user, person)
    time = Availability.objects.filter(person=person).first() or Availability()
    ours = {"organisation": membership.organisation if membership else None}
    labels = [
        *person.cohorts.filter(**_of("cohort", ours)).values_list("cohort__name", flat=True),
        *person.tags.filter(**_of("tag", ours)).values_list("tag__name", flat=True),
    ]
    return {
        "contact": contact_of(person),
        "lists": _lists(person, reads=reads),
        "time": ", ".join(one for one in (*time.day_names, *time.time_names, time.words) if one),
        "how_far": time.get_how_far_display(),
        "labels": ", ".join(labels),
        "wishes": person.wishes.all(),
        "offers": offers_of(person).filter(**ours),
        "doors": _doors(person, user),
    }


def _of(name: str, ours: dict[str, Any]) -> dict[str, Any]:
    return {f"{name}__organisation": ours["organisation"]}


def _lists(person: Person, *, reads: bool) -> list[dict[str, str]]:
    said: dict[str, list[str]] = {}
    for row in person.topics.select_related("topic"):
        said.setdefault(row.kind, []).append(row.topic.name if row.topic else row.words)
    kinds = [kind for kind in LISTS if kind in said and (reads or kind != TopicKind.EXPERIENCE)]
    return [{"title": str(LISTS[kind].title), "words": ", ".join(said[kind])} for kind in kinds]


def _doors(person: Person, user: Any) -> list[dict[str, Any]]:
    """Return the pages where staff do something about the person, by where they are."""
    if not can_write_for(user, person):
        return []
    doors: list[tuple[str, Any]] = []
    if person.status == PoolStatus.INTERESTED:
        doors.append(("people:welcome_person", _("Welcome them")))
    if person.status in (PoolStatus.PAUSED, PoolStatus.LEFT):
        doors.append(("people:type_back", _("They are back")))
    if person.status not in (PoolStatus.LEFT, PoolStatus.DIED):
        doors.append(("people:name_contact", _("Who is there for them")))
        doors.append(("people:make_offer", _("Make an offer")))
        doors.append(("people:set_labels", _("Groups and labels")))
    if person.status != PoolStatus.DIED and can_record_death(user, person):
        doors.append(("people:record_death", _("They have died")))
    return [{"href": reverse(name, args=[person.uuid]), "label": label} for name, label in doors]
