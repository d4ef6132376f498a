"""Rows: who is new, who is the same as whom, what a human has to look at, what stays outside."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from people.importing import KnownPerson, Nobody, NotASheet, Verdict, read
from people.importing.assess import AT_ONCE
from tests.people.importing.sheets import codes, csv_of, judged, one, workbook

HEAD = ["Name", "E-mail", "Tel", "Address"]


def rows(*cells: list[str], head: list[str] | None = None, **options) -> list:
    return judged(csv_of([head or HEAD, *cells]), **options)


class Pool(Nobody):
    """A pool with these people; how often it was asked is counted."""

    def __init__(self, *people: KnownPerson) -> None:
        self.everybody = people
        self.asked = 0

    def people(self, *, emails, phones):
        self.asked += 1
        wanted = {*emails, *phones}
        return [one for one in self.everybody if wanted & {*one.emails, *one.phones}]


JO = KnownPerson(7, "Jo Example", ("jo@example.org",), ("+441214960001",))


@pytest.mark.parametrize(
    "second",
    [
        ["Jo Example", "A@x.org", "", ""],
        ["Jo Example", " a@x.org ", "", ""],
        ["JO  EXAMPLE", "a@X.ORG", "", ""],
        ["Example, Jo", "a\u200b@x.org", "", ""],
        ["Ms Jo Example", "", "+44 121 496 0001", ""],
        ["Jo Example", "other@x.org", "(0121) 496-0001", ""],
    ],
    ids=["XLS-19 case", "XLS-19 spaces", "XLS-19 domain", "XLS-20 unseen", "phone", "one of two"],
)
def test_xls_19_to_21_one_person_in_two_rows_is_merged_and_both_rows_are_named(second):
    """Control: the next test, in which another name or another contact makes two people of them."""
    first, again = rows(["Jo Example", "a@x.org", "0121 496 0001", ""], second)
    assert (first.verdict, again.verdict, again.same_as_row) == ("create", "merge", 2)
    said = next(one for one in again.problems if one.code == "same-as-row")
    assert {"2", "3"} <= set(said.message.split())


def test_the_same_contact_with_another_name_is_doubtful_and_never_merged():
    found = rows(
        ["Jo Example", "a@x.org", "", ""],
        ["Kim Example", "a@x.org", "", ""],
        ["Jo Example", "b@x.org", "", ""],
        ["Jo Example", "", "", "1 High Street"],
    )
    assert [one.verdict for one in found] == ["create", "doubtful", "create", "doubtful"]
    assert [one.same_as_row for one in found] == [None, 2, None, 2]
    assert (codes(found[1]), codes(found[3])) == ({"contact-of-other-row"}, {"namesake"})


def test_who_is_in_the_pool_is_known_by_name_and_contact_together():
    found = rows(
        ["Jo Example", "JO@example.org", "", ""],
        ["Ann Other", "", "0121 496 0001", ""],
        ["Jo Example", "elsewhere@x.org", "", ""],
        ["Jo Example", "jo@example.org", "0121 496 0009", ""],
        known=Pool(JO),
    )
    assert [(one.verdict, one.same_as_person) for one in found] == [
        ("merge", 7),
        ("doubtful", 7),
        ("create", None),
        ("merge", 7),
    ]
    assert codes(found[1]) == {"contact-of-other-person"}
    twins = Pool(JO, KnownPerson(8, "Jo Example", (), ("+441214960001",)))
    twice = rows(["Jo Example", "jo@example.org", "0121 496 0001", ""], known=twins)[0]
    assert (twice.verdict, codes(twice)) == ("doubtful", {"several-known", "known"})


def test_who_is_the_same_as_somebody_doubtful_is_doubtful_too():
    found = rows(
        ["Jo Example (& Kim)", "a@x.org", "", ""],
        ["Jo Example", "a@x.org", "", ""],
    )
    assert [one.verdict for one in found] == ["doubtful", "doubtful"]
    assert (codes(found[1]), found[1].same_as_row) == ({"same-as-doubtful"}, 2)


def test_a_note_of_a_duplicate_is_settled_only_where_the_same_is_found():
    head = ["Ref", "Name", "Tel", "Notes"]
    found = rows(
        ["17", "Jo Example", "0121 496 0001", ""],
        ["18", "Jo Example", "0121 496 0001", "DUPLICATE OF 17?"],
        ["19", "Jo Example", "0121 496 0001", "duplicate of 99"],
        ["20", "Kim Example", "0121 496 0003", "dup?"],
        head=head,
    )
    assert [one.verdict for one in found] == ["create", "merge", "doubtful", "doubtful"]


@pytest.mark.parametrize("case", ["=HYPERLINK(1)", "@SUM(1)", "+1", "-2", "\t=1", "\r=1", "%1"])
def test_xls_25_to_27_what_looks_like_a_formula_stays_a_text(case):
    found = one(Name="Jo Example", Tel="0121 496 0001", Interests=case)
    assert (found.verdict, found.facts.interests) == ("create", (case.strip(),))
    name = one(Name='=HYPERLINK("http://x","y")', Tel="0121 496 0001")
    assert (name.facts.name, codes(name)) == ('=HYPERLINK("http://x","y")', {"formula"})


def test_xls_31_rows_of_another_organisation_are_refused_one_by_one():
    """Control: without our names no row is asked."""
    head = ["Name", "Tel", "Organisation"]
    cells = (
        ["Jo Example", "0121 496 0001", "Example council"],
        ["Kim Example", "0121 496 0002", "Another trust"],
        ["Ann Example", "0121 496 0003", ""],
    )
    ours = ("Example Council", "example-council")
    found = rows(*cells, head=head, organisation=ours)
    assert [one.verdict for one in found] == ["create", "refuse", "create"]
    assert found[1].problems[0].column == "Organisation"
    assert {one.verdict for one in rows(*cells, head=head)} == {"create"}


def test_xls_32_ids_of_others_are_ignored_and_named():
    head = ["id", "person_id", "uuid", "is_staff", "organisation_id", "Name", "Tel"]
    found = rows(["7", "8", "9", "1", "2", "Jo Example", "0121 496 0001"], head=head)[0]
    assert found.verdict == "create"
    said = repr(found.facts)
    assert not any(f"'{number}'" in said for number in "12789")


def test_xls_33_money_is_never_brought_in():
    found = one(**{"Name": "Jo Example", "Tel": "0121 496 0001", "£ paid": "1e309", "Fee": "-5"})
    assert (found.verdict, {left.about for left in found.left_out}) == ("create", {"money"})


def test_xls_34_the_same_row_has_the_same_key_and_another_has_another():
    first, second, third = rows(
        ["Jo Example", "a@x.org", "0121 496 0001", ""],
        ["jo example ", "A@X.org", "+441214960001", ""],
        ["Jo Example", "a@x.org", "0121 496 0002", ""],
    )
    assert first.row_key == rows(["Jo Example", " A@x.org", "01214960001", ""])[0].row_key
    assert len({first.row_key, second.row_key, third.row_key}) == 3  # the name is written as it is


REFUSED = {
    "": {"no-name"},
    "n/a": {"no-name"},
    "jo@example.org": {"not-a-name"},
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_row_without_a_name_is_refused_and_says_which_cell(name):
    found = one(Name=name, Tel="0121 496 0001")
    assert (found.verdict, codes(found), found.facts) == ("refuse", REFUSED[name], None)
    assert found.problems[0].row == 2
    assert found.problems[0].column == ("Name" if name else "")


def test_first_and_last_names_in_two_columns():
    found = one(**{"Surname": "Example,", "First name": "Jo", "Title": "Ms", "Tel": "01214960001"})
    assert found.facts.name == "Jo Example"
    assert one(Forename="Jo", Surname="", Tel="01214960001").facts.name == "Jo"


DOUBTFUL = {
    "two e-mails": ({"E-mail": "a@x.org; b@x.org"}, "several-emails"),
    "no way": ({"Tel": "none"}, "no-way"),
    "post without address": ({"Contact by": "post"}, "way-missing"),
    "left": ({"Notes": "LEFT?"}, "left"),
    "left by status": ({"Status of person": "Left in 2019"}, "left"),
    "no such day": ({"Date added": "29/02/2023"}, "no-such-day"),
    "fault": ({"Ward": "#REF!"}, "fault"),
    "young": ({"Age": "15"}, "young"),
    "long words": ({"Availability": "x" * 400}, "too-long"),
    "not a phone": ({"Mob 2": "123"}, "not-a-phone"),
}


@pytest.mark.parametrize("case", DOUBTFUL)
def test_doubts(case):
    """Control: the same row without that cell."""
    cells, code = DOUBTFUL[case]
    plain = {"Name": "Jo Example", "Tel": "0121 496 0001"}
    found = one(**{**plain, **cells})
    assert (found.verdict, code in codes(found)) == ("doubtful", True)
    assert one(**plain).verdict == "create"
    said = next(problem for problem in found.problems if problem.code == code)
    assert said.column in {"", *cells}


NOTED = {
    "future": ({"Date added": "01/02/2027"}, "future"),
    "a year": ({"Date added": "2021"}, "year"),
    "#N/A": ({"Ward": "#N/A"}, "fault"),
    "three phones": ({"Mob 2": "0121 496 0002; 0121 496 0003"}, "several-phones"),
    "no postcode": ({"Post code": "here"}, "not-a-postcode"),
    "private availability": ({"Availability": "not Mon, dialysis"}, "private"),
}


@pytest.mark.parametrize("case", NOTED)
def test_what_is_good_to_know_does_not_stop_a_row(case):
    cells, code = NOTED[case]
    found = one(**{"Name": "Jo Example", "Tel": "0121 496 0001", **cells})
    assert (found.verdict, code in codes(found)) == ("create", True)


def test_private_words_leave_a_cell_out_and_are_nowhere():
    """Control: the same cell without them is brought in."""
    told = one(Name="Jo Example", Tel="01214960001", Avail="not Mon: chemo")
    assert (told.facts.availability, [left.about for left in told.left_out]) == ("", ["health"])
    assert "chemo" not in repr(told)
    way = one(**{"Name": "Jo Example", "Tel": "01214960001", "Contact by": "text, I am deaf"})
    assert (way.facts.contact_by, way.facts.contact_words) == ("text", "")
    assert "deaf" not in repr(way)
    free = one(Name="Jo Example", Tel="01214960001", Avail="not Mon: work")
    assert free.facts.availability == "not Mon: work"


def test_a_known_pool_is_asked_once_for_many_rows():
    pool = Pool(JO)
    many = [[f"Jo N{n}", f"n{n}@x.org", "", ""] for n in range(AT_ONCE + 10)]
    found = rows(*many, known=pool)
    assert (pool.asked, Counter(one.verdict for one in found)) == (2, {Verdict.CREATE: len(many)})


def test_an_added_day_and_places_are_passed_on():
    found = one(
        **{
            "Name": "Jo Example",
            "Address 1": "1 High Street",
            "Address 2": "Tipton",
            "Postcode": "dy47aa",
            "Ward": "Tipton Green",
            "Town": "Tipton",
            "Date joined": "46387",
        }
    ).facts
    assert (found.address, found.postcode) == ("1 High Street\nTipton", "DY4 7AA")
    assert (found.ward, found.town) == ("Tipton Green", "Tipton")
    assert (found.added_on, found.contact_by) == (dt.date(2026, 12, 31), "letter")


# --- Whatever is sent ---------------------------------------------------------------------------
TEXTS = st.text(max_size=30) | st.sampled_from(
    ["Jo Example", "a@x.org", "0121 496 0001", "n/a", "#REF!", "29/02/2023", "Bob & Jo", '"', "\r"]
)


def tried(data: bytes, name: str) -> None:
    """Read it: it is refused with a sentence, or every row has a verdict."""
    try:
        found = judged(data, name)
    except NotASheet as no:
        said = (str(no), no.code)
    else:
        said = [row.verdict in Verdict and row.number > 0 for row in found]
    assert all(said)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=300).map(str.encode))
def test_no_bytes_make_a_traceback(data):
    tried(data, "pool.csv")
    tried(b"Name,E-mail,Tel\n" + data, "pool.csv")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(TEXTS, min_size=4, max_size=4), min_size=1, max_size=5))
def test_no_cells_make_a_traceback(cells):
    tried(csv_of([["Name", "E-mail", "Tel", "DOB"], *cells]), "pool.csv")


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_no_broken_workbook_makes_a_traceback(data):
    """One byte is changed, or the rest is cut off, in the child as in life."""
    whole = bytearray(workbook())
    place = data.draw(st.integers(0, len(whole) - 1))
    if data.draw(st.booleans()):
        whole[place] = data.draw(st.integers(0, 255))
        tried(bytes(whole), "pool.xlsx")
    else:
        tried(bytes(whole[:place]), "pool.xlsx")


def test_many_rows_are_read_within_the_memory_that_is_there():
    """Twenty thousand rows are streamed: no list of them is ever made."""
    many = csv_of([HEAD, *[[f"Jo N{n}", f"n{n}@x.org", "", "x" * 50] for n in range(20_000)]])
    sheet = read(many, "pool.csv")
    assert next(sheet.rows).number == 2
    assert sheet.rows_expected == 20_001
    assert not isinstance(sheet.rows, list)
    sheet.close()
