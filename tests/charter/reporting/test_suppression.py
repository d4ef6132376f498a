"""The rules that every published figure keeps, whatever was counted."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charter.reporting.suppression import (
    Counted,
    Figure,
    Key,
    Offer,
    State,
    Table,
    publish,
    rounded,
)
from charter.reporting.suppression.board import Board
from charter.reporting.suppression.twins import Twins
from charter.reporting.suppression.visitors import Visitors, misses
from tests.charter.reporting import attacker

K = 5
LINE = Offer({"a": ("a0", "a1", "a2")}, (Table((), times=False), Table(("a",), times=False)))


def line(*counts: int) -> Counted:
    """Return three groups of people who each took part once."""
    return attacker.count(LINE, {(f"a{at}",): number for at, number in enumerate(counts)})


def shown(publication) -> list[int | str]:
    """Return the three groups as a reader sees them."""
    figures = [publication.people(("a",), (f"a{at}",)) for at in range(3)]
    return [figure.value if figure.is_shown else figure.state.name for figure in figures]


@pytest.mark.parametrize(
    ("count", "expected"), [(0, 0), (2, 0), (3, 5), (7, 5), (8, 10), (12, 10), (13, 15)]
)
def test_rounded(count, expected):
    assert rounded(count) == expected


def test_publish_rounds_what_it_shows():
    publication = publish(LINE, line(23, 41, 38), threshold=K)
    assert shown(publication) == [25, 40, 40]
    assert publication.people() == Figure(State.SHOWN, 100)


def test_publish_hides_nought_and_four_alike():
    none, four = (publish(LINE, line(n, 3, 38), threshold=K) for n in (0, 4))
    assert shown(none)[:2] == shown(four)[:2] == ["FEWER", "FEWER"]


def test_publish_holds_the_next_smallest_back():
    """Proved by taking the second step away: then only the small group is hidden."""
    assert shown(publish(LINE, line(2, 20, 38), threshold=K)) == ["FEWER", "HELD", 40]
    alone = publish(LINE, line(2, 20, 38), threshold=K, secondary=False)
    assert shown(alone) == ["FEWER", 20, 40]


def test_attacker_does_the_sum_that_the_secondary_step_is_for():
    """12 + 12 + 4 is shown as 10 + 10 + fewer than 5 = 30: at most 12, 12, so 4 or more, so 4."""
    alone = publish(LINE, line(12, 12, 4), threshold=K, secondary=False)
    assert attacker.worked_out(LINE, alone) == {Key("people", ("a",), ("a2",))}
    safe = publish(LINE, line(12, 12, 4), threshold=K)
    assert attacker.worked_out(LINE, safe) == set()


def test_times_are_held_back_with_their_people():
    offer = Offer({"a": ("a0", "a1", "a2")}, (Table(()), Table(("a",))))
    counted = line(3, 20, 38)
    often = Counted(counted.people, {**counted.people, (("a",), ("a0",)): 60}, counted.visitors)
    publication = publish(offer, often, threshold=K)
    assert [publication.times(("a",), (f"a{at}",)).is_shown for at in range(3)] == [
        publication.people(("a",), (f"a{at}",)).is_shown for at in range(3)
    ]
    assert publication.times(("a",), ("a0",)).value is None


def test_publish_without_anybody():
    publication = publish(LINE, Counted({}), threshold=K)
    assert shown(publication) == ["FEWER"] * 3
    assert publication.people() == Figure(State.FEWER)


def test_publish_when_nobody_took_part_only_once():
    """Without people who may be moved, twins come from people who are added."""
    counted = Counted(line(8, 8, 1).people)
    assert attacker.worked_out(LINE, publish(LINE, counted, threshold=K)) == set()


def test_people_who_are_not_counted_are_never_taken_away():
    """Counts and people may come from two moments: a twin with fewer than nobody is none."""
    counted = Counted({}, visitors={(("a0",),): 2})
    twins = Twins(Board(LINE, counted, K), counted)
    twins.find_for(set(range(4)), steps=0)
    assert min(twins.now) >= 0
    assert twins.unsure == set()


def test_lines_without_a_total_are_left_alone():
    offer = Offer(LINE.dims, (Table(("a",), times=False),))
    assert list(Board(offer, line(8, 8, 1), K).lines()) == []
    assert shown(publish(offer, line(8, 8, 1), threshold=K)) == [10, 10, "FEWER"]


def test_board_counts_a_person_in_broad_groups_too():
    offer = Offer(
        {"age": ("16", "25", "")},
        (Table((), times=False), Table(("group",), times=False)),
        {"group": ("age", {"16": "young", "25": "older", "": ""})},
    )
    board = Board(offer, attacker.count(offer, {("16",): 7, ("25",): 9, ("",): 6}), K)
    assert [board.counts[board.index[Key("people", ("group",), (g,))]] for g in ("young", "")] == [
        7,
        6,
    ]
    visitors = Visitors(board)
    pattern = board.pattern(board.index[Key("people", ("group",), ("older",))])
    young = (visitors.time([0]),)
    moved = visitors.changed(young, pattern)
    assert moved == (visitors.time([1]),)
    assert visitors.changed(moved, pattern) == moved


@pytest.mark.parametrize("case", [attacker.random_case(5), attacker.random_visits(18)])
def test_twins_fit_everything_shown(case):
    """Every stop of the walk is people that readers cannot tell from the true ones."""
    offer, counted = case
    board = Board(offer, counted, K)
    twins = Twins(board, counted)
    for at in range(len(board.keys)):
        twins.find_for({at}, steps=50)
        assert twins.unsure == set()
        assert all(
            low <= now <= high
            for low, now, high in zip(board.low, twins.now, board.high, strict=True)
        )
        assert twins.now == recount(board, twins)


def recount(board: Board, twins: Twins) -> list[int]:
    """Count the walked people anew, from nothing."""
    again = twins.visitors.shift([], twins.people)
    return [again.get(at, 0) for at in range(len(board.keys))]


# --- Visitors ------------------------------------------------------------------------------------
TIMES = Offer(
    {"quarter": ("1", "2"), "town": ("T", "O")},
    (Table(()), Table(("quarter",)), Table(("town",)), Table(("quarter", "town"), times=False)),
    of_a_time=frozenset({"quarter"}),
)
TWICE = (("1", "T"), ("2", "T"))  # somebody of T, in both quarters


@pytest.fixture
def visitors() -> Visitors:
    return Visitors(Board(TIMES, Counted({}), K))


def told(visitors, *come) -> dict[str, int]:
    """Return in which figures people are counted, in words."""
    shift = visitors.shift([], come)
    keys = visitors.board.keys
    return {f"{keys[at].measure} {''.join(keys[at].values)}".strip(): n for at, n in shift.items()}


def test_visitors_are_counted_once_in_people_and_each_time_in_times(visitors):
    (twice,) = visitors.read({TWICE: 1})
    assert told(visitors, twice) == {
        "people": 1,
        "times": 2,
        "people 1": 1,
        "times 1": 1,
        "people 2": 1,
        "times 2": 1,
        "people T": 1,
        "times T": 2,
        "people 1T": 1,
        "people 2T": 1,
    }


def test_changed_moves_the_person_always_and_a_time_once(visitors):
    (twice,) = visitors.read({TWICE: 1})
    assert visitors.changed(twice, [(1, 1)]) == ((0, 1), (1, 1))
    assert visitors.changed(twice, [(0, 1)], at=0) == ((1, 0), (1, 0))


def test_once_more_and_split_and_handed_over(visitors):
    (twice,) = visitors.read({TWICE: 1})
    assert visitors.once_more(twice, [(0, 1), (1, 1)]) == ((0, 0), (1, 0), (1, 0))
    assert visitors.split(twice, [(1, 1)], 0) == [((1, 0),), ((0, 1),)]
    assert visitors.handed_over(twice, 1, ((0, 1),)) == [((0, 0),), ((0, 1), (1, 1))]
    assert visitors.split(((0, 0),), [(1, 1)], 0) == [((0, 1),)]


def test_misses_says_how_far_and_at_which_time(visitors):
    (twice,) = visitors.read({TWICE: 1})
    assert misses(twice, [(0, 1), (1, 0)]) == (0, 1)
    assert misses(twice, [(0, 1), (1, 1)]) == (1, 1)


# --- Whatever the counts -----------------------------------------------------------------------
SQUARE = Offer(
    {"a": ("a0", "a1", "a2"), "b": ("b0", "b1")},
    tuple(Table(d, times=False) for d in ((), ("a",), ("b",), ("a", "b"))),
)
people = st.lists(st.integers(0, 30), min_size=6, max_size=6)
thresholds = st.sampled_from([5, 10])


def square(counts: list[int]) -> Counted:
    return attacker.count(
        SQUARE, dict(zip(itertools.product(*SQUARE.dims.values()), counts, strict=True))
    )


@settings(max_examples=60, deadline=None)  # no deadline: two cores are shared with other tests
@given(people, thresholds)
def test_what_is_shown_is_rounded_and_never_small(counts, k):
    counted = square(counts)
    for key, figure in publish(SQUARE, counted, threshold=k).figures.items():
        count = counted.people[key.dims, key.values]
        assert figure.value == (rounded(count) if figure.is_shown else None)
        assert not (figure.is_shown and count < k)
        assert not (figure.state == State.FEWER and count >= k)


@settings(max_examples=60, deadline=None)
@given(people, thresholds)
def test_no_line_with_a_total_has_one_figure_alone_that_is_not_shown(counts, k):
    board = Board(SQUARE, square(counts), k)
    figures = list(publish(SQUARE, square(counts), threshold=k).figures.values())
    for total, members in board.lines():
        hidden = sum(not figures[at].is_shown for at in members)
        assert not (figures[total].is_shown and hidden == 1)


@settings(max_examples=40, deadline=None)
@given(people, thresholds)
def test_nothing_that_is_not_shown_can_be_worked_out(counts, k):
    publication = publish(SQUARE, square(counts), threshold=k)
    assert attacker.worked_out(SQUARE, publication) == set()


@settings(max_examples=20, deadline=None)
@given(people)
def test_the_same_counts_always_give_the_same_page(counts):
    assert publish(SQUARE, square(counts), threshold=K) == publish(
        SQUARE, square(counts), threshold=K
    )


# --- For the public ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        (Figure(State.SHOWN, 5), Figure(State.FEWER)),
        (Figure(State.SHOWN, 10), Figure(State.LOOSE)),
        (Figure(State.SHOWN, 15), Figure(State.SHOWN, 15)),
        (Figure(State.FEWER), Figure(State.FEWER)),
        (Figure(State.HELD), Figure(State.HELD)),
    ],
)
def test_for_public_shows_only_what_must_reach_ten(inside, outside):
    assert inside.for_public(10) == outside


def test_widest_protects_what_only_the_public_is_not_told():
    """4 × 8 + 0: inside the tens are shown; in public they are not, and must stay open as well."""
    counted = square([8, 8, 8, 8, 13, 13])
    publication = publish(SQUARE, counted, threshold=K, widest=10)
    attack = attacker.Attack(SQUARE, publication)
    small = [
        key for key in publication.figures if not publication.figures[key].for_public(10).is_shown
    ]
    assert small
    assert not any(attack.pins(key) for key in small)
