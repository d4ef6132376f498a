"""The dry run: every row is read and assessed, and nothing is written but what would become of it.

The file is gone through once, a few hundred rows in each short transaction. Between two turns of
the worker the place in the file is kept in memory; who finds it gone begins again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coprod.lib.lifecycle import next_state
from people.import_files import path_of
from people.importing import (
    Columns,
    Facts,
    Field,
    NotASheet,
    Problem,
    Row,
    RowVerdict,
    Sheet,
    Verdict,
    chosen,
    read,
)
from people.lifecycle import IMPORT_MOVES
from people.models import ImportRow, Person, PoolImport

from .leases import hold
from .looking import look_through

AT_ONCE = 250  # rows in one transaction
CELL = 300  # letters of a cell that are kept for the download
# What may be given back to be put right: never what is left out, whoever matched the column.
GIVEN_BACK = frozenset(
    {
        Field.REFERENCE,
        Field.TITLE,
        Field.NAME,
        Field.FIRST_NAME,
        Field.LAST_NAME,
        Field.KNOWN_AS,
        Field.EMAIL,
        Field.PHONE,
        Field.SECOND_PHONE,
        Field.ADDRESS,
        Field.POSTCODE,
        Field.TOWN,
        Field.WARD,
    }
)
# What has a place in the pool. Who supports somebody, or what they need to be reached, is read for
# doubts only: the person says it, to whom they choose.
KEPT = frozenset(
    {
        "name",
        "email",
        "phone",
        "phone_extension",
        "second_phone",
        "address",
        "postcode",
        "postcode_part",
        "town",
        "ward",
        "contact_by",
        "interests",
        "availability",
        "heard_from",
        "is_group",
    }
)
ONLY_READ = frozenset(
    {
        Field.TITLE,
        Field.KNOWN_AS,
        Field.EXPERIENCE,
        Field.GROUPS,
        Field.EMERGENCY_CONTACT,
        Field.SUPPORTER,
        Field.ADDED_ON,
        Field.REFERENCE,
    }
)


class Checking:
    """One dry run in hand."""

    def __init__(self, pool_import: PoolImport) -> None:
        self._import = pool_import
        self._cells: dict[int, tuple[str, ...]] = {}
        self._done = 0
        self._sheet: Sheet | None = None
        self._verdicts: Iterator[RowVerdict] = iter(())

    def begin(self) -> None:
        """Open the file, and forget what an earlier dry run found.

        Raises:
            NotASheet: it can no longer be read.
        """
        one = self._import
        path = path_of(one.file)
        if not path.is_file():
            raise NotASheet(_("The file is not there any more. Bring it in anew."), "gone")
        sheet = read(path, one.file_name)
        self._sheet = sheet
        sheet.rows = self._remembering(sheet.rows)
        newest = Person.everybody.order_by("-pk").values_list("pk", flat=True).first() or 0
        with transaction.atomic():
            total = max(sheet.rows_expected, 0)
            hold(one, rows_done=0, rows_total=total, known_up_to=newest)
            ImportRow.objects.filter(pool_import=one).delete()
        columns = chosen(sheet.headings, one.columns)
        self._verdicts = look_through(sheet, columns, one.organisation)

    def goes_on(self, pool_import: PoolImport) -> bool:
        """Return whether ``pool_import``, as it is now, is at the place where this one stands."""
        mine = self._import
        same = pool_import.rows_done == self._done and pool_import.columns == mine.columns
        # Another worker that began anew looked at a younger pool.
        return same and pool_import.known_up_to == mine.known_up_to

    def step(self) -> bool:
        """Look through some more rows; return whether there may be more.

        Raises:
            NotASheet: a row further down cannot be read.
            Lost: somebody stopped it, or took over.
        """
        found = list(islice(self._verdicts, AT_ONCE))
        rows = [self._row(verdict) for verdict in found]
        self._done += len(rows)
        with transaction.atomic():
            total = max(self._import.rows_total, self._done)
            hold(self._import, rows_done=self._done, rows_total=total)
            ImportRow.objects.bulk_create(rows)
            if len(found) < AT_ONCE:
                self._finish()
        return len(found) == AT_ONCE

    def close(self) -> None:
        """Let go of the file."""
        if self._sheet is not None:
            self._sheet.close()

    def _finish(self) -> None:
        sheet = self._sheet
        assert sheet is not None  # noqa: S101 -- begin() comes before step()
        columns = chosen(sheet.headings, self._import.columns)
        said = [
            asdict(one)
            for one in (*columns.problems, *_only_read(sheet.headings, columns), *sheet.problems)
        ]
        status = next_state(IMPORT_MOVES, "finish_check", self._import.status)
        hold(
            self._import,
            rows_total=self._done,
            remarks=said,
            status=status,
            lease="",
        )

    def _remembering(self, rows: Iterator[Row]) -> Iterator[Row]:
        """Pass the rows on, and keep their cells until their verdict is there."""
        for row in rows:
            self._cells[row.number] = row.cells
            yield row

    def _row(self, verdict: RowVerdict) -> ImportRow:
        cells = self._cells.pop(verdict.number, ())
        wrong = verdict.verdict in {Verdict.REFUSE, Verdict.DOUBTFUL}
        same = verdict.verdict == Verdict.SAME
        person = verdict.same_as_person or None
        return ImportRow(
            pool_import=self._import,
            number=verdict.number,
            key=verdict.row_key,
            verdict=verdict.verdict,
            facts=said_of(verdict.facts),
            second=said_of(verdict.second),
            cells=self._given_back(cells, verdict) if wrong else {},
            problems=[
                {"column": one.column, "message": one.message, "weight": one.weight}
                for one in verdict.problems
            ],
            left_out=[one.column for one in verdict.left_out],
            same_as_row=verdict.same_as_row,
            match_id=None if same else person,
            person_id=person if same else None,
            is_done=same,
            is_filled=same,
        )

    def _given_back(self, cells: tuple[str, ...], verdict: RowVerdict) -> dict[str, str]:
        left_out = {one.column for one in verdict.left_out}
        triples = zip(self._import.headings, self._import.columns, cells, strict=False)
        return {
            heading: cell[:CELL]
            for heading, field, cell in triples
            if field in GIVEN_BACK and cell and heading not in left_out
        }


def _only_read(headings: Sequence[str], columns: Columns) -> Iterator[Problem]:
    """Say of each column that has no place in the pool that it is not kept."""
    message = _("The column “%s” helps to find doubts. It is not brought in: ask the person.")
    for heading, field in zip(headings, columns.fields, strict=True):
        if field in ONLY_READ:
            yield Problem(0, heading, message % heading, "only-read")


def said_of(facts: Facts | None) -> dict[str, Any]:
    """Return what of ``facts`` is kept until it is brought in."""
    if facts is None:
        return {}
    return {name: value for name, value in asdict(facts).items() if value and name in KEPT}


def facts_of(said: dict[str, Any]) -> Facts:
    """Return the facts that ``said_of`` kept."""
    return Facts(**said)


def fail_check(pool_import: PoolImport, fault: NotASheet) -> None:
    """Say why the file could not be looked through; its columns can be matched anew."""
    with transaction.atomic():
        status = next_state(IMPORT_MOVES, "fail_check", pool_import.status)
        hold(pool_import, status=status, problem=str(fault)[:500], lease="", rows_done=0)
