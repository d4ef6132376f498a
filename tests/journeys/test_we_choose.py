"""A brief whose places the team gives: heard, then chosen or not this time, and always told."""

from __future__ import annotations

import csv

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from opportunities.levels import PlacesGiven
from opportunities.lifecycle import SignUpStatus, Status
from opportunities.models import Opportunity, SignUp
from people.delivery import deliver_due
from people.models import Notice, User
from tests.journeys.visitor import Visitor, path_in

REASON = "Two people with the same experience came before."
KIND = "Thank you. This time we cannot offer you a place. Please look at the next one."


@pytest.mark.parametrize("width", [320, 1280])
def test_the_team_answers_everybody(width, demonstration, page_at, looks_right, mailoutbox):
    def visit(address: str) -> Visitor:
        return Visitor(page_at(width, user=User.objects.get(email=address)), looks_right)

    brief = where_the_resident_was_heard()
    declined = brief.sign_ups.get(person__email="resident@example.org")
    chosen = heard(brief).exclude(pk=declined.pk).order_by("pk")[0]
    officer = visit("officer@example.org")
    officer.open(f"/staff/opportunities/{brief.slug}/")
    officer.follow("People who came forward")
    finds(officer, chosen.person.name)
    officer.follow("Choose")
    officer.press("Give them a place")
    officer.reads(f"{chosen.person.name} has a place, and is told.")
    officer.open(f"/staff/opportunities/{brief.slug}/people/")
    finds(officer, declined.person.name)
    officer.follow("Not this time")
    officer.write("Why not this time?", REASON)
    officer.write("What we tell them", KIND)
    officer.press("Send this answer")
    officer.reads(f"{declined.person.name} has your answer.", REASON)
    writes_to_those_who_wait(officer, brief)
    changes_the_brief(officer, brief)
    takes_the_list_away(officer, brief, chosen)
    deliver_due(limit=500)
    letters = [one for one in mailoutbox if one.to == ["resident@example.org"]]
    (letter,) = [one for one in letters if KIND in one.body]
    assert REASON not in letter.body
    resident = visit("resident@example.org")
    resident.open(path_in(letter.body, "/my/sign-ups/"))
    resident.reads("Not this time", KIND, "Opened what you shared with a project.")
    resident.misses(REASON)
    call_command("verify_integrity", verbosity=0)


def where_the_resident_was_heard() -> Opportunity:
    """Return an open brief of the council that the demonstration's resident came forward to."""
    own = Opportunity.objects.filter(
        organisation__slug="example-council",
        status=Status.PUBLISHED,
        places_given=PlacesGiven.WE_CHOOSE,
        sign_ups__person__email="resident@example.org",
        sign_ups__status=SignUpStatus.HEARD,
    )
    return own.order_by("pk")[0]


def heard(brief: Opportunity):
    return SignUp.objects.filter(opportunity=brief, status=SignUpStatus.HEARD)


def finds(officer: Visitor, name: str) -> None:
    officer.main.get_by_role("searchbox", name="Find a person").fill(name)
    officer.press("Find")
    officer.follow(name)
    officer.is_at(name)


def writes_to_those_who_wait(officer: Visitor, brief: Opportunity) -> None:
    number = heard(brief).count()
    officer.open(f"/staff/opportunities/{brief.slug}/people/")
    officer.follow("Write to them")
    officer.choose("Who gets it?", f"Came forward ({number})")
    officer.write("What is it about?", "When you hear from us")
    officer.write("Your message", "We read what you wrote and answer by Friday.")
    officer.press("See it before it goes")
    officer.is_at(f"Send this to {number} people?")
    officer.press("Send it")
    assert Notice.objects.filter(kind="project_message").count() == number


def changes_the_brief(officer: Visitor, brief: Opportunity) -> None:
    officer.open(f"/staff/opportunities/{brief.slug}/")
    officer.follow("Change the brief")
    officer.write("What did you change?", "We meet in the morning.")
    officer.write("Why?", "The school run.")
    officer.write("When will it take place?", "Every second Tuesday, 10am to noon.")
    officer.press("Save and tell people")
    officer.reads("Saved. People who came forward get a message.", "The school run.")
    told = Notice.objects.filter(kind="brief_changed")
    assert told.count() == brief.sign_ups.live().count()
    officer.open(f"/opportunities/{brief.slug}/")
    officer.reads("Every second Tuesday, 10am to noon.", "The school run.")


def takes_the_list_away(officer: Visitor, brief: Opportunity, chosen: SignUp) -> None:
    people = f"/staff/opportunities/{brief.slug}/people/"
    officer.open(f"{people}print/")
    expect(officer.main.get_by_role("row", name=chosen.person.name)).to_have_count(1)
    officer.open(people)
    with officer.page.expect_download() as coming:
        officer.main.get_by_role("link", name="Spreadsheet (CSV)").click()
    rows = list(csv.reader(coming.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 1 + brief.sign_ups.live().count()
    assert chosen.person.name in [row[0] for row in rows]
