"""Somebody without e-mail, from joining to leaving, through printed sheets and screens of staff."""

from __future__ import annotations

import pytest

from charter.models import CheckBack
from coprod.lib.days import today
from opportunities.actions import record_took_part
from opportunities.levels import PlacesGiven
from opportunities.models import Opportunity, SignUp
from people.lifecycle import PoolStatus
from people.models import Person, User
from tests.factories import make_check_back, make_contribution, make_opportunity, make_response
from tests.journeys.visitor import Visitor

NAME = "Edna Noemail"


@pytest.mark.parametrize("width", [320])
def test_somebody_without_email_takes_part_from_first_to_last(
    width, demonstration, page_at, looks_right
):
    officer = User.objects.get(email="officer@example.org")
    ours = officer.memberships.get().organisation
    brief = make_opportunity(
        ours, title="Benches for the high street", places_given=PlacesGiven.FIRST_COME
    )
    desk = Visitor(page_at(width, user=officer), looks_right)
    sheets_are_printed(Visitor(page_at(width), looks_right), desk, brief)
    joins(desk)
    edna = Person.objects.get(name=NAME)
    assert (edna.email, edna.user, edna.joined_channel) == ("", None, "paper")
    writes_her_page(desk, edna)
    signs_up_by_her_mark(desk, edna, brief)
    answers_whether_it_helped(desk, edna, brief, officer)
    leaves(desk, edna)


def sheets_are_printed(somebody: Visitor, desk: Visitor, brief: Opportunity) -> None:
    """Whoever has no account prints how to join; the sheet of a brief bears its mark."""
    somebody.open("/contact/")
    somebody.follow("Print a form yourself")
    somebody.follow("I would like to get involved")
    somebody.reads("Tick one box.", "For the office")
    somebody.follow("Large print")
    somebody.reads("Usual print")
    assert smallest_letters(somebody) >= 16 * 4 / 3  # 16 pt on paper, in pixels
    somebody.open(f"/opportunities/{brief.slug}/paper-form/")
    somebody.reads(brief.title, f"B-{brief.pk}")
    desk.open("/staff/sheets/")
    desk.is_at("Forms to print")


def smallest_letters(somebody: Visitor) -> float:
    """Return the size in pixels of the smallest letters of the sheet, as it is printed."""
    somebody.page.emulate_media(media="print")
    size: float = somebody.page.evaluate(
        """() => Math.min(...[...document.querySelectorAll(".gi-sheet *")]
            .filter((one) => one.checkVisibility() && [...one.childNodes].some(
                (node) => node.nodeType === Node.TEXT_NODE && node.data.trim()))
            .map((one) => parseFloat(getComputedStyle(one).fontSize)))"""
    )
    somebody.page.emulate_media(media="null")
    return size


def joins(desk: Visitor) -> None:
    """Her sheet is typed without a mouse: the focus waits in the first box."""
    desk.open("/staff/people/new/")
    focused = desk.page.evaluate("document.activeElement.name")
    assert focused == "channel"
    desk.choose("How did they reach you?", "On paper")
    desk.write("Name", NAME)
    desk.choose("How may we reach them?", "Letter")
    desk.write("Postal address", "7 Example Street\nTipton")
    desk.press("Add this person")
    desk.is_at(NAME)
    desk.reads("Do something for them")


def writes_her_page(desk: Visitor, edna: Person) -> None:
    desk.follow("Their one page profile")
    desk.choose("How did they tell you?", "By phone")
    desk.write("What’s important to me", "A place to sit")
    desk.press("Save their page")
    desk.reads(f"{NAME}: the page is saved.")
    edna.profile.refresh_from_db()
    assert edna.profile.important_to_me == "A place to sit"


def signs_up_by_her_mark(desk: Visitor, edna: Person, brief: Opportunity) -> None:
    """The mark on her sheet finds her; what she ticked there is typed."""
    desk.open(f"/staff/people/?q={edna.reference}")
    desk.is_at(NAME)
    desk.follow("Sign them up to a project")
    row = desk.main.get_by_role("listitem").filter(has_text=brief.title)
    desk.go_by(row.get_by_role("link", name="Sign up"))
    desk.choose("How did they come forward?", "On paper")
    desk.choose("What may the team see of their profile?", "What’s important to me")
    desk.choose("Are they 18 or over?", "Yes")
    desk.press("Sign them up")
    desk.reads("To ring or write to them is now a task for your team.")
    made = SignUp.objects.get(person=edna)
    assert (made.channel, made.contact_by, made.shares) == ("paper", "letter", ["important_to_me"])
    desk.open("/staff/tasks/")
    desk.main.get_by_role("link", name=f"Print a letter to {NAME}").first.click()
    desk.reads("7 Example Street")


def answers_whether_it_helped(
    desk: Visitor, edna: Person, brief: Opportunity, officer: User
) -> None:
    Opportunity.objects.filter(pk=brief.pk).update(starts_on=today())
    record_took_part(opportunity=brief, day=today(), came=[edna], listed=[edna], actor=officer)
    asked = make_check_back(make_response(make_contribution(brief)), edna)
    desk.open(f"/staff/people/{edna.uuid}/")
    desk.follow("Print the question")
    desk.reads("Did it help?", NAME, f"A-{asked.pk}")
    desk.open(f"/staff/mark/A-{asked.pk}/")
    desk.choose("How did they tell you?", "On paper")
    desk.choose("Did it help?", "Partly")
    desk.press("Save their answer")
    answered = CheckBack.objects.get(pk=asked.pk)
    assert (answered.verdict, answered.channel, answered.typed_by) == ("partly", "paper", officer)


def leaves(desk: Visitor, edna: Person) -> None:
    desk.open(f"/staff/people/{edna.uuid}/leave/")
    desk.choose("How did they tell you?", "By phone")
    desk.tick("Yes, they want to leave")
    desk.press("Take them out of the pool")
    edna.refresh_from_db()
    assert edna.status == PoolStatus.LEFT
