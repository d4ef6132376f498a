"""``publish()``: the one function through which every figure of a report goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from charter.reporting.states import State

from .board import SLACK, Board, Counted, Key, Offer, Values, rounded
from .twins import Twins

# Steps of a walk, in all and for each figure: past these it finds hardly another twin.
ROAM, ROAM_FOR_EACH = 20_000, 200


@dataclass(frozen=True)
class Figure:
    """What may be shown of one count. ``value`` is a multiple of five, or None."""

    state: State
    value: int | None = None

    @property
    def is_shown(self) -> bool:
        return self.state == State.SHOWN

    def for_public(self, threshold: int) -> Figure:
        """Return what anybody may see, under a higher threshold.

        It is worked out from what authorised staff may see and from nothing else, so whoever
        holds both papers knows no more than the staff. A figure stays where every count that it
        stands for reaches the threshold.
        """
        if self.value is None:
            return self
        if self.value - SLACK >= threshold:
            return self
        return Figure(State.FEWER if self.value + SLACK < threshold else State.LOOSE)


@dataclass(frozen=True)
class Publication:
    """Every figure that may be shown of one offer, and the threshold it was made with."""

    figures: Mapping[Key, Figure]
    threshold: int

    def people(self, dims: tuple[str, ...] = (), values: Values = ()) -> Figure:
        """Return how many people are counted in a cell; without one, in all."""
        return self.figures[Key("people", dims, values)]

    def times(self, dims: tuple[str, ...] = (), values: Values = ()) -> Figure:
        """Return how many times people took part in a cell; without one, in all."""
        return self.figures[Key("times", dims, values)]


def publish(
    offer: Offer, counted: Counted, *, threshold: int, widest: int = 0, secondary: bool = True
) -> Publication:
    """Return what may be shown of ``counted``, for all tables of the offer at once.

    1. A figure of fewer people than ``threshold``, nought among them, says “fewer than”.
    2. Where a row or column with a total has one figure that is not shown, the next smallest is
       held back as well; again, until no such line is left.
    3. Each figure that is not shown, and each that a public paper would not show, gets a twin
       (see twins.py). Where there is none, the least dear figures in its way are held back.
       Then 2 again, until nothing changes.
    4. What is left is rounded to the nearest five.

    The guarantee: for every figure that is not shown there are two sets of people with different
    counts for it that fit all figures of the offer, people and times, in every table, margin,
    quarter and organisation. No figure that is not shown can be worked out exactly from all that
    is shown together with the thresholds, the rounding and the labels. It does not cover what a
    reader knows from elsewhere, nor two counts made on different days.

    Args:
        threshold: fewer people than this are never shown.
        widest: the threshold of papers for the public (Figure.for_public), if higher.
        secondary: False leaves out 2 and 3: for the test that shows what they are for.
    """
    board = Board(offer, counted, threshold)
    if secondary:
        _protect(board, counted, max(threshold, widest))
    figures = {
        key: Figure(state, rounded(count) if state == State.SHOWN else None)
        for key, state, count in zip(board.keys, board.states, board.counts, strict=True)
    }
    return Publication(figures, threshold)


def _protect(board: Board, counted: Counted, widest: int) -> None:
    lines = list(board.lines())
    twins = Twins(board, counted)
    seen: set[int] = set()
    while True:
        _hold_second(board, lines)
        new = _to_protect(board, widest) - seen
        if not new:
            return
        seen |= new
        twins.find_for(new, min(ROAM, ROAM_FOR_EACH * len(new)))


def _to_protect(board: Board, widest: int) -> set[int]:
    """Return the figures that somebody, inside or in public, is not told."""
    return {
        at
        for at, state in enumerate(board.states)
        if state != State.SHOWN or board.low[at] < widest
    }


def _hold_second(board: Board, lines: list[tuple[int, list[int]]]) -> None:
    """Hold back a second figure in every line with a total and only one that is not shown."""
    again = True
    while again:
        again = False
        for total, members in lines:
            shown = [at for at in members if board.states[at] == State.SHOWN]
            if board.states[total] == State.SHOWN and shown and len(shown) == len(members) - 1:
                board.hold(min(shown, key=lambda at: (board.counts[at], at)), State.HELD)
                again = True
