"""Files that strangers send: hostile, broken, or written in any way that a program knows.

The numbers are those of the list of bad input for spreadsheets.
"""

from __future__ import annotations

import io
import resource
import struct
import time
import zipfile

import pytest

from people.importing import Limits, NotASheet, read, suggest
from people.importing.headings import letter
from people.importing.kinds import _SENTENCES
from tests.people.importing.sheets import (
    MAIN,
    RELATIONS,
    cell,
    codes,
    csv_of,
    file_codes,
    grid,
    judged,
    sheet_xml,
    workbook,
    zipped,
)

TWO = (("Name", "E-mail"), ("Siobhán O’Test £5", "s@example.org"))
BOMB = b"<row/>" * (1 << 20)
DOCTYPE = (
    '<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY a SYSTEM "file:///etc/passwd">'
    '<!ENTITY b "lol"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
EXTERNAL = (
    f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="x/worksheet" '
    'TargetMode="External" Target="http://127.0.0.1:9/sheet.xml"/></Relationships>'
)


def all_rows(data: bytes, name: str = "pool.xlsx", **options):
    sheet = read(data, name, **options)
    return sheet, list(sheet.rows)


def many_rows(count: int) -> bytes:
    rows = "".join(f'<row r="{n}">{cell(0, n, "x")}</row>' for n in range(2, count))
    return workbook(sheets={"Pool": sheet_xml(grid([("Name",)]) + rows)})


def with_flag(data: bytes, flag: int) -> bytes:
    """Return a zip whose members all say that they are encrypted."""
    out = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := out.find(mark, at + 1)) >= 0:
            struct.pack_into("<H", out, at + place, flag)
    return bytes(out)


