"""Bring a list of people into the pool, for operators: the same run as the pages."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from people.actions.imports import (
    begin_import,
    confirm_import,
    finish,
    look_through,
    match_columns,
    suggested,
)
from people.import_files import FileNotKept
from people.importing import NotASheet, Sheet, read
from people.lifecycle import ImportStatus
from people.models import Organisation, Person, PoolImport

REFUSED, STOPPED = 2, 3
COUNTED = ("create", "merge", "refuse", "doubtful", "same")
AT_WORK = (ImportStatus.CHECKING, ImportStatus.RUNNING)
PATIENCE = 3600.0  # seconds, while another process works on it
SHOWN = 20  # rows that somebody has to look at

Said = dict[str, Any]


class Command(BaseCommand):
    help = (
        "Brings a list of people (.csv or .xlsx) into the pool of an organisation, with the "
        "columns as they are suggested. Rows that somebody has to look at stay outside. "
        "Exit codes: 0 done, 1 wrong arguments, 2 the file is refused, 3 it went no further."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the .csv or .xlsx file")
        parser.add_argument("--organisation", required=True, help="its web name (slug)")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--report", type=Path, help="write what became of it as JSON")

    def handle(self, *_args: object, **options: Any) -> None:
        organisation = Organisation.objects.filter(slug=options["organisation"]).first()
        if organisation is None:
            raise CommandError(f"There is no organisation “{options['organisation']}”.")
        report: Said = {"dry_run": options["dry_run"], "people_before": Person.objects.count()}
        report |= {"rows": 0, **dict.fromkeys(COUNTED, 0), "problems": []}
        run = _dry_run if options["dry_run"] else _bring_in
        try:
            run(options["file"], organisation, report)
        except NotASheet as fault:
            said = {"row": fault.row or 0, "column": "", "message": str(fault), "weight": "refusal"}
            report["problems"] = [said]
            raise CommandError(str(fault), returncode=REFUSED) from fault
        except FileNotKept as fault:
            raise CommandError(str(fault), returncode=STOPPED) from fault
        finally:
            report["people_after"] = Person.objects.count()
            _write(options["report"], report)
        self._tell(report)

    def _tell(self, report: Said) -> None:
        counts = ", ".join(f"{name} {report[name]}" for name in COUNTED)
        outcome = "Nothing was written" if report["dry_run"] else "Brought in"
        self.stdout.write(f"{outcome}: {report['rows']} rows: {counts}.")
        looked_at = [one for one in report["problems"] if one["weight"] != "note"]
        for one in looked_at[:SHOWN]:
            column = f", {one['column']}" if one["column"] else ""
            place = f"Row {one['row']}{column}" if one["row"] else f"The file{column}"
            self.stdout.write(f"{place}: {one['message']}")
        if len(looked_at) > SHOWN:
            self.stdout.write(f"And {len(looked_at) - SHOWN} more: --report writes all of them.")


def _dry_run(file: Path, organisation: Organisation, report: Said) -> None:
    """Look through the rows, and write down what would become of them."""
    sheet = read(file, file.name)
    columns = suggested(organisation, sheet.headings)
    counts: Counter[str] = Counter()
    problems = list(_said(columns.problems))
    for verdict in look_through(sheet, columns, organisation):
        counts[verdict.verdict] += 1
        problems += _said(verdict.problems)
        problems += [
            _problem(verdict.number, one.column, one.message, "note") for one in verdict.left_out
        ]
    _count(report, counts, [*_said(sheet.problems), *problems])


def _bring_in(file: Path, organisation: Organisation, report: Said) -> None:
    """Do what the pages do, one after the other."""
    data, sheet = _opened(file)
    new = begin_import(
        organisation=organisation,
        actor=None,
        file_name=file.name,
        data=data,
        headings=sheet.headings,
    )
    match_columns(pool_import=new, fields=new.columns, actor=None)
    _until(new, ImportStatus.READY)
    confirm_import(pool_import=new, actor=None)
    _until(new, ImportStatus.DONE)
    rows = new.rows.order_by("number")
    counts = Counter(rows.values_list("verdict", flat=True))
    problems = [
        _problem(0, one.get("column", ""), one.get("message", ""), one.get("weight", "note"))
        for one in new.remarks
    ]
    for number, said in rows.exclude(problems=[]).values_list("number", "problems").iterator():
        problems += [_problem(number, x["column"], x["message"], x["weight"]) for x in said]
    _count(report, counts, problems)


def _opened(file: Path) -> tuple[bytes, Sheet]:
    sheet = read(file, file.name)  # before its bytes: it says what is wrong with a file
    sheet.close()
    return file.read_bytes(), sheet


def _until(pool_import: PoolImport, wanted: str) -> None:
    """Work on the import until it is ``wanted``; where another process does, wait for that."""
    until = time.monotonic() + PATIENCE
    while finish(pool_import).status in AT_WORK and time.monotonic() < until:
        time.sleep(0.2)
    if pool_import.status == wanted:
        return
    if pool_import.problem:
        raise NotASheet(pool_import.problem, "problem")
    raise CommandError(f"The import is “{pool_import.get_status_display()}”.", returncode=STOPPED)


def _count(report: Said, counts: Counter[str], problems: list[Said]) -> None:
    report["rows"] = sum(counts.values())
    report.update({name: counts[name] for name in COUNTED})
    report["problems"] = problems


def _said(problems: Iterable[Any]) -> Iterator[Said]:
    return (_problem(one.row, one.column, one.message, one.weight) for one in problems)


def _problem(row: int, column: str, message: str, weight: str) -> Said:
    return {"row": row, "column": column, "message": message, "weight": str(weight)}


def _write(path: Path | None, report: Said) -> None:
    if path is None:
        return
    try:
        with path.open("w", encoding="utf-8") as file:
            json.dump(report, file, ensure_ascii=False, indent=1)
    except OSError as error:
        raise CommandError(f"The report could not be written: {error.strerror}.") from error
