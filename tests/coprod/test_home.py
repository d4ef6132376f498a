"""The pages that put several rooms together, as those who open them see them."""

from __future__ import annotations

import datetime as dt

import pytest

from coprod.lib.days import today
from opportunities.lifecycle import Status
from people.models import Notice, Role
from tests import factories

pytestmark = pytest.mark.django_db


def text(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


# --- The public home -------------------------------------------------------------------------
def test_home_of_an_empty_portal(client):
    page = text(client.get("/"))
    assert "See what is open (0)" in page
    assert "Nothing closes soon" in page
    assert "You said, we did: did it help?" not in page


def test_home_shows_what_closes_soonest_and_hides_drafts(client, host):
    for days in (9, 30, 20, 12):
        closes = today() + dt.timedelta(days=days)
        factories.make_opportunity(title=f"Closes in {days}", closes_on=closes)
    factories.make_opportunity(title="Still a draft", status=Status.DRAFT, published_at=None)
    page = text(client.get("/"))
    assert page.index("Closes in 9<") < page.index("Closes in 12<") < page.index("Closes in 20<")
    assert "Closes in 30" not in page
    assert "Closing soon" in page
    assert "Still a draft" not in page
    assert "See what is open (4)" in page


def test_home_shows_only_this_week_where_something_closes_this_week(client, host):
    for days in (0, 7, 8):
        closes = today() + dt.timedelta(days=days)
        factories.make_opportunity(title=f"Closes in {days}", closes_on=closes)
    factories.make_opportunity(title="Rolling", is_rolling=True)
    page = text(client.get("/"))
    assert "Closing this week" in page
    assert [days for days in (0, 7, 8) if f"Closes in {days}<" in page] == [0, 7]
    assert "Rolling" not in page


def test_home_says_that_more_close_this_week_than_it_shows(client, host):
    for number in range(7):
        factories.make_opportunity(title=f"Number {number}", closes_on=today())
    page = text(client.get("/"))
    assert page.count("Number ") == 6
    assert "See all 7 that close this week" in page


def test_home_tells_the_newest_story_that_enough_people_judged(client, host):
    judged, too_few = (
        factories.make_response(
            factories.make_contribution(factories.make_opportunity(), what=f"Words of {name}"),
        )
        for name in ("three", "two")
    )
    for response, number in ((judged, 3), (too_few, 2)):
        for _each in range(number):
            factories.make_check_back(response, verdict="yes")
    page = text(client.get("/"))
    assert "Words of three" in page
    assert "Words of two" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_home_asks_the_same_few_questions(client, host, number, django_assert_num_queries):
    for _each in range(number):
        factories.make_opportunity(towns=[factories.make_town()])
    with django_assert_num_queries(4):
        client.get("/")


# --- My involvement --------------------------------------------------------------------------
def test_my_greets_by_first_name_and_offers_a_way_on(client_for, resident):
    page = text(client_for(resident).get("/my/"))
    assert "Hello Amina" in page
    assert "You have not come forward to anything yet" in page


def test_my_shows_the_next_date_loudest(client_for, resident, host):
    later = factories.make_opportunity(title="Later")
    sooner = factories.make_opportunity(title="Sooner", starts_on=today() + dt.timedelta(days=40))
    for brief in (later, sooner):
        factories.make_sign_up(brief, resident.person)
    page = text(client_for(resident).get("/my/"))
    assert page.index("Your next date") < page.index("Sooner") < page.index("What I am part of")


def test_my_shows_nothing_of_others(client_for, resident, other_resident, host):
    brief = factories.make_opportunity(title="Secret of a neighbour")
    factories.make_sign_up(brief, other_resident.person)
    assert "Secret of a neighbour" in text(client_for(other_resident).get("/my/"))
    assert "Secret of a neighbour" not in text(client_for(resident).get("/my/"))


def test_my_asks_whether_it_helped(client_for, resident, host):
    response = factories.make_response(
        factories.make_contribution(factories.make_opportunity(title="Clear letters"))
    )
    check_back = factories.make_check_back(response, resident.person, status="asked")
    page = text(client_for(resident).get("/my/"))
    assert "One small thing for you" in page
    assert f"/my/check-backs/{check_back.pk}/" in page


def test_my_of_somebody_without_a_page_offers_to_start_one(client_for):
    response = client_for(factories.make_user()).get("/my/")
    assert (response.status_code, response.url) == (302, "/my/start/")


def test_my_of_staff_is_their_work(client_for, officer):
    response = client_for(officer).get("/my/")
    assert (response.status_code, response.url) == (302, "/staff/")


# --- The staff home --------------------------------------------------------------------------
def test_staff_home_with_nobody_waiting(client_for, officer):
    assert "Nobody waits for you" in text(client_for(officer).get("/staff/"))


def test_staff_home_puts_what_is_late_first(client_for, coordinator, host):
    factories.make_opportunity(title="To review", status=Status.SUBMITTED)
    late = factories.make_contribution(factories.make_opportunity())
    factories.make_response(late, kind="will", done_on=None, due_on=today() - dt.timedelta(days=5))
    page = text(client_for(coordinator).get("/staff/"))
    assert page.index("Late by 5 days") < page.index("“To review” waits for your review")


def test_staff_home_counts_people_to_ring(client_for, officer, host):
    Notice.objects.create(
        person=factories.make_person(email="", contact_by="phone"),
        organisation=host,
        event="e",
        kind="k",
        contact_by="phone",
        subject="s",
        text="t",
        message_id="<1@x>",
        status=Notice.Status.TASK,
    )
    assert "1 person to ring or write to" in text(client_for(officer).get("/staff/"))


def test_staff_home_says_who_came_forward_lately(client_for, officer, host):
    """They have a place: nobody waits, and yet the team wants to know."""
    factories.make_sign_up(factories.make_opportunity(title="Letters"))
    page = text(client_for(officer).get("/staff/"))
    assert "Nobody waits for you" in page
    assert "1 person came forward to “Letters”" in page


def test_staff_home_asks_whom_you_act_for(client_for, officer, trust):
    factories.make_membership(officer, trust, Role.OFFICER)
    response = client_for(officer).get("/staff/")
    assert (response.status_code, response.url) == (302, "/staff/choose-organisation/")


def test_staff_home_is_not_for_residents(client_for, resident):
    assert client_for(resident).get("/staff/").status_code == 403


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [
        (Role.OFFICER, "Our briefs", "Staff and roles"),
        (Role.ADMINISTRATOR, "Staff and roles", "Our briefs"),
    ],
)
def test_staff_home_shows_the_doors_of_the_role(client_for, host, role, shown, hidden):
    page = text(client_for(factories.make_staff(host, role)).get("/staff/"))
    assert shown in page
    assert hidden not in page.partition("Go to")[2]


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.FINANCE, "Payments come to this portal later."),
        (Role.COMMISSIONER, "You can read briefs and what people said at any time."),
        (Role.ADMINISTRATOR, "You can read briefs and what people said at any time."),
    ],
)
def test_staff_home_tells_those_who_write_no_briefs_what_they_can_do(client_for, host, role, words):
    page = text(client_for(factories.make_staff(host, role)).get("/staff/"))
    assert words in page
    assert "Read what people said" in page
    assert "write the next brief" not in page
