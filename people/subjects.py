"""Whose data: the keys by which the rows of one person are found (see coprod.lib.personal)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from coprod.lib.days import today
from coprod.lib.personal import Subject

from .models import Membership, Person
from .pseudonyms import pseudonym_of


def find_person(words: str) -> Person | None:
    """Return the person with this primary key or uuid; None where there is none."""
    try:
        wanted: dict[str, Any] = {"uuid": UUID(words)}
    except ValueError:
        if not (words.isascii() and words.isdigit() and len(words) < 19):
            return None
        wanted = {"pk": int(words)}
    return Person.everybody.filter(**wanted).first()


def subject_of(person: Person, *, with_account: bool = True) -> Subject:
    """Return the keys of ``person``, and those of their account unless it is left out."""
    keys: dict[str, Any] = {
        "people.person": person.pk,
        "people.person.text": str(person.pk),
        "uuid": person.uuid,
        "pseudonym": pseudonym_of(person),
    }
    user = person.user
    if user is not None and with_account:
        keys |= {
            "people.user": user.pk,
            "people.user.text": str(user.pk),
            "email": user.email.lower(),
        }
    return Subject(keys)


def has_work(person: Person) -> bool:
    """Return whether the account is needed for a role that has not ended."""
    roles = Membership.objects.filter(user=person.user_id).exclude(valid_to__lt=today())
    return person.user_id is not None and roles.exists()
