"""What the database counts is what one would count by hand."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter

import pytest

from charter.reporting import counting
from charter.reporting.dimensions import AGE_GROUPS, FINE, offer_of
from charter.reporting.suppression import publish
from opportunities.levels import Level
from opportunities.models import Participation
from people.bands import AgeBand, Disabled, EthnicGroup
from people.models import EqualityAnswer
from tests import factories

YEAR_2025 = dt.date(2025, 4, 1)


@pytest.fixture
def visits(host, trust, towns) -> list[Participation]:
    """Random people who came one to four times to two partners in two years."""
    dice = random.Random(7)
    briefs = [factories.make_opportunity(one) for one in (host, host, trust)]
    made = []
    for person in range(40):
        fixed = {
            "town": dice.choice([*towns, None]),
            "age_band": dice.choice([*AgeBand.values, ""]),
            "ethnic_group": dice.choice([*EthnicGroup.values, ""]),
            "disabled": dice.choice([*Disabled.values, ""]),
        }
        for _ in range(dice.randint(1, 4)):
            day = YEAR_2025 + dt.timedelta(dice.randrange(600))
            brief = dice.choice(briefs)
            level = dice.choice(Level.values)
            made.append(
                factories.make_participation(brief, person, took_part_on=day, level=level, **fixed)
            )
    return made


def by_hand(row: Participation) -> dict[str, str]:
    month = row.took_part_on.month
    return {
        "year": row.took_part_on.year - (month < 4),
        "quarter": str((month - 4) % 12 // 3 + 1),
        "organisation": str(row.organisation_id),
        "level": str(row.level),
        "town": str(row.town_id or ""),
        "age_band": str(row.age_band),
        "ethnic_group": str(row.ethnic_group),
        "disabled": str(row.disabled),
        "age_group": str(AGE_GROUPS.get(row.age_band, "")),
    }


def test_count_years_counts_every_table(visits):
    """People once, times as often as they came; compared with plain Python over every row."""
    rows = [(row.pseudonym, by_hand(row)) for row in visits]
    people: dict = {}
    times: dict = {}
    for pseudonym, have in rows:
        for table in offer_of([], []).tables:
            cell = (have["year"], (table.dims, tuple(have[dim] for dim in table.dims)))
            people.setdefault(cell, set()).add(pseudonym)
            times[cell] = times.get(cell, 0) + 1
    years = counting.count_years()
    assert sorted(years) == [2025, 2026]
    for year, (_offer, counted) in years.items():
        wanted = {cell: len(who) for (one, cell), who in people.items() if one == year}
        assert counted.people == wanted
        assert counted.times == {cell: n for (one, cell), n in times.items() if one == year}


def test_count_years_knows_some_people_with_all_their_times(visits):
    rows = [(row.pseudonym, by_hand(row)) for row in visits]
    for year, (_offer, counted) in counting.count_years().items():
        times: dict = {}
        for who, have in rows:
            if have["year"] == year:
                times.setdefault(who, []).append(tuple(have[dim] for dim in FINE))
        assert counted.visitors == Counter(tuple(sorted(some)) for some in times.values())


def test_count_years_takes_whole_people_only(visits, monkeypatch):
    """Cut off in the middle of somebody, it leaves that person out."""
    ((_offer, whole), *_rest) = counting.count_years().values()
    most = sum(len(times) * n for times, n in whole.visitors.items()) - 1
    monkeypatch.setattr(counting, "MOST_ROWS", most)
    ((_offer, cut), *_rest) = counting.count_years().values()
    assert 0 < sum(cut.visitors.values()) < sum(whole.visitors.values())
    assert not cut.visitors - whole.visitors


def test_count_years_asks_once(visits, django_assert_num_queries):
    """Towns, one statement for everything; partners and some people of each of two years."""
    with django_assert_num_queries(6):
        counting.count_years()


def test_every_count_can_be_published(visits):
    """Every cell that was counted is in the offer, and no value is left over."""
    for offer, counted in counting.count_years().values():
        figures = publish(offer, counted, threshold=5).figures
        assert {(key.dims, key.values) for key in figures} >= set(counted.people)


def test_count_years_leaves_out_partners_that_were_not_there(visits):
    gone = factories.make_organisation(
        valid_from=dt.date(2020, 1, 1), valid_to=dt.date(2025, 12, 31)
    )
    years = counting.count_years()
    there = {year: str(gone.pk) in offer.dims["organisation"] for year, (offer, _) in years.items()}
    assert there == {2025: True, 2026: False}


def test_values_that_no_table_offers_are_not_moved(visits):
    """A level that no longer exists stays in the totals, and its people out of the twins."""
    brief = visits[0].opportunity
    factories.make_participation(brief, 999, level="gone", took_part_on=YEAR_2025)
    _offer, counted = counting.count_years()[2025]
    levels = {time[FINE.index("level")] for times in counted.visitors for time in times}
    assert "gone" not in levels


def test_count_pool_counts_each_question_by_itself(towns):
    """Prefer not to say and blank are both “not said”; disabled needs two answers."""
    people = [factories.make_person(town=town) for town in (*towns[:2], towns[0], None)]
    factories.answer_equality(people[0], ethnicity="asian_indian", condition="yes", limits="a_lot")
    factories.answer_equality(people[1], ethnicity="prefer_not_to_say", condition="no")
    factories.answer_equality(people[2], year_of_birth="1990", condition="yes", limits="not_at_all")
    assert EqualityAnswer.objects.count() == 8
    _offer, counted = counting.count_pool(dt.date(2026, 11, 22))

    def margin(dim):
        return {
            values[0]: n for (dims, values), n in counted.people.items() if dims == (dim,) and n
        }

    assert counted.people[(), ()] == 4
    assert margin("town") == {str(towns[0].pk): 2, str(towns[1].pk): 1, "": 1}
    assert margin("ethnic_group") == {"asian": 1, "": 3}
    assert margin("disabled") == {"yes": 1, "no": 2, "": 1}
    assert margin("age_band") == {"35-44": 1, "": 3}
    assert sum(counted.visitors.values()) == 4


def test_count_pool_without_anybody(db):
    offer, counted = counting.count_pool(dt.date(2026, 11, 22))
    assert not publish(offer, counted, threshold=5).people().is_shown
