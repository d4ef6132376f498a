"""What an index covers, and how a column’s text is written before it is split into words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .questions import ALIKE

# A number is found by its figures: "+44 (0)121 496 0456" and "0121-496-0456" are the same.
_NUMBER = (("+44 (0)", "0"), ("+44(0)", "0"), ("+44", "0"), *((sign, "") for sign in " -()./+"))


@dataclass(frozen=True)
class Shape:
    """Which columns of a table an index covers."""

    table: str
    columns: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    stems: bool = True

    @property
    def covered(self) -> list[str]:
        """All columns, in the order of the index, as SQL: “when” is a word of its own there."""
        return [quoted(name) for name in self.columns + self.numbers]


def quoted(name: str) -> str:
    """Return the name of a column as SQL."""
    return f'"{name}"'


def plain(column: str) -> str:
    """Return the SQL of a column’s text with letters replaced that Unicode does not take apart."""
    return _replaced(column, ALIKE.items())


def figures(column: str) -> str:
    """Return the SQL of a number’s figures."""
    return _replaced(column, _NUMBER)


def figures_of(number: str) -> str:
    """Return the figures of a typed number, as ``figures`` writes those of a kept one."""
    for old, new in _NUMBER:
        number = number.replace(old, new)
    return number


def _replaced(column: str, pairs: Iterable[tuple[str, str]]) -> str:
    sql = column
    for old, new in pairs:
        sql = f"replace({sql}, {_literal(old)}, {_literal(new)})"
    return sql


def _literal(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
