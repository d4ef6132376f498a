"""Downloads open in a spreadsheet as text, whatever people wrote."""

from __future__ import annotations

import csv
import io

import pytest

from coprod.lib.downloads import csv_file, harmless

ATTACKS = [
    "=HYPERLINK(1)",
    "+44 7700",
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
    "|calc",
    '=HYPERLINK("x")',
]


def read(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_cell_that_a_spreadsheet_would_run_is_text(attack):
    """Also in a heading. Control: the attack itself begins with what a spreadsheet runs."""
    assert harmless(attack) == f"'{attack}"
    assert read(csv_file("x", [attack], [[attack]])) == [[f"'{attack}"], [f"'{attack}"]]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("Ann", "Ann"),
        ("Jean-Luc", "Jean-Luc"),
        ("a=b", "a=b"),
        ("fewer than 5", "fewer than 5"),
        (3, "3"),
        (-3, "-3"),
        (None, ""),
        ("", ""),
        ("O’Neil", "O’Neil"),
        ("a\x00b", "ab"),
    ],
)
def test_words_and_numbers_stay_as_they_are(value, cell):
    assert harmless(value) == cell


def test_csv_file_reads_back():
    rows = [['Zoë, "Zo"\nLee', 3], ["x", ""]]
    response = csv_file("Who was there?", ["Name", "Times"], rows)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert read(response) == [["Name", "Times"], ['Zoë, "Zo"\nLee', "3"], ["x", ""]]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Who was there?", "who-was-there.csv"),
        ('a"; x=\r\nSet-Cookie: b', "a-x-set-cookie-b.csv"),
        ("../../etc/passwd", "etcpasswd.csv"),
        ("=cmd", "cmd.csv"),
        ("\u202egpj", "gpj.csv"),
        ("علي", "list.csv"),
    ],
)
def test_nothing_of_a_title_ends_up_in_a_header_as_it_was_typed(name, file):
    response = csv_file(name, [], [])
    assert response["Content-Disposition"] == f'attachment; filename="{file}"'
