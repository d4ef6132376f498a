"""Twins: other people who would have given the very same page.

Readers see rounded figures, “fewer than k” and “held back”. A twin is another set of people for
whom every figure stays within what readers were told. As soon as a figure that is not shown has a
twin in which it counts differently, no sum, however clever, can give it back: whatever the reader
finds out must hold for the true people and for the twin alike.

The walk starts at the true people and changes one or two of them at a time. Only people who took
part once are moved, so each step changes each figure by a known number, and what distinct people
and times have to do with each other holds for every twin as it does for true people.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator

from charter.reporting.states import State

from .board import Atom, Board

Step = tuple[list[int], list[Atom]]  # who goes (their place in the list), and who comes

Pattern = list[tuple[int, int]]

FREE = 1  # less than the cheapest figure
ROUNDS = 4  # of walking and looking round, before anything is given up
LOOK_THROUGH, LOOK_AT = 2000, 100
LOOSENED = 3  # dearer than holding back: the label then says less than “fewer than”


class Twins:
    """A walk over the twins of a board."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.people = list(board.singles)
        self.now = list(board.counts)
        self.unsure: set[int] = set()  # the figures for which no twin is known as yet
        # The same people must always give the same page: else readers could average over reloads.
        self._dice = random.Random(0)  # noqa: S311 -- no secret, only a spread of tries

    def find_for(self, figures: set[int], steps: int) -> None:
        """Give every one of ``figures`` a twin, by walking and then at a price."""
        self.unsure |= {at for at in figures if self.now[at] == self.board.counts[at]}
        for _ in range(ROUNDS):
            self._roam(steps // ROUNDS)
            self._settle_all(most=FREE)
        self._settle_all(most=math.inf)

    def _settle_all(self, most: float) -> None:
        for at in sorted(self.unsure):
            if at in self.unsure:
                self._settle(at, most)

    def _roam(self, steps: int) -> None:
        """Walk, and strike from ``unsure`` whatever turns out to have a twin."""
        for _ in range(steps):
            if not self.unsure:
                return
            step = self._any_step()
            shift = self._shift(step)
            if all(self._bearable(at, self.now[at] + by) for at, by in shift.items()):
                self._take(step, shift)

    def _settle(self, at: int, most: float) -> None:
        """Give figure ``at`` a twin, if it costs less than ``most`` of other figures."""
        step = self._cheapest_step(at, most)
        if step is None:
            return
        shift = self._shift(step)
        for other, by in shift.items():
            if not self._bearable(other, self.now[other] + by):
                self.board.hold(other, self._state_for(other, self.now[other] + by))
        self._take(step, shift)

    def _cheapest_step(self, at: int, most: float) -> Step | None:
        best: Step | None = None
        for step in self._steps_to(at):
            shift = self._shift(step)
            price = self._price(shift, most) if at in shift else math.inf
            if price < most:
                best, most = step, price
            if not most:
                break
        return best

    def _shift(self, step: Step) -> dict[int, int]:
        gone, come = step
        return self.board.shift([self.people[at] for at in gone], come)

    def _take(self, step: Step, shift: dict[int, int]) -> None:
        gone, come = step
        for at in sorted(gone, reverse=True):
            self.people[at] = self.people[-1]
            self.people.pop()
        self.people.extend(come)
        for at, by in shift.items():
            self.now[at] += by
            if self.now[at] != self.board.counts[at]:
                self.unsure.discard(at)

    def _bearable(self, at: int, count: int) -> bool:
        return self.board.low[at] <= count <= self.board.high[at]

    def _price(self, shift: dict[int, int], most: float) -> float:
        """Return what must be held back so that this step leads to a twin; at most ``most``."""
        price = 0.0
        low, high = self.board.low, self.board.high
        for at, by in shift.items():
            count = self.now[at] + by
            if not low[at] <= count <= high[at]:
                loose = self._state_for(at, count) == State.LOOSE
                price += self.board.worths[at] + LOOSENED * loose if count >= 0 else math.inf
                if price >= most:
                    return most
        return price

    def _state_for(self, at: int, count: int) -> State:
        enough = count >= self.board.threshold and self.board.states[at] == State.SHOWN
        return State.HELD if enough else State.LOOSE

    def _any_step(self) -> Step:
        """Return a step at random: somebody comes, goes, changes, or two exchange a value."""
        dice, people = self._dice, self.people
        if not people:
            return [], [self._anybody()]
        one, kind = dice.randrange(len(people)), dice.random()
        if kind < 0.05:
            return [one], []
        place = dice.randrange(len(self.board.offer.dims))
        if kind < 0.3:
            two = dice.randrange(len(people))
            return self._exchange(one, two, place)
        value = dice.randrange(self.board.sizes[place])
        come = self.board.with_values(people[one], [(place, value)])
        return ([] if kind < 0.35 else [one]), [come]

    def _exchange(self, one: int, two: int, place: int) -> Step:
        first, second = self.people[one], self.people[two]
        if one == two:
            return [], []
        put = self.board.with_values
        come = [put(first, [(place, second[place])]), put(second, [(place, first[place])])]
        return [one, two], come

    def _anybody(self) -> Atom:
        fine = self.board.sizes[: len(self.board.offer.dims)]
        return self.board.atom([self._dice.randrange(size) for size in fine])

    def _steps_to(self, at: int) -> Iterator[Step]:
        """Yield steps that change figure ``at`` by one, the gentlest kinds first."""
        board, pattern = self.board, self.board.pattern(at)
        inside, near = self._sample(pattern)
        for one in near:
            yield [one], [board.with_values(self.people[one], pattern)]
        for one in inside:
            for place, value in self._other_values(pattern):
                yield [one], [board.with_values(self.people[one], [(place, value)])]
        for one in near + inside:
            yield [], [board.with_values(self.people[one], pattern)]
        for one in inside:
            yield [one], []
        for _ in range(LOOK_AT // 4):
            yield [], [board.with_values(self._anybody(), pattern)]

    def _other_values(self, pattern: Pattern) -> list[tuple[int, int]]:
        return [
            (place, other)
            for place, value in pattern
            for other in range(self.board.sizes[place])
            if other != value
        ]

    def _sample(self, pattern: Pattern) -> tuple[list[int], list[int]]:
        """Return some people who are counted in ``pattern``, and some who nearly are."""
        every = range(len(self.people))
        some = every if len(every) <= LOOK_THROUGH else self._dice.sample(every, LOOK_THROUGH)
        different = {self.people[one]: one for one in some}
        apart = sorted(
            (sum(atom[place] != value for place, value in pattern), one)
            for atom, one in different.items()
        )
        inside = [one for misses, one in apart if not misses]
        near = [one for misses, one in apart if misses]
        return inside[: LOOK_AT // 4], near[:LOOK_AT]
