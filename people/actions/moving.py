"""The one place where the status of somebody in the pool changes, and what comes of coming forward.

Below the verbs of the other files: coming forward (pool), being in the pool (membership) and being
looked for (looking) meet here.
"""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from coprod.lib.lifecycle import NotAllowed, next_state
from people.audit import record
from people.lifecycle import POOL_MOVES, PoolStatus
from people.models import MayLookFor, Organisation, Person, User
from people.rules import is_own_page


def somebody_else(person: Person, actor: User | None) -> Person | None:
    """Return the person where ``actor`` does it for them; None where it is their own doing."""
    return None if actor is None or is_own_page(actor, person) else person


def moved(
    person: Person,
    verb: str,
    *,
    actor: User | None,
    channel: str = "online",
    organisation: Organisation | None = None,
    **fields: object,
) -> Person:
    """Move ``person`` by one verb of the table, with ``fields``; return the row as it is now.

    Raises:
        NotAllowed: the verb cannot start from where they are.
    """
    fresh = Person.everybody.select_for_update(no_key=True).get(pk=person.pk)
    fresh.status = next_state(POOL_MOVES, verb, fresh.status)
    fresh.status_since = timezone.now()
    fresh.paused_until = None
    for name, value in fields.items():
        setattr(fresh, name, value)
    fresh.save(update_fields=["status", "status_since", "paused_until", *fields])
    record(
        verb=f"person.{verb}",
        target=fresh,
        actor=actor,
        organisation=organisation,
        person=fresh,
        on_behalf_of=somebody_else(fresh, actor),
        channel=channel,
    )
    return fresh


def rejoin(person: Person, actor: User | None, channel: str) -> Person:
    """Let those look for them again through whom they joined: at first nobody else."""
    fresh = moved(person, "rejoin", actor=actor, channel=channel, welcomed_at=None)
    if fresh.joined_through is not None:
        allow(fresh, fresh.joined_through, actor=actor, channel=channel)
    return fresh


def came_forward(person: Person, *, actor: User | None, channel: str) -> None:
    """Coming forward makes somebody who was welcomed active, and brings back who had left.

    Raises:
        NotAllowed: a death is recorded.
    """
    if person.status == PoolStatus.DIED:
        raise NotAllowed(_("A death is recorded for this person."))
    if person.status == PoolStatus.LEFT:
        rejoin(person, actor, channel)
    if person.status == PoolStatus.WELCOMED:
        moved(person, "make_active", actor=actor, channel=channel)


def allow(
    person: Person, organisation: Organisation, *, actor: User | None, channel: str
) -> MayLookFor:
    """Write the row, and that it was written."""
    looks, created = MayLookFor.objects.get_or_create(
        person=person, organisation=organisation, defaults={"channel": channel}
    )
    if created:
        note_looking("person.may_be_looked_for", looks, actor, channel)
    return looks


def note_looking(verb: str, looks: MayLookFor, actor: User | None, channel: str) -> None:
    """Write down that somebody may, or may no longer, be looked for."""
    record(
        verb=verb,
        target=looks,
        actor=actor,
        organisation=looks.organisation,
        person=looks.person,
        on_behalf_of=somebody_else(looks.person, actor),
        channel=channel,
    )
