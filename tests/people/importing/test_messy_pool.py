"""The daily case: a spreadsheet as councils hold it, with the verdict for each of its rows."""

from __future__ import annotations

import csv
import re

import pytest

from people.importing import Field, Nobody, Verdict, read, suggest
from tests.people.importing.sheets import MESSY, codes, csv_of, judged, workbook

FIELDS = {
    "Ref": Field.REFERENCE,
    "Date added": Field.ADDED_ON,
    "Title": Field.TITLE,
    "NAME (first last)": Field.NAME,
    "Known as": Field.KNOWN_AS,
    "DOB / Age": Field.AGE,
    "Tel": Field.PHONE,
    "Mob 2": Field.SECOND_PHONE,
    "E-mail": Field.EMAIL,
    "Post code": Field.POSTCODE,
    "Ward/Area": Field.WARD,
    "Group(s)": Field.GROUPS,
    "LD / MH / OP / PD / carer?": Field.SENSITIVE,
    "Interested in...": Field.INTERESTS,
    "Avail": Field.AVAILABILITY,
    "Access needs": Field.SENSITIVE,
    "Diet": Field.SENSITIVE,
    "Best way to contact": Field.CONTACT_BY,
    "Reading OK? Y/N": Field.SENSITIVE,
    "Interpreter": Field.SENSITIVE,
    "Ethnicity": Field.SENSITIVE,
    "M/F": Field.SENSITIVE,
    "Photo consent": Field.CONSENT,
    "GDPR ok": Field.CONSENT,
    "DBS": Field.SENSITIVE,
    "Training done": Field.IGNORED,
    "Bank form back?": Field.SENSITIVE,
    "Paid? (Y/N/vouchers)": Field.SENSITIVE,
    "£ paid 24-25": Field.SENSITIVE,
    "Hrs": Field.IGNORED,
    "Last contact": Field.IGNORED,
    "Emergency contact": Field.EMERGENCY_CONTACT,
    "Support worker": Field.SUPPORTER,
    "How heard": Field.HEARD_FROM,
    "Notes": Field.NOTES,
}
# Row: verdict, codes of all that is said of it, what its cells are about that are left out.
EXPECTED = {
    2: ("create", {"two-ways", "somebody-else"}, {"health", "needs", "ethnicity", "sex", "bank"}),
    3: ("doubtful", {"year", "two-people", "part-of-postcode"}, {"health", "needs", "money"}),
    4: (
        "create",
        {"last-first", "not-a-place", "whatsapp", "somebody-else"},
        {"needs", "ethnicity", "sex", "consent", "money", "benefits"},
    ),
    5: ("merge", {"same-as-row", "duplicate"}, {"notes"}),
    6: ("doubtful", {"died", "left", "no-way"}, {"health", "notes"}),
    7: (
        "doubtful",
        {"serial", "placeholder", "part-of-postcode", "somebody-else", "no-way"},
        {"health", "needs", "sex", "consent", "bank"},
    ),
    8: (
        "doubtful",
        {"group", "age-band", "young", "through-somebody", "somebody-else"},
        {"consent", "money", "notes"},
    ),
    9: (
        "doubtful",
        {"no-such-day", "age-band", "not-an-email", "other-way"},
        {"health", "needs", "ethnicity", "dbs", "benefits", "bank"},
    ),
}
WORKBOOK = workbook(list(csv.reader(MESSY.read_text("utf-8").splitlines())))
LATIN = MESSY.read_text("utf-8").encode("cp1252")


def test_every_column_is_recognised():
    sheet = read(MESSY, MESSY.name)
    assert dict(zip(sheet.headings, suggest(sheet.headings).fields, strict=True)) == FIELDS
    sheet.close()


@pytest.mark.parametrize(
    ("data", "name"),
    [(MESSY, "messy-pool.csv"), (WORKBOOK, "messy.xlsx"), (LATIN, "messy.csv")],
    ids=["utf-8", "xlsx", "cp1252"],
)
def test_every_row_has_its_verdict_however_it_was_saved(data, name):
    found = {row.number: row for row in judged(data, name)}
    assert {
        number: (row.verdict, codes(row), {"health", "needs"} & {x.about for x in row.left_out})
        for number, row in found.items()
    } == {
        number: (verdict, said, {"health", "needs"} & left_out)
        for number, (verdict, said, left_out) in EXPECTED.items()
    }
    for number, (_verdict, _said, left_out) in EXPECTED.items():
        assert left_out <= {one.about for one in found[number].left_out}, number


def test_who_is_the_same_as_whom_and_who_is_proposed_beside():
    rows = {row.number: row for row in judged(MESSY)}
    assert (rows[5].same_as_row, rows[4].same_as_row) == (4, None)
    assert (rows[4].facts.email, rows[5].facts.email) == ("amina@example.net",) * 2
    assert {rows[n].facts.phone for n in (4, 5)} == {"+447700900003"}
    assert (rows[3].facts.name, rows[3].second.name) == ("Bob Test", "Linda")
    assert (rows[3].facts.email, rows[3].second.email) == (
        "bobtest@example.com",
        "linda@example.com",
    )
    assert rows[8].facts.is_group
    assert (rows[9].facts.phone, rows[9].facts.phone_extension) == ("+441214960005", "2")


def test_how_they_want_to_be_reached_is_kept_before_the_first_letter():
    ways = {row.number: (row.facts.contact_by, row.facts.contact_words) for row in judged(MESSY)}
    assert ways == {
        2: ("phone", "phone NOT email"),
        3: ("text", ""),
        4: ("text", ""),
        5: ("email", ""),
        6: ("", ""),
        7: ("", "post only – 16pt large print"),
        8: ("", "via Kim"),
        9: ("", "video relay"),
    }


def test_nothing_private_is_in_what_comes_out():
    """What is forbidden stands in the file, and is looked for in everything that is passed on."""
    private = (
        "wheelchair|hearing aids|halal|veg\\b|Asian - Indian|White British|Black African|Mixed W"
        "|autistic|heart condition|ESA limit|don't want to be paid|340\\.50|1,250|2x£20"
        "|face not shown|Enhanced 2019|parents signed|travel from July|BSL 1st|somali|yes 2018"
        "|quiet room"
    )
    text = MESSY.read_text("utf-8")
    assert len(set(re.findall(private, text))) == private.count("|") + 1
    sheet = read(MESSY, MESSY.name)
    said = repr([judged(MESSY), sheet.problems, suggest(sheet.headings)])
    sheet.close()
    assert re.findall(private, said) == []


def test_the_order_of_columns_and_the_separator_make_no_other_people():
    """The same rows from a file with its columns turned about have the same keys."""
    rows = list(csv.reader(MESSY.read_text("utf-8").splitlines()))
    turned = csv_of([row[::-1] for row in rows], separator=";", end="\r\n")
    keys = [row.row_key for row in judged(MESSY)]
    assert [row.row_key for row in judged(turned)] == keys
    assert len(set(keys)) == len(keys)


class Before(Nobody):
    """A pool in which these rows were brought in."""

    def __init__(self, keys):
        self.keys = keys

    def rows(self, keys):
        return {key: self.keys[key] for key in keys if key in self.keys}


def test_what_was_brought_in_before_is_the_same():
    first = judged(MESSY)
    done = {row.row_key: row.number for row in first if row.verdict in {"create", "merge"}}
    again = judged(MESSY, known=Before(done))
    assert {row.number: row.verdict for row in again} == {
        row.number: Verdict.SAME if row.row_key in done else row.verdict for row in first
    }
    assert [row.same_as_person for row in again if row.verdict == "same"] == [2, 4, 5]
