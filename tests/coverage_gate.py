"""The gate: 95 in 100 branches in all, every one where decisions are made.

Measuring takes as long again as what is measured. The tests in ``UNMEASURED`` walk the same ways a
thousand times over, ways that the tests of each room go as well, so nobody counts their steps. That
makes the gate no wider: what only they walked would count as never tested.
"""

from __future__ import annotations

import json
import os
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import coverage
import pytest

WHOLE = 95.0  # per cent of the branches, and of the lines
DECISIONS = re.compile(r"(^|/)(lifecycle\.py|rules\.py|actions\.py|actions/(\w+/)*\w+\.py)$")
OPTIONS = ("--cov", "--cov-report=")
# What they ask is whether anything breaks, not whether everything was tried.
UNMEASURED = (
    "tests/attacks/",
    "tests/charter/reporting/test_suppression_attack.py",
    "tests/coprod/test_crawl.py",
    "tests/coprod/test_demo_in_numbers.py",
    "tests/coprod/test_kept.py::test_every_form",
    "tests/coprod/test_load_demo.py",
    "tests/coprod/test_once.py::test_every_form_sent_twice",
    "tests/house/test_doors.py",
    "tests/opportunities/actions/test_race.py::test_five_hundred",
    "tests/opportunities/views/test_race_http.py",
    "tests/coprod/test_start.py::test_a_second_start_keeps_data_and_keys",
    "tests/coprod/test_start.py::test_ctrl_c_stops_it_where_a_script",
    "tests/coprod/test_start.py::test_nothing_is_left_when_it_is_killed_outright",
)
FOR_PROGRAMS = "COVERAGE_PROCESS_CONFIG"  # tells the programs that a test starts to measure


@contextmanager
def unmeasured(item: pytest.Item) -> Iterator[None]:
    """While the test runs, with what it sets up, nothing is measured if it stands in the list."""
    if not item.nodeid.startswith(UNMEASURED):
        yield
        return
    # The plugin's own pause is not enough: in a worker, others wait below it and go on instead.
    here, in_threads = sys.gettrace(), threading.gettrace()
    sys.settrace(None)
    threading.settrace(None)
    told = os.environ.pop(FOR_PROGRAMS, None)
    yield
    if told is not None:
        os.environ[FOR_PROGRAMS] = told
    threading.settrace(in_threads)
    sys.settrace(here)


def faults(results: Path) -> list[str]:
    """Return what keeps the gate shut, from the data files of the programs that were measured."""
    files = sorted(str(file) for file in results.glob("coverage.*"))
    if not files:
        return ["nothing was measured"]
    measured = coverage.Coverage(data_file=str(results / "coverage.all"))
    measured.combine(files, keep=True)
    measured.json_report(outfile=str(results / "coverage.json"))
    return judge(json.loads((results / "coverage.json").read_text()))


def judge(data: dict) -> list[str]:
    """Return the faults of a coverage report."""
    found = _below("the whole", data["totals"], WHOLE)
    for name, file in data["files"].items():
        if DECISIONS.search(name):
            missing = [*file["missing_lines"], *file.get("missing_branches", [])]
            found += [f"{name}: every branch must be tested; missing {missing}"] if missing else []
    return found


def _below(name: str, totals: dict[str, float], limit: float) -> list[str]:
    share = {
        "lines": (totals["covered_lines"], totals["num_statements"]),
        "branches": (totals["covered_branches"], totals["num_branches"]),
    }
    return [
        f"{name}: {100 * covered / total:.1f} of 100 {kind} are tested, {limit:.0f} are needed"
        for kind, (covered, total) in share.items()
        if total and 100 * covered / total < limit
    ]
