"""Letters that wait for the end of a break, and those that nobody gets any more."""

from __future__ import annotations

from django.utils import timezone

from people.lifecycle import NOTICE_MOVES
from people.models import ContactBy, Notice, Person


def hold(person: Person) -> int:
    """Keep what is on its way until the person is back, but for what they asked for themselves."""
    move = NOTICE_MOVES["hold"]
    waiting = Notice.objects.filter(person=person, status__in=move.sources, asked_for=False)
    return waiting.update(status=move.target)


def release(person: Person) -> int:
    """Let go on its way what was kept: by e-mail, or through staff."""
    released = 0
    for verb, by_email in (("release", True), ("release_to_staff", False)):
        move = NOTICE_MOVES[verb]
        rows = Notice.objects.filter(person=person, status__in=move.sources)
        ours = rows.filter(contact_by=ContactBy.EMAIL) if by_email else rows
        released += ours.update(status=move.target, try_after=timezone.now())
    return released


def stop(person: Person) -> int:
    """Let nothing that is still on its way reach anybody."""
    move = NOTICE_MOVES["stop"]
    rows = Notice.objects.filter(person=person, status__in=move.sources)
    return rows.update(status=move.target, settled_at=timezone.now())
