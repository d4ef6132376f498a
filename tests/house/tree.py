"""The house as text: its files, its modules and what they import."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("coprod", "people", "opportunities", "charter")


@dataclass(frozen=True)
class Module:
    """One Python file. ``name`` is dotted, a package stands for its ``__init__``."""

    path: Path
    name: str
    tree: ast.Module

    @property
    def package(self) -> str:
        """The dotted name that its relative imports start from."""
        if self.path.name == "__init__.py":
            return self.name
        return self.name.rpartition(".")[0]

    def absolute(self, node: ast.ImportFrom) -> str:
        """Return the dotted name that ``from … import`` starts from, dots resolved."""
        if not node.level:
            return node.module or ""
        parents = self.package.split(".")
        base = parents[: len(parents) - node.level + 1]
        return ".".join([*base, *filter(None, [node.module])])


@dataclass(frozen=True)
class Import:
    """``importer`` needs ``imported`` (dotted), on ``line``; ``only_types`` is not for running."""

    importer: str
    imported: str
    line: int
    only_types: bool

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.imported}"


def modules(root: Path = ROOT) -> list[Module]:
    """Return the modules of the apps under ``root``, without migrations."""
    files = sorted(file for app in APPS for file in (root / app).rglob("*.py"))
    return [_module(root, file) for file in files if "migrations" not in file.parts]


def _module(root: Path, file: Path) -> Module:
    parts = file.relative_to(root).with_suffix("").parts
    parts = parts[:-1] if parts[-1] == "__init__" else parts
    return Module(file, ".".join(parts), ast.parse(file.read_text()))


def imports(house: list[Module]) -> list[Import]:
    """Return every import of one of our modules by another, in functions too."""
    names = {module.name for module in house}
    return [
        Import(module.name, target, node.lineno, only_types)
        for module in house
        for node, only_types in _walk(module.tree, only_types=False)
        for target in _targets(module, node, names)
        if target.split(".")[0] in APPS and target != module.name
    ]


def _walk(node: ast.AST, *, only_types: bool) -> Iterator[tuple[ast.AST, bool]]:
    for child in ast.iter_child_nodes(node):
        inside = only_types or (
            isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test)
        )
        yield child, inside
        yield from _walk(child, only_types=inside)


def _targets(module: Module, node: ast.AST, names: set[str]) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = module.absolute(node)
    inside = [f"{base}.{alias.name}" for alias in node.names]
    return sorted({name if name in names else base for name in inside})


def tracked_files() -> list[Path]:
    """Return every file that git has or would take."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def text_of(file: Path) -> str:
    """Return the text of ``file``; pictures and fonts count as empty."""
    try:
        return file.read_text()
    except UnicodeDecodeError:
        return ""
