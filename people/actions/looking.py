"""Which partners may look for a person: theirs to say, from the next click on."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from people.models import MayLookFor, Organisation, Person, User

from .moving import allow, note_looking


@transaction.atomic
def let_look(
    *, person: Person, organisation: Organisation, actor: User | None, channel: str = "online"
) -> MayLookFor:
    """Let ``organisation`` look for ``person``; twice changes nothing."""
    return allow(person, organisation, actor=actor, channel=channel)


@transaction.atomic
def stop_looking(
    *, person: Person, organisation: Organisation, actor: User | None, channel: str = "online"
) -> None:
    """Take it back: ``organisation`` finds ``person`` no more, if it did."""
    looks = MayLookFor.objects.filter(person=person, organisation=organisation).first()
    if looks is not None:
        note_looking("person.may_not_be_looked_for", looks, actor, channel)
        looks.delete()


@transaction.atomic
def choose_partners(
    *,
    person: Person,
    partners: Iterable[Organisation],
    actor: User | None,
    channel: str = "online",
) -> None:
    """Let these partners look for ``person``, and nobody else."""
    chosen = set(partners)
    for looks in person.may_look.select_related("organisation"):
        if looks.organisation not in chosen:
            stop_looking(
                person=person, organisation=looks.organisation, actor=actor, channel=channel
            )
    for organisation in sorted(chosen, key=lambda one: one.pk):
        allow(person, organisation, actor=actor, channel=channel)
