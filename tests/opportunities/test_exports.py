"""No cell of an export runs in a spreadsheet."""

import csv
import io

import pytest

from opportunities.exports import as_csv, safe_cell

ATTACKS = [
    "=HYPERLINK(1)",
    "+1",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\x00=1",
    ' "=1',
    "'=1",
    '"=cmd|',
    " +1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=1",
    "＝1",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_cell_that_a_spreadsheet_would_run_is_text(attack):
    """Proved by the attack itself, which begins with what a spreadsheet runs."""
    assert safe_cell(attack) == f"'{attack}"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("Ann", "Ann"),
        ("Jean-Luc", "Jean-Luc"),
        ("a=b", "a=b"),
        (3, "3"),
        (None, ""),
        ("", ""),
        ("O’Neil", "O’Neil"),
        ("a\x00b", "ab"),
    ],
)
def test_words_and_numbers_stay_as_they_are(value, cell):
    assert safe_cell(value) == cell


def test_headings_are_cells_too():
    assert as_csv([["=A"]]) == "\ufeff'=A\r\n"


def test_quotes_commas_and_lines_come_back_as_they_were():
    rows = [["a,b", 'say "hi"', "two\nlines"], ["x", "", "y"]]
    read = csv.reader(io.StringIO(as_csv(rows).removeprefix("\ufeff"), newline=""))
    assert list(read) == rows
