"""``record()``: one line for everything that matters, without foreign keys."""

from __future__ import annotations

from django.db.models import Model

from .models import AuditEvent, Organisation, Person, User
from .rules import acting


def record(
    *,
    verb: str,
    target: Model,
    actor: User | None,
    organisation: Organisation | None = None,
    person: Person | None = None,
    on_behalf_of: Person | None = None,
    channel: str = "online",
    **detail: object,
) -> AuditEvent:
    """Write down that ``actor`` did ``verb`` to ``target``, and return the line.

    Args:
        verb: dotted, past tense, as in ``opportunity.published``.
        target: the row it happened to; its model's name and key are kept as text.
        actor: who pressed the button; None for the system.
        organisation: whose work it is.
        person: whose data it touches: this is what the person may read later.
        on_behalf_of: for whom the actor did it, where that is somebody else.
        channel: how it reached us (people.models.Channel).
        detail: short facts for the reader. Never a name, a need or an equality answer.
    """
    membership = acting(actor)
    return AuditEvent.objects.create(
        verb=verb,
        actor=_key(actor),
        role=membership.role if membership else "",
        organisation=_key(organisation),
        target_type=target._meta.label_lower,
        target=_key(target),
        person=_key(person),
        on_behalf_of=_key(on_behalf_of),
        channel=channel,
        detail=detail,
    )


def _key(row: Model | None) -> str:
    return "" if row is None else str(row.pk)
