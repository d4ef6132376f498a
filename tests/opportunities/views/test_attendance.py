"""Ticking who took part."""

import datetime as dt

import pytest
from django.urls import reverse

from coprod.lib import once
from coprod.lib.days import add_months, today
from opportunities.actions.attendance import record_took_part
from opportunities.lifecycle import Status
from opportunities.models import Attendance, Opportunity, Participation
from people.models import Person
from tests.factories import make_opportunity, make_person, make_sign_up

DAY = dt.timedelta(days=1)


@pytest.fixture
def brief(host):
    return make_opportunity(title="Clear letters")


@pytest.fixture
def rows(brief):
    made = [make_sign_up(brief, make_person(name)) for name in ("Ann", "Bob")]
    Opportunity.objects.filter(pk=brief.pk).update(
        status=Status.IN_PROGRESS, starts_on=today() - 7 * DAY, ends_on=add_months(today(), 1)
    )
    brief.refresh_from_db()
    return made


@pytest.fixture
def signed_in(client_for, officer):
    return client_for(officer)


def address(name, brief, *more, date=""):
    query = f"?date={date.isoformat()}" if date else ""
    return reverse(f"opportunities:{name}", args=[brief.slug, *more]) + query


def text(response):
    return response.content.decode()


def keys(rows):
    return [str(row.person.pk) for row in rows]


def came(brief, day=None):
    found = brief.attendances.filter(took_part_on=day or today())
    return sorted(found.values_list("person__name", flat=True))


def test_took_part_before_the_start_says_when(signed_in, brief):
    assert "It has not started yet" in text(signed_in.get(address("took_part", brief)))
    person = make_person(joined_through=brief.organisation)
    signed_in.post(address("took_part", brief), {"came": [person.pk], "listed": [person.pk]})
    signed_in.post(address("add_attendance", brief, person.uuid))
    signed_in.post(address("turned_up", brief), {"name": "Nora"})
    assert Attendance.objects.count() == 0


def test_took_part_ticks_and_unticks(signed_in, brief, rows):
    page = address("took_part", brief)
    assert "0 of 2 people are ticked" in text(signed_in.get(page))
    shown = signed_in.post(page, {"came": keys(rows), "listed": keys(rows)}, follow=True)
    assert "Saved. 2 people took part." in text(shown)
    assert "2 of 2 people are ticked" in text(shown)
    assert came(brief) == ["Ann", "Bob"]
    signed_in.post(page, {"came": keys(rows[:1]), "listed": keys(rows)})
    assert came(brief) == ["Ann"]
    assert Participation.objects.count() == 1


def test_took_part_is_for_the_day_at_the_address(signed_in, brief, rows):
    yesterday = today() - DAY
    page = address("took_part", brief, date=yesterday)
    signed_in.post(page, {"came": keys(rows), "listed": keys(rows)})
    assert came(brief, yesterday) == ["Ann", "Bob"]
    assert came(brief) == []
    assert signed_in.get(page).context["days"] == [(yesterday, 2)]


@pytest.mark.parametrize("date", ["2026-02-30", "tomorrow", "9999-12-31", "0001-01-01", ""])
def test_took_part_on_a_day_that_cannot_be_shows_the_last_that_can(signed_in, brief, rows, date):
    shown = signed_in.get(f"{address('took_part', brief)}?date={date}")
    assert shown.context["day"] == today()


def test_took_part_ignores_people_who_were_not_on_the_list(signed_in, brief, rows):
    stranger = make_person()
    signed_in.post(
        address("took_part", brief), {"came": [stranger.pk, "x"], "listed": [stranger.pk, "x"]}
    )
    assert Attendance.objects.count() == 0


def test_took_part_leaves_what_somebody_else_ticked_meanwhile(signed_in, brief, rows):
    late = make_person("Cy")
    record_took_part(opportunity=brief, day=today(), came=[late], actor=None)
    signed_in.post(address("took_part", brief), {"came": keys(rows), "listed": keys(rows)})
    assert came(brief) == ["Ann", "Bob", "Cy"]
    assert "Turned up" in text(signed_in.get(address("took_part", brief)))


