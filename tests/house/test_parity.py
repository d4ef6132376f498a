"""Whatever residents write online, staff can type for them, and paper asks the same.

Every address that takes a form, other than those of staff and of the administration, stands in
``coprod.parity``: with its twin and its sheet, or with the reason why it has none. That an address
takes a form is read from the table of doors, which ``test_doors`` keeps true.
"""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, reverse

from coprod.blanks import JOIN, Sheet
from coprod.parity import JOURNEYS, NEVER_ON_PAPER, NOT_ON_PAPER, Group, Journey, sheets
from tests.house.doors import table
from tests.house.doors.addresses import doors

STAFF = ("staff/", "admin/")


def written_by_residents(rows: dict[str, table.Row], addresses: dict[str, str]) -> set[str]:
    """Return the names of the addresses where somebody who is not staff writes something."""
    return {
        name
        for name, route in addresses.items()
        if not route.startswith(STAFF) and takes_a_form(rows, name)
    }


def takes_a_form(rows: dict[str, table.Row], name: str) -> bool:
    row = table.row_of(rows, name)
    return row is not None and set(row.codes["POST"].values()) != {table.NOT_THIS_WAY}


def without_twin(names: set[str], journeys: tuple[Journey, ...]) -> set[str]:
    """Return those that nobody can do on the phone or on paper, and that give no reason."""
    known = {one.resident for one in journeys if one.twin and one.sheet} | set(NOT_ON_PAPER)
    return {name for name in names - known if not name.startswith(tuple(NEVER_ON_PAPER))}


def routes() -> dict[str, str]:
    """Return the address of every door, by its name, as it is written."""
    return {door.name: door.route for door in doors()}


def test_whatever_residents_write_has_a_twin_and_a_sheet():
    """Proved by the controls below."""
    assert without_twin(written_by_residents(table.read(), routes()), JOURNEYS) == set()


def test_a_form_without_a_twin_is_found():
    """One that nobody registered, one whose twin is taken away, and one without a sheet."""
    new = {**routes(), "people:newly_built": "my/newly-built/"}
    rows = table.read()
    rows |= {"people:newly_built": rows["people:details"]}
    names = written_by_residents(rows, new)
    assert "people:newly_built" in names
    assert without_twin(names, JOURNEYS) == {"people:newly_built"}
    fewer = tuple(one for one in JOURNEYS if one.resident != "people:details")
    assert without_twin(names, fewer) == {"people:newly_built", "people:details"}
    bare = Journey("people:newly_built", "people:edit_person", "")
    assert without_twin(names, (*JOURNEYS, bare)) == {"people:newly_built"}
    assert "people:edit_person" not in written_by_residents(table.read(), routes())


def test_every_line_of_the_registry_leads_somewhere():
    """No line about what is gone: its page, its twin and its sheet all have an address."""
    names = set(routes())
    assert {one.resident for one in JOURNEYS} <= names
    assert {one.twin for one in JOURNEYS} <= names
    assert {one.sheet for one in JOURNEYS if isinstance(one.sheet, str)} <= names
    assert set(NOT_ON_PAPER) <= written_by_residents(table.read(), routes())
    assert all(NOT_ON_PAPER.values())
    assert not set(NOT_ON_PAPER) & {one.resident for one in JOURNEYS}


def test_every_twin_is_a_page_of_staff():
    found = routes()
    assert {one.twin for one in JOURNEYS if not found[one.twin].startswith("staff/")} == set()
    assert [slug for slug, n in _count(one.slug for one in sheets()).items() if n > 1] == []


def _count(slugs) -> dict[str, int]:
    listed = list(slugs)
    return {slug: listed.count(slug) for slug in listed}


@pytest.mark.django_db
def test_every_sheet_asks_what_its_form_asks(host):
    """Control: a sheet from which a question is taken away is found."""
    assert {sheet.slug: left_out(sheet) for sheet in sheets() if left_out(sheet)} == {}
    assert left_out(Sheet("x", "x", JOIN.form, leave_out=frozenset({"town"}))) == {"town"}


NOT_IN_WORDS = {"photo", "photo_alt", "photo_kept"}


def left_out(sheet: Sheet) -> set[str]:
    printed = {name for part in sheet.sections() for one in part.questions for name in _names(one)}
    return set(sheet.form().fields) - printed - NOT_IN_WORDS


def _names(question) -> set[str]:
    inside = [choice for group in question.groups for choice in group.choices]
    return {question.name}.union(*(_names(one) for choice in inside for one in choice.then))


def test_what_a_persons_page_offers_takes_that_person_and_nothing_else():
    """A label puts a twin on the page of staff about somebody. Control: a twin without one."""
    uuid = {"uuid": "00000000-0000-0000-0000-000000000000"}
    offered = [one.twin for one in JOURNEYS if one.label]
    assert all(reverse(twin, kwargs=uuid).startswith("/staff/people/") for twin in offered)
    assert {one.group for one in JOURNEYS if one.label} == set(Group)
    with pytest.raises(NoReverseMatch):
        reverse("opportunities:withdraw_for", kwargs=uuid)
