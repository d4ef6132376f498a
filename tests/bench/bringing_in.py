"""Twenty thousand rows of a spreadsheet: looked through, then brought in, on two cores."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.people.importing.sheets import csv_of, workbook
from tests.programs import ROOT

from .measure import Wrong
from .server import settings

ROWS, FEW = 20_000, 2_000
REPORT = "report.json"
HEADINGS = (
    "Name",
    "E-mail",
    "Telephone",
    "Town",
    "Postcode",
    "Interested in",
    "Access needs",
    "Notes",
)
TOWNS = ("Smethwick", "Tipton", "Oldbury", "Rowley Regis", "Wednesbury", "West Bromwich")
INTERESTS = ("home care; falls", "carers", "buses and getting about", "letters in plain words")
NEEDS = ("hearing loop", "", "large print", "", "step-free way in", "")
MAKERS = {"csv": csv_of, "xlsx": workbook}
# Kept free for made-up people, and nobody has them in the demonstration: a thousand of each.
PHONES = {"csv": "0113 496 0{:03}", "xlsx": "0161 496 0{:03}"}


def bring_in(folder: Path, organisation: str, rows: int, **where: str) -> list[dict[str, Any]]:
    """Return what each list took: seconds by the clock and of processor, and MiB at most.

    Each list is of people whom nobody knows yet, so that every row is written.
    """
    lines = []
    for kind, make in MAKERS.items():
        file = folder / f"people.{kind}"
        file.write_bytes(make(_rows(kind, rows)))
        for name, options in (("looked through", ["--dry-run"]), ("brought in", [])):
            command = ["import_pool", file, "--organisation", organisation, *options]
            used = _run(folder, [*command, "--report", folder / REPORT], where)
            said = json.loads((folder / REPORT).read_text())
            if said["create"] != rows:
                raise Wrong(f"{kind}, {name}: {said['create']} of {rows} rows are new people.")
            lines.append({"name": f"{kind}, {name}", "rows": rows, **used})
    return lines


def _rows(kind: str, rows: int) -> Iterator[list[str]]:
    yield list(HEADINGS)
    for number in range(rows):
        yield [
            f"{kind.title()} Nobody{number}",
            f"{kind}.{number}@people.example",
            "" if number % 20 else PHONES[kind].format(number // 20),
            TOWNS[number % len(TOWNS)],
            f"B{number % 90 + 1} {number % 9}AA",
            INTERESTS[number % len(INTERESTS)],
            NEEDS[number % len(NEEDS)],
            "came to the open day in the library, likes to be rung in the morning",
        ]


def _run(folder: Path, command: list[Any], where: dict[str, str]) -> dict[str, float]:
    """Run one of our commands by itself; its children count as its own."""
    began = time.perf_counter()
    program = subprocess.Popen(
        [sys.executable, "manage.py", *map(str, command)],
        cwd=ROOT,
        env=settings(folder, **where),
        stdout=subprocess.PIPE,
    )
    with program.stdout:
        said = program.stdout.read().decode()
    _pid, status, usage = os.wait4(program.pid, 0)
    program.returncode = os.waitstatus_to_exitcode(status)
    if program.returncode:
        raise Wrong(f"{command[0]} ended with {program.returncode}: {said}")
    return {
        "seconds": round(time.perf_counter() - began, 1),
        "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 1),
        "mib": round(usage.ru_maxrss / 1024),
    }
