"""``make test``: lint, the whole suite on both databases, the browser, coverage.

Two parts run at a time: while one waits for its browser or its database, the other works. Each
line says which part it is from. The last line is
``sqlite: N passed, postgresql: N passed, browser: N passed, skipped: 0``. The exit code is 0 only
when nothing failed, nothing was skipped and every part ran at least one test.
``--fast`` (``make check``) is lint, types and the rules of the house.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import browser, coverage_gate, postgres  # noqa: E402 -- the root has to be known before

RESULTS = ROOT / "var" / "test-results"
WORKERS = os.environ.get("TEST_WORKERS", "2")
AT_A_TIME = int(os.environ.get("TEST_PARTS", "2"))
SUITE_MINUTES = 30
REASON = 300  # characters
# What asks no database, or brings one of its own, is the same on both: it is tried once.
ONCE = (
    "tests/charter/reporting/test_suppression_attack.py",
    "tests/coprod/lib/test_images.py",
    "tests/coprod/test_start.py",
)
# They take longest, and are begun first: no worker is alone with one of them in the end.
LONG = (
    "tests/journeys/test_every_page.py",
    "tests/journeys/test_main_job.py",
    "tests/house/test_doors.py",
    "tests/coprod/test_start.py",
    "tests/charter/reporting/test_suppression_attack.py",
    "tests/coprod/test_crawl.py",
    "tests/coprod/test_kept.py",
    "tests/attacks/test_hostile.py",
    "tests/opportunities/actions/test_race.py",
    "tests/attacks/test_access.py",
    "tests/coprod/test_load_demo.py",
    "tests/coprod/test_demo_in_numbers.py",
    "tests/journeys/test_bringing_in.py",
    "tests/journeys/test_wrong_answers.py",
    "tests/journeys/test_other_ways.py",
    "tests/journeys/test_we_choose.py",
)
# Where the decisions are: judged by the type checker.
TYPED = (
    "*/lifecycle.py",
    "*/rules.py",
    "*/actions.py",
    "*/actions/*.py",
    "*/actions/*/*.py",
    "*/queries.py",
)


@dataclass(frozen=True)
class Result:
    """What one part of the suite came to."""

    name: str
    passed: int
    failed: int
    skipped: int

    @property
    def is_good(self) -> bool:
        return self.passed > 0 and self.failed == 0 and self.skipped == 0


def main(arguments: list[str]) -> int:
    """Run what was asked for, and return the exit code."""
    os.chdir(ROOT)
    shutil.rmtree(RESULTS, ignore_errors=True)
    RESULTS.mkdir(parents=True)
    if "--fast" in arguments:
        return int(not (lint() and pytest(["tests/house"]) == 0))
    sqlite, content, browsed, postgresql = together(on_sqlite, lint, in_browser, on_postgresql)
    results = [sqlite, postgresql, browsed]
    faults = [] if content else ["lint"]
    faults += [result.name for result in results if not result.is_good]
    faults += covered()
    shutil.rmtree(RESULTS / "shelf", ignore_errors=True)
    if faults:
        say("\n".join(failing(RESULTS)))
        say(f"FAILED: {', '.join(faults)}")
    say(summary(results))
    return int(bool(faults))


def together(*parts: Callable[[], object]) -> list:
    """Run the parts, some at a time and begun in this order, and return what they returned."""
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        begun = [pool.submit(part) for part in parts]
        try:
            return [one.result() for one in begun]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def say(text: str) -> None:
    """Print whole lines at once: other parts print in between."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def covered() -> list[str]:
    """Print what keeps the coverage gate shut, and return its name if anything does."""
    say("== coverage")
    found = coverage_gate.faults(RESULTS)
    say("\n".join(found) or "enough")
    return ["coverage"] if found else []


def summary(results: Iterable[Result]) -> str:
    """Return the one line that says what ran."""
    results = list(results)
    parts = [f"{result.name}: {result.passed} passed" for result in results]
    return ", ".join([*parts, f"skipped: {sum(result.skipped for result in results)}"])


def lint() -> bool:
    """Run every check that needs no test, all of them, and return whether all are content."""
    say("== lint")
    templates = [str(file) for file in Path("templates").rglob("*.html")]
    return all([_succeeds(*command) for command in _checks(templates)])  # noqa: C419 -- run them all


def _checks(templates: list[str]) -> list[list[str]]:
    typed = sorted({str(file) for pattern in TYPED for file in ROOT.glob(pattern)})
    typed += [str(file) for file in Path("charter/reporting").glob("rules.py")]
    return [
        ["ruff", "check", "--quiet", "."],
        ["ruff", "format", "--quiet", "--check", "."],
        ["djade", "--check", "--target-version", "5.2", *templates] if templates else ["true"],
        ["mypy", "--no-error-summary", *typed, "coprod/lib"],
    ]


