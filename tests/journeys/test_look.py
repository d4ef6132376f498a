"""The frame and the controls in a browser: by eye, by keyboard, with and without scripts."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

INFORMING = ["contact", "how_it_works", "glossary", "privacy", "accessibility", "concern"]
ACCOUNT = ["account_login", "account_signup", "account_reset_password"]


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_that_inform_and_doors_of_accounts_look_right(page_at, looks_right, width):
    page = page_at(width)
    for name in [*INFORMING, *ACCOUNT]:
        page.goto(reverse(name))
        looks_right(page)


def test_a_page_that_is_not_there_looks_right(page_at, looks_right):
    page = page_at(320)
    assert page.goto("/no/such/page/").status == 404
    looks_right(page)


def test_the_keyboard_passes_the_header_in_one_step(page_at):
    page = page_at(1280)
    page.goto(reverse("contact"))
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_an_error_takes_the_focus_and_leads_to_its_field(page_at, looks_right):
    page = page_at(320)
    page.goto(reverse("account_signup"))
    page.get_by_role("button", name="Make my account").click()
    expect(page).to_have_title("Error: Make an account - Get involved in Sandwell")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    looks_right(page)
    page.get_by_role("link", name="Enter your name").click()
    expect(page.get_by_label("Your name")).to_be_focused()


@pytest.fixture
def coming_forward(resident, host) -> str:
    """The address of a form whose choices reveal fields."""
    opportunity = factories.make_opportunity(host)
    return reverse("opportunities:sign_up", args=[opportunity.slug])


def test_a_choice_shows_what_belongs_to_it_and_hides_the_rest(
    page_at, looks_right, resident, coming_forward
):
    page = page_at(320, user=resident)
    page.goto(coming_forward)
    phone, address = page.locator("#id_phone"), page.locator("#id_email")
    page.get_by_label("Phone call", exact=True).check()
    expect(phone).to_be_visible()
    expect(address).to_be_hidden()
    page.get_by_label("E-mail", exact=True).check()
    expect(address).to_be_visible()
    expect(phone).to_be_hidden()
    looks_right(page)


def test_without_scripts_everything_is_there(page_at, looks_right, resident, coming_forward):
    page = page_at(1280, user=resident, javascript=False)
    page.goto(coming_forward)
    for name in ("phone", "email"):
        expect(page.locator(f"#id_{name}")).to_be_visible()
    looks_right(page)


def test_the_counter_of_letters_counts_as_somebody_writes(page_at, resident, coming_forward):
    page = page_at(1280, user=resident)
    page.goto(coming_forward)
    box = page.locator("textarea").first
    limit = int(page.locator(".govuk-character-count").first.get_attribute("data-maxlength"))
    box.fill("x" * (limit - 1))
    expect(page.get_by_text("You can write 1 more letter", exact=True).first).to_be_visible()


def test_a_button_pressed_twice_sends_once(page_at, db):
    page = page_at(1280)
    page.goto(reverse("account_signup"))
    sent = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.route("**/account/signup/", lambda route: route.fulfill(status=204))
    page.get_by_role("button", name="Make my account").dblclick()
    page.wait_for_timeout(200)
    assert len(sent) == 1


def test_shapes_stay_shapes_where_colours_are_forced(page_at):
    """Control: without the rules for forced colours the two bubbles are one plain area."""
    page = page_at(1280)
    page.emulate_media(forced_colors="active")
    page.goto(reverse("how_it_works"))
    strokes = page.eval_on_selector_all(
        ".gi-spectrum .gi-d-you", "shapes => shapes.map(s => getComputedStyle(s).strokeWidth)"
    )
    assert strokes == ["2px"] * 5


def test_paper_has_no_furniture(page_at):
    page = page_at(1280)
    page.emulate_media(media="print")
    page.goto(reverse("contact"))
    for furniture in (".gi-header", ".gi-help", ".gi-footer"):
        expect(page.locator(furniture)).to_be_hidden()
    expect(page.get_by_role("heading", name="Contact us")).to_be_visible()
