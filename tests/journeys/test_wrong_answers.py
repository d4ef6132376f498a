"""Every main form, sent wrong: what to do is said, and nothing that was typed is lost.

For each form ``Visitor.is_refused`` proves that the title begins with "Error: ", that the summary
has the focus and says exactly what is expected, that its links lead to marked fields in the order
of the page, and that everything typed is still there. Pages are judged with their errors on them,
on a phone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from charter.models import CheckBack, Contribution
from coprod.lib.days import today
from opportunities.levels import PlacesGiven
from opportunities.lifecycle import SignUpStatus, Status
from opportunities.models import Opportunity
from people.models import Person, User
from tests.journeys.visitor import Visitor, code_of

PHONE = 320
SHORTER = "Make this shorter, so that it fits on the page"
FEWER_LINES = "Use at most 12 lines, so that it fits on the page"
TOO_LONG = "A line of my page.\n" * 40


@pytest.fixture
def visit(demonstration, page_at, looks_right) -> Callable[[str], Visitor]:
    """``visit("officer")`` is a persona of the demonstration on a phone; "" is anybody."""

    def come(persona: str = "") -> Visitor:
        user = User.objects.get(email=f"{persona}@example.org") if persona else None
        return Visitor(page_at(PHONE, user=user), looks_right)

    return come


def council(status: Status, **more: object) -> Opportunity:
    """Return a brief of Example Council in a state."""
    own = Opportunity.objects.filter(organisation__slug="example-council", status=status, **more)
    return own.order_by("pk")[0]


def test_somebody_new_signs_up_and_in(visit, mailoutbox):
    somebody = visit()
    somebody.open("/account/signup/")
    somebody.is_refused(
        "Make my account", "Enter your name", "Write your e-mail address, like name@example.org"
    )
    somebody.write("Your name", "Nadia")
    somebody.write("Your e-mail address", "nadia at home")
    somebody.is_refused("Make my account", "Write your e-mail address, like name@example.org")
    somebody.open("/account/login/")
    somebody.is_refused("Sign in", "Enter your e-mail address")
    somebody.write("Your e-mail address", "resident@example.org")
    somebody.write("Password, if you have set one", "not my password")
    somebody.is_refused(
        "Sign in",
        "The e-mail address or the password is not right. "
        "Leave the password empty, and we send you a code.",
    )
    somebody.write("Your e-mail address", "resident@example.org")
    somebody.press("Sign in")
    somebody.is_refused("Go on", "Write the eight figures from the e-mail")
    wrong = "1111-1111" if code_of(mailoutbox) != "1111-1111" else "2222-2222"
    somebody.write("The code from the e-mail", wrong)
    somebody.is_refused("Go on", "That is not the code. Look at the newest e-mail from us.")


def test_a_resident_comes_forward(visit):
    resident = visit("resident")
    person = Person.objects.get(email="resident@example.org")
    new_to_me = Opportunity.objects.open_on(today()).exclude(sign_ups__person=person)
    resident.open(f"/opportunities/{new_to_me.order_by('pk')[0].slug}/sign-up/")
    resident.write("Why are you interested?", "I know these letters.")
    resident.choose("How may the project team reach you?", "Phone call")
    resident.write("Phone number", "12")
    resident.write("What support do you need to take part?", "Large print, please.")
    resident.is_refused(
        "I'm interested",
        "Enter a phone number, like 0121 496 0456",
        "Tick the box to let the team read this, or leave the support box empty.",
        "Choose yes or no",
    )
    mine = person.sign_ups.filter(status=SignUpStatus.PLACE)[0]
    resident.open(f"/my/sign-ups/{mine.pk}/change/")
    resident.choose("How may the project team reach you?", "Letter")
    resident.write("Address", "")
    resident.is_refused("Save", "Enter an address, with its postcode")
    resident.open(f"/my/sign-ups/{mine.pk}/support/")
    resident.write("What support do you need to take part?", "A lift home.")
    resident.is_refused(
        "Save",
        "Tick the box to let the team read this, or leave the support box empty.",
    )


def test_a_resident_speaks_of_themselves(visit):
    resident = visit("resident")
    resident.open("/my/profile/edit/")
    resident.write("Name", "")
    resident.write("What’s important to me", TOO_LONG)
    resident.is_refused("Save my page", "Enter a name", SHORTER, FEWER_LINES)
    resident.open("/my/details/")
    resident.choose("How may we reach you?", "Text message")
    resident.write("Phone number", "12")
    resident.is_refused("Save my details", "Enter a phone number, like 0121 496 0123")
    resident.open("/my/equality/edit/")
    resident.write("What year were you born?", "last year")
    resident.is_refused(
        "Save my answers",
        "Enter the year with four digits, like 1968. Not more than 120 years ago",
        "Choose why you are changing your answers",
    )
    asked = CheckBack.objects.filter(person__email="resident@example.org").open()[0]
    resident.open(f"/my/check-backs/{asked.pk}/")
    resident.write("Tell us more", "It is not finished.")
    resident.is_refused("Send my answer", "Choose yes, partly or no")


# --- Staff ---------------------------------------------------------------------------------------
def test_an_officer_writes_a_brief(visit):
    officer = visit("officer")
    officer.open("/staff/opportunities/new/")
    officer.is_refused("Save", "Enter a title")
    draft = council(Status.DRAFT)
    officer.open(f"/staff/opportunities/{draft.slug}/edit/")
    first = today() + dt.timedelta(days=30)
    officer.write("How many places?", "some")
    officer.page.locator("#id_closes_on_day").fill("31")
    officer.page.locator("#id_closes_on_month").fill("February")
    officer.page.locator("#id_closes_on_year").fill("2027")
    officer.write_day("First date", first)
    officer.write_day("Last date", first - dt.timedelta(days=1))
    officer.write("The lead’s e-mail", "dawn")
    officer.is_refused(
        "Send for review",
        "Write the places as a number, like 12",
        "Check the date: it is not in the calendar",
        "The last date comes before the first. Check both",
        "Enter an e-mail address, like name@example.org",
    )
    published = council(Status.PUBLISHED)
    officer.open(f"/staff/opportunities/{published.slug}/edit/")
    officer.write("Who decides?", "")
    officer.is_refused("Save and tell people", "Say what you changed", "Say why you changed it")
    officer.write("What did you change?", "Nobody decides")
    officer.write("Why?", "We forgot")
    officer.is_refused("Save and tell people", "Fill this in: people read it")
    officer.open(f"/staff/opportunities/{published.slug}/withdraw/")
    officer.is_refused("Withdraw this brief", "Say why")


def test_an_officer_looks_after_people(visit):
    officer = visit("officer")
    brief = council(Status.PUBLISHED, places_given=PlacesGiven.WE_CHOOSE)
    people = f"/staff/opportunities/{brief.slug}/people/"
    officer.open(f"{people}add/new/")
    officer.write("Why are they interested?", "She told me on the phone.")
    officer.is_refused(
        "Sign them up",
        "Choose how they came forward",
        "Enter a name",
        "Choose how the team may reach them",
        "Choose yes or no",
    )
    officer.open(f"{people}message/")
    officer.write("What is it about?", "The first meeting")
    officer.is_refused("See it before it goes", "Choose who gets it", "Write your message")
    heard = brief.sign_ups.filter(status=SignUpStatus.HEARD)[0]
    officer.open(f"{people}{heard.pk}/decline/")
    officer.write("What we tell them", "Not this time, sorry.")
    officer.is_refused("Send this answer", "Write down the reason: it stays with your team.")
    officer.open(f"{people}{heard.pk}/withdraw/")
    officer.is_refused("Withdraw them", "Choose how they told you")
    officer.open("/staff/people/new/")
    officer.write("Postal address", "12 Example Road")
    officer.is_refused(
        "Add this person",
        "Choose how they reached you",
        "Enter a name",
        "Choose how we may reach them",
    )


def test_an_officer_keeps_promises(visit):
    officer = visit("officer")
    project = council(Status.IN_PROGRESS, contributions__isnull=False)
    desk = f"/staff/opportunities/{project.slug}/"
    officer.open(f"{desk}took-part/day/")
    officer.write_day("Which day?", today() + dt.timedelta(days=3))
    days = f"{project.starts_on:%d %m %Y} to {today():%d %m %Y}"
    officer.is_refused("Show this day", f"Enter a day from {days}")
    officer.open(f"{desk}took-part/new/")
    officer.write("E-mail address", "winston")
    officer.is_refused(
        "Add and tick them", "Enter a name", "Enter an e-mail address, like name@example.org"
    )
    officer.open(f"{desk}feedback/add/")
    officer.write("What did people say?", "It is too cold.")
    officer.write_day("When did they say it?", today() + dt.timedelta(days=1))
    officer.is_refused(
        "Save what people said",
        "Say in a few words what it is about",
        "Say where they said it",
        "Choose today or a day before today",
        "Enter how many people said it",
        "Choose how it reached you",
    )
    said = Contribution.objects.filter(opportunity=project)[0]
    officer.open(f"/staff/contributions/{said.pk}/respond/")
    officer.write("Who looks after it?", "")
    officer.is_refused(
        "Give this answer",
        "Choose one answer",
        "Tell people in your own words",
        "Name somebody who looks after it",
    )
    officer.choose("What is your answer?", "We did")
    officer.is_refused(
        "Give this answer",
        "Enter the day when it was done",
        "Tell people in your own words",
        "Name somebody who looks after it",
    )
    asked = CheckBack.objects.open().filter(
        person__contact_by="phone",
        response__contribution__opportunity__organisation=project.organisation,
    )[0]
    officer.open(f"/staff/check-backs/{asked.pk}/answer/")
    officer.write("What they added, in their own words", "It is warm now.")
    officer.is_refused("Save their answer", "Choose how they told you", "Choose yes, partly or no")


def test_a_coordinator_and_an_administrator(visit):
    coordinator = visit("coordinator")
    waiting = council(Status.SUBMITTED)
    coordinator.open(f"/staff/opportunities/{waiting.slug}/return/")
    coordinator.is_refused("Return", "Say why")
    comment = CheckBack.objects.comments_to_read().filter(
        response__contribution__opportunity__organisation=waiting.organisation
    )[0]
    coordinator.open(f"/staff/comments/{comment.pk}/")
    coordinator.is_refused("Decide", "Choose whether everybody may read it")
    coordinator.open("/staff/charter/")
    coordinator.write_day("When was it reviewed?", today() + dt.timedelta(days=1))
    coordinator.is_refused("Mark as reviewed", "Choose today or a day before today")
    coordinator.go_by(coordinator.main.locator("a[href^='/staff/charter/']").first)
    coordinator.write("Heading", "")
    coordinator.is_refused("Save the new words", "Enter the heading", "Say why you change it")
    administrator = visit("administrator")
    administrator.open("/staff/organisation/invite/")
    administrator.write("E-mail address at work", "new colleague")
    administrator.is_refused(
        "Send the invitation",
        "Enter a name",
        "Enter an e-mail address, like name@example.org",
        "Choose a role",
    )
