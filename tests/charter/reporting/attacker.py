"""The attacker: knows every figure that is offered, the thresholds, the rounding and the labels.

It knows more than readers do: of figures that are held back, it is told which must reach the
threshold. It looks for whole numbers of people that fit everything it was shown, by integer
programming, so it does every sum that could be done, across tables, margins and filters.
"""

from __future__ import annotations

import itertools
import math
import random
from collections import Counter

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from charter.reporting.suppression import Counted, Key, Offer, Publication, State, Table

SHAPES = [(2, 2, 2), (2, 3, 2), (3, 3, 2), (2, 4, 3)]


def random_case(number: int) -> tuple[Offer, Counted]:
    """Return the small tables of random people: three dimensions, all margins and all pairs.

    Counts are skewed, as in life: most combinations are rare, a few are common.
    """
    dice = random.Random(number)
    sizes = dict(zip("abc", dice.choice(SHAPES), strict=True))
    dims = {dim: tuple(f"{dim}{n}" for n in range(size)) for dim, size in sizes.items()}
    tables = [Table(dims) for size in range(3) for dims in itertools.combinations("abc", size)]
    mean = dice.choice([2, 4, 8, 16])
    atoms = list(itertools.product(*dims.values()))
    singles = {atom: int(dice.expovariate(1 / mean)) for atom in atoms}
    offer = Offer(dims, tuple(Table(t.dims, times=False) for t in tables))
    return offer, count(offer, singles)


def count(offer: Offer, singles: dict[tuple[str, ...], int]) -> Counted:
    """Return the counts of people who each took part once."""
    people: dict = {}
    for atom, number in singles.items():
        for table in offer.tables:
            cell = (table.dims, _values(offer, atom, table.dims))
            people[cell] = people.get(cell, 0) + number
    return Counted(people, people, {(atom,): n for atom, n in singles.items() if n})


def _values(offer: Offer, atom: tuple[str, ...], dims: tuple[str, ...]) -> tuple[str, ...]:
    have = dict(zip(offer.dims, atom, strict=True))
    for broad, (fine, names) in offer.folds.items():
        have[broad] = names[have[fine]]
    return tuple(have[dim] for dim in dims)


def span(publication: Publication, key: Key) -> tuple[float, float]:
    """Return between what and what a figure must lie, by what was shown of it."""
    figure, k = publication.figures[key], publication.threshold
    if figure.state == State.SHOWN:
        return max(k, figure.value - 2), figure.value + 2
    if figure.state == State.FEWER:
        return 0, k - 1
    return (k if figure.state == State.HELD else 0), math.inf


def worked_out(offer: Offer, publication: Publication) -> set[Key]:
    """Return the figures that are not shown, and that the attacker knows exactly all the same."""
    attack = Attack(offer, publication)
    wanted = [key for key, figure in publication.figures.items() if not figure.is_shown]
    return {key for key in wanted if attack.pins(key)}


class Attack:
    """All whole-number solutions that fit one publication."""

    def __init__(self, offer: Offer, publication: Publication) -> None:
        self.atoms = list(itertools.product(*offer.dims.values()))
        self.rows = {
            key: np.array([_values(offer, atom, key.dims) == key.values for atom in self.atoms])
            for key in publication.figures
        }
        spans = [span(publication, key) for key in self.rows]
        self.constraint = LinearConstraint(
            np.array(list(self.rows.values()), dtype=float),
            [low for low, _high in spans],
            [high for _low, high in spans],
        )
        self.seen: dict[Key, set[int]] = {key: set() for key in self.rows}

    def pins(self, key: Key) -> bool:
        """Return whether every set of people that fits has the same count in ``key``."""
        if len(self.seen[key]) < 2:
            row = self.rows[key].astype(float)
            self._solve(row)
            self._solve(-row)
        return len(self.seen[key]) == 1

    def _solve(self, aim: np.ndarray) -> None:
        found = milp(
            aim,
            constraints=self.constraint,
            integrality=np.ones(len(self.atoms)),
            bounds=Bounds(0, 10_000),  # more people than in any case: keeps the search bounded
        )
        assert found.success, found.message  # the true people fit, so something must
        people = np.rint(found.x).astype(int)
        for key, row in self.rows.items():
            self.seen[key].add(int(people[row].sum()))


