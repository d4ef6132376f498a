"""Only a tick counts as taken part; what it freezes stays as it was."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from coprod.lib.days import add_months, today
from coprod.lib.lifecycle import NotAllowed
from opportunities.actions.attendance import Recorded, first_and_last_day, record_took_part
from opportunities.levels import Level
from opportunities.lifecycle import Status
from opportunities.models import Attendance, Opportunity, Participation
from people.models import AuditEvent, KnownTo
from people.pseudonyms import pseudonym_of
from tests.factories import answer_equality, make_opportunity, make_person, make_town

DAY = dt.timedelta(days=1)


@pytest.fixture
def brief(host):
    return make_opportunity(
        status=Status.IN_PROGRESS, starts_on=today() - 7 * DAY, ends_on=add_months(today(), 1)
    )


@pytest.fixture
def people(db):
    return [make_person(town=make_town(town)) for town in ("Tipton", "Oldbury", "Smethwick")]


def save(brief, came, **other):
    facts = {"day": today(), "listed": [], "actor": None} | other
    return record_took_part(opportunity=brief, came=came, **facts)


def pairs(brief):
    """Who attended, and whose participation rows there are: they always agree."""
    attended = {pseudonym_of(one.person) for one in brief.attendances.all()}
    counted = set(brief.participations.values_list("pseudonym", flat=True))
    assert attended == counted
    return attended


def test_a_tick_writes_both_rows(brief, people, officer, host):
    assert save(brief, people[:2], actor=officer) == Recorded(2, 0, 2)
    assert pairs(brief) == {pseudonym_of(one) for one in people[:2]}
    row = Participation.objects.get(pseudonym=pseudonym_of(people[1]))
    assert (row.organisation, row.level, row.town.name, row.took_part_on) == (
        host,
        Level.PARTICIPATION,
        "Oldbury",
        today(),
    )
    assert (row.age_band, row.ethnic_group, row.disabled) == ("", "", "")
    assert {one.recorded_by for one in Attendance.objects.all()} == {officer}


def test_saved_twice_it_is_one_time_taken_part(brief, people):
    save(brief, people)
    assert save(brief, people, listed=people) == Recorded(0, 0, 3)
    assert AuditEvent.objects.filter(verb="attendance.recorded").count() == 1


def test_a_tick_taken_away_removes_both_rows(brief, people):
    save(brief, people)
    assert save(brief, people[:1], listed=people[:2]) == Recorded(0, 1, 2)
    assert pairs(brief) == {pseudonym_of(people[0]), pseudonym_of(people[2])}


def test_another_day_is_another_time(brief, people):
    save(brief, people[:1])
    save(brief, people[:1], day=today() - DAY)
    assert brief.participations.count() == 2
    save(brief, [], listed=people)
    assert [row.took_part_on for row in brief.participations.all()] == [today() - DAY]


def test_the_bands_are_frozen_from_the_answers_of_that_day(brief, people):
    answer_equality(
        people[0], year_of_birth="1960", ethnicity="asian_indian", condition="yes", limits="a_lot"
    )
    save(brief, people[:1])
    row = brief.participations.get()
    age = today().year - 1960
    band = "65-74" if age < 75 else "75-84"
    assert (row.age_band, row.ethnic_group, row.disabled) == (band, "asian", "yes")


def test_what_changes_later_does_not_change_what_was_counted(brief, people):
    save(brief, people[:1])
    Opportunity.objects.filter(pk=brief.pk).update(level=Level.CONSULTATION)
    people[0].town = make_town("Wednesbury")
    people[0].save()
    save(brief, people[:1], listed=people[:1])
    row = brief.participations.get()
    assert (row.level, row.town.name) == (Level.PARTICIPATION, "Tipton")


def test_whoever_just_turned_up_is_known_to_the_organisation(brief, people, host, officer):
    save(brief, people[:1], actor=officer)
    assert [one.organisation for one in KnownTo.objects.filter(person=people[0])] == [host]


def test_the_order_of_rows_and_the_log_do_not_say_whose_a_row_is(brief, people):
    save(brief, people)
    rows = list(brief.participations.order_by("pk").values_list("pseudonym", flat=True))
    assert rows == sorted(rows)
    event = AuditEvent.objects.get(verb="attendance.recorded")
    assert (event.person, event.detail) == (
        "",
        {"day": today().isoformat(), "added": 3, "removed": 0},
    )


@pytest.mark.parametrize(
    ("fields", "day", "words"),
    [
        ({}, today() + DAY, "not come yet"),
        ({}, today() - 8 * DAY, "first to the last"),
        ({"ends_on": today() - 2 * DAY}, today() - DAY, "first to the last"),
        ({"status": Status.DRAFT}, today(), "published"),
    ],
)
def test_a_day_that_cannot_be_is_refused(brief, people, fields, day, words):
    Opportunity.objects.filter(pk=brief.pk).update(**fields)
    with pytest.raises(NotAllowed, match=words):
        save(brief, people, day=day)
    assert Attendance.objects.count() == Participation.objects.count() == 0


def test_without_dates_it_is_from_publication_to_today(host):
    brief = make_opportunity(starts_on=None, ends_on=None)
    assert first_and_last_day(brief) == (today(), today())
    brief.published_at = None
    assert first_and_last_day(brief) == (today(), today())


def test_a_fault_leaves_neither_row(brief, people, monkeypatch):
    monkeypatch.setattr("opportunities.actions.attendance.bands_of", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        save(brief, people)
    assert Attendance.objects.count() == Participation.objects.count() == 0


@pytest.mark.parametrize("kind", ["attendances", "participations"])
def test_the_database_refuses_the_same_time_twice(brief, people, kind):
    save(brief, people[:1])
    row = getattr(brief, kind).get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
