"""Functions and files stay small enough to read at a glance."""

from __future__ import annotations

import ast
import statistics

from tests.house.tree import Module, modules

MEDIAN, PERCENTILE_95, LONGEST, FILE = 8, 30, 50, 400


def lengths(house: list[Module]) -> dict[str, int]:
    """Return the lines of every function, from ``def`` to its end, without decorators."""
    return {
        f"{module.name}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for module in house
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_no_function_is_longer_than_fifty_lines():
    assert {name: n for name, n in lengths(modules()).items() if n > LONGEST} == {}


def test_most_functions_are_short():
    """At most one in twenty is longer than 30 lines, and half of them have 8 or fewer."""
    sizes = list(lengths(modules()).values())
    assert statistics.quantiles(sizes, n=20)[-1] <= PERCENTILE_95
    assert statistics.median(sizes) <= MEDIAN


def test_no_file_is_longer_than_four_hundred_lines():
    sizes = {module.name: len(module.path.read_text().splitlines()) for module in modules()}
    assert {name: size for name, size in sizes.items() if size > FILE} == {}


def test_a_long_function_is_measured(tmp_path):
    body = "\n".join(["def long():"] + ["    x = 1"] * 60)
    module = Module(tmp_path / "long.py", "people.long", ast.parse(body))
    assert lengths([module]) == {"people.long:1 long": 61}
