"""What a person is found by, when they have time, where they live, and how they came to us."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from people.audit import record
from people.models import (
    Availability,
    Consent,
    Person,
    PersonTopic,
    Topic,
    TopicKind,
    User,
)
from people.rules import acting

from .moving import somebody_else

MATCHING_WORDING = "2026-11"
MATCHING_ABOUT = "experience"
TIME_FIELDS = (
    "days",
    "times",
    "notice_days",
    "projects_at_once",
    "invitations_a_month",
    "words",
)
PLACE_FIELDS = ("town", "ward")
JOINING_FIELDS = ("kind", "represents", "heard_from", "heard_from_words")


@transaction.atomic
def choose_topics(
    *,
    person: Person,
    kind: str,
    topics: Iterable[Topic],
    words: Iterable[str],
    actor: User | None,
    agreed: bool = False,
    channel: str = "online",
) -> None:
    """Keep exactly these lines of one list, and these own words. The log never says which.

    Args:
        kind: people.models.TopicKind, the list.
        agreed: the person says yes to being found by lived experience. Without it that list is
            emptied, and an agreement given before ends.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    consent = None
    if kind == TopicKind.EXPERIENCE:
        consent = _agree(person, actor, channel) if agreed else _no_more(person)
        if consent is None:
            topics, words = (), ()
    wanted = {(topic.pk, "") for topic in topics} | {(None, one) for one in words}
    there = {(row.topic_id, row.words): row for row in person.topics.filter(kind=kind)}
    gone = [row.pk for key, row in there.items() if key not in wanted]
    PersonTopic.objects.filter(pk__in=gone).delete()
    new = [key for key in sorted(wanted, key=str) if key not in there]
    PersonTopic.objects.bulk_create(
        PersonTopic(person=person, kind=kind, topic_id=topic, words=own, consent=consent)
        for topic, own in new
    )
    if gone or new:
        _note("person.topics_changed", person, actor, channel, list=str(kind))


def _agree(person: Person, actor: User | None, channel: str) -> Consent:
    """Return the agreement that holds, given now if there was none."""
    holding = _agreements(person).first()
    return holding or Consent.objects.create(
        person=person,
        purpose=Consent.Purpose.MATCHING,
        about=MATCHING_ABOUT,
        wording_version=MATCHING_WORDING,
        channel=channel,
        typed_by=actor if somebody_else(person, actor) else None,
    )


def _no_more(person: Person) -> Consent | None:
    _agreements(person).update(withdrawn_at=timezone.now())
    return None


def _agreements(person: Person) -> QuerySet[Consent]:
    return person.consents.filter(purpose=Consent.Purpose.MATCHING, withdrawn_at__isnull=True)


@transaction.atomic
def set_availability(
    *, person: Person, actor: User | None, channel: str = "online", **fields: object
) -> Availability:
    """Write when a person has time, and how much; return the row.

    Args:
        fields: any of ``TIME_FIELDS``; days and times are lists of codes.
    """
    row, _new = Availability.objects.select_for_update().get_or_create(person=person)
    for name in ("days", "times"):
        if name in fields:
            fields[name] = ",".join(fields[name])  # type: ignore[arg-type]  # lists of texts
    _write(row, fields, TIME_FIELDS)
    _note("person.availability_changed", person, actor, channel)
    return row


@transaction.atomic
def set_place(
    *, person: Person, actor: User | None, how_far: str, channel: str = "online", **fields: object
) -> Person:
    """Write where a person lives, and how far they can go; return the person.

    Args:
        how_far: people.models.HowFar, or nothing. fields: any of ``PLACE_FIELDS``.
    """
    fresh = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    _write(fresh, fields, PLACE_FIELDS)
    row, _new = Availability.objects.get_or_create(person=person)
    _write(row, {"how_far": how_far}, ("how_far",))
    _note("person.place_changed", fresh, actor, channel)
    return fresh


@transaction.atomic
def set_joining(
    *, person: Person, actor: User | None, channel: str = "online", **fields: object
) -> Person:
    """Write for whom a person speaks, and where they heard of us; return the person.

    Args:
        fields: any of ``JOINING_FIELDS``; a resident represents nobody.
    """
    fresh = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    _write(fresh, fields, JOINING_FIELDS)
    _note("person.joining_changed", fresh, actor, channel)
    return fresh


def record_lists_read(*, person: Person, actor: User) -> None:
    """Write down that staff read what a person is found by: the person reads who did, and when."""
    membership = acting(actor)
    record(
        verb="person.opened",
        target=person,
        actor=actor,
        organisation=membership.organisation if membership else None,
        person=person,
    )


def _write(row: Person | Availability, fields: dict[str, object], allowed: tuple[str, ...]) -> None:
    named = [name for name in allowed if name in fields]
    for name in named:
        setattr(row, name, fields[name])
    row.save(update_fields=named)


def _note(verb: str, person: Person, actor: User | None, channel: str, **detail: Any) -> None:
    record(
        verb=verb,
        target=person,
        actor=actor,
        person=person,
        on_behalf_of=somebody_else(person, actor),
        channel=channel,
        **detail,
    )
