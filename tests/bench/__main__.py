"""``make bench``: every page against a page with nothing in it, and what growth does to it.

make bench                      the whole, about ten minutes on two cores
make bench OUT=figures.json     and write the figures
make bench SMALL=1              a quick try: fewer rounds, a large borough that is smaller
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests import postgres

from . import report
from .bringing_in import FEW, ROWS, bring_in
from .measure import NOTHING, Figures, Page, Wrong, measure, ratio
from .race import race
from .server import Server, make_world, serving
from .weight import first_views

SMALL = (1_000, 100)  # people and briefs
LARGE, TRIED = (100_000, 10_000), (3_000, 500)
REPEATED = ("list", "detail")  # asked for again, by ETag
ROUNDS, TRY_ROUNDS = 11, 4
LARGER = "large "
HOST = "example-council"  # whose pool the list is brought into
SECONDS = 0.25  # of each page in each round


def main() -> int:
    """Measure everything, print the tables, write the file that was asked for."""
    options = _options()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="coprod-bench-") as folder:
        try:
            figures, more = _everything(Path(folder), quick=options.small)
        except Wrong as fault:
            _say(str(fault))
            return 1
    report.show(figures, more, minutes=(time.monotonic() - began) / 60)
    if options.out:
        Path(options.out).write_text(json.dumps(figures, indent=1) + "\n")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.bench", description="How fast the portal is.")
    parser.add_argument("--out", default="", help="write the figures to this file, as JSON")
    parser.add_argument("--small", action="store_true", help="a quick try")
    return parser.parse_args()


def _everything(folder: Path, *, quick: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    _say("Filling a small borough and a large one ...")
    small, large = folder / "small", folder / "large"
    worlds = make_world(small, *SMALL), make_world(large, *(TRIED if quick else LARGE))
    with serving(small, worlds[0]) as here, serving(large, worlds[1]) as there:
        _say("Measuring pages ...")
        pages, growth, queries = _pages(here, there, TRY_ROUNDS if quick else ROUNDS)
        views = first_views(here)
    _say("Five hundred people for twenty places, and a list for the pool ...")
    rows = FEW if quick else ROWS
    with serving(small, worlds[0]) as here:
        races = {"sqlite": race(here)}
    imports = {"sqlite": bring_in(small, HOST, rows)}
    with postgres.server() as address:
        data = folder / "postgresql"
        world = make_world(data, *SMALL, database_url=address)
        with serving(data, world, database_url=address) as there:
            races["postgresql"] = race(there)
        imports["postgresql"] = bring_in(data, HOST, rows, database_url=address)
    figures = {
        "pages": pages,
        "growth": growth,
        "signups": races,
        "imports": imports,
        "first_view_bytes": max(size for size, _requests in views.values()),
    }
    return figures, {"queries": queries, "views": views}


def _pages(here: Server, there: Server, rounds: int) -> tuple[list, list, dict[str, int]]:
    """Return the lines of pages and of growth, and the queries of the large borough."""
    found = measure([*_of(here), *_of(there, LARGER)], rounds, SECONDS)
    names = [page.name for page in _of(here) if page.name != NOTHING]
    pages = [_line(name, found[name], found[NOTHING]) for name in names]
    growth = [
        {"name": name, "ratio": _round(ratio(found[LARGER + name].cpu, found[name].cpu))}
        for name in names
    ]
    return pages, growth, {name: found[LARGER + name].queries for name in names}


def _line(name: str, page: Figures, base: Figures) -> dict[str, Any]:
    return {
        "name": name,
        "cpu_ratio": _round(ratio(page.cpu, base.cpu)),
        "latency_ratio": _round(ratio(page.latency, base.latency)),
        "queries": page.queries,
    }


def _of(server: Server, prefix: str = "") -> list[Page]:
    """Return the pages of a server, the one with nothing in it first."""
    asked = server.world["pages"]
    nothing = [Page(prefix + NOTHING, server, ("/bench/nothing/",))]
    once = [
        Page(prefix + name, server, tuple(facts["paths"]), facts["session"])
        for name, facts in asked.items()
    ]
    again = [
        Page(f"{prefix}{name}-etag", server, tuple(asked[name]["paths"]), by_etag=True)
        for name in REPEATED
    ]
    return nothing + once + again


def _round(number: float) -> float:
    return round(number, 2)


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")


if __name__ == "__main__":
    sys.exit(main())
