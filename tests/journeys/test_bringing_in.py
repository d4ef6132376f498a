"""The council’s own spreadsheet: seen first, decided by hand, brought in, undone, brought again.

The worker looks between two pages, as it does every second or so in real life.
"""

from __future__ import annotations

import re

import pytest

from people.actions.imports import work_on_imports
from people.models import Person, User
from tests.journeys.visitor import Visitor
from tests.people.imports.lists import MESSY


def send(desk: Visitor) -> None:
    """Choose the file, take the columns as they are suggested, and let it be looked through."""
    desk.open("/staff/people/import/")
    desk.follow("Choose a spreadsheet")
    desk.page.locator('input[type="file"]').set_input_files(MESSY)
    desk.press("Read the file")
    desk.press("Look through the rows")
    work_on_imports()
    desk.follow("Look again")


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (320, False)])
def test_a_messy_list_is_brought_in_undone_and_brought_again(
    width, javascript, demonstration, page_at, looks_right
):
    coordinator = User.objects.get(email="coordinator@example.org")
    desk = Visitor(page_at(width, user=coordinator, javascript=javascript), looks_right)
    before = Person.objects.count()
    send(desk)
    desk.is_at("What would happen: messy-pool.csv")
    desk.reads("rows still wait for you to decide.", "DUPLICATE", "not brought in")
    for words in decisions(desk):
        desk.go_by(desk.main.get_by_role("button", name=words))
    desk.reads("Decided by")
    assert Person.objects.count() == before
    desk.go_by(desk.main.get_by_role("button", name=re.compile("^Bring in")))
    work_on_imports()
    desk.open(desk.path)
    desk.reads("people came into the pool with this file.")
    assert Person.objects.count() > before
    here = desk.path
    send(desk)
    desk.reads("This very file was brought in on")
    desk.open(here)
    desk.follow("Undo this import")
    desk.press("Undo it")
    work_on_imports()
    desk.open(here)
    desk.reads("people were taken out again.")
    assert Person.objects.count() == before


def decisions(desk: Visitor) -> list[str]:
    """Return the buttons to press: two people of row 3, nobody of row 6."""
    found = []
    for number in (3, 6):
        row = desk.main.locator(f"#row-{number}")
        buttons = row.get_by_role("button").all_inner_texts()
        wanted = "two" if number == 3 else "out"
        found += [words for words in buttons if wanted in words.lower()]
    return found
