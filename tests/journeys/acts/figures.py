"""A commissioner reads who has been involved, and takes the same figures away as a spreadsheet."""

from __future__ import annotations

import csv

from charter.reporting import counts
from tests.journeys.story import Story
from tests.journeys.visitor import Visitor


def a_commissioner_sees_who_has_been_involved(story: Story) -> None:
    """What was ticked is counted as soon as the worker comes round."""
    commissioner = story.visit_as("commissioner")
    commissioner.open("/staff/")
    menu = commissioner.page.get_by_role("navigation", name="Main")
    commissioner.go_by(menu.get_by_role("link", name="Who has been involved"))
    commissioner.is_at("Who has been involved")
    commissioner.reads("Something has changed since then.")
    assert counts.rebuild_if_stale() == 1
    choose(commissioner, "By", "Level")
    commissioner.press("Show")
    commissioner.reads("How to read these numbers", "Counted at")
    commissioner.misses("Something has changed since then.")
    shown = [row.split("\t") for row in commissioner.main.locator("table tr").all_inner_texts()]
    assert len(shown) > 3
    assert sheet_of(commissioner) == shown
    choose(commissioner, "By", "Ethnic group")
    choose(commissioner, "And by", "Disability")
    commissioner.is_refused(
        "Show", "Ethnic group and disability are never put together. Choose one of them."
    )


def choose(commissioner: Visitor, question: str, answer: str) -> None:
    """Choose from the list under ``question``."""
    commissioner.field(question).select_option(label=answer)


def sheet_of(commissioner: Visitor) -> list[list[str]]:
    """Return the rows of the spreadsheet, without the columns that say what was asked."""
    with commissioner.page.expect_download() as coming:
        commissioner.main.get_by_role("link", name="Get this as a spreadsheet").click()
    text = coming.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    asked = rows[0].index("Level")
    return [row[asked:] for row in rows]
