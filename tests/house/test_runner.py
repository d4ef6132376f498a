"""The runner of the tests counts honestly: what failed, was skipped or never ran is no success."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace

import pytest
from pytest_socket import SocketConnectBlockedError

from tests import coverage_gate, run
from tests.house.tree import ROOT
from tests.run import Result

REPORT = '<testsuites><testsuite tests="{}" failures="{}" errors="{}" skipped="{}"/></testsuites>'
FULL = {"covered_lines": 99, "num_statements": 100, "covered_branches": 99, "num_branches": 100}


@pytest.fixture
def report(tmp_path):
    """``report(tests, failures, errors, skipped)`` returns the path of such a report."""

    def write(*numbers: int):
        file = tmp_path / "report.xml"
        file.write_text(REPORT.format(*numbers))
        return file

    return write


def test_the_last_line_says_what_ran():
    results = [Result("sqlite", 7, 0, 0), Result("postgresql", 6, 0, 1), Result("browser", 2, 0, 0)]
    expected = "sqlite: 7 passed, postgresql: 6 passed, browser: 2 passed, skipped: 1"
    assert run.summary(results) == expected


@pytest.mark.parametrize(
    ("numbers", "code", "result", "good"),
    [
        ((5, 0, 0, 0), 0, Result("x", 5, 0, 0), True),
        ((5, 1, 1, 0), 1, Result("x", 3, 2, 0), False),
        ((5, 0, 0, 1), 0, Result("x", 4, 0, 1), False),
        ((0, 0, 0, 0), 5, Result("x", 0, 1, 0), False),
        ((0, 0, 0, 0), 0, Result("x", 0, 0, 0), False),
        ((5, 0, 0, 0), 3, Result("x", 5, 1, 0), False),
    ],
)
def test_a_part_is_good_only_when_everything_ran_and_passed(report, numbers, code, result, good):
    counted = run.counted("x", report(*numbers), code)
    assert (counted, counted.is_good) == (result, good)


def test_a_part_without_a_report_has_failed(tmp_path):
    assert run.counted("x", tmp_path / "none.xml", 0) == Result("x", 0, 1, 0)


def test_each_test_that_failed_is_named_last_with_the_first_line_of_its_reason(tmp_path):
    """A page in a reason is long, and whoever reads only the end sees which test it was."""
    page = "no &lt;h1&gt;&#10;" + "x" * 2_000
    fault = f'<testcase classname="tests.a" name="b"><failure message="{page}"/></testcase>'
    broken = '<testcase classname="tests.a" name="c"><error message="gone"/></testcase>'
    good = '<testcase classname="tests.a" name="d"/>'
    (tmp_path / "sqlite.xml").write_text(f"<testsuite>{fault}{broken}{good}</testsuite>")
    assert run.failing(tmp_path) == ["sqlite: tests.a::b: no <h1>", "sqlite: tests.a::c: gone"]


def test_parts_run_two_at_a_time_and_come_back_in_order():
    """Each waits for the other here: were they to run one after the other, neither would end."""
    meet = threading.Barrier(run.AT_A_TIME, timeout=60)
    parts = [partial(lambda number: (meet.wait(), number)[1], at) for at in range(run.AT_A_TIME)]
    assert run.AT_A_TIME > 1
    assert run.together(*parts, lambda: "last") == [*range(run.AT_A_TIME), "last"]


def test_a_part_that_breaks_down_is_no_success():
    with pytest.raises(ZeroDivisionError):
        run.together(lambda: 1, lambda: 1 // 0)


def test_what_a_program_says_is_heard_with_its_part_and_its_code(capsys):
    says = "import sys; print(1); print(2, file=sys.stderr); sys.exit(3)"
    assert run.heard("part", [sys.executable, "-u", "-c", says]) == 3
    assert capsys.readouterr().out == "part: 1\npart: 2\n"


def test_a_program_that_does_not_end_is_ended(capsys, monkeypatch):
    monkeypatch.setattr(run, "SUITE_MINUTES", 0.01)
    assert run.heard("part", [sys.executable, "-c", "import time; time.sleep(99)"]) != 0
    assert capsys.readouterr().out == "part: stopped after 0.01 minutes\n"


def test_the_gate_asks_for_every_branch_where_decisions_are_made():
    files = {
        "people/rules.py": {"missing_lines": [], "missing_branches": [[3, 4]]},
        "charter/actions/answers.py": {"missing_lines": [7], "missing_branches": []},
        "people/actions/imports/work.py": {"missing_lines": [8], "missing_branches": []},
        "people/not_actions/imports/work.py": {"missing_lines": [9], "missing_branches": []},
        "people/lifecycle.py": {"missing_lines": [], "missing_branches": []},
        "people/forms/pool.py": {"missing_lines": [1], "missing_branches": []},
    }
    found = coverage_gate.judge({"totals": FULL, "files": files})
    assert [fault.partition(":")[0] for fault in found] == [
        "people/rules.py",
        "charter/actions/answers.py",
        "people/actions/imports/work.py",
    ]


def test_the_gate_asks_for_ninety_five_branches_in_a_hundred():
    totals = {**FULL, "covered_branches": 94}
    found = coverage_gate.judge({"totals": totals, "files": {}})
    assert found == ["the whole: 94.0 of 100 branches are tested, 95 are needed"]


@pytest.fixture
def watched() -> Iterator[Callable]:
    """Something watches each step, here and in new threads, as what measures does."""

    def watch(*_step: object) -> None:
        return None

    here, in_threads = sys.gettrace(), threading.gettrace()
    threading.settrace(watch)
    sys.settrace(watch)
    yield watch
    sys.settrace(here)
    threading.settrace(in_threads)


@pytest.mark.parametrize(
    ("name", "is_measured"),
    [
        (coverage_gate.UNMEASURED[0] + "::test_any", False),
        ("tests/people/test_rules.py::test_any", True),
    ],
)
def test_what_need_not_be_measured_is_not_and_the_rest_is(monkeypatch, watched, name, is_measured):
    """Whatever else waits to measure. Nor are the programs that it starts, nor its threads."""
    monkeypatch.setenv(coverage_gate.FOR_PROGRAMS, "x")
    with coverage_gate.unmeasured(SimpleNamespace(nodeid=name)):
        found = (sys.gettrace(), threading.gettrace(), os.environ.get(coverage_gate.FOR_PROGRAMS))
    assert found == ((watched, watched, "x") if is_measured else (None, None, None))
    after = (sys.gettrace(), threading.gettrace(), os.environ.get(coverage_gate.FOR_PROGRAMS))
    assert after == (watched, watched, "x")


def test_what_is_tried_once_asks_no_database(request):
    """Were one to, nothing would be collected. Control: this file’s tests and one that asks."""
    assert not run.asks(request.node)
    marked = SimpleNamespace(get_closest_marker=lambda _name: 1, fixturenames=[])
    asking = SimpleNamespace(get_closest_marker=lambda _name: None, fixturenames=["db"])
    assert run.asks(marked)
    assert run.asks(asking)
    named = [SimpleNamespace(**vars(asking), nodeid=f"{run.ONCE[0]}::test_any")]
    assert run.asking_twice([request.node, *named]) == [named[0].nodeid]
    assert all((ROOT / one).is_file() for one in run.ONCE)


def test_everything_unmeasured_is_there():
    for name in coverage_gate.UNMEASURED:
        file, _, test = name.partition("::")
        assert (ROOT / file).is_dir() or f"def {test}" in (ROOT / file).read_text(), name


def test_no_test_talks_to_another_machine():
    """It is refused with a warning and an error; warnings are errors, so it comes first."""
    refused = (SocketConnectBlockedError, UserWarning)
    with socket.socket() as outside, pytest.raises(refused, match="A test tried to use"):
        outside.connect(("192.0.2.1", 80))


def test_make_lists_every_door():
    make = shutil.which("make")
    said = subprocess.run([make, "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = re.findall(r"^  make (\w+)  ", said.stdout, re.MULTILINE)
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert sorted(listed) == sorted(phony[1].split())


def test_a_landing_runs_everything():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text().splitlines()[-1] == "exec make test"
