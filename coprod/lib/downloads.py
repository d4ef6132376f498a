"""Spreadsheets to take home: CSV that opens safely and right in every spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.text import slugify

BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads names like Zoë wrong
# A cell that begins like this is run as a formula; tab and return are skipped before it is read.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_file(name: str, head: Iterable[object], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Return a download called ``name``.csv: one line of headings, then the rows.

    Every cell is text; one that a spreadsheet would take for a formula begins with an apostrophe.
    """
    response = HttpResponse(BYTE_ORDER_MARK, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)}.csv"'
    writer = csv.writer(response)
    for row in (head, *rows):
        writer.writerow([harmless(cell) for cell in row])
    return response


def harmless(cell: object) -> str:
    """Return the text of a cell, so that no spreadsheet runs it."""
    text = str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