@pytest.mark.parametrize("number", [1, 3])
def test_took_part_asks_the_same_questions_for_one_and_for_three(
    signed_in, brief, rows, django_assert_num_queries, number
):
    people = [make_person(f"Pat {n}") for n in range(number)]
    record_took_part(opportunity=brief, day=today(), came=people, actor=None)
    with django_assert_num_queries(10):
        shown = signed_in.get(address("took_part", brief))
    assert len(shown.context["rows"]) == number + 2


def test_took_part_finds_those_who_turned_up(signed_in, brief, rows, host, trust):
    known = make_person("Kim Known", joined_through=host)
    make_person("Kim Elsewhere", joined_through=trust)
    shown = signed_in.get(address("took_part", brief) + "?q=kim")
    assert [one.name for one in shown.context["found"]] == ["Kim Known"]
    signed_in.post(address("add_attendance", brief, known.uuid, date=today() - DAY))
    assert came(brief, today() - DAY) == ["Kim Known"]
    assert "Nobody else called" in text(signed_in.get(address("took_part", brief) + "?q=zz"))


def test_nobody_is_ticked_whom_we_may_not_know(signed_in, brief, rows, trust):
    other = make_person(joined_through=trust)
    assert signed_in.post(address("add_attendance", brief, other.uuid)).status_code == 404


def test_a_refusal_is_said(signed_in, brief, rows):
    """A draft has a day that could be, but nobody takes part in it."""
    Opportunity.objects.filter(pk=brief.pk).update(status=Status.DRAFT)
    page = address("took_part", brief)
    shown = signed_in.post(page, {"came": keys(rows), "listed": keys(rows)}, follow=True)
    assert "before a project is published" in text(shown)


def test_took_part_day_leads_to_the_day(signed_in, brief, rows):
    page = address("took_part_day", brief)
    day = today() - DAY
    facts = {"day_day": day.day, "day_month": day.month, "day_year": day.year}
    assert signed_in.post(page, facts).url == address("took_part", brief, date=day)
    tomorrow = today() + DAY
    facts = {"day_day": tomorrow.day, "day_month": tomorrow.month, "day_year": tomorrow.year}
    assert "Enter a day from" in text(signed_in.post(page, facts))
    assert "Enter the date" in text(signed_in.post(page, {}))


def test_turned_up_adds_somebody_new_once(signed_in, brief, rows, host, officer):
    page = address("turned_up", brief, date=today())
    assert "Who turned up?" in text(signed_in.get(page))
    assert "Enter a name" in text(signed_in.post(page, {}))
    facts = {"name": "Nora New", once.FIELD: once.new(officer.pk)}
    for _ in range(2):
        shown = signed_in.post(page, facts, follow=True)
    assert "We had this from you already." in text(shown)
    person = Person.objects.get(name="Nora New")
    assert (person.joined_through, person.joined_channel, person.contact_by) == (
        host,
        "in_person",
        "phone",
    )
    assert came(brief) == ["Nora New"]


def test_turned_up_with_an_email_hears_by_email(signed_in, brief, rows):
    facts = {"name": "Nora New", "email": "nora@example.org"}
    signed_in.post(address("turned_up", brief), facts)
    assert Person.objects.get(name="Nora New").contact_by == "email"


def test_turned_up_asks_whether_it_is_somebody_we_know(signed_in, brief, rows, host):
    make_person("Kim Known", phone="0121 496 0456", joined_through=host)
    facts = {"name": "Kim Known", "phone": "0121 496 0456"}
    page = address("turned_up", brief)
    assert "Is it one of these?" in text(signed_in.post(page, facts))
    assert came(brief) == []
    signed_in.post(page, facts | {"add_anyway": "1"})
    assert came(brief) == ["Kim Known"]


@pytest.mark.parametrize("name", ["took_part", "took_part_day", "turned_up"])
def test_other_roles_tick_nobody(
    name, brief, rows, commissioner, other_officer, resident, client_for
):
    facts = {"came": keys(rows), "listed": keys(rows), "name": "N"}
    answers = [
        client_for(who).post(address(name, brief), facts).status_code
        for who in (commissioner, other_officer, resident)
    ]
    assert answers == [403, 403, 403]
    assert Attendance.objects.count() == 0
