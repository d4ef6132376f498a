"""Nobody can work out a figure that is not shown, however much they add and take away."""

from __future__ import annotations

import pytest

from charter.reporting.suppression import publish
from tests.charter.reporting.attacker import (
    random_case,
    random_visits,
    worked_out,
    worked_out_of_visits,
)

CASES, PARTS = 1000, 8
K = 5


@pytest.mark.parametrize("part", range(PARTS))
def test_attacker_gets_no_hidden_figure_back(part):
    """1,000 random small tables, with margins and every pair of dimensions, in eight parts.

    Proved to bite by the control below: the same attacker, on the same tables, without secondary
    suppression.
    """
    for number in range(part, CASES, PARTS):
        offer, counted = random_case(number)
        assert worked_out(offer, publish(offer, counted, threshold=K)) == set(), number


def test_attacker_wins_without_secondary_suppression():
    """The control, on every fifth of these tables: rounding and “fewer than 5” are too little."""
    beaten = 0
    for number in range(0, CASES, 5):
        offer, counted = random_case(number)
        open_to_sums = publish(offer, counted, threshold=K, secondary=False)
        found = worked_out(offer, open_to_sums)
        beaten += bool(found)
        assert all(counted.people.get((key.dims, key.values), 0) < K for key in found)
    assert beaten > 0


def test_attacker_gets_nothing_back_from_quarters_and_partners():
    """Times add up over quarters and partners, people are bounded by them: still nothing.

    Proved to bite by the same attacker on the same people without secondary suppression.
    """
    beaten = 0
    for number in range(12, 24):
        offer, counted = random_visits(number)
        safe = publish(offer, counted, threshold=K)
        assert worked_out_of_visits(offer, safe) == set(), number
        bare = publish(offer, counted, threshold=K, secondary=False)
        beaten += bool(worked_out_of_visits(offer, bare))
    assert beaten > 0
