"""Makes files of people: texts in any writing, workbooks with whatever is wrong with them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from people.importing import (
    Columns,
    Known,
    Limits,
    Nobody,
    RowVerdict,
    Sheet,
    assess,
    read,
    suggest,
)
from people.importing.headings import letter

TODAY = dt.date(2026, 11, 22)
MESSY = Path(__file__).with_name("messy-pool.csv")
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def judged(
    data: bytes | Path,
    name: str = "pool.csv",
    known: Known | None = None,
    organisation: Iterable[str] = (),
    **options: object,
) -> list[RowVerdict]:
    """Return the verdict of every row, with the columns as they are suggested."""
    sheet = read(data, name, **options)
    columns = suggest(sheet.headings)
    ours = tuple(organisation)
    return list(assess(sheet, columns, known or Nobody(), today=TODAY, organisation=ours))


def one(**cells: str) -> RowVerdict:
    """Return the verdict of one row: ``one(Name="Jo Example", Phone="none")``."""
    return judged(csv_of([list(cells), list(cells.values())]))[0]


def csv_of(rows: Iterable[Iterable[str]], separator: str = ",", end: str = "\n") -> bytes:
    """Return rows as a text file in UTF-8, every cell in quotation marks."""
    lines = [separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    return (end.join(lines) + end).encode()


def codes(verdict: RowVerdict) -> set[str]:
    """Return the codes of what is said of a row."""
    return {problem.code for problem in verdict.problems}


def file_codes(sheet: Sheet, columns: Columns | None = None) -> set[str]:
    """Return the codes of what is said of a file and its headings, once it was read."""
    list(sheet.rows)
    said = [*sheet.problems, *(columns.problems if columns else ())]
    return {problem.code for problem in said}


def cell(place: int, number: int, value: object) -> str:
    """Return the XML of a cell: a text, or XML that begins with ``<`` as it stands."""
    name = f"{letter(place)}{number}"
    if isinstance(value, str) and value.startswith("<c"):
        return value.replace("<c", f'<c r="{name}"', 1)
    if isinstance(value, str):
        return f'<c r="{name}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{name}"><v>{value}</v></c>'


def grid(rows: Iterable[Iterable[object]], attributes: Mapping[int, str] | None = None) -> str:
    """Return the XML of rows; ``attributes`` are those of a row, by its number."""
    said = attributes or {}
    return "".join(
        f'<row r="{number}" {said.get(number, "")}>'
        + "".join(cell(place, number, value) for place, value in enumerate(row) if value != "")
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )


def sheet_xml(data: str, before: str = "", after: str = "", top: str = "") -> str:
    """Return the XML of a sheet."""
    return f"{top}<worksheet {MAIN}>{before}<sheetData>{data}</sheetData>{after}</worksheet>"


def workbook(
    rows: Iterable[Iterable[object]] = (("Name", "E-mail"), ("Jo Example", "jo@example.org")),
    *,
    sheets: Mapping[str, str] | None = None,
    states: Mapping[str, str] | None = None,
    parts: Mapping[str, str | bytes] | None = None,
    book: str = "",
    compression: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """Return an .xlsx.

    Args:
        sheets: the XML of each sheet by its name, instead of ``rows``.
        states: hidden or veryHidden, by the name of a sheet.
        parts: members that are added, or stand in for those that are made.
        book: XML at the beginning of the workbook's own part.
    """
    sheets = sheets or {"Pool": sheet_xml(grid(rows))}
    named = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}" '
        f'state="{(states or {}).get(name, "visible")}"/>'
        for number, name in enumerate(sheets, start=1)
    )
    targets = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATED}/worksheet" '
        f'Target="worksheets/sheet{number}.xml"/>'
        for number, _name in enumerate(sheets, start=1)
    )
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{RELATED}">{book}'
        f"<sheets>{named}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{targets}'
        "</Relationships>",
        **{f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets.values(), start=1)},
        **(parts or {}),
    }
    return zipped(members, compression)


def zipped(members: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


__all__ = [
    "MAIN",
    "MESSY",
    "RELATED",
    "RELATIONS",
    "TODAY",
    "Limits",
    "cell",
    "codes",
    "csv_of",
    "file_codes",
    "grid",
    "judged",
    "one",
    "sheet_xml",
    "workbook",
    "zipped",
]
