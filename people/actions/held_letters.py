"""Letters that wait for the end of a break, those that nobody gets any more, and their copies."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils import timezone

from people.copies import copies_of_letters_to
from people.lifecycle import NOTICE_MOVES
from people.models import ContactBy, Notice, Person


def hold(person: Person) -> int:
    """Keep what is on its way until the person is back, but for what they asked for themselves."""
    move = NOTICE_MOVES["hold"]
    return _letters(person, move.sources).filter(asked_for=False).update(status=move.target)


def release(person: Person) -> int:
    """Let go on its way what was kept: by e-mail, or through staff."""
    released = 0
    for verb, by_email in (("release", True), ("release_to_staff", False)):
        move = NOTICE_MOVES[verb]
        rows = _letters(person, move.sources)
        ours = rows.filter(contact_by=ContactBy.EMAIL) if by_email else rows
        released += ours.update(status=move.target, try_after=timezone.now())
    return released


def stop(person: Person) -> int:
    """Let nothing that is still on its way reach anybody."""
    move = NOTICE_MOVES["stop"]
    rows = _letters(person, move.sources)
    return rows.update(status=move.target, settled_at=timezone.now())


def _letters(person: Person, statuses: Collection[str]) -> QuerySet[Notice]:
    ours = Q(person=person) | copies_of_letters_to(person)
    return Notice.objects.filter(ours, status__in=statuses)