# --- People who come again -----------------------------------------------------------------------
def random_visits(number: int) -> tuple[Offer, Counted]:
    """Return tables of people who may come several times, in quarters and to partners."""
    dice = random.Random(number)
    dims = {"quarter": ("1", "2"), "organisation": ("1", "2"), "town": ("T", "O", "")}
    tables = [
        Table(some, times=len(some) < 2)
        for size in range(3)
        for some in itertools.combinations(dims, size)
    ]
    offer = Offer(dims, tuple(tables), of_a_time=frozenset({"quarter", "organisation"}))
    visits = []
    for person in range(dice.choice([8, 20, 40])):
        town = dice.choices(dims["town"], [6, 3, 1])[0]
        visits += [
            (person, (dice.choice("12"), dice.choices("12", [4, 1])[0], town))
            for _ in range(1 + int(dice.expovariate(1)))
        ]
    return offer, _count_visits(offer, visits)


def _count_visits(offer: Offer, visits: list) -> Counted:
    people: dict = {}
    times: dict = {}
    times_of: dict = {}
    for person, atom in visits:
        times_of.setdefault(person, []).append(atom)
        for table in offer.tables:
            cell = (table.dims, _values(offer, atom, table.dims))
            people.setdefault(cell, set()).add(person)
            times[cell] = times.get(cell, 0) + 1
    visitors = Counter(tuple(sorted(came)) for came in times_of.values())
    return Counted({cell: len(who) for cell, who in people.items()}, times, visitors)


def worked_out_of_visits(offer: Offer, publication: Publication) -> set[Key]:
    """Return the figures not shown that follow from sums of times and from bounds on people.

    Times add up. People do not: in all they are at least as many as in any part, and at most as
    many as in all parts together; a town is for life here, so towns do add up. Nobody is counted
    without a time.
    """
    keys = list(publication.figures)
    rows, low, high = [], [], []

    def rule(parts: dict[Key, int], least: float, most: float) -> None:
        rows.append([parts.get(key, 0) for key in keys])
        low.append(least)
        high.append(most)

    for total, members, dim in _lines(offer, keys):
        whole = {total: -1, **dict.fromkeys(members, 1)}
        adds_up = total.measure == "times" or dim == "town"
        rule(whole, 0, 0 if adds_up else math.inf)
        for member in members:
            rule({total: 1, member: -1}, 0, math.inf)
    for key in keys:
        if key.measure == "times":
            rule({key: 1, key._replace(measure="people"): -1}, 0, math.inf)
    constraint = LinearConstraint(np.array(rows, dtype=float), low, high)
    spans = [span(publication, key) for key in keys]
    bounds = Bounds([a for a, _b in spans], [min(b, 10_000) for _a, b in spans])
    return {
        key
        for at, key in enumerate(keys)
        if not publication.figures[key].is_shown and _pinned(at, len(keys), constraint, bounds)
    }


def _lines(offer: Offer, keys: list[Key]):
    for key in keys:
        for dim in set(offer.dims) - set(key.dims):
            dims = tuple(one for one in offer.dims if one in {*key.dims, dim})
            members = [
                one
                for one in keys
                if (one.measure, one.dims) == (key.measure, dims)
                and _without(one, dim) == dict(zip(key.dims, key.values, strict=True))
            ]
            if members:
                yield key, members, dim


def _without(key: Key, dim: str) -> dict[str, str]:
    have = dict(zip(key.dims, key.values, strict=True))
    del have[dim]
    return have


def _pinned(at: int, number: int, constraint: LinearConstraint, bounds: Bounds) -> bool:
    aim = np.zeros(number)
    ends = []
    for sign in (1, -1):
        aim[at] = sign
        found = milp(aim, constraints=constraint, integrality=np.ones(number), bounds=bounds)
        assert found.success, found.message
        ends.append(round(found.x[at]))
    return ends[0] == ends[1]
