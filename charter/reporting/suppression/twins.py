"""Twins: other people who would have given the very same page.

Readers see rounded figures, “fewer than k” and “held back”. A twin is another set of people for
whom every figure stays within what readers were told. As soon as a figure that is not shown has a
twin in which it counts differently, no sum, however clever, can give it back: whatever the reader
finds out must hold for the true people and for the twin alike.

The walk starts at the true people and changes one or two of them at a time: somebody comes, goes,
comes once more, or is somebody else. Every stop is a set of whole people with all of their times,
so what distinct people and times have to do with each other holds there as it does in truth.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from itertools import islice

from charter.reporting.states import State

from .board import Board, Counted, Pattern
from .visitors import Visitor, Visitors, misses, without

Step = tuple[list[int], list[Visitor]]  # who goes (their place in the list), and who comes

KINDS = {  # of steps, and how often of a hundred
    "goes": 5,
    "comes": 5,
    "comes once more": 8,
    "comes once less": 7,
    "was two": 5,
    "was the other": 20,
    "exchange": 20,
    "is different": 30,
}
FREE = 1  # less than the cheapest figure
TRIES = 250  # for a free step; for a cheap one all that there are
ROUNDS = 5  # of walking and looking round, before anything is given up
LOOK_THROUGH, LOOK_AT, OTHERS = 2000, 80, 6
LOOSENED = 3  # dearer than holding back: the label then says less than “fewer than”


class Twins:
    """A walk over the twins of a board."""

    def __init__(self, board: Board, counted: Counted) -> None:
        self.board = board
        self.visitors = Visitors(board)
        self.people = self.visitors.read(counted.visitors)
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
        tries = TRIES if most == FREE else None
        for step in islice(self._steps_to(at), tries):
            shift = self._shift(step)
            price = self._price(shift, most) if at in shift else math.inf
            if price < most:
                best, most = step, price
            if not most:
                break
        return best

    def _shift(self, step: Step) -> dict[int, int]:
        gone, come = step
        return self.visitors.shift([self.people[at] for at in gone], come)

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
        """Return a step at random."""
        if not self.people:
            return [], [self._anybody()]
        one, two = (self._dice.randrange(len(self.people)) for _ in "ab")
        first, second = self.people[one], self.people[two]
        at = self._dice.randrange(len(first))
        value, change = self._any_value(), self.visitors.changed
        steps: dict[str, Callable[[], Step]] = {
            "goes": lambda: ([one], []),
            "comes": lambda: ([], [change(first, value, at)]),
            "comes once more": lambda: ([one], [self.visitors.once_more(first, value, at)]),
            "comes once less": lambda: ([one], without(first, at)),
            "was two": lambda: ([one], self.visitors.split(first, value, at)),
            "was the other": lambda: ([one, two], self.visitors.handed_over(first, at, second)),
            "exchange": lambda: ([one, two], self._exchanged(first, at, second)),
            "is different": lambda: ([one], [change(first, value, at)]),
        }
        (kind,) = self._dice.choices(list(KINDS), list(KINDS.values()))
        return steps[kind]() if one != two else steps["is different"]()

    def _any_value(self) -> Pattern:
        place = self._dice.randrange(len(self.board.offer.dims))
        return [(place, self._dice.randrange(self.board.sizes[place]))]

    def _exchanged(self, first: Visitor, at: int, second: Visitor) -> list[Visitor]:
        place = self._dice.randrange(len(self.board.offer.dims))
        then = self._dice.randrange(len(second))
        change = self.visitors.changed
        return [
            change(first, [(place, second[then][place])], at),
            change(second, [(place, first[at][place])], then),
        ]

    def _anybody(self) -> Visitor:
        fine = self.board.sizes[: len(self.board.offer.dims)]
        return (self.visitors.time([self._dice.randrange(size) for size in fine]),)

    def _steps_to(self, at: int) -> Iterator[Step]:
        """Yield steps that change figure ``at``, the gentlest kinds first."""
        pattern = self.board.pattern(at)
        inside, near = self._sample(pattern)
        change, people = self.visitors.changed, self.people
        for one, time in near:
            yield [one], [change(people[one], pattern, time)]
            yield [one], self.visitors.split(people[one], pattern, time)
        yield from self._hand_overs(pattern, near)
        for one, time in inside:
            yield [one], without(people[one], time)
            for other in self._other_values(pattern):
                yield [one], [change(people[one], other, time)]
                yield [one], self.visitors.split(people[one], other, time)
        for one, time in inside + near:
            yield [one], [self.visitors.once_more(people[one], pattern, time)]
            yield [], [change(people[one], pattern, time)]
        for one, _time in inside:
            yield [one], []
        for _ in range(LOOK_AT // 4):
            yield [], [change(self._anybody(), pattern)]

    def _hand_overs(self, pattern: Pattern, near: list[tuple[int, int]]) -> Iterator[Step]:
        """Yield steps in which somebody of the right kind came in place of somebody else."""
        when = [one for one in pattern if one[0] in self.visitors.of_a_time]
        who = [one for one in pattern if one[0] not in self.visitors.of_a_time]
        if not (when and who):
            return
        takers = [one for one, _time in self._sample(who)[0]][: LOOK_AT // 8]
        for one, time in near:
            if self.people[one][time] == self.visitors.put(self.people[one][time], when):
                for two in [two for two in takers if two != one]:
                    first, second = self.people[one], self.people[two]
                    yield [one, two], self.visitors.handed_over(first, time, second)

    def _other_values(self, pattern: Pattern) -> list[Pattern]:
        """Return a few ways not to be counted in ``pattern``."""
        others = [
            [(place, other)]
            for place, value in pattern
            for other in range(self.board.sizes[place])
            if other != value
        ]
        return self._dice.sample(others, min(len(others), OTHERS))

    def _sample(self, pattern: Pattern) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Return some who are counted in ``pattern``, and some who nearly are: person and time."""
        every = range(len(self.people))
        some = every if len(every) <= LOOK_THROUGH else self._dice.sample(every, LOOK_THROUGH)
        different = {self.people[one]: one for one in some}
        apart = sorted((*misses(who, pattern), one) for who, one in different.items())
        inside = [(one, time) for missed, time, one in apart if not missed]
        near = [(one, time) for missed, time, one in apart if missed]
        return inside[: LOOK_AT // 4], near[:LOOK_AT]
