"""The board: every figure that is offered about the same people, and what readers may know of it.

A figure is one count in one table: a measure (people, or times taken part), the table's
dimensions and their values. All of them stand on one board, because whoever reads one page may
read them all and do sums across them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from charter.reporting.states import State

BASE = 5
SLACK = BASE // 2  # a rounded figure stands for two less to two more

Values = tuple[str, ...]
Cell = tuple[tuple[str, ...], Values]  # (dimensions, values); ((), ()) is everybody
Atom = tuple[int, ...]  # where each value of one person stands in its dimension


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
    """

    dims: Mapping[str, Values]
    tables: tuple[Table, ...]
    folds: Mapping[str, tuple[str, Mapping[str, str]]] = field(default_factory=dict)

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
        singles: {one value for each dimension: people with these values who took part once}.
            A part of them is enough; the more, the fewer figures need to be held back.
    """

    people: Mapping[Cell, int]
    times: Mapping[Cell, int] = field(default_factory=dict)
    singles: Mapping[Values, int] = field(default_factory=dict)


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
        self._strides: list[tuple[int, list[tuple[int, int]]]] = []
        self._seen: dict[Atom, list[int]] = {}
        for table in offer.tables:
            for measure in table.measures:
                self._lay(table, measure, getattr(counted, measure))
        self.index = {key: at for at, key in enumerate(self.keys)}
        self._foldings = self._fold()
        self.singles = self._singles(counted.singles)
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
        self._strides.append((start, strides))
        for values in product(*(self.offer.values(dim) for dim in table.dims)):
            self.keys.append(Key(measure, table.dims, values))
            self.counts.append(counts.get((table.dims, values), 0))
            self.worths.append(table.worth)

    def _fold(self) -> list[tuple[int, list[int]]]:
        """Return for each broad dimension where its fine one stands, and fine -> broad."""
        foldings = []
        for broad, (fine, names) in self.offer.folds.items():
            values = self.offer.values(broad)
            mapping = [values.index(names[value]) for value in self.offer.values(fine)]
            foldings.append((self.dims.index(fine), mapping))
        return foldings

    def _singles(self, singles: Mapping[Values, int]) -> list[Atom]:
        places = [{value: at for at, value in enumerate(vs)} for vs in self.offer.dims.values()]
        return [
            self.atom([place[value] for place, value in zip(places, values, strict=True)])
            for values, number in sorted(singles.items())
            for _ in range(number)
        ]

    def atom(self, fine: Iterable[int]) -> Atom:
        """Return the whole atom of these fine values: the broad ones follow from them."""
        values = tuple(fine)[: len(self.offer.dims)]
        return values + tuple([mapping[values[place]] for place, mapping in self._foldings])

    def pattern(self, at: int) -> list[tuple[int, int]]:
        """Return (place, value) for each dimension of a figure."""
        key = self.keys[at]
        return [
            (self.dims.index(dim), self.offer.values(dim).index(value))
            for dim, value in zip(key.dims, key.values, strict=True)
        ]

    def with_values(self, atom: Atom, pattern: Iterable[tuple[int, int]]) -> Atom:
        """Return the person changed so that they are counted in ``pattern``."""
        values = list(atom)
        for place, value in pattern:
            if place < len(self.offer.dims):
                values[place] = value
            elif atom[place] != value:
                fine, mapping = self._foldings[place - len(self.offer.dims)]
                values[fine] = mapping.index(value)
        return self.atom(values)

    def shift(self, gone: Sequence[Atom], come: Sequence[Atom]) -> dict[int, int]:
        """Return {figure: by how much it changes} if some people went and others came."""
        if len(gone) == len(come) == 1:  # most often: one person changes
            return self._shift_of_one(gone[0], come[0])
        shift: dict[int, int] = {}
        for sign, atoms in ((-1, gone), (1, come)):
            for atom in atoms:
                for at in self._touched(atom):
                    shift[at] = shift.get(at, 0) + sign
        return {at: by for at, by in shift.items() if by}

    def _shift_of_one(self, before: Atom, after: Atom) -> dict[int, int]:
        moved = [
            (old, new)
            for old, new in zip(self._touched(before), self._touched(after), strict=True)
            if old != new
        ]
        return {at: by for pair in moved for at, by in zip(pair, (-1, 1), strict=True)}

    def _touched(self, atom: Atom) -> list[int]:
        """Return the figures that somebody with these values is counted in."""
        found = self._seen.get(atom)
        if found is None:
            found = [
                start + sum([atom[place] * stride for place, stride in strides])
                for start, strides in self._strides
            ]
            self._seen[atom] = found
        return found

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
