"""Staff and their briefs, as officers and coordinators meet them: list, project, moves."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from coprod.lib.days import today
from opportunities.lifecycle import Status
from opportunities.models import BriefChange, Opportunity
from opportunities.views.staff.projects import PAGE_SIZE
from people.models import AuditEvent, Notice
from tests.factories import make_opportunity, make_sign_up

pytestmark = pytest.mark.usefixtures("host")
DAY = dt.timedelta(days=1)
MOVES = ["submit", "publish", "return_brief", "close", "reopen", "start", "withdraw_brief"]


def page(name: str, brief: Opportunity) -> str:
    return reverse(f"opportunities:{name}", args=[brief.slug])


def draft(**fields) -> Opportunity:
    return make_opportunity(**({"status": Status.DRAFT, "published_at": None} | fields))


def titles(response) -> list[str]:
    return [card.opportunity.title for card, _gaps in response.context["cards"]]


# --- The list ------------------------------------------------------------------------------------
def test_manage_lists_own_briefs_alone(client_for, officer, other_officer, trust):
    """The trust's brief is there to leak; its own officer is the control."""
    draft(title="Ours")
    draft(organisation=trust, title="Theirs")
    assert titles(client_for(officer).get("/staff/opportunities/")) == ["Ours"]
    assert titles(client_for(other_officer).get("/staff/opportunities/")) == ["Theirs"]


def test_manage_filters_by_state_and_words_with_counts(client_for, officer):
    draft(title="Bus draft")
    make_opportunity(title="Bus open")
    make_opportunity(title="Park open")
    browser = client_for(officer)
    response = browser.get("/staff/opportunities/?q=bus&status=published")
    assert titles(response) == ["Bus open"]
    numbers = {tab["label"]: tab["number"] for tab in response.context["tabs"]}
    assert (numbers["All"], numbers[Status.DRAFT.label], numbers[Status.PUBLISHED.label]) == (
        2,
        1,
        1,
    )
    assert len(titles(browser.get("/staff/opportunities/?status=nonsense&page=%%&q=%00"))) == 3


def test_manage_pages(client_for, officer):
    for number in range(PAGE_SIZE + 1):
        draft(title=f"Draft {number}")
    browser = client_for(officer)
    first = browser.get("/staff/opportunities/?status=draft")
    second = browser.get(first.context["following"])
    assert (len(titles(first)), titles(second)) == (PAGE_SIZE, ["Draft 0"])
    assert titles(browser.get(second.context["previous"])) == titles(first)


@pytest.mark.parametrize("rows", [1, 3, 21])
def test_manage_asks_the_same_few_questions(client_for, officer, django_assert_num_queries, rows):
    for _ in range(rows):
        make_sign_up(make_opportunity())
        draft()
    browser = client_for(officer)
    with django_assert_num_queries(6):  # session, user, role, counts, rows, towns
        browser.get("/staff/opportunities/")


def test_manage_says_what_is_missing_and_helps_the_first_time(client_for, officer):
    browser = client_for(officer)
    assert "You have no briefs yet" in browser.get("/staff/opportunities/").text
    draft(what="", how="")
    assert "2 parts missing." in browser.get("/staff/opportunities/").text
    assert "No brief fits this" in browser.get("/staff/opportunities/?q=elephant").text


@pytest.mark.parametrize("name", ["manage", "new"])
def test_residents_do_not_come_in(client_for, resident, client, name):
    address = reverse(f"opportunities:{name}")
    assert client_for(resident).get(address).status_code == 403
    assert client.get(address).status_code == 302


# --- One project ---------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["project", "preview", "edit", "copy_brief", *MOVES])
def test_pages_of_a_draft_do_not_exist_for_other_organisations(
    client_for, other_coordinator, coordinator, resident, name
):
    """The coordinator of the same organisation is the control."""
    brief = draft(title="Secret plan")
    response = client_for(other_coordinator).get(page(name, brief))
    assert response.status_code == 404
    assert "Secret plan" not in response.text
    assert client_for(resident).get(page(name, brief)).status_code == 403
    control = client_for(coordinator).get(page(name, brief))
    assert (control.status_code, "Secret plan" in control.text) == (200, True)


@pytest.mark.parametrize("name", ["project", "preview", "edit", "copy_brief", *MOVES])
def test_pages_of_a_public_brief_are_refused_to_other_organisations(
    client_for, other_coordinator, name
):
    assert client_for(other_coordinator).get(page(name, make_opportunity())).status_code == 403


@pytest.mark.parametrize("name", ["edit", "copy_brief", *MOVES])
def test_a_commissioner_follows_and_changes_nothing(client_for, commissioner, name):
    brief = make_opportunity()
    browser = client_for(commissioner)
    assert browser.get(page("project", brief)).status_code == 200
    assert browser.post(page(name, brief), {"reason": "x"}).status_code == 403


def test_project_offers_what_is_possible_now(client_for, officer, coordinator):
    brief = make_opportunity(status=Status.SUBMITTED, published_at=None)

    def offered(user):
        context = client_for(user).get(page("project", brief)).context
        return [str(step.label) for step in context["steps"]]

    assert offered(officer) == ["Withdraw this brief"]
    assert offered(coordinator) == ["Publish", "Return", "Withdraw this brief"]


