"""Spreadsheets to take home: CSV that opens safely and right in every spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.text import slugify

BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads names like Zoë wrong
# A spreadsheet takes a cell that begins with one of these for a formula, also behind what it skips.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "|", "＝", "＋", "－", "＠")
SKIPPED = " \"'\u00a0\u200b\ufeff"


def csv_file(name: str, head: Iterable[object], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Return a download called ``name``.csv (RFC 4180): one line of headings, then the rows.

    A cell of text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    response = HttpResponse(BYTE_ORDER_MARK, content_type="text/csv; charset=utf-8")
    # Letters, figures and hyphens only: nothing of a title ends up in a header as it was typed.
    response["Content-Disposition"] = f'attachment; filename="{slugify(name) or "list"}.csv"'
    writer = csv.writer(response)
    for row in (head, *rows):
        writer.writerow([harmless(cell) for cell in row])
    return response


def harmless(cell: object) -> str:
    """Return the text of a cell, so that no spreadsheet runs it; a number stays a number."""
    if cell is None:
        return ""
    text = str(cell)
    if isinstance(cell, int | float):
        return text
    text = text.replace("\x00", "") if not text.startswith("\x00") else text
    begins = text.startswith(FORMULA) or text.lstrip(SKIPPED).startswith(FORMULA)
    return f"'{text}" if begins else text
