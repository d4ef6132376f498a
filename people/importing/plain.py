"""Text files of tables: whatever their letters, ends of lines, separator and quotation marks."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext as _

from .headings import count_known
from .kinds import too_long_cell, too_many_columns
from .shapes import Limits, NotASheet, Problem, Row

SEPARATORS = (",", ";", "\t", "|")
LOOKED_AT = 30  # rows, to find the separator
_MARKS = (  # of the encoding, at the beginning of a file
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMED_SEPARATOR = re.compile(r"\A\"?sep=([,;\t|])\"?\n", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Within a word: what is a letter on an old Mac and none on Windows, and the other way round.
_MAC_LETTER = re.compile(rb"(?<=[A-Za-z])[\x80-\x90\x95-\x9f](?=[a-z])")
_WEST_LETTER = re.compile(rb"(?<=[A-Za-z])[\xe0-\xff](?=[a-z])")


def text_of(data: bytes) -> tuple[str, list[Problem]]:
    """Return the text of ``data`` with one kind of line end, and what is to be said of its letters.

    Raises:
        NotASheet: it is no text.
    """
    problems: list[Problem] = []
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            break
    else:
        text = _without_mark(data, problems)
    if _CONTROLS.search(text):
        raise NotASheet(
            _("We cannot read this file. Save it as .xlsx or .csv, and choose that file."), "binary"
        )
    return text.replace("\r\n", "\n").replace("\r", "\n"), problems


def _without_mark(data: bytes, problems: list[Problem]) -> str:
    wide = _wide(data)
    if wide:
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if b"\n" not in data and len(_MAC_LETTER.findall(data)) >= len(_WEST_LETTER.findall(data)):
        problems.append(
            _said(_("The letters are those of an old Mac: look at names with accents."))
        )
        return data.decode("mac_roman")
    if not _has_whole_letters(data):
        return data.decode("cp1252", errors="replace")
    message = _(
        "The file mixes two ways of writing letters. Look at names with accents and at £ signs "
        "before you go on."
    )
    problems.append(_said(message))
    return data.decode("utf-8", errors="letters-of-windows")


def _said(message: str) -> Problem:
    return Problem(row=0, column="", message=message, code="letters")


def _wide(data: bytes) -> str:
    """Return the encoding with two bytes a letter that ``data`` seems to have, or nothing."""
    head = data[:2000]
    if len(head) < 4 or head.count(0) < len(head) // 4:
        return ""
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Decode what is no UTF-8 as the letters of Windows in western Europe."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.start + 1]
    try:
        return wrong.decode("cp1252"), error.start + 1
    except UnicodeDecodeError:
        return "\ufffd", error.start + 1


codecs.register_error("letters-of-windows", _as_cp1252)


def _has_whole_letters(data: bytes) -> bool:
    """Return whether some letters beyond ASCII are UTF-8, beside those that are not."""
    return any(ord(letter) > 127 for letter in data.decode("utf-8", errors="ignore"))


def rows_of(text: str, limits: Limits) -> Iterator[Row]:
    """Return the rows of ``text``, all cells as they stand, empty rows left out.

    Raises:
        NotASheet: a quotation mark is not closed; the sentence names the row.
    """
    named = _NAMED_SEPARATOR.match(text)
    start, before = (named.end(), 1) if named else (0, 0)
    separator = named[1] if named else separator_of(text)
    reader = csv.reader(_lines(text, start), delimiter=separator, strict=True)
    number = before
    while True:
        number += 1
        line = reader.line_num
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise _not_closed(number) from None
        _check(cells, number, reader.line_num - line, separator, limits)
        if any(cells):
            yield Row(number, tuple(cells))


def _check(cells: list[str], number: int, lines: int, separator: str, limits: Limits) -> None:
    """Refuse a row that swallowed others, and one that is longer than any sheet has."""
    if lines > 1 and any(_swallowed(cell, separator, len(cells)) for cell in cells):
        raise _not_closed(number)
    if len(cells) > limits.columns and any(cells[limits.columns :]):
        raise too_many_columns(limits, number)
    if max(map(len, cells), default=0) > limits.cell:
        raise too_long_cell(limits, number)


def _swallowed(cell: str, separator: str, columns: int) -> bool:
    """Return whether a line within the cell looks like a row of its own."""
    if "\n" not in cell:
        return False
    enough = max(3, columns // 2)
    return any(line.count(separator) >= enough for line in cell.split("\n"))


def _not_closed(number: int) -> NotASheet:
    return NotASheet(
        _(
            'In row %(row)d a quotation mark (") is not closed, or stands inside a cell. '
            "Mend that row, save the file, and choose it again."
        )
        % {"row": number},
        "quote",
        number,
    )


def _lines(text: str, start: int) -> Iterator[str]:
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def separator_of(text: str) -> str:
    """Return what stands between the cells: what makes known headings, and rows of one length."""
    return max(SEPARATORS, key=lambda separator: _fit(text, separator))


def _fit(text: str, separator: str) -> tuple[int, int]:
    rows: list[list[str]] = []
    try:
        rows.extend(islice(csv.reader(_lines(text, 0), delimiter=separator), LOOKED_AT))
    except csv.Error:
        return (0, 0)
    lengths = Counter(len(row) for row in rows if len(row) > 1)
    alike = max(lengths.values(), default=0)
    return max(map(count_known, rows), default=0), alike