def old_office(inside: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + inside.encode("utf-16-le")


def lying_sizes() -> bytes:
    """Return a workbook whose directory says that each part is small."""
    data = bytearray(workbook(sheets={"Pool": sheet_xml("<row/>" * (1 << 18))}))
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        struct.pack_into("<I", data, at + 24, 900)
    return bytes(data)


REFUSED = {
    "XLS-01 zip bomb": (lambda: workbook(parts={"xl/media/a.xml": BOMB * 20}), "bomb"),
    "XLS-01 members": (lambda: workbook(parts={f"x/{n}": "" for n in range(1001)}), "members"),
    "XLS-01 directory lies": (lying_sizes, "broken"),
    "XLS-02 nested zip": (lambda: zipped({"a.zip": zipped({"b.xlsx": workbook()})}), "packed"),
    "XLS-03 400,000 rows": (lambda: many_rows(60_000), "rows"),
    "XLS-05 XXE in the sheet": (
        lambda: workbook(sheets={"Pool": sheet_xml(grid(TWO), top=DOCTYPE)}),
        "unsafe-xml",
    ),
    "XLS-05 XXE in the texts": (
        lambda: workbook(parts={"xl/sharedStrings.xml": DOCTYPE + f"<sst {MAIN}/>"}),
        "unsafe-xml",
    ),
    "XLS-06 billion laughs": (
        lambda: workbook(parts={"xl/workbook.xml": DOCTYPE + "<workbook>&c;</workbook>"}),
        "unsafe-xml",
    ),
    "XLS-07 a sheet elsewhere": (
        lambda: workbook(parts={"xl/_rels/workbook.xml.rels": EXTERNAL}),
        "links",
    ),
    "XLS-07 values of other files": (
        lambda: workbook(parts={"xl/externalLinks/externalLink1.xml": "<x/>"}),
        "links",
    ),
    "XLS-08 macros": (lambda: workbook(parts={"xl/vbaProject.bin": "x"}), "xlsm"),
    "XLS-08 macros by type": (
        lambda: workbook(parts={"[Content_Types].xml": "sheet.macroEnabled.main+xml"}),
        "xlsm",
    ),
    "XLS-08 password": (lambda: old_office("EncryptedPackage"), "password"),
    "XLS-08 password of the zip": (lambda: with_flag(workbook(), 1), "password"),
    "XLS-09 xls": (lambda: old_office("Workbook"), "xls"),
    "XLS-09 xlsb": (lambda: zipped({"xl/workbook.bin": "x"}), "xlsb"),
    "XLS-09 ods": (
        lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        "ods",
    ),
    "XLS-09 odt": (lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "word"),
    "XLS-09 numbers": (lambda: zipped({"Index/Document.iwa": "x"}), "numbers"),
    "XLS-09 html named xls": (lambda: b"<html><table><tr><td>Name</table>", "html"),
    "XLS-09 xml": (lambda: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "xml"),
    "Word": (lambda: zipped({"word/document.xml": "x"}), "word"),
    "old Word": (lambda: old_office("WordDocument"), "word"),
    "RTF": (lambda: b"{\\rtf1 Name}", "word"),
    "slides": (lambda: zipped({"ppt/presentation.xml": "x"}), "slides"),
    "PDF": (lambda: b"%PDF-1.7 x", "pdf"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "picture"),
    "database": (lambda: b"SQLite format 3\0", "database"),
    "gzip": (lambda: b"\x1f\x8b\x08", "packed"),
    "empty": (lambda: b" \r\n\t\n", "empty"),
    "empty zip": (lambda: zipped({}), "empty-zip"),
    "too large": (lambda: b"Name\n" * (3 << 20), "large"),
    "binary": (lambda: b"Name\nJo\x00\x01\x02", "binary"),
    "cut off": (lambda: workbook()[:-40], "broken"),
    "no XML": (lambda: workbook(sheets={"Pool": "<worksheet <v>1</v>"}), "broken"),
    "no such part": (lambda: workbook(parts={"xl/_rels/workbook.xml.rels": "<x/>"}), "no-sheet"),
    "row beyond the end": (
        lambda: workbook(sheets={"Pool": sheet_xml('<row r="1048577"><c><v>1</v></c></row>')}),
        "broken",
    ),
    "no rows": (lambda: csv_of([("Name", "E-mail")]), "no-rows"),
    "nothing in any sheet": (lambda: workbook([("", "")]), "no-sheet"),
    "XLS-15 unclosed quote": (
        lambda: csv_of([("Name", "E-mail"), *[("A B", "")] * 8998]) + b'"Jo Example,x\nAnn,y\n' * 1,
        "quote",
    ),
    "columns": (lambda: csv_of([[f"Name {n}" for n in range(300)], ["x"] * 300]), "columns"),
    "long cell": (lambda: csv_of([("Name",), ("x" * 40_000,)]), "cell"),
    "long cell of a workbook": (lambda: workbook([("Name",), ("x" * 40_000,)]), "cell"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(case):
    """Control: ``test_a_plain_workbook_is_read``. Each within 10 s, and 150 MiB in this process."""
    make, code = REFUSED[case]
    data = make()
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with pytest.raises(NotASheet) as no:
        all_rows(data, "pool.csv" if "xls" not in case else "pool.xls")
    assert no.value.code == code
    text = str(no.value)
    assert text.endswith(".")
    assert "\n" not in text
    assert time.monotonic() - began < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150 * 1024


def test_a_sentence_says_what_to_do():
    """Every refusal that can be mended names the way; those of faults on our side are named."""
    ours = {"gone", "no-rows", "no-such-sheet", "busy"}
    ways = ("choose", "Choose", "Wait")
    for code, sentence in _SENTENCES.items():
        assert code in ours or any(way in str(sentence) for way in ways), code


def test_a_plain_workbook_is_read():
    sheet, rows = all_rows(workbook(TWO))
    assert (sheet.kind, sheet.name, sheet.headings, sheet.problems) == (
        "xlsx",
        "Pool",
        ("Name", "E-mail"),
        [],
    )
    assert [row.cells for row in rows] == [("Siobhán O’Test £5", "s@example.org")]


def test_xls_04_a_dimension_that_lies_is_not_believed():
    lie = '<dimension ref="A1:XFD1048576"/>'
    data = workbook(sheets={"Pool": sheet_xml(grid(TWO), before=lie)})
    began = time.monotonic()
    assert len(all_rows(data)[1]) == 1
    assert time.monotonic() - began < 5


def test_xls_15_an_unclosed_quote_names_its_row():
    """At row 9,000, swallowing the rest; before other quotes; and where nothing looks wrong."""
    rows = [f"Jo Number{n},jo{n}@example.org,0121" for n in range(2, 12_000)]
    for broken in ('"Jo Broken,j@example.org,0121', 'Jo Broken,"j@example.org,0121'):
        lines = ["Name,E-mail,Tel", *rows]
        lines[8_999] = broken
        for end in ("\n", "\r\n", "\r"):
            with pytest.raises(NotASheet, match="row 9000 ") as no:
                all_rows(end.join(lines).encode(), "pool.csv")
            assert no.value.row == 9_000
        lines[9_500] = 'Ann,"a@example.org",0121'
        with pytest.raises(NotASheet, match="row 9000 "):
            all_rows("\n".join(lines).encode(), "pool.csv")
    good = '"Jo ""Joey"" Example","1 High Street\nTipton",0121'
    assert all_rows(f"Name,Address,Tel\n{good}\n".encode(), "pool.csv")[1][0].cells == (
        'Jo "Joey" Example',
        "1 High Street\nTipton",
        "0121",
    )


ENCODED = {
    "XLS-10 UTF-8": csv_of(TWO),
    "XLS-10 UTF-8 with its mark": b"\xef\xbb\xbf" + csv_of(TWO),
    "XLS-11 Windows": csv_of(TWO).decode().encode("cp1252"),
    "XLS-12 UTF-16LE with its mark": csv_of(TWO).decode().encode("utf-16"),
    "XLS-12 UTF-16LE": csv_of(TWO).decode().encode("utf-16-le"),
    "XLS-12 UTF-16BE": csv_of(TWO).decode().encode("utf-16-be"),
    "XLS-12 UTF-16BE with its mark": b"\xfe\xff" + csv_of(TWO).decode().encode("utf-16-be"),
    "XLS-12 UTF-32": csv_of(TWO).decode().encode("utf-32"),
    "XLS-13 old Mac": csv_of(TWO, end="\r").decode().encode("mac_roman"),
    "XLS-13 Mac line ends": csv_of(TWO, end="\r"),
    "XLS-13 Windows line ends": csv_of(TWO, end="\r\n"),
    "XLS-14 semicolon": csv_of(TWO, separator=";"),
    "XLS-14 tab": csv_of(TWO, separator="\t"),
    "XLS-14 bar": csv_of(TWO, separator="|"),
    "XLS-14 named": b"sep=;\r\n" + csv_of(TWO, separator=";", end="\r\n"),
    "xlsx": workbook(TWO),
}


@pytest.mark.parametrize("case", ENCODED)
def test_letters_and_separators_are_read_right(case):
    _sheet, rows = all_rows(ENCODED[case], "pool.txt")
    assert [row.cells for row in rows] == [("Siobhán O’Test £5", "s@example.org")]
    assert rows[0].number == (3 if "named" in case else 2)


def test_xls_13_two_ways_of_writing_in_one_file_are_read_and_told():
    """Control: the same rows in one way, of which nothing is told."""
    mixed = "Name,Town\nSiobhán Test,£5\n".encode() + "Zoë Test,Tipton\n".encode("cp1252")
    sheet, rows = all_rows(mixed, "pool.csv")
    assert [row.cells[0] for row in rows] == ["Siobhán Test", "Zoë Test"]
    assert [one.code for one in sheet.problems] == ["letters"]
    assert all_rows("Name,Town\nSiobhán Test,£5\n".encode(), "pool.csv")[0].problems == []


def test_a_name_whose_letters_went_wrong_before_is_doubtful():
    row = judged("Name,E-mail\nSiobhÃ¡n Test,s@example.org\n".encode())[0]
    assert (row.verdict, codes(row)) == ("doubtful", {"garbled"})


def test_xls_18_days_of_a_workbook_whatever_day_it_counts_from():
    """46387 is 31 December 2026; a Mac of old counts from 1904."""
    styles = (
        f'<styleSheet {MAIN}><numFmts><numFmt numFmtId="200" formatCode="[$-809]dd\\ mmm\\ yyyy"/>'
        '<numFmt numFmtId="201" formatCode="00000\\ 000000"/></numFmts><cellXfs>'
        '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="200"/><xf numFmtId="201"/>'
        '<xf numFmtId="20"/></cellXfs></styleSheet>'
    )
    values = (
        '<c s="1"><v>46387</v></c>',
        '<c s="2"><v>46387.5</v></c>',
        '<c s="3"><v>7700900002</v></c>',
        '<c s="4"><v>0.604166667</v></c>',
        '<c s="1"><v>1</v></c>',
        "<c><v>7.700900002E9</v></c>",
        '<c s="1"><v>-1</v></c>',
        '<c t="b"><v>1</v></c>',
        "<c><v>1.5</v></c>",
        '<c t="d"><v>2026-12-31T00:00:00</v></c>',
        "<c><v>1e309</v></c>",
        '<c s="77777"><v>x</v></c>',
    )
    rows = (("Name", *(f"Day {n}" for n in range(12))), ("Jo", *values))
    first = all_rows(workbook(rows, parts={"xl/styles.xml": styles}))[1][0].cells
    assert first[1:] == (
        "2026-12-31",
        "2026-12-31 12:00",
        "07700900002",
        "14:30",
        "1900-01-01",
        "7700900002",
        "-1",
        "TRUE",
        "1.5",
        "2026-12-31",
        "1e309",
        "x",
    )
    mac = workbook(rows, parts={"xl/styles.xml": styles}, book='<workbookPr date1904="1"/>')
    assert all_rows(mac)[1][0].cells[1] == "2031-01-01"


def test_xls_22_merged_cells_are_doubtful_in_each_of_their_rows():
    """Control: the row beside them. What is merged above the headings is a title."""
    rows = (("Our pool",), ("Name", "Town", "E-mail"), *[("Jo", "Tipton", "j@x.org")] * 3)
    merged = '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="B3:B4"/></mergeCells>'
    sheet, found = all_rows(workbook(sheets={"P": sheet_xml(grid(rows), after=merged)}))
    assert [[one.code for one in row.problems] for row in found] == [["merged"], ["merged"], []]
    assert "B3:B4" in found[0].problems[0].message
    assert (sheet.heading_row, [one.code for one in sheet.problems]) == (2, ["above-headings"])


def test_xls_23_what_is_hidden_is_told():
    shown = sheet_xml(
        grid([("Name", "E-mail"), ("Jo A", "a@x.org"), ("Jo B", "b@x.org")], {3: 'hidden="1"'}),
        before='<cols><col min="2" max="2" hidden="1"/></cols>',
    )
    data = workbook(
        sheets={"Empty": sheet_xml(""), "Old": sheet_xml(grid(TWO)), "Pool": shown, "2": shown},
        states={"Old": "hidden"},
    )
    sheet, rows = all_rows(data)
    assert (sheet.name, sheet.other_names) == ("Pool", ("2",))
    assert [row.hidden for row in rows] == [False, True]
    assert {one.code for one in sheet.problems} == {
        "other-sheets",
        "hidden-sheets",
        "hidden-columns",
    }
    assert [codes(row) for row in judged(data, "p.xlsx")] == [set(), {"hidden-row"}]
    assert all_rows(data, sheet="Old")[1][0].cells[0] == "Siobhán O’Test £5"
    with pytest.raises(NotASheet, match="no sheet of that name"):
        all_rows(data, sheet="None")
    with pytest.raises(NotASheet, match="no table"):
        all_rows(workbook(sheets={"Old": sheet_xml(grid(TWO))}, states={"Old": "veryHidden"}))


def test_xls_24_formulas_and_their_faults():
    """A value is taken; a formula without one, or with a fault, is doubtful."""
    rows = (
        ("Name", "E-mail", "Tel", "Interests"),
        ("Jo A", '<c t="str"><f>A1</f><v>a@x.org</v></c>', "0121 496 0001", "x"),
        ("Jo B", "<c><f>NOW()</f></c>", "0121 496 0002", "x"),
        ("Jo C", '<c t="e"><f>X</f><v>#REF!</v></c>', "0121 496 0003", "x"),
        ("Jo D", '<c t="e"><v>#N/A</v></c>', "0121 496 0004", "x"),
        ("", '<c t="str"><f>B1</f><v></v></c>', "", ""),
        ("Jo E", "<c><v>7</v></c>", '<c t="s"><v>9</v></c>', "x"),
    )
    found = judged(workbook(rows), "pool.xlsx")
    assert [(row.verdict, codes(row)) for row in found] == [
        ("create", set()),
        ("doubtful", {"formula-without-value"}),
        ("doubtful", {"fault"}),
        ("create", {"fault"}),
        ("doubtful", {"not-an-email", "fault", "no-way"}),
    ]
    assert "B3" in found[1].problems[-1].message
    assert found[2].problems[0].column == "E-mail"


def test_rich_texts_inline_texts_and_readings():
    strings = (
        f"<sst {MAIN}><si><r><t>Jo </t></r><r><t>Example</t></r><rPh><t>no</t></rPh></si></sst>"
    )
    rows = (("Name", "Town"), ('<c t="s"><v>0</v></c>', "Tip & Ton"))
    data = workbook(rows, parts={"xl/sharedStrings.xml": strings})
    assert all_rows(data)[1][0].cells == ("Jo Example", "Tip & Ton")


def test_empty_trailing_rows_and_cells_without_names():
    empty = '<row r="1048576"><c r="A1048576" s="3"/></row>'
    loose = "<row><c t='inlineStr'><is><t>Name</t></is></c></row><row><c><v>12</v></c></row>"
    sheet, rows = all_rows(workbook(sheets={"P": sheet_xml(loose + "<row/>" * 5000 + empty)}))
    assert [(row.number, row.cells) for row in rows] == [(2, ("12",))]
    assert sheet.rows_expected == 5003
    assert len(all_rows(b"Name,Tel\nJo,1\n,\n" + b"\n" * 90_000, "p.csv")[1]) == 1


def test_rows_are_counted_as_a_spreadsheet_shows_them():
    text = 'Our pool,,\n\nName,Address,Tel\nJo,"1\nHigh Street",1\n\nAnn,,2,more\n'
    sheet, rows = all_rows(text.encode(), "p.csv")
    assert (sheet.heading_row, [row.number for row in rows]) == (3, [4, 6])
    assert [[one.code for one in row.problems] for row in rows] == [[], ["too-many-cells"]]


def test_the_rows_of_a_file_that_is_left_in_the_middle_leave_no_program_behind():
    for _turn in range(5):  # two programs at a time: a third would wait
        sheet = read(workbook(TWO), "pool.xlsx")
        sheet.close()
    sheet = read(workbook((("Name",), *[("Jo Example",)] * 30)), "pool.xlsx")
    next(sheet.rows)
    sheet.close()
    assert list(sheet.rows) == []


def test_limits_are_limits_and_no_less():
    """Twenty thousand rows are read; one more is refused, also where the file is small."""
    lines = ["Name,E-mail", *(f"Jo N{n},n{n}@x.org" for n in range(20_000))]
    assert len(all_rows("\n".join(lines).encode(), "p.csv")[1]) == 20_000
    with pytest.raises(NotASheet, match="more than 20000 rows"):
        all_rows("\n".join([*lines, "Jo,x"]).encode(), "p.csv")
    assert letter(701) == "ZZ"


@pytest.mark.parametrize("limits", [Limits(memory=40 << 20), Limits(processor=0)])
def test_a_workbook_that_needs_too_much_is_refused_by_a_child_that_dies_alone(limits):
    """Control: the same workbook with the usual limits."""
    texts = "".join(f"<si><t>{'x' * 200}{n}</t></si>" for n in range(100_000))
    heavy = workbook(TWO, parts={"xl/sharedStrings.xml": f"<sst {MAIN}>{texts}</sst>"})
    with pytest.raises(NotASheet) as no:
        all_rows(heavy, limits=limits)
    assert no.value.code == "too-heavy"
    assert len(all_rows(heavy)[1]) == 1


def test_a_file_that_is_not_there_and_one_without_names(tmp_path):
    with pytest.raises(NotASheet, match="no such file"):
        read(tmp_path / "none.csv", "none.csv")
    file = tmp_path / "pool.csv"
    file.write_bytes(b"Colour,Size\nred,3\n")
    sheet = read(file, file.name)
    columns = suggest(sheet.headings)
    assert not columns.is_enough
    assert file_codes(sheet, columns) == {"no-name-column", "ignored"}
    with pytest.raises(NotASheet, match="No column has the names"):
        judged(file)


def test_a_zip_of_other_making_is_no_workbook():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("mimetype", "text/plain")
    with pytest.raises(NotASheet) as no:
        all_rows(file.getvalue())
    assert no.value.code in {"packed", "broken"}
