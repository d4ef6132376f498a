"""The gate: 95 in 100 branches in all, every one where decisions are made."""

from __future__ import annotations

import json
import re
from pathlib import Path

import coverage

WHOLE = 95.0  # per cent of the branches, and of the lines
DECISIONS = re.compile(r"(^|/)(lifecycle\.py|rules\.py|actions\.py|actions/\w+\.py)$")
OPTIONS = ("--cov", "--cov-report=")


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
