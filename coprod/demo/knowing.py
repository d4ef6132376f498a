"""What the made-up people say that they know, can do, like and speak, and when they have time."""

from __future__ import annotations

import random
from collections.abc import Iterator

from people.models import Availability, Consent, Person, PersonTopic, Topic, TopicKind

WEEK = ("mon,wed", "tue,thu", "fri", "sat,sun", "mon,tue,wed,thu,fri", "")
TIMES = ("morning", "afternoon", "morning,afternoon", "evening")
HOW_FAR = ("home", "town", "borough", "borough", "further")
WORDING = "2026-11"
BATCH = 5000


def give(people: list[Person], chance: random.Random) -> None:
    """Store what ``people`` know and when they have time, as the lists have it."""
    topics = list(Topic.objects.filter(is_active=True).order_by("pk"))
    lists = {kind: [one for one in topics if one.kind == kind] for kind in TopicKind}
    consents = Consent.objects.bulk_create(
        [
            Consent(
                person=person,
                purpose=Consent.Purpose.MATCHING,
                about="experience",
                wording_version=WORDING,
                channel=person.joined_channel,
                given_at=person.joined_at,
            )
            for person in people
        ],
        batch_size=BATCH,
    )
    rows = [
        row
        for person, consent in zip(people, consents, strict=True)
        for row in _topics(person, consent, lists, chance)
    ]
    PersonTopic.objects.bulk_create(rows, batch_size=BATCH)
    Availability.objects.bulk_create(
        [_availability(person, chance) for person in people], batch_size=BATCH
    )


def _topics(
    person: Person, consent: Consent, lists: dict[TopicKind, list[Topic]], chance: random.Random
) -> Iterator[PersonTopic]:
    for kind, offered in lists.items():
        agreed = consent if kind == TopicKind.EXPERIENCE else None
        for topic in chance.sample(offered, min(len(offered), chance.choice((1, 1, 2)))):
            yield PersonTopic(person=person, kind=kind, topic=topic, consent=agreed)


def _availability(person: Person, chance: random.Random) -> Availability:
    return Availability(
        person=person,
        days=chance.choice(WEEK),
        times=chance.choice(TIMES),
        how_far=chance.choice(HOW_FAR),
        invitations_a_month=chance.choice((None, None, 1, 2)),
    )
