"""Residents find a brief, come forward until it is full, wait, withdraw, and move up."""

from __future__ import annotations

from playwright.sync_api import expect

from people.delivery import deliver_due
from people.models import Notice, User
from tests.journeys.story import NEWCOMER, NEWCOMERS_ADDRESS, RINGS, Story
from tests.journeys.visitor import Visitor, code_of, path_in


def residents_find_it_and_fill_it(story: Story) -> None:
    resident, other = story.visit_as("resident"), story.visit_as("resident-2")
    looks_for_the_brief(resident, story)
    comes_forward(resident)
    resident.reads("You have a place")
    other.open(f"/opportunities/{story.slug}/")
    comes_forward(other)
    other.reads("You have a place")
    somebody_rings_and_is_signed_up(story)
    newcomer = story.visit()
    newcomer.open(f"/opportunities/{story.slug}/")
    newcomer.reads("All places are taken. You can join the waiting list: 0 people wait now.")
    newcomer.follow("I'm interested")
    makes_an_account(newcomer, story)
    says_what_the_team_may_know(newcomer)
    newcomer.reads("You are number 1 on the waiting list")
    assert (story.opportunity.places_taken, story.opportunity.places) == (3, 3)


def looks_for_the_brief(resident: Visitor, story: Story) -> None:
    resident.open("/")
    resident.follow("See what is open")
    narrower = resident.main.get_by_role("searchbox", name="Words")
    if not narrower.is_visible():
        resident.main.get_by_text("Make the list shorter").click()
    narrower.fill("bicycle umbrella")
    resident.press("Show these")
    resident.reads("Nothing open for this choice today")
    resident.follow("Clear all")
    if not narrower.is_visible():
        resident.main.get_by_text("Make the list shorter").click()
    narrower.fill("second round letter")
    resident.main.get_by_label("At home or online").check()
    resident.press("Show these")
    expect(resident.main.locator(".gi-card")).to_have_count(1)
    resident.follow(story.brief["title"])
    resident.reads("What is the time commitment?", story.brief["commitment"], "also by post")
    resident.reads("3 of 3", "Who decides:", "If you get benefits")


def comes_forward(person: Visitor) -> None:
    person.follow("I'm interested")
    says_what_the_team_may_know(person)


def says_what_the_team_may_know(person: Visitor) -> None:
    person.write("Why are you interested?", "I had one of these letters and cried.")
    person.choose("How may the project team reach you?", "E-mail")
    person.press("Update what they see")
    person.reads("What the project team will see")
    person.choose("Are you 18 or over?", "Yes")
    person.press("I'm interested")
    person.is_at("Thank you for coming forward")


def makes_an_account(newcomer: Visitor, story: Story) -> None:
    newcomer.is_at("How would you like to come forward?")
    newcomer.follow("I am new here")
    newcomer.write("Your name", NEWCOMER)
    newcomer.write("Your e-mail address", NEWCOMERS_ADDRESS)
    newcomer.press("Make my account")
    newcomer.write("The code from the e-mail", code_of(story.mailbox))
    newcomer.press("Go on")
    assert newcomer.path == f"/opportunities/{story.slug}/sign-up/"


def somebody_rings_and_is_signed_up(story: Story) -> None:
    """She has no e-mail, so what she is told becomes a task for somebody to ring her."""
    officer = story.visit_as("officer")
    officer.open(story.desk)
    officer.follow("People who came forward")
    officer.follow("Add somebody who rang or wrote")
    officer.follow("Sign up somebody new")
    officer.write("Name", RINGS)
    officer.choose("How did they come forward?", "By phone")
    officer.choose("How may the team reach them?", "Phone call")
    officer.field("Phone number").first.fill("0121 496 0456")
    officer.choose("Are they 18 or over?", "Yes")
    officer.press("Sign them up")
    officer.is_at(RINGS)
    officer.reads("To ring or write to them is now a task for your team.", "Typed by Sam Lowe.")
    assert story.told(RINGS, "place_given").status == Notice.Status.TASK


def somebody_withdraws_and_the_next_in_order_is_told(story: Story) -> None:
    other = story.visit_as("resident-2")
    other.open("/my/sign-ups/")
    other.follow(story.brief["title"])
    other.follow("Withdraw")
    other.reads("your place goes to the next person on the waiting list.")
    other.press("Withdraw")
    other.reads("You have withdrawn. Thank you for telling us.")
    deliver_due()
    letters = [one for one in story.mailbox if one.to == [NEWCOMERS_ADDRESS]]
    assert letters[-1].subject == "A place came free for you"
    newcomer = story.visit(User.objects.get(email=NEWCOMERS_ADDRESS))
    newcomer.open(path_in(letters[-1].body, "/my/sign-ups/"))
    newcomer.reads("You have a place")
    assert story.told(NEWCOMER, "moved_up").status == Notice.Status.SENT
