"""Where somebody is in the pool, and what may happen next."""

from coprod.lib.lifecycle import diagram
from people.lifecycle import FINDABLE, POOL_MOVES, REACHABLE, PoolStatus


def test_the_table_of_the_pool():
    assert diagram(POOL_MOVES).splitlines() == [
        "not_confirmed --confirm--> active",
        "interested --welcome--> welcomed",
        "welcomed --make_active--> active",
        "active --pause--> paused",
        "interested --pause--> paused",
        "welcomed --pause--> paused",
        "paused --end_pause--> active",
        "paused --end_pause_unwelcomed--> interested",
        "active --leave--> left",
        "interested --leave--> left",
        "not_confirmed --leave--> left",
        "paused --leave--> left",
        "welcomed --leave--> left",
        "left --rejoin--> interested",
        "active --record_death--> died",
        "interested --record_death--> died",
        "left --record_death--> died",
        "not_confirmed --record_death--> died",
        "paused --record_death--> died",
        "welcomed --record_death--> died",
        "died --correct_death--> active",
    ]


def test_whoever_is_found_can_be_reached_and_whoever_is_away_is_neither():
    assert FINDABLE < REACHABLE
    assert {PoolStatus.PAUSED, PoolStatus.LEFT, PoolStatus.DIED}.isdisjoint(REACHABLE)
