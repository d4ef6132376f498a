"""Who is known already, as reading a spreadsheet asks for it (``people.importing.Known``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from django.db.models import QuerySet

from coprod.lib.phones import e164

from .importing import Facts, KnownPerson
from .importing.cells.words import name_key
from .models import ImportRow, Organisation, Person, Verdict


class Addresses:
    """The keys of people by e-mail and phone, however the phone is written.

    Read once, then only who came since: a run asks it anew for every chunk.
    """

    def __init__(self, people: QuerySet[Person], *, after: int = 0) -> None:
        self._people = people
        self.last = after
        self._emails: defaultdict[str, list[int]] = defaultdict(list)
        self._phones: defaultdict[str, list[int]] = defaultdict(list)

    def refresh(self) -> None:
        """Take in whoever came since the last time."""
        new = self._people.filter(pk__gt=self.last).order_by("pk")
        for key, email, phone in new.values_list("pk", "email", "phone").iterator():
            if email:
                self._emails[email.lower()].append(key)
            if number := e164(phone):
                self._phones[number].append(key)
            self.last = key

    def find(self, *, emails: Collection[str], phones: Collection[str]) -> Iterator[KnownPerson]:
        """Yield the people with one of these e-mails or phones."""
        keys = {key for email in emails for key in self._emails.get(email, ())}
        keys |= {key for phone in phones for key in self._phones.get(phone, ())}
        rows = self._people.filter(pk__in=keys).values_list("pk", "name", "email", "phone")
        for key, name, email, phone in rows if keys else ():
            number = e164(phone)
            yield KnownPerson(
                key=key,
                name=name,
                emails=(email.lower(),) if email else (),
                phones=(number,) if number else (),
            )


class KnownInPool:
    """The people whom an organisation may see, and the rows that it brought in before."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self._addresses = Addresses(known_to(organisation))
        self._addresses.refresh()

    def people(self, *, emails: Collection[str], phones: Collection[str]) -> Iterable[KnownPerson]:
        """Return those with one of these e-mails (small letters) or phones (E.164)."""
        return self._addresses.find(emails=emails, phones=phones)

    def rows(self, keys: Collection[str]) -> Mapping[str, int]:
        """Return which rows were brought in, or left out on purpose: {row_key: person, or 0}."""
        done = ImportRow.objects.exclude(verdict=Verdict.SAME).filter(
            key__in=keys,
            is_done=True,
            pool_import__organisation=self._organisation,
            pool_import__visible_at__isnull=False,
        )
        return {key: person or 0 for key, person in done.values_list("key", "person")}


def known_to(organisation: Organisation) -> QuerySet[Person]:
    """Return whom a coordinator of ``organisation`` may see."""
    return Person.objects.of_coordinators_of(organisation)


def one_of(facts: Facts, people: Iterable[KnownPerson]) -> KnownPerson | None:
    """Return who of ``people`` has the same name, and the same e-mail or phone, as ``facts``."""
    phones = {facts.phone, facts.second_phone} - {""}
    for person in people:
        alike = (facts.email and facts.email in person.emails) or phones.intersection(person.phones)
        if alike and name_key(facts.name) == name_key(person.name):
            return person
    return None


def addresses_of(many: Iterable[Facts]) -> dict[str, set[str]]:
    """Return all e-mails and phones of these facts, as ``find`` takes them."""
    rows = list(many)
    return {
        "emails": {facts.email for facts in rows} - {""},
        "phones": {phone for facts in rows for phone in (facts.phone, facts.second_phone)} - {""},
    }
