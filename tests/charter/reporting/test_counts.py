"""Counting again: when, at once for the reader, and never with exact small numbers."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from charter.reporting import counts
from charter.reporting.models import Count, ReportCell
from charter.reporting.suppression import State
from coprod.lib.days import today
from tests import factories


@pytest.fixture
def brief(host):
    return factories.make_opportunity(host)


@pytest.fixture
def crowd(brief, towns):
    """23 people of Tipton, 41 of Oldbury, two of Smethwick; the first came twice."""
    by_name = {town.name: town for town in towns}
    names = ["Tipton"] * 23 + ["Oldbury"] * 41 + ["Smethwick"] * 2
    for number, name in enumerate(names):
        factories.make_participation(brief, number, town=by_name[name])
    factories.make_participation(
        brief, 0, town=by_name["Tipton"], took_part_on=today() - dt.timedelta(1)
    )
    return by_name


@time_machine.travel("2026-11-22 12:00+00:00")
def test_rebuild_keeps_what_may_be_shown_and_no_more(crowd, host):
    """The exact 66, 41 and 2 are nowhere in the table; nor is a row that says who is few."""
    count = counts.rebuild()
    everybody = count.cells.get(period="2026", organisation=None, by="")
    assert (everybody.people, everybody.times) == (65, 65)
    town = {
        cell.value: cell.people
        for cell in count.cells.filter(period="2026", organisation=None, by="town", cross="")
    }
    assert town[str(crowd["Oldbury"].pk)] == 40
    assert str(crowd["Smethwick"].pk) not in town
    assert {cell.people % 5 for cell in count.cells.all() if cell.people} == {0}
    assert {cell.period for cell in count.cells.all()} == {"2026", "2026-3"}


def test_rebuild_replaces_the_figures_before(crowd):
    first = counts.rebuild()
    second = counts.rebuild()
    assert list(Count.objects.all()) == [second]
    assert not ReportCell.objects.filter(count_id=first.pk).exists()


def test_rebuild_that_fails_leaves_the_figures_before(crowd, monkeypatch):
    first = counts.rebuild()
    cells = first.cells.count()

    def fail(*_args, **_kwargs):
        raise RuntimeError("the machine stopped")

    monkeypatch.setattr(ReportCell.objects, "bulk_create", fail)
    with pytest.raises(RuntimeError):
        counts.rebuild()
    assert counts.newest() == first
    assert first.cells.count() == cells > 0


@pytest.mark.parametrize(("disturbed", "visitors"), [(1, 2), (3, 0)])
def test_rebuild_takes_figures_and_people_of_one_moment(disturbed, visitors, brief, monkeypatch):
    """Somebody takes part while it counts: it counts again, and after three tries without people.

    The count that is kept is stale, unless it was left in peace.
    """
    calls, seen = itertools.count(1), []
    count_years, publish = counts.count_years, counts.publish

    def disturbing():
        years = count_years()
        if next(calls) <= disturbed:
            factories.make_participation(brief)
        return years

    def seeing(offer, counted, **limits):
        seen.append(len(counted.visitors))
        return publish(offer, counted, **limits)

    factories.make_participation(brief, town=None)
    monkeypatch.setattr(counts, "count_years", disturbing)
    monkeypatch.setattr(counts, "publish", seeing)
    count = counts.rebuild()
    assert seen[0] == visitors
    assert counts.is_stale(count) == (disturbed == 3)


def test_rebuild_counts_the_pool(db):
    for _ in range(12):
        factories.make_person()
    cell = counts.rebuild().cells.get(period="pool", by="")
    assert (cell.people, cell.times_state) == (10, None)


def test_is_stale_before_the_first_count(db):
    assert counts.is_stale(counts.newest())


@pytest.mark.parametrize("what", ["added", "changed", "removed"])
def test_is_stale_when_participation_is(what, brief):
    row = factories.make_participation(brief)
    count = counts.rebuild()
    assert not counts.is_stale(count)
    if what == "added":
        factories.make_participation(brief)
    elif what == "changed":
        row.changed_at = timezone.now()
        row.save()
    else:
        row.delete()
    assert counts.is_stale(count)


def test_is_stale_on_the_next_day(db):
    with time_machine.travel("2026-11-22 12:00+00:00") as clock:
        count = counts.rebuild()
        assert not counts.is_stale(count)
        clock.move_to("2026-11-23 12:00+00:00")
        assert counts.is_stale(count)


def test_is_stale_under_other_thresholds(db, settings):
    count = counts.rebuild()
    settings.SMALL_NUMBER_PUBLIC = 20
    assert counts.is_stale(count)


def test_rebuild_if_stale_counts_once(brief):
    factories.make_participation(brief)
    assert [counts.rebuild_if_stale(), counts.rebuild_if_stale()] == [1, 0]


def test_rebuild_if_stale_rests_after_a_long_counting(brief):
    """A counting of one minute: not again for ten, however much has changed."""
    with time_machine.travel("2026-11-22 12:00+00:00", tick=False) as clock:
        Count.objects.update_or_create(pk=counts.rebuild().pk, defaults={"seconds": 60})
        factories.make_participation(brief)
        clock.shift(dt.timedelta(minutes=9))
        assert counts.rebuild_if_stale() == 0
        clock.shift(dt.timedelta(minutes=2))
        assert counts.rebuild_if_stale() == 1


def test_command_says_what_it_did(brief, capsys):
    factories.make_participation(brief)
    call_command("rebuild_counts")
    assert capsys.readouterr().out == "Counted 1 times taken part: 0 figures.\n"


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"people_state": State.SHOWN}, "people_shown_or_not"),
        ({"people_state": State.HELD, "people": 5}, "people_shown_or_not"),
        ({"people_state": State.SHOWN, "people": 7}, "people_rounded"),
        ({"people_state": State.HELD, "times_state": State.LOOSE, "times": 5}, "times_shown"),
        ({"people_state": State.HELD, "times_state": State.SHOWN, "times": 6}, "times_rounded"),
    ],
)
def test_database_refuses_a_figure_that_may_not_be_shown(fields, name, db):
    count = counts.rebuild()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ReportCell.objects.create(count=count, period="2026", **fields)


@pytest.mark.django_db(transaction=True)
def test_whether_figures_are_old_is_known_at_once_though_it_is_kept(host):
    """Asked twice it is kept: the control sees no second question. A new row is seen at once."""
    brief = factories.make_opportunity(host)
    count = counts.rebuild()
    with CaptureQueriesContext(connection) as asked:
        assert [counts.is_stale(count), counts.is_stale(count)] == [False, False]
    assert len([one for one in asked if "opportunities_participation" in one["sql"]]) == 1
    factories.make_participation(brief)
    assert counts.is_stale(count)
