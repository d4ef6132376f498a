"""What is typed survives: an error, Back and Forward, a refresh, two windows, an expired sign-in.

And nothing is sent twice by any of it. Controls: another person who signs in in the same tab reads
none of it; a form about health keeps nothing in the tab.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Error, Page

from charter.models import Contribution
from coprod.lib.days import today
from opportunities.models import Opportunity
from people.models import Role, User
from tests import factories as make
from tests.journeys.conftest import sign_in
from tests.journeys.visitor import Visitor, sign_in_by_code

WORDS = "The door is too heavy,\nand the bell is broken."
MORE = WORDS + "\nBoth, since May."
DRAFTS = "Object.keys(sessionStorage).filter((key) => key.startsWith('draft:'))"


@pytest.fixture
def brief(transactional_db) -> Opportunity:
    host = make.make_organisation(slug="example-council", is_host=True)
    return make.make_opportunity(host)


@pytest.fixture
def officer(brief) -> User:
    return make.make_staff(brief.organisation, Role.OFFICER, "Dev Officer")


@pytest.fixture
def visit(page_at) -> Callable[..., Visitor]:
    """Other journeys look at these pages: this one only types."""
    return lambda user, **more: Visitor(page_at(1280, user=user, **more), lambda _page: None)


def page_of(brief: Opportunity) -> str:
    return f"/staff/opportunities/{brief.slug}/feedback/add/"


def what(page: Page) -> str:
    return page.locator("#id_what").input_value()


def is_error(page: Page) -> bool:
    return page.title().startswith("Error: ")


def test_back_forward_and_refresh_after_an_error(brief, officer, visit):
    writer = visit(officer)
    page = writer.page
    writer.open(page_of(brief))
    writer.write("What did people say?", WORDS)
    writer.press("Save what people said")
    assert is_error(page)
    page.go_back()
    assert (is_error(page), what(page)) == (False, WORDS)
    page.go_forward()  # it was the answer of a form, and is the form now: nothing is sent again
    assert (is_error(page), what(page)) == (False, WORDS)
    writer.write("What did people say?", MORE)
    page.reload()
    assert what(page) == MORE
    page.goto("/staff/")
    page.go_back()
    assert what(page) == MORE
    fill_in_the_rest(writer)
    writer.press("Save what people said")
    writer.reads("Saved. Now answer it.")
    page.reload()
    assert page.evaluate(DRAFTS) == []
    assert Contribution.objects.get().what == MORE


def test_control_without_the_script_the_browser_cannot_go_forward(brief, officer, visit):
    writer = visit(officer)
    writer.page.add_init_script("history.replaceState = () => {}")
    writer.open(page_of(brief))
    writer.press("Save what people said")
    writer.page.go_back()
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        writer.page.go_forward()


def fill_in_the_rest(writer: Visitor) -> None:
    page = writer.page
    for name, value in {
        "about": "The door",
        "said_at": "Tipton library",
        "people_count": "7",
    }.items():
        page.fill(f"#id_{name}", value)
    now = today()
    for part in ("day", "month", "year"):
        page.fill(f"#id_said_on_{part}", str(getattr(now, part)))
    page.locator("input[name=channel]").first.check()


def test_the_session_ends_while_somebody_writes(brief, officer, visit, mailoutbox):
    writer = visit(officer)
    writer.open(page_of(brief))
    writer.write("What did people say?", WORDS)
    fill_in_the_rest(writer)
    Session.objects.all().delete()
    writer.press("Save what people said")
    writer.reads("Please sign in again. We kept what you typed.")
    sign_in_by_code(writer, officer.email, mailoutbox)
    assert writer.path == page_of(brief)
    writer.reads("We kept what you typed. Check it, and send it again.")
    assert what(writer.page) == WORDS
    assert Contribution.objects.count() == 0
    writer.press("Save what people said")
    writer.reads("Saved. Now answer it.")
    assert Contribution.objects.get().what == WORDS


def test_a_sign_in_in_another_tab(brief, officer, visit, mailoutbox):
    writer = visit(officer)
    writer.open(page_of(brief))
    writer.write("What did people say?", WORDS)
    fill_in_the_rest(writer)
    Session.objects.all().delete()
    other = Visitor(writer.page.context.new_page(), writer._look)
    other.open("/account/login/")
    sign_in_by_code(other, officer.email, mailoutbox)
    writer.press("Save what people said")
    writer.reads("We kept what you typed. Check it, and send it again.")
    assert what(writer.page) == WORDS
    writer.press("Save what people said")
    writer.reads("Saved. Now answer it.")
    assert Contribution.objects.count() == 1


def test_two_tabs_of_one_form_do_not_mix(brief, officer, visit):
    first = visit(officer)
    second = Visitor(first.page.context.new_page(), first._look)
    for tab, words in ((first, WORDS), (second, MORE)):
        tab.open(page_of(brief))
        tab.write("What did people say?", words)
        fill_in_the_rest(tab)
    for tab in (first, second):
        tab.press("Save what people said")
        tab.reads("Saved. Now answer it.")
    said = Contribution.objects.order_by("pk").values_list("what", flat=True)
    assert list(said) == [WORDS, MORE]


def test_nobody_else_in_the_same_tab_reads_a_draft(brief, officer, visit, live_server):
    """The same tab, and the same page by Back: only the person is another."""
    writer = visit(officer)
    page = writer.page
    writer.open(page_of(brief))
    writer.write("What did people say?", WORDS)
    page.goto("/staff/")
    assert len(page.evaluate(DRAFTS)) == 1
    colleague = make.make_staff(brief.organisation, Role.OFFICER, "Cara Colleague")
    sign_in(page.context, live_server.url, colleague)
    page.goto("/my/")
    assert page.evaluate(DRAFTS) == []
    page.go_back()
    page.go_back()
    assert what(page) == ""


def test_signing_out_forgets_drafts_and_health_is_never_one(brief, officer, visit):
    writer = visit(officer)
    page = writer.page
    writer.open(page_of(brief))
    writer.write("What did people say?", WORDS)
    page.goto("/staff/")
    assert len(page.evaluate(DRAFTS)) == 1
    page.get_by_role("button", name="Sign out").first.click()
    page.wait_for_url("**/")
    assert page.evaluate(DRAFTS) == []
    person = visit(make.make_resident("Amina Resident"))
    person.open(f"/opportunities/{brief.slug}/sign-up/")
    person.page.locator("textarea").first.fill(WORDS)
    person.page.goto("/my/")
    assert person.page.evaluate(DRAFTS) == []


def test_without_scripts_nothing_counts_twice(brief, officer, visit):
    """The browser asks before it sends an answered form again; saying yes changes nothing."""
    writer = visit(officer, javascript=False)
    writer.open(page_of(brief))
    writer.write("What did people say?", WORDS)
    fill_in_the_rest(writer)
    writer.press("Save what people said")
    writer.page.go_back()
    writer.page.go_forward()
    writer.page.reload()
    assert Contribution.objects.count() == 1
