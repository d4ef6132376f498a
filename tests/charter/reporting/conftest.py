"""People who took part, for the pages and the spreadsheet."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from charter.reporting import counts
from charter.reporting.models import Count
from people.models import Organisation, Town
from tests import factories

YEAR = dt.date(2026, 5, 4)


@pytest.fixture
def on_the_day():
    """22 November 2026: the year from April 2026 runs, its third quarter too."""
    with on_that_day():
        yield


def on_that_day() -> time_machine.travel:
    return time_machine.travel("2026-11-22 12:00+00:00", tick=False)


def take_part(brief, numbers, **fields) -> None:
    """Let the people with these numbers take part once, in May 2026."""
    for number in numbers:
        factories.make_participation(brief, number, **({"took_part_on": YEAR} | fields))


def store_figures(host: Organisation, trust: Organisation, towns: list[Town]) -> Count:
    """Store 100 people of the host and 20 of the trust, and count them.

    The host's are 61 of Tipton, 37 of Oldbury and 2 of Smethwick. The exact counts 61, 37,
    98 and 102 must be nowhere.
    """
    by_name = {town.name: town for town in towns}
    ours, theirs = factories.make_opportunity(host), factories.make_opportunity(trust)
    take_part(ours, range(61), town=by_name["Tipton"], disabled="yes")
    take_part(ours, range(61, 98), town=by_name["Oldbury"], disabled="no", age_band="35-44")
    take_part(ours, range(98, 100), town=by_name["Smethwick"], ethnic_group="black")
    take_part(theirs, range(200, 220), town=by_name["Oldbury"], ethnic_group="asian")
    return counts.rebuild()
