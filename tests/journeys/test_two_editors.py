"""Two people write one brief at once: each reads both texts, and neither loses a word."""

from __future__ import annotations

from playwright.sync_api import expect

from people.models import User
from tests.journeys.brief import the_letters, type_in
from tests.journeys.visitor import Visitor

MINE = "Mark every word that makes no sense."
THEIRS = "Mark whatever is confusing, in any colour."


def test_the_second_of_two_editors_sees_both_texts(demonstration, page_at, looks_right):
    def visit(persona: str, width: int) -> Visitor:
        user = User.objects.get(email=f"{persona}@example.org")
        return Visitor(page_at(width, user=user), looks_right)

    first, second = visit("officer", 1280), visit("coordinator", 320)
    first.open("/staff/opportunities/new/")
    type_in(first.page, the_letters(), "title", "what")
    first.press("Save")
    second.open(first.path)

    first.write("What is the opportunity / project?", THEIRS)
    first.write("Who decides?", "The letters manager")
    first.press("Save")
    second.write("What is the opportunity / project?", MINE)
    second.write("What is the time commitment?", "2 hours")
    second.press("Save")
    assert second.page.title().startswith("Error: not saved yet: ")
    expect(second.page.locator(".govuk-error-summary")).to_be_focused()
    second.reads("Somebody else saved this brief while you were writing", THEIRS, MINE)
    second.reads("They also changed these, and you did not", "The letters manager")
    assert values(second) == (MINE, "2 hours", "The letters manager")

    both = f"{THEIRS}\n{MINE}"
    second.write("What is the opportunity / project?", both)
    second.press("Save")
    second.reads("Saved.")
    first.open(second.path)
    assert values(first) == (both, "2 hours", "The letters manager")


def values(editor: Visitor) -> tuple[str, str, str]:
    """Return what stands in the boxes of the three questions that were written in."""
    what, commitment, who_decides = (
        editor.page.locator(f"#id_{name}").input_value()
        for name in ("what", "commitment", "who_decides")
    )
    return what, commitment, who_decides
