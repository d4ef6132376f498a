"""Reads ``table.txt``: who gets what at every door."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

TABLE = Path(__file__).with_name("table.txt")
# The columns of the table, as they are called in ``world.py``.
ROLES = [
    "anonymous",
    "resident",
    "neighbour",
    "newcomer",
    "officer",
    "coordinator",
    "commissioner",
    "finance",
    "administrator",
    "their-coordinator",
    "their-admin",
    "former",
    "two-roles",
    "disabled",
    "superuser",
]
READ, WRITE = "GET", "POST"
ENTERS = "yes"
# What comes before the question whether the address takes this method at all.
BEFORE = ("in", "cho")
NOT_THIS_WAY = "405"


@dataclass
class Room:
    """Who may enter: for each thing (``*`` is every other one) a word for each role."""

    words: str
    cells: dict[str, list[str]] = field(default_factory=dict)

    def cell(self, thing: str, role: str) -> str:
        return self.cells.get(thing, self.cells["*"])[ROLES.index(role)]


@dataclass(frozen=True)
class Row:
    """One door: its room, the kind of thing in its address, and what it answers by method."""

    room: Room
    kind: str
    codes: Mapping[str, Mapping[str, str]]

    def expected(self, method: str, thing: str, role: str) -> str:
        """Return the word or the status that ``role`` gets."""
        codes = self.codes["GET" if method == "HEAD" else method]
        code = codes.get(thing, codes["*"])
        word = self.room.cell(thing, role)
        if code == NOT_THIS_WAY:
            return word if word in BEFORE else code
        if "/" in word:
            word = word.split("/")[method == WRITE]
        return code if word == ENTERS else word


def read(text: str = "") -> dict[str, Row]:
    """Return the doors of the table by name; some names are patterns (``admin:*_add``)."""
    rows: dict[str, Row] = {}
    for line in _lines(text or TABLE.read_text()):
        if line.startswith("== "):
            room = Room(line.partition(": ")[2])
            continue
        first, *words = line.split()
        if len(words) == len(ROLES):
            room.cells[first] = words
        else:
            kind, get, post = words
            assert first not in rows, f"{first} stands in the table twice"
            rows[first] = Row(room, kind, {READ: _codes(get), WRITE: _codes(post)})
    return rows


def _lines(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _codes(text: str) -> dict[str, str]:
    """Return what to answer, by thing: ``200,ours-over=302``."""
    first, *others = text.split(",")
    return {"*": first, **dict(other.split("=") for other in others)}


def row_of(rows: Mapping[str, Row], name: str) -> Row | None:
    """Return the row of a door, by its name or else by a pattern."""
    if name in rows:
        return rows[name]
    return next((row for key, row in rows.items() if fnmatch.fnmatchcase(name, key)), None)
