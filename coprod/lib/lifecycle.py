"""What may happen next, as tables: ``MOVES = {verb: Move(from_states, to_state)}``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class NotAllowed(Exception):  # noqa: N818 -- an answer to a person, not a fault of the program
    """The move is not possible now. ``str(error)`` is fit for the screen."""


@dataclass(frozen=True)
class Move:
    """One verb: the states that it may start from, and the state that it ends in."""

    sources: frozenset[str]
    target: str
    refusal: StrOrPromise


def next_state(moves: Mapping[str, Move], verb: str, state: str) -> str:
    """Return the state after ``verb``.

    Raises:
        NotAllowed: ``verb`` cannot start from ``state``; the message is the move's own refusal.
    """
    move = moves[verb]
    if state not in move.sources:
        raise NotAllowed(move.refusal)
    return move.target


def diagram(moves: Mapping[str, Move]) -> str:
    """Return the table as lines of ``from --verb--> to``, for READMEs and tests."""
    lines = [
        f"{source} --{verb}--> {move.target}"
        for verb, move in moves.items()
        for source in sorted(move.sources)
    ]
    return "\n".join(lines)
