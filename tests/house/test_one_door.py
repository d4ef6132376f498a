"""A project ends through one door: ``charter.actions.complete_project``, which may say no.

Stricter than the walk of imports: any call of something named ``complete``, any import of that
name, and any text that writes the status itself counts, wherever it stands.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

import pytest

from tests.house.tree import ROOT, Module, modules

DOOR = "charter.actions.completion"
# Where the verb lives and is exported from; charter.urls names a page of the same name.
HOME = {"opportunities.actions", "opportunities.actions.moves"}


def doors(house: Iterable[Module]) -> list[str]:
    """Return ``module:line`` of everything that completes an opportunity outside of its home."""
    return [
        f"{module.name}:{node.lineno}"
        for module in house
        if module.name not in HOME
        for node in ast.walk(module.tree)
        if _calls(node) or _imports(module, node) or _writes_status(node)
    ]


def _calls(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
    return name == "complete"


def _imports(module: Module, node: ast.AST) -> bool:
    return (
        isinstance(node, ast.ImportFrom)
        and module.absolute(node).startswith("opportunities.actions")
        and any(alias.name == "complete" for alias in node.names)
    )


def _writes_status(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0]).endswith(".status") and _is_completed(node.value)
    if not (isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "update"):
        return False
    return any(word.arg == "status" and _is_completed(word.value) for word in node.keywords)


def _is_completed(value: ast.AST) -> bool:
    return ast.unparse(value) in {"Status.COMPLETED", "S.COMPLETED", "'completed'"}


def test_a_project_ends_through_one_door():
    found = {fault.split(":")[0] for fault in doors(modules())}
    assert found == {DOOR}


@pytest.mark.parametrize(
    "text",
    [
        "from opportunities.actions import complete",
        "from opportunities.actions import moves\nmoves.complete(opportunity=1, actor=None)",
        "import opportunities.actions.moves as verbs\nverbs.complete(opportunity=1, actor=None)",
        "rows.update(status=Status.COMPLETED)",
        "rows.update(status='completed')",
        "opportunity.status = Status.COMPLETED",
    ],
)
def test_a_second_door_is_found(text):
    crooked = Module(ROOT / "made-up.py", "people.views.staff", ast.parse(text))
    assert len(doors([crooked])) == 1
