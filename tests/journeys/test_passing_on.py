"""Passing a brief on and finding one, in a real browser: with a script, and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
NASTY = "</script><script>document.title = 'taken over'</script>"


@pytest.fixture
def brief():
    host = factories.make_organisation(name="Example Council", slug="example-council")
    return factories.make_opportunity(host, title=f"Bins {NASTY}", what=NASTY)


def test_the_link_is_copied_and_nothing_in_the_page_runs(page_at, looks_right, brief):
    """The policy of the page would be told in the console, which fails the test."""
    page = page_at(320)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(brief.get_absolute_url())
    looks_right(page)
    assert page.title().startswith("Bins")
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(brief.get_absolute_url())
    expect(page.get_by_role("button", name="Print this page")).to_be_visible()


def test_a_page_to_print_has_its_button(page_at):
    resident = factories.make_resident("Amina Resident")
    factories.make_profile(resident.person)
    page = page_at(320, user=resident)
    page.goto("/my/profile/")
    expect(page.get_by_role("button", name="Print one page")).to_be_visible()


def test_without_a_script_the_link_stands_there_and_the_list_sorts(page_at, looks_right, brief):
    factories.make_opportunity(brief.organisation, title="A bus", what="Not about bins.")
    page = page_at(320, javascript=False)
    page.goto(brief.get_absolute_url())
    expect(page.get_by_role("button", name="Copy the link")).to_be_hidden()
    expect(page.get_by_role("link", name="http").first).to_be_visible()
    page.goto("/opportunities/?q=bin")
    looks_right(page)
    first = page.locator(".gi-card h2").first
    expect(first).to_contain_text("Bins")
    page.get_by_role("navigation", name="Sort").get_by_role("link", name="Newest").click()
    expect(first).to_have_text("A bus")
