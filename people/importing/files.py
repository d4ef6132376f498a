"""Open a file of people: text or workbook, find its headings, and give its rows one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from django.utils.translation import gettext as _

from coprod.lib.text import clean

from . import workbook
from .headings import count_known, letter
from .kinds import TEXT, kind_of, refused, too_many_columns, too_many_rows
from .plain import rows_of, text_of
from .shapes import Limits, NotASheet, Problem, Row, Sheet, Weight

LIMITS = Limits()
LOOKED_AT = 20  # rows, to find the headings


def read(source: Path | bytes, name: str, *, sheet: str = "", limits: Limits = LIMITS) -> Sheet:
    """Open the file ``source`` that its sender calls ``name``.

    ``sheet`` names the sheet of a workbook; without, the first one with something in it is read.

    Raises:
        NotASheet: it cannot be read; also while its rows are gone through.
    """
    data = _bytes(source, limits)
    if kind_of(data, name) == TEXT:
        opened = _text(data, limits)
    else:
        opened = workbook.open_workbook(data, sheet, limits)
    try:
        return _with_headings(opened, limits)
    except NotASheet:
        opened.close()
        raise


def _bytes(source: Path | bytes, limits: Limits) -> bytes:
    if isinstance(source, bytes):
        data = source
    else:
        try:
            with source.open("rb") as file:
                data = file.read(limits.size + 1)
        except OSError:
            raise refused("gone") from None
    if len(data) > limits.size:
        raise refused("large")
    return data


def _text(data: bytes, limits: Limits) -> Sheet:
    text, problems = text_of(data)
    return Sheet((), rows_of(text, limits), problems, rows_expected=text.count("\n"))


def _with_headings(sheet: Sheet, limits: Limits) -> Sheet:
    """Find the row of headings among the first; what stands above it is not read."""
    first = list(islice(sheet.rows, LOOKED_AT))
    if not first:
        raise refused("no-sheet")
    # max() takes the first of several that know as many.
    best = max(range(len(first)), key=lambda place: count_known(first[place].cells))
    headings = _trimmed(first[best].cells)
    if len(headings) > limits.columns:
        raise too_many_columns(limits, first[best].number)
    if best:
        message = _("The headings were found in row %(row)d. What is above it was not read.")
        words = {"row": first[best].number}
        sheet.problems.append(Problem(0, "", message % words, "above-headings"))
    rows = chain(first[best + 1 :], sheet.rows)
    named = tuple(
        clean(one, lines=False).strip() or _("Column %s") % letter(place)
        for place, one in enumerate(headings)
    )
    body = _Body(sheet, rows, len(named), limits)
    return replace(sheet, headings=named, heading_row=first[best].number, rows=body.rows())


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return the cells up to the last with something in it."""
    last = max((place for place, cell in enumerate(cells) if cell.strip()), default=-1)
    return cells[: last + 1]


class _Body:
    """The rows below the headings, each as long as these, counted, and closed with their file."""

    def __init__(self, sheet: Sheet, rows: Iterator[Row], width: int, limits: Limits) -> None:
        self.sheet = sheet
        self.raw = rows
        self.width = width
        self.limits = limits

    def rows(self) -> Iterator[Row]:
        count = 0
        try:
            for raw in self.raw:
                row = self._fitted(raw)
                if not any(row.cells):
                    continue
                count += 1
                if count > self.limits.rows:
                    raise too_many_rows(self.limits.rows)
                yield row
            if not count:
                raise refused("no-rows")
        finally:
            self.sheet.close()

    def _fitted(self, row: Row) -> Row:
        cells = tuple([_clean(cell) for cell in row.cells[: self.width]])
        cells += ("",) * (self.width - len(cells))
        problems = row.problems
        if any(cell.strip() for cell in row.cells[self.width :]):
            message = _("Row %d has more cells than there are headings: they may be out of place.")
            said = Problem(row.number, "", message % row.number, "too-many-cells", Weight.DOUBT)
            problems = (*problems, said)
        return Row(row.number, cells, row.hidden, problems)


def _clean(cell: str) -> str:
    if cell.isascii() and cell.isprintable():
        return cell.strip()
    return clean(cell).strip()
