"""As many people as anybody asks for: to see how the portal does with a whole borough in it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from people.models import EqualityAnswer, Organisation, Person, Profile, User

from . import knowing
from .pool import Pool, join

CHUNK = 5000


class Crowd(Pool):
    """Goes on where the pool of the small demonstration ends, always with the same people."""

    def __init__(self, organisations: dict[str, Organisation], day: dt.date, first: int) -> None:
        super().__init__(organisations, day)
        self.random = random.Random(f"crowd {first}")  # noqa: S311 -- the same people, not a secret
        self.first = first

    def load(self, number: int) -> list[Person]:
        """Store ``number`` more people, and return them."""
        return [person for chunk in self._chunks(number) for person in chunk]

    def _chunks(self, number: int) -> Iterator[list[Person]]:
        last = self.first + number
        for begin in range(self.first, last, CHUNK):
            yield self._chunk(range(begin, min(begin + CHUNK, last)))

    def _chunk(self, indices: range) -> list[Person]:
        made = [self._person(index) for index in indices]
        _with_accounts([person for person in made[::2] if person.email])
        people = Person.objects.bulk_create(made)
        join(people)
        Profile.objects.bulk_create([self._profile(person) for person in people])
        answers = [answer for person in people for answer in self._answers(person)]
        EqualityAnswer.objects.bulk_create(answers, batch_size=2000)
        knowing.give(people, self.random)
        return people

    def _name(self, index: int) -> str:
        """Every third has two surnames: a thousand names are few for so many people."""
        last = self.names["last"]
        second = last[index // 11 % len(last)]
        name = super()._name(index)
        return name if index % 3 or name.endswith(second) else f"{name}-{second}"


def _with_accounts(people: list[Person]) -> None:
    """Give accounts to people who are not stored yet; nobody signs in to them by password."""
    password = make_password(None)
    users = User.objects.bulk_create(
        User(email=person.email, name=person.name, password=password) for person in people
    )
    for person, user in zip(people, users, strict=True):
        person.user = user
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