def test_project_shows_the_reason_people_and_changes(client_for, officer):
    brief = make_opportunity(places=1)
    make_sign_up(brief)
    make_sign_up(brief)
    BriefChange.objects.create(opportunity=brief, version=2, what_changed="Later", why="Hall shut")
    shown = client_for(officer).get(page("project", brief)).text
    assert "2 came forward, 1 has a place (of 1), 1 is on the waiting list." in shown
    assert "Hall shut" in shown
    brief = draft(status=Status.RETURNED, return_reason="Say where it is.")
    assert "Say where it is." in client_for(officer).get(page("project", brief)).text


def test_preview_shows_the_page_without_a_working_button(client_for, officer):
    shown = client_for(officer).get(page("preview", make_opportunity())).text
    assert "What is the opportunity / project?" in shown
    assert 'href="/opportunities/brief' not in shown


def test_copy_brief_begins_a_draft_without_dates(client_for, officer):
    brief = make_opportunity(title="Bins", is_borough_wide=True)
    browser = client_for(officer)
    assert "Copy this brief?" in browser.get(page("copy_brief", brief)).text
    response = browser.post(page("copy_brief", brief))
    copy = Opportunity.objects.get(title="Bins (copy)")
    assert response.url == page("edit", copy)
    assert (copy.status, copy.starts_on, copy.closes_on) == (Status.DRAFT, None, None)
    assert (copy.what, copy.created_by) == (brief.what, officer)


# --- Moves ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "before", "after", "button"),
    [
        ("submit", Status.DRAFT, Status.SUBMITTED, "Send for review"),
        ("publish", Status.SUBMITTED, Status.PUBLISHED, "Publish"),
        ("return_brief", Status.SUBMITTED, Status.RETURNED, "Return"),
        ("close", Status.PUBLISHED, Status.CLOSED, "Close to new people"),
        ("reopen", Status.CLOSED, Status.PUBLISHED, "Open to new people again"),
        ("start", Status.CLOSED, Status.IN_PROGRESS, "Start the project"),
        ("withdraw_brief", Status.PUBLISHED, Status.WITHDRAWN, "Withdraw this brief"),
    ],
)
def test_each_move_asks_once_does_it_and_bears_a_second_click(
    client_for, coordinator, name, before, after, button
):
    brief = make_opportunity(status=before)
    browser = client_for(coordinator)
    assert f">{button}</button>" in browser.get(page(name, brief)).text
    response = browser.post(page(name, brief), {"reason": "Because."}, follow=True)
    brief.refresh_from_db()
    assert (brief.status, response.status_code) == (after, 200)
    events = AuditEvent.objects.count()
    again = browser.post(page(name, brief), {"reason": "Because."}, follow=True)
    brief.refresh_from_db()
    assert (brief.status, again.status_code) == (after, 200)
    assert AuditEvent.objects.count() == events
    assert "govuk-notification-banner" in again.text


def test_submit_sends_the_editor_what_is_missing(client_for, officer):
    brief = draft(what="")
    browser = client_for(officer)
    assert "1 part missing" in browser.get(page("submit", brief)).text
    response = browser.post(page("submit", brief), follow=True)
    assert response.redirect_chain == [(page("edit", brief), 302)]
    assert "Some parts are missing." in response.text
    assert 'href="#id_what"' in response.text


def test_an_officer_may_submit_and_not_publish(client_for, officer):
    brief = make_opportunity(status=Status.SUBMITTED)
    assert client_for(officer).post(page("publish", brief)).status_code == 403
    assert client_for(officer).post(page("return_brief", brief)).status_code == 403


@pytest.mark.parametrize(
    ("name", "status"), [("return_brief", Status.SUBMITTED), ("withdraw_brief", Status.PUBLISHED)]
)
def test_a_reason_is_needed(client_for, coordinator, name, status):
    brief = make_opportunity(status=status)
    response = client_for(coordinator).post(page(name, brief), {"reason": " "})
    brief.refresh_from_db()
    assert (response.status_code, brief.status) == (200, status)
    assert "Say why" in response.text


def test_return_tells_the_writer_why(client_for, coordinator, officer):
    brief = make_opportunity(status=Status.DRAFT, created_by=officer)
    client_for(officer).post(page("submit", brief))
    client_for(coordinator).post(page("return_brief", brief), {"reason": "Where is it?"})
    notice = Notice.objects.get(user=officer, kind="brief_returned")
    assert "Where is it?" in notice.text
    assert page("edit", brief) in notice.text
    assert "Where is it?" in client_for(officer).get(page("edit", brief)).text


def test_publish_refuses_a_closing_date_that_is_gone(client_for, coordinator):
    brief = make_opportunity(status=Status.SUBMITTED, closes_on=today() - DAY)
    response = client_for(coordinator).post(page("publish", brief), follow=True)
    brief.refresh_from_db()
    assert brief.status == Status.SUBMITTED
    assert "The closing date has passed." in response.text
