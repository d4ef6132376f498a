"""What kind of file was sent, by its first bytes; and one sentence for each that cannot be read."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .shapes import Limits, NotASheet

TEXT, WORKBOOK = "csv", "xlsx"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNINGS = (
    (b"PK\x05\x06", "empty-zip"),
    (b"%PDF", "pdf"),
    (b"{\\rtf", "word"),
    (b"\x1f\x8b", "packed"),
    (b"7z\xbc\xaf", "packed"),
    (b"Rar!", "packed"),
    (b"BZh", "packed"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"RIFF", "picture"),
    (b"SQLite format 3", "database"),
)
_MARKUP = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|table|meta|div|style|script|\?xml"
    rb"|!--)",
    re.IGNORECASE,
)
_EXCEL_XML = re.compile(rb"office:spreadsheet|progid=\"Excel\.Sheet\"")

_SENTENCES = {
    "empty": gettext_lazy("This file is empty. Choose another file."),
    "large": gettext_lazy(
        "This file is too large. Choose a file of at most 10 MB, or bring it in as several files."
    ),
    "xls": gettext_lazy(
        "This is an old Excel file (.xls). Open it, choose “Save as”, then “Excel workbook "
        "(.xlsx)” or “CSV”, and choose that file."
    ),
    "xlsm": gettext_lazy(
        "This Excel file has macros (.xlsm). Open it, choose “Save as”, then “Excel workbook "
        "(.xlsx)”, and choose that file."
    ),
    "xlsb": gettext_lazy(
        "This is a binary Excel file (.xlsb). Open it, choose “Save as”, then “Excel workbook "
        "(.xlsx)”, and choose that file."
    ),
    "password": gettext_lazy(
        "This file has a password. Open it in Excel, take the password away (File, Info, Protect "
        "workbook), save it as .xlsx, and choose it again."
    ),
    "ods": gettext_lazy(
        "This is an OpenDocument file (.ods). Open it, choose “Save as”, then “Excel 2007–365 "
        "(.xlsx)” or “CSV”, and choose that file."
    ),
    "numbers": gettext_lazy(
        "This is a Numbers file. Open it, choose “File”, “Export to”, then “Excel” or “CSV”, and "
        "choose that file."
    ),
    "html": gettext_lazy(
        "This is a web page, whatever its name says. Open it in Excel, choose “Save as”, then "
        "“Excel workbook (.xlsx)”, and choose that file."
    ),
    "xml": gettext_lazy(
        "This is an XML file. Open it in Excel, choose “Save as”, then “Excel workbook (.xlsx)”, "
        "and choose that file."
    ),
    "word": gettext_lazy(
        "This is a Word document. Copy its table into Excel, save it as .xlsx or .csv, and choose "
        "that file."
    ),
    "slides": gettext_lazy(
        "This is a presentation. Copy its table into Excel, save it as .xlsx or .csv, and choose "
        "that file."
    ),
    "pdf": gettext_lazy(
        "This is a PDF. Ask for the spreadsheet that it was made from, save it as .xlsx or .csv, "
        "and choose that file."
    ),
    "picture": gettext_lazy(
        "This is a picture. Save the spreadsheet as .xlsx or .csv, and choose that file."
    ),
    "database": gettext_lazy("This is a database. Save the table as .csv, and choose that file."),
    "packed": gettext_lazy(
        "This file is packed (zip). Unpack it, and choose the .xlsx or .csv file inside."
    ),
    "empty-zip": gettext_lazy("This file is empty. Choose another file."),
    "binary": gettext_lazy(
        "We cannot read this file. Save it as .xlsx or .csv, and choose that file."
    ),
    "broken": gettext_lazy(
        "This workbook is broken. Open it in Excel, save it again as .xlsx, and choose that file."
    ),
    "bomb": gettext_lazy(
        "This file is far larger inside than it looks. Copy the table into a new workbook, save "
        "it as .xlsx or .csv, and choose that file."
    ),
    "members": gettext_lazy(
        "This workbook has too many parts. Copy the table into a new workbook, save it as .xlsx "
        "or .csv, and choose that file."
    ),
    "unsafe-xml": gettext_lazy(
        "This workbook has instructions in it that we do not follow. Copy the table into a new "
        "workbook, save it as .xlsx or .csv, and choose that file."
    ),
    "links": gettext_lazy(
        "This workbook takes values from other files. Copy the table, paste it into a new "
        "workbook as values, save it as .xlsx or .csv, and choose that file."
    ),
    "no-sheet": gettext_lazy("There is no table in this file. Choose another file."),
    "no-such-sheet": gettext_lazy("There is no sheet of that name in this workbook."),
    "no-rows": gettext_lazy("There is nobody in this file: below the headings it is empty."),
    "busy": gettext_lazy("Many files are being read. Wait a minute, and choose yours again."),
    "too-heavy": gettext_lazy(
        "This workbook takes too long or too much memory to open. Save it as .csv, and choose "
        "that file."
    ),
    "gone": gettext_lazy("There is no such file."),
}


def refused(code: str) -> NotASheet:
    """Return the refusal of a file, with its sentence."""
    return NotASheet(str(_SENTENCES.get(code, _SENTENCES["broken"])), code)


def too_many_rows(most: int) -> NotASheet:
    """Return the refusal of a file with too many rows."""
    message = _("This file has more than %d rows. Bring it in as several files.")
    return NotASheet(message % most, "rows", most)


def too_many_columns(limits: Limits, number: int) -> NotASheet:
    """Return the refusal of a file with too many columns."""
    message = _("Row %(row)d has more than %(most)d columns. Delete those that you do not need.")
    return NotASheet(message % {"row": number, "most": limits.columns}, "columns", number)


def too_long_cell(limits: Limits, number: int) -> NotASheet:
    """Return the refusal of a file with a cell that holds a book."""
    message = _("Row %(row)d has a cell with more than %(most)d letters. Make it shorter.")
    return NotASheet(message % {"row": number, "most": limits.cell}, "cell", number)


def kind_of(data: bytes, name: str) -> str:
    """Return TEXT or WORKBOOK, by the first bytes of ``data``; its name only helps to explain.

    Raises:
        NotASheet: it is neither.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise refused("empty")
    if data.startswith(_OLD_OFFICE):
        raise refused(_of_old_office(data, name))
    if data.startswith(b"PK\x03\x04"):
        return WORKBOOK
    head = data[:4096]
    code = next((code for begins, code in _BEGINNINGS if data.startswith(begins)), "")
    if not code and _MARKUP.match(head):
        code = "xml" if _EXCEL_XML.search(head) or name.lower().endswith(".xml") else "html"
    if code:
        raise refused(code)
    if name.lower().endswith((".xlsx", ".xlsm", ".numbers", ".ods", ".pdf", ".docx")):
        raise refused("broken" if name.lower().endswith(".xlsx") else "binary")
    return TEXT


def _of_old_office(data: bytes, name: str) -> str:
    """Return which of the files is meant that Office wrote until 2003, or behind a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "password"
    if "WordDocument".encode("utf-16-le") in data or name.lower().endswith(".doc"):
        return "word"
    return "xls"
