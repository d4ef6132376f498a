"""Downloads open in a spreadsheet as text, whatever people wrote."""

from __future__ import annotations

import csv
import io

import pytest

from coprod.lib.downloads import csv_file, harmless


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+44 7700", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", '=HYPERLINK("x")'],
)
def test_harmless_stops_formulas(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["Amina", "fewer than 5", "45", "a=b", ""])
def test_harmless_leaves_words_alone(cell):
    assert harmless(cell) == cell


def test_csv_file_reads_back():
    response = csv_file("Who was there?", ["Name", "Times"], [['Zoë, "Zo"\nLee', 3], ["=cmd", ""]])
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="who-was-there.csv"'
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert rows == [["Name", "Times"], ['Zoë, "Zo"\nLee', "3"], ["'=cmd", ""]]
