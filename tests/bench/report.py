"""The bench's tables, for whoever looks at the screen."""

from __future__ import annotations

import os
import platform
import sys
from typing import Any

# What the portal promises: processor, as a multiple of a page with nothing in it.
LIMITS = {
    "list": 8.0,
    "detail": 5.0,
    "list-signed-in": 15.0,
    "detail-signed-in": 12.0,
    "list-etag": 1.5,
    "detail-etag": 1.5,
}
GROWTH, GROWTH_OF_SEARCH = 1.5, 3.0
RACE, BYTES, REQUESTS = 0.3, 60_000, 8
IMPORT, MIB = 60, 256  # seconds and memory of an import of 20,000 rows


def show(figures: dict[str, Any], more: dict[str, Any], minutes: float) -> None:
    """Print all tables."""
    lines = [*_pages(figures, more["queries"]), *_races(figures), *_imports(figures)]
    lines += _views(more["views"])
    python = platform.python_version()
    lines += ["", f"Python {python}, {os.cpu_count()} cores, {minutes:.0f} minutes."]
    sys.stdout.write("\n".join(lines) + "\n")


def _pages(figures: dict[str, Any], in_large: dict[str, int]) -> list[str]:
    grown = {row["name"]: row["ratio"] for row in figures["growth"]}
    rows = ["| page | CPU × | clock × | at most | queries | growth × | at most |", _rule(7)]
    for row in figures["pages"]:
        name, queries = row["name"], row["queries"]
        limit = GROWTH_OF_SEARCH if name == "search" else GROWTH
        more = "" if in_large[name] == queries else f" (large: {in_large[name]})"
        rows.append(
            f"| {name} | {_judged(row['cpu_ratio'], LIMITS.get(name))} | {row['latency_ratio']} "
            f"| {LIMITS.get(name, '')} | {queries}{more} "
            f"| {_judged(grown[name], limit)} | {limit} |"
        )
    return rows


def _races(figures: dict[str, Any]) -> list[str]:
    rows = ["", "| sign-ups | in | waiting | errors | rate × | at least |", _rule(6)]
    for name, row in figures["signups"].items():
        rows.append(
            f"| {name} | {row['confirmed']} | {row['waiting']} | {row['errors']} "
            f"| {row['per_second_ratio']}{'' if row['per_second_ratio'] >= RACE else ' (!)'} "
            f"| {RACE} |"
        )
    return rows


def _imports(figures: dict[str, Any]) -> list[str]:
    rows = ["", f"| import | rows | s, at most {IMPORT} | CPU s | MiB, at most {MIB} |", _rule(5)]
    rows += [
        f"| {database}: {row['name']} | {row['rows']} | {_judged(row['seconds'], IMPORT)} "
        f"| {row['cpu_seconds']} | {_judged(row['mib'], MIB)} |"
        for database, found in figures["imports"].items()
        for row in found
    ]
    return rows


def _views(views: dict[str, tuple[int, int]]) -> list[str]:
    rows = ["", f"| first view | bytes, at most {BYTES} | requests, at most {REQUESTS} |", _rule(3)]
    rows += [
        f"| {page} | {_judged(size, BYTES)} | {_judged(requests, REQUESTS)} |"
        for page, (size, requests) in views.items()
    ]
    return rows


def _judged(number: float, limit: float | None) -> str:
    return f"{number} (!)" if limit is not None and number > limit else str(number)


def _rule(columns: int) -> str:
    return "|" + " --- |" * columns
