"""The main job for those who use no mouse, and for those whose browser runs no scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from opportunities.levels import PlacesGiven
from opportunities.models import Opportunity
from people.models import Person, User
from tests.journeys.acts import briefs, coming_forward
from tests.journeys.brief import the_letters
from tests.journeys.story import Story
from tests.journeys.visitor import Visitor, code_of


@pytest.mark.parametrize("width", [320, 1280])
def test_a_resident_comes_forward_and_withdraws_by_keyboard(
    width, demonstration, page_at, looks_right, mailoutbox
):
    """Tab, Enter and Space alone, and the focus is seen at every stop (see test_visitor.py)."""
    person = Person.objects.get(email="resident@example.org")
    resident = Visitor(page_at(width), looks_right)
    main, keyboard = resident.main, resident.page.keyboard
    resident.open("/")
    resident.tab_to(main.get_by_role("link", name="See what is open"))
    resident.enter()
    brief = new_on_this_page(resident, person)
    resident.tab_to(main.get_by_role("link", name=brief.title, exact=True))
    resident.enter()
    resident.tab_to(main.get_by_role("link", name="I'm interested").first)
    resident.enter()
    resident.tab_to(main.get_by_role("link", name="Sign in"))
    resident.enter()
    resident.tab_to(resident.field("Your e-mail address"))
    keyboard.type(person.email)
    resident.enter()
    resident.tab_to(resident.field("The code from the e-mail"))
    keyboard.type(code_of(mailoutbox))
    resident.enter()
    resident.is_at("What may we tell the project team?")
    of_age = main.get_by_role("group", name="Are you 18 or over?").get_by_label("Yes")
    resident.tab_to(of_age)
    keyboard.press("Space")
    expect(of_age).to_be_checked()
    resident.tab_to(resident.button("I'm interested"))
    resident.enter()
    resident.is_at("Thank you for coming forward")
    resident.tab_to(main.get_by_role("link", name="See it, change it or withdraw"))
    resident.enter()
    resident.tab_to(main.get_by_role("link", name="Withdraw"))
    resident.enter()
    resident.tab_to(resident.button("Withdraw"))
    resident.enter()
    resident.reads("You have withdrawn. Thank you for telling us.")
    assert brief.sign_ups.get(person=person).withdrawn_at is not None


def new_on_this_page(resident: Visitor, person: Person) -> Opportunity:
    """Return a brief of this page of the list whose places nobody has to choose, new to them."""
    titles = resident.main.locator(".gi-card h2").all_inner_texts()
    first_come = Opportunity.objects.filter(title__in=titles, places_given=PlacesGiven.FIRST_COME)
    return first_come.exclude(sign_ups__person=person).order_by("pk")[0]


def test_a_brief_and_its_places_without_scripts(demonstration, page_at, looks_right, mailoutbox):
    def visit(user: User | None = None) -> Visitor:
        return Visitor(page_at(320, user=user, javascript=False), looks_right)

    story = Story(visit, mailoutbox, the_letters())
    briefs.an_officer_writes_half_a_brief_and_finishes_it(story)
    briefs.a_coordinator_returns_it_and_then_publishes_it(story)
    coming_forward.residents_find_it_and_fill_it(story)
    coming_forward.somebody_withdraws_and_the_next_in_order_is_told(story)
