"""The board: every figure that is offered about the same people, and what readers may know of it.

A figure is one count in one table: a measure (people, or times taken part), the table's
dimensions and their values. All of them stand on one board, because whoever reads one page may
read them all and do sums across them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from charter.reporting.states import State

BASE = 5
SLACK = BASE // 2  # a rounded figure stands for two less to two more

Values = tuple[str, ...]
Pattern = list[tuple[int, int]]  # (place of a dimension, place of a value in it)
Cell = tuple[tuple[str, ...], Values]  # (dimensions, values); ((), ()) is everybody


class Key(NamedTuple):
    """The address of a figure."""

    measure: str
    dims: tuple[str, ...]
    values: Values


@dataclass(frozen=True)
class Table:
    """A table that is offered.

    Args:
        dims: in the order of the offer.
        times: whether times taken part are shown beside people.
        worth: how dear its figures are, where one of two must be held back.
    """

    dims: tuple[str, ...]
    times: bool = True
    worth: int = 1

    @property
    def measures(self) -> tuple[str, ...]:
        return ("people", "times") if self.times else ("people",)


@dataclass(frozen=True)
class Offer:
    """Which tables may be asked for, their margins among them.

    Args:
        dims: every dimension with all its values, “not said” among them.
        tables: their dimensions stand in the order of ``dims`` and then ``folds``.
        folds: {broad dimension: (its fine dimension, {fine value: broad value})}.
        of_a_time: the dimensions that belong to a time taken part (when, where) and not to the
            person (age, town).
    """

    dims: Mapping[str, Values]
    tables: tuple[Table, ...]
    folds: Mapping[str, tuple[str, Mapping[str, str]]] = field(default_factory=dict)
    of_a_time: frozenset[str] = frozenset()

    def values(self, dim: str) -> Values:
        """Return the values of a dimension, fine or broad."""
        if dim in self.dims:
            return tuple(self.dims[dim])
        return tuple(dict.fromkeys(self.folds[dim][1].values()))


@dataclass(frozen=True)
class Counted:
    """Exact counts: they go into the suppression, and only figures come out.

    Args:
        people: {cell: distinct people}; a cell that is missing counts nought.
        times: {cell: times taken part}.
        visitors: {the times that somebody took part: how many people did so}. A time is one value
            for each dimension. A part of the people is enough, each with all of their times; the
            more, the fewer figures need to be held back.
    """

    people: Mapping[Cell, int]
    times: Mapping[Cell, int] = field(default_factory=dict)
    visitors: Mapping[tuple[Values, ...], int] = field(default_factory=dict)


def rounded(count: int) -> int:
    """Return ``count`` to the nearest five."""
    return (count + SLACK) // BASE * BASE


class Board:
    """Every figure of an offer: exact count, state, and the least and most it may stand for."""

    def __init__(self, offer: Offer, counted: Counted, threshold: int) -> None:
        self.offer, self.threshold = offer, threshold
        self.dims = [*offer.dims, *offer.folds]
        self.sizes = [len(offer.values(dim)) for dim in self.dims]
        self.keys: list[Key] = []
        self.counts: list[int] = []
        self.worths: list[int] = []
        # For each table: where it starts, and how far a step in each of its dimensions leads.
        self.strides: list[tuple[int, list[tuple[int, int]]]] = []
        for table in offer.tables:
            for measure in table.measures:
                self._lay(table, measure, getattr(counted, measure))
        self.index = {key: at for at, key in enumerate(self.keys)}
        self.states = [State.SHOWN] * len(self.keys)
        self.low, self.high = [0.0] * len(self.keys), [math.inf] * len(self.keys)
        for at, key in enumerate(self.keys):
            if key.measure == "people":
                self.hold(at, State.FEWER if self.counts[at] < threshold else State.SHOWN)

    def _lay(self, table: Table, measure: str, counts: Mapping[Cell, int]) -> None:
        """Put one table on the board, its last dimension running fastest."""
        start, stride, strides = len(self.keys), 1, []
        for dim in reversed(table.dims):
            place = self.dims.index(dim)
            strides.append((place, stride))
            stride *= self.sizes[place]
        self.strides.append((start, strides))
        for values in product(*(self.offer.values(dim) for dim in table.dims)):
            self.keys.append(Key(measure, table.dims, values))
            self.counts.append(counts.get((table.dims, values), 0))
            self.worths.append(table.worth)

    def pattern(self, at: int) -> Pattern:
        """Return (place, value) for each dimension of a figure, both as numbers."""
        key = self.keys[at]
        return [
            (self.dims.index(dim), self.offer.values(dim).index(value))
            for dim, value in zip(key.dims, key.values, strict=True)
        ]

    def hold(self, at: int, state: State) -> None:
        """Tell readers no more than ``state`` about a figure; its times go with its people."""
        self.states[at] = state = max(state, self.states[at])
        self.low[at], self.high[at] = self._span(self.counts[at], state)
        key = self.keys[at]
        times = self.index.get(key._replace(measure="times"), at)
        if times != at:
            self.hold(times, State.LOOSE if state else State.SHOWN)

    def _span(self, count: int, state: State) -> tuple[float, float]:
        """Return the least and the most that readers know a figure to stand for."""
        if state == State.SHOWN:
            return max(self.threshold, rounded(count) - SLACK), rounded(count) + SLACK
        if state == State.FEWER:
            return 0, self.threshold - 1
        return (self.threshold if state == State.HELD else 0), math.inf

    def lines(self) -> Iterator[tuple[int, list[int]]]:
        """Yield each total with the figures of one row or column that make it up."""
        for table in self.offer.tables:
            for dim in table.dims:
                others = tuple(d for d in table.dims if d != dim)
                lines: dict[Key, list[int]] = {}
                for at, key in self._figures(table):
                    rest = tuple(v for d, v in zip(key.dims, key.values, strict=True) if d != dim)
                    lines.setdefault(Key(key.measure, others, rest), []).append(at)
                for total, members in lines.items():
                    if total in self.index:
                        yield self.index[total], members

    def _figures(self, table: Table) -> Iterator[tuple[int, Key]]:
        for at, key in enumerate(self.keys):
            if key.dims == table.dims and key.measure in table.measures:
                yield at, key
