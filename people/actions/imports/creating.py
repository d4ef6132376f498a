"""From what a row says to rows of the pool, many at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from people.actions.pool import reachable_by
from people.importing import Facts
from people.lifecycle import PoolStatus
from people.models import (
    AuditEvent,
    Availability,
    Channel,
    ContactBy,
    HeardFrom,
    KnownTo,
    Person,
    PersonKind,
    PersonTopic,
    PoolImport,
    Profile,
    TopicKind,
    Town,
    User,
    Ward,
)

# What a row may add to somebody who is known already: only where nothing stands.
FILLED_IN = ("email", "phone", "address")
AT_HOME = "+44"


@dataclass
class Places:
    """Towns and wards by their names in small letters: read once for a run."""

    towns: dict[str, Town] = field(default_factory=dict)
    wards: dict[str, Ward] = field(default_factory=dict)

    @classmethod
    def read(cls) -> Places:
        """Return all towns, and the wards of today."""
        wards = Ward.objects.filter(valid_to__isnull=True).select_related("town")
        return cls(
            {town.name.casefold(): town for town in Town.objects.all()},
            {ward.name.casefold(): ward for ward in wards},
        )

    def of(self, facts: Facts) -> tuple[Town | None, Ward | None]:
        """Return town and ward where they are named exactly: nothing is guessed."""
        ward = self.wards.get(facts.ward.casefold())
        town = self.towns.get(facts.town.casefold()) or self.towns.get(facts.ward.casefold())
        return town or (ward.town if ward else None), ward


@dataclass
class Newcomers:
    """People of one chunk who are to be written, with what belongs to them."""

    pool_import: PoolImport
    actor: User | None
    places: Places
    people: list[tuple[Person, Facts]] = field(default_factory=list)

    def add(self, facts: Facts) -> Person:
        """Return a person who is not written yet."""
        person = person_of(facts, self.pool_import, self.places)
        self.people.append((person, facts))
        return person

    def write(self) -> None:
        """Write all of them: a few statements, however many there are."""
        if not self.people:
            return
        everybody = [person for person, _facts in self.people]
        Person.everybody.bulk_create(everybody)
        Profile.objects.bulk_create(Profile(person=person) for person in everybody)
        KnownTo.objects.bulk_create(
            KnownTo(
                person=person,
                organisation=self.pool_import.organisation,
                reason=KnownTo.Reason.IN_THEIR_LIST,
            )
            for person in everybody
        )
        PersonTopic.objects.bulk_create(
            PersonTopic(person=person, kind=TopicKind.INTEREST, words=words)
            for person, facts in self.people
            for words in _own_words(facts.interests)
        )
        Availability.objects.bulk_create(
            Availability(person=person, words=facts.availability[: Availability.WORDS_LIMIT])
            for person, facts in self.people
            if facts.availability
        )
        AuditEvent.objects.bulk_create(
            imported(self.pool_import, person, self.actor) for person in everybody
        )


def person_of(facts: Facts, pool_import: PoolImport, places: Places) -> Person:
    """Return the person whom ``facts`` describe; nobody sees them before the switch is on."""
    town, ward = places.of(facts)
    phone = written(facts.phone or facts.second_phone, facts.phone_extension)
    address = address_of(facts)
    return Person(
        name=facts.name,
        email=facts.email,
        phone=phone,
        address=address,
        contact_by=_way(facts.contact_by, email=facts.email, phone=phone, address=address),
        town=town,
        ward=ward,
        joined_through=pool_import.organisation,
        joined_channel=Channel.PAPER,
        came_with=pool_import,
        status=PoolStatus.NOT_CONFIRMED,
        kind=PersonKind.REPRESENTATIVE if facts.is_group else PersonKind.RESIDENT,
        represents=facts.name[: Person.REPRESENTS_LIMIT] if facts.is_group else "",
        heard_from=HeardFrom.OTHER if facts.heard_from else "",
        heard_from_words=facts.heard_from[: Person.HEARD_LIMIT],
    )


def written(phone: str, extension: str = "") -> str:
    """Return a number as people here write it."""
    number = f"0{phone.removeprefix(AT_HOME)}" if phone.startswith(AT_HOME) else phone
    return f"{number} ext {extension}" if number and extension else number


def address_of(facts: Facts) -> str:
    """Return the postal address with its postcode, or what there is of them."""
    postcode = facts.postcode or facts.postcode_part
    if postcode and postcode.casefold() not in facts.address.casefold():
        return f"{facts.address}\n{postcode}".strip()[:300]
    return facts.address[:300]


def _way(wanted: str, *, email: str, phone: str, address: str) -> str:
    """Return how to reach them: as they wished where that is possible."""
    for way in (wanted, ContactBy.EMAIL, ContactBy.PHONE, ContactBy.LETTER):
        if way and reachable_by(way, email=email, phone=phone, address=address):
            return way
    return ContactBy.PHONE


def _own_words(words: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(one[: PersonTopic.WORDS_LIMIT] for one in words if one)


def fill_in(person: Person, facts: Facts) -> dict[str, list[str]]:
    """Return what ``facts`` add where ``person`` has nothing: {field: [before, after]}.

    Whoever has an account looks after their details themselves: there, nothing.
    """
    if person.user_id is not None:
        return {}
    said = {
        "email": facts.email,
        "phone": written(facts.phone or facts.second_phone, facts.phone_extension),
        "address": address_of(facts),
    }
    return {
        name: ["", value] for name, value in said.items() if value and not getattr(person, name)
    }


def imported(pool_import: PoolImport, person: Person, actor: User | None) -> AuditEvent:
    """Return the line of the log that the person can read: where they came from."""
    return AuditEvent(
        at=timezone.now(),
        verb="person.imported",
        actor=str(actor.pk) if actor else "",
        organisation=str(pool_import.organisation_id),
        target_type="people.person",
        target=str(person.pk),
        person=str(person.pk),
        on_behalf_of=str(person.pk),
        channel=Channel.PAPER,
        detail={"import": pool_import.pk},
    )
