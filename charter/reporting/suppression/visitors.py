"""Visitors: people with all the times that they took part, as rows of small numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .board import Board, Pattern, Values

Time = tuple[int, ...]  # where each value of one time stands in its dimension; broad ones last
Visitor = tuple[Time, ...]


class Visitors:
    """What people may be like on a board, and which figures they are counted in."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self._fine = len(board.offer.dims)
        self.of_a_time = {board.dims.index(dim) for dim in board.offer.of_a_time}
        self._is_times = [key.measure == "times" for key in board.keys]
        self._foldings = self._fold()
        self._figures: dict[Visitor, Mapping[int, int]] = {}
        self._of_time: dict[Time, list[int]] = {}

    def _fold(self) -> list[tuple[int, list[int]]]:
        """Return for each broad dimension where its fine one stands, and fine -> broad."""
        offer, foldings = self.board.offer, []
        for broad, (fine, names) in offer.folds.items():
            values = offer.values(broad)
            mapping = [values.index(names[value]) for value in offer.values(fine)]
            foldings.append((self.board.dims.index(fine), mapping))
        return foldings

    def read(self, counted: Mapping[tuple[Values, ...], int]) -> list[Visitor]:
        """Return one visitor for each person that was counted."""
        dims = self.board.offer.dims.values()
        places = [{value: at for at, value in enumerate(values)} for values in dims]
        return [
            self._of_words(times, places)
            for times, number in sorted(counted.items())
            for _ in range(number)
        ]

    def _of_words(self, times: tuple[Values, ...], places: list[dict[str, int]]) -> Visitor:
        return tuple(
            sorted(
                self.time([place[value] for place, value in zip(places, values, strict=True)])
                for values in times
            )
        )

    def time(self, fine: Iterable[int]) -> Time:
        """Return the whole row of these fine values: the broad ones follow from them."""
        values = tuple(fine)[: self._fine]
        return values + tuple([mapping[values[place]] for place, mapping in self._foldings])

    def put(self, time: Time, pattern: Iterable[tuple[int, int]]) -> Time:
        """Return a time changed so that it is counted in ``pattern``."""
        values = list(time)
        for place, value in pattern:
            if place < self._fine:
                values[place] = value
            elif time[place] != value:
                fine, mapping = self._foldings[place - self._fine]
                values[fine] = mapping.index(value)
        return self.time(values)

    def changed(self, visitor: Visitor, pattern: Pattern, at: int = 0) -> Visitor:
        """Return somebody else: with the values of ``pattern`` that belong to a person always,
        and with those that belong to a time at their time number ``at``.
        """
        always = [one for one in pattern if one[0] not in self.of_a_time]
        once = [one for one in pattern if one[0] in self.of_a_time]
        times = [self.put(time, always) for time in visitor]
        times[at] = self.put(times[at], once)
        return tuple(sorted(times))

    def once_more(self, visitor: Visitor, pattern: Pattern, at: int = 0) -> Visitor:
        """Return the visitor with one more time, like number ``at`` but counted in ``pattern``."""
        once = [one for one in pattern if one[0] in self.of_a_time]
        return tuple(sorted((*visitor, self.put(visitor[at], once))))

    def handed_over(self, giver: Visitor, at: int, taker: Visitor) -> list[Visitor]:
        """Return the two after it turns out that it was the taker who came at that time."""
        there = [(place, giver[at][place]) for place in sorted(self.of_a_time)]
        return [*without(giver, at), self.once_more(taker, there)]

    def split(self, visitor: Visitor, pattern: Pattern, at: int) -> list[Visitor]:
        """Return two people for one: time number ``at`` was somebody counted in ``pattern``."""
        return [*without(visitor, at), (self.put(visitor[at], pattern),)]

    def figures_of(self, visitor: Visitor) -> Mapping[int, int]:
        """Return {figure: how often the visitor is counted in it}: once in people."""
        found = self._figures.get(visitor)
        if found is None:
            found = self._figures[visitor] = self._count(visitor)
        return found

    def _count(self, visitor: Visitor) -> Mapping[int, int]:
        if len(visitor) == 1:
            return dict.fromkeys(self._figures_of_time(visitor[0]), 1)
        found: dict[int, int] = {}
        for time in visitor:
            for at in self._figures_of_time(time):
                found[at] = found[at] + 1 if at in found and self._is_times[at] else 1
        return found

    def _figures_of_time(self, time: Time) -> list[int]:
        found = self._of_time.get(time)
        if found is None:
            found = self._of_time[time] = [
                start + sum([time[place] * stride for place, stride in strides])
                for start, strides in self.board.strides
            ]
        return found

    def shift(self, gone: Sequence[Visitor], come: Sequence[Visitor]) -> dict[int, int]:
        """Return {figure: by how much it changes} if some people went and others came."""
        shift: dict[int, int] = {}
        get = shift.get
        for visitors, sign in ((gone, -1), (come, 1)):
            for visitor in visitors:
                for at, number in self.figures_of(visitor).items():
                    shift[at] = get(at, 0) + sign * number
        return {at: by for at, by in shift.items() if by}


def without(visitor: Visitor, at: int) -> list[Visitor]:
    """Return the visitor without one time, or nobody."""
    left = visitor[:at] + visitor[at + 1 :]
    return [left] if left else []


def misses(visitor: Visitor, pattern: Pattern) -> tuple[int, int]:
    """Return how far the visitor is from being counted in ``pattern``, and at which time."""
    return min(
        (sum([time[place] != value for place, value in pattern]), at)
        for at, time in enumerate(visitor)
    )
