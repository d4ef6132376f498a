"""An officer writes a brief, a coordinator returns it, and then everybody can read it."""

from __future__ import annotations

from playwright.sync_api import expect

from opportunities.completeness import missing_parts
from tests.journeys.brief import type_in
from tests.journeys.story import Story
from tests.journeys.visitor import sign_in_by_code


def an_officer_writes_half_a_brief_and_finishes_it(story: Story) -> None:
    officer = story.visit()
    officer.open("/account/login/")
    sign_in_by_code(officer, "officer@example.org", story.mailbox)
    officer.is_at("My work")
    officer.follow("Our briefs")
    officer.follow("Write a new brief")
    type_in(
        officer.page, {**story.brief, "level": "coproduction"}, "title", "team", "what", "level"
    )
    officer.press("Save")
    story.slug = officer.path.split("/")[3]
    gaps = [str(part.label) for part in missing_parts(story.opportunity)]
    officer.reads(f"Saved. {len(gaps)} parts are missing.", f"{len(gaps)} parts missing")
    assert officer.main.locator(".gi-missing a").all_inner_texts() == gaps
    officer.main.get_by_role("link", name="What is the time commitment?").click()
    expect(officer.page.locator("#id_commitment")).to_be_focused()
    rest = [name for name in story.brief if name not in {"title", "team", "what", "level"}]
    type_in(officer.page, story.brief, *rest)
    officer.press("Send for review")
    officer.reads("Saved, but not sent.", "Co-production needs all three boxes ticked.")
    type_in(officer.page, story.brief, "level")
    officer.press("Send for review")
    officer.reads("Sent for review. The coordinators have a message.")


def a_coordinator_returns_it_and_then_publishes_it(story: Story) -> None:
    title = story.brief["title"]
    coordinator, officer = story.visit_as("coordinator"), story.visit_as("officer")
    coordinator.open("/staff/")
    coordinator.reads(f"“{title}” waits for your review")
    coordinator.go_by(coordinator.main.locator(f"a[href*='{story.slug}']").first)
    coordinator.follow("Return")
    coordinator.write("What should be different?", "Say that large print comes by post, too.")
    coordinator.press("Return")
    coordinator.reads("Returned to its writer.")

    officer.open("/staff/")
    officer.reads(f"“{title}” came back")
    officer.go_by(officer.main.locator(f"a[href*='{story.slug}']").first)
    officer.open(f"{story.desk}edit/")
    officer.reads("Say that large print comes by post, too.", "Nothing is missing")
    officer.write("What makes it easy to take part?", "Large print and Easy Read, also by post")
    officer.press("Send for review")
    officer.follow("See it as a resident does")
    officer.reads("also by post")

    coordinator.open(story.desk)
    coordinator.follow("Publish")
    coordinator.press("Publish")
    coordinator.reads("Published. Everybody can read it now.")
