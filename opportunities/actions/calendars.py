"""The address of somebody’s dates: making it, and taking it back."""

from __future__ import annotations

from django.db import transaction

from opportunities.calendar_links import hash_of, new_seed, token_of
from opportunities.models import CalendarLink
from people.audit import record
from people.models import Person, User


@transaction.atomic
def make_calendar_link(*, person: Person, actor: User) -> CalendarLink:
    """Return the address of the person’s dates; the one they have stays."""
    seed = new_seed()
    link, is_new = CalendarLink.objects.get_or_create(
        person=person, defaults={"seed": seed, "token_hash": hash_of(token_of(seed))}
    )
    if is_new:
        record(verb="calendar.link_made", target=person, person=person, actor=actor)
    return link


@transaction.atomic
def revoke_calendar_link(*, person: Person, actor: User) -> None:
    """Take the address back: it answers nobody any more, and the next one is another."""
    gone, _of_each = CalendarLink.objects.filter(person=person).delete()
    if gone:
        record(verb="calendar.link_revoked", target=person, person=person, actor=actor)