def _succeeds(program: str, *arguments: str) -> bool:
    path = Path(sys.executable).parent / program
    code = heard("lint", [str(path if path.exists() else program), *arguments])
    if code:
        say(f"{program}: not content")
    return code == 0


def on_sqlite() -> Result:
    """Run everything but the journeys on SQLite."""
    return _suite("sqlite", ["tests", "--ignore=tests/journeys"], measure=True, DATABASE_URL="")


def on_postgresql() -> Result:
    """Run the same on PostgreSQL; coverage is measured once, because measuring takes as long."""
    try:
        with postgres.server() as address:
            part = ["tests", "--ignore=tests/journeys", *(f"--ignore={one}" for one in ONCE)]
            return _suite("postgresql", part, measure=False, DATABASE_URL=address)
    except RuntimeError as reason:
        say(str(reason))
        return Result("postgresql", 0, 1, 0)


def asks(test: object) -> bool:
    """Tell whether a test asks the database that it runs on."""
    marked = test.get_closest_marker("django_db") is not None
    return marked or not {"db", "transactional_db", "django_db_setup"}.isdisjoint(test.fixturenames)


def long_first(test: object) -> int:
    """Return by what tests are put in order: the files of ``LONG``, and then all others."""
    file = test.nodeid.partition("::")[0]
    return LONG.index(file) if file in LONG else len(LONG)


def asking_twice(tests: Iterable) -> list[str]:
    """Return the tests that are tried once although they ask the database."""
    return [test.nodeid for test in tests if test.nodeid.startswith(ONCE) and asks(test)]


def in_browser() -> Result:
    """Run the journeys in Chromium, on SQLite."""
    try:
        chromium = browser.make_ready()
    except RuntimeError as reason:
        say(str(reason))
        return Result("browser", 0, 1, 0)
    return _suite("browser", ["tests/journeys"], measure=False, DATABASE_URL="", CHROMIUM=chromium)


def _suite(name: str, part: list[str], *, measure: bool, **values: str) -> Result:
    say(f"== {name}")
    report = RESULTS / f"{name}.xml"
    data = ROOT / "var" / f"test-{name}"
    measured = coverage_gate.OPTIONS if measure else ()
    environment = {**os.environ, **values, "COPROD_DATA": str(data), "COPROD_MODE": "test"}
    environment["TEST_SHELF"] = str(RESULTS / "shelf")
    environment["COVERAGE_FILE"] = str(RESULTS / f"coverage.{name}")
    # A file stays with one worker, which makes its world once.
    spread = ["-n", WORKERS, "--dist=loadfile", "--no-loadscope-reorder"]
    options = ["-q", *spread, f"--junitxml={report}", *measured]
    code = pytest([*part, *options], environment, name)
    shutil.rmtree(data, ignore_errors=True)
    return counted(name, report, code)


def pytest(
    arguments: list[str], environment: dict[str, str] | None = None, name: str = "house"
) -> int:
    """Run pytest and return its exit code."""
    return heard(name, [sys.executable, "-m", "pytest", *arguments], environment)


def heard(name: str, command: list[str], environment: dict[str, str] | None = None) -> int:
    """Run a program, say after ``name`` whatever it says, and return its exit code."""
    program = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    late = threading.Timer(SUITE_MINUTES * 60, _stop, [name, program])
    late.start()
    with program.stdout:
        for line in program.stdout:
            say(f"{name}: {line.rstrip()}")
    code = program.wait()
    late.cancel()
    return code


def _stop(name: str, program: subprocess.Popen[str]) -> None:
    say(f"{name}: stopped after {SUITE_MINUTES} minutes")
    program.kill()


def counted(name: str, report: Path, code: int) -> Result:
    """Return what the report says; a run without one, or that ended badly, has failed."""
    if not report.is_file():
        return Result(name, 0, 1, 0)
    suites = list(ET.parse(report).getroot().iter("testsuite"))  # noqa: S314 -- our own report
    total, failed, errors, skipped = (
        sum(int(suite.get(word, 0)) for suite in suites)
        for word in ("tests", "failures", "errors", "skipped")
    )
    bad = failed + errors
    return Result(name, total - bad - skipped, max(bad, int(code != 0)), skipped)


def failing(results: Path) -> list[str]:
    """Return each test that failed, with the first words of its reason: they are said last."""
    found = []
    for report in sorted(results.glob("*.xml")):
        for case in ET.parse(report).getroot().iter("testcase"):  # noqa: S314 -- our own report
            for fault in [*case.iter("failure"), *case.iter("error")]:
                why = fault.get("message", "").partition("\n")[0][:REASON]
                name = f"{case.get('classname')}::{case.get('name')}"
                found.append(f"{report.stem}: {name}: {why}")
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
