"""One shape for what the log keeps about a sign-up."""

from __future__ import annotations

from typing import Any

from opportunities.models import SignUp
from people.audit import record
from people.models import Person, User


def typist(person: Person, actor: User | None) -> User | None:
    """Return who typed for ``person``; None where the person did it."""
    return None if actor is None or person.user_id == actor.pk else actor


def note(verb: str, row: SignUp, actor: User | None, **detail: Any) -> None:
    """Write down what staff or the system did with a sign-up."""
    record(
        verb=verb,
        target=row,
        actor=actor,
        organisation=row.opportunity.organisation,
        person=row.person,
        opportunity=row.opportunity_id,
        **detail,
    )


def note_wish(verb: str, row: SignUp, actor: User | None, channel: str, **detail: Any) -> None:
    """Write down what the person wanted, and who typed it where that was somebody else."""
    record(
        verb=verb,
        target=row,
        actor=actor,
        organisation=row.opportunity.organisation,
        person=row.person,
        on_behalf_of=row.person if typist(row.person, actor) else None,
        channel=channel,
        opportunity=row.opportunity_id,
        **detail,
    )
