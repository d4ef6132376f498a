"""The child that unpacks workbooks, where coverage sees it; and a child that was taken over."""

from __future__ import annotations

import io
import json
import sys

import pytest

from people.importing import Limits, NotASheet, workbook, xlsx
from tests.people.importing.sheets import MAIN, grid, sheet_xml
from tests.people.importing.sheets import workbook as made
from tests.people.importing.test_reading import REFUSED

STYLES = (
    f'<styleSheet {MAIN}><numFmts><numFmt numFmtId="200" formatCode="dd/mm/yyyy"/>'
    '<numFmt numFmtId="201" formatCode="00000"/><numFmt numFmtId="202" formatCode="hh:mm"/>'
    '<numFmt numFmtId="203" formatCode="#,##0"/></numFmts><cellXfs><xf numFmtId="200"/>'
    '<xf numFmtId="201"/><xf numFmtId="202"/><xf numFmtId="203"/><xf numFmtId="14"/>'
    '<xf numFmtId="x"/></cellXfs></styleSheet>'
)
STRINGS = f"<sst {MAIN}><si><r><t>Na</t></r><r><t>me</t></r><rPh><t>x</t></rPh></si></sst>"
ROWS = (
    ('<c t="s"><v>0</v></c>', "Day", '<c t="s"><v>7</v></c>'),
    ("Jo", '<c s="0"><v>46387</v></c>', '<c s="1"><v>12</v></c>'),
    ("Kim", '<c s="2"><v>0.5</v></c>', '<c s="3"><v>12</v></c>', '<c s="4"><v>1</v></c>'),
    ('<c t="b"><v>0</v></c>', '<c t="d"><v>2026-12-31</v></c>', '<c s="0"><v>-7</v></c>'),
    ("<c><f>A1</f></c>", "<c><v>x</v></c>", '<c s="9"><v>1.5</v></c>', '<c t="e"><v>#N/A</v></c>'),
    ('<c s="0"><v>46387.5</v></c>', '<c s="5"><v>3</v></c>'),
)


def through_main(monkeypatch, data: bytes, sheet: str = "", members: str = "1000") -> list:
    """Return what the child says of ``data``."""

    class Stream(io.StringIO):
        buffer = io.BytesIO(data)

    out = Stream()
    monkeypatch.setattr(sys, "stdin", Stream())
    monkeypatch.setattr(sys, "stdout", out)
    assert xlsx.main(sheet, members, str(100 << 20)) == 0
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_same_in_this_process(monkeypatch):
    """What the child does; control: ``test_reading`` has the same from the child itself."""
    after = '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
    parts = {"xl/styles.xml": STYLES, "xl/sharedStrings.xml": STRINGS}
    sheets = {"Pool": sheet_xml(grid(ROWS), after=after), "Other": sheet_xml(grid([("x",)]))}
    said = through_main(monkeypatch, made(sheets=sheets, parts=parts))
    assert said[0] == {
        "sheet": "Pool",
        "others": ["Other"],
        "hidden_sheets": [],
        "rows": 6,
        "merged": [[2, 0, 3, 0]],
        "hidden_columns": False,
    }
    assert [row[1] for row in said[1:-1]] == [
        ["Name", "Day", "#REF!"],
        ["Jo", "2026-12-31", "00012"],
        ["Kim", "12:00", "12", "1900-01-01"],
        ["FALSE", "2026-12-31", "-7"],
        ["", "x", "1.5", "#N/A"],
        ["2026-12-31 12:00", "3"],
    ]
    assert (said[5][3], said[-1]) == ([[0, "formula"]], {"end": True})
    mac = made(sheets=sheets, parts=parts, book='<workbookPr date1904="1"/>')
    assert through_main(monkeypatch, mac, "Pool")[2][1][1] == "2031-01-01"
    assert through_main(monkeypatch, mac, "None") == [{"refused": "no-such-sheet"}]
    wide = made([["Name", *["x"] * 300]])
    assert len(through_main(monkeypatch, wide)[1][1]) == 256


def test_refusals_in_this_process(monkeypatch):
    for name, (make, code) in REFUSED.items():
        data = make()
        if data.startswith(b"PK\x03\x04") and code not in {"rows", "columns", "cell"}:
            assert through_main(monkeypatch, data)[-1] == {"refused": code}, name


def believed(monkeypatch, tmp_path, answer: str) -> str:
    """Return as what a child is refused that answers this."""
    child = tmp_path / "child.py"
    child.write_text(f"def main(*_words):\n    print({answer!r}, end='')\n    return 0\n")
    monkeypatch.setattr(workbook, "CHILD", child)
    with pytest.raises(NotASheet) as no:
        list(workbook.open_workbook(made(), "", Limits()).rows)
    return no.value.code


FIRST = '{"sheet": "P", "others": [], "hidden_sheets": [], "rows": 1, "hidden_columns": false, '


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("", "too-heavy"),
        ("no JSON\n", "broken"),
        ("[]\n", "broken"),
        ('{"sheet": 1}\n', "broken"),
        ('{"end": true}\n', "broken"),
        ('{"refused": "never heard of"}\n', "never heard of"),
        (FIRST + '"merged": [[1, 2]]}\n', "broken"),
        (FIRST + '"merged": ["x"]}\n', "broken"),
        (FIRST + '"merged": []}\n', "too-heavy"),
        (FIRST + '"merged": []}\n7\n', "broken"),
        (FIRST + '"merged": []}\n["x", ["Name"], false, []]\n', "broken"),
        (FIRST + '"merged": []}\n[1, ["Name"], false, [["x", 1]]]\n', "broken"),
    ],
)
def test_a_child_that_was_taken_over_is_not_believed(monkeypatch, tmp_path, answer, code):
    """Control: ``test_reading``, where the true child is."""
    assert believed(monkeypatch, tmp_path, answer) == code


def test_when_all_children_are_busy_somebody_waits_a_little(monkeypatch):
    monkeypatch.setattr(workbook, "_PATIENCE", 0.01)
    with workbook._AT_ONCE, workbook._AT_ONCE, pytest.raises(NotASheet) as no:
        workbook.open_workbook(made(), "", Limits())
    assert no.value.code == "busy"
    workbook.open_workbook(made(), "", Limits()).close()
