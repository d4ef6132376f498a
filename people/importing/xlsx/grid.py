"""The cells of one sheet, row by row."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol

from .archive import Refused, local

COLUMNS = 256
ROWS = 1_048_576  # of any workbook
FIRST, FIRST_MAC = (1899, 12, 30), (1904, 1, 1)  # day 0 of the two ways to count


class Formats(Protocol):
    """What the style of a cell shows."""

    def of(self, style: str | None) -> str: ...


def column_of(reference: str) -> int:
    """Return the place of a cell from its name: C5 is 2; -1 where it has none."""
    place = 0
    for letter in reference:
        if not "A" <= letter <= "Z":
            break
        place = place * 26 + ord(letter) - 64
    return place - 1


class Grid:
    """Reads the cells of one sheet, row by row."""

    def __init__(self, strings: list[str], styles: Formats, *, since_1904: bool) -> None:
        self.strings, self.styles = strings, styles
        self.first = datetime(*(FIRST_MAC if since_1904 else FIRST), tzinfo=UTC)
        self.since_1904 = since_1904
        self.ready: list[list[object]] = []
        self.number = 0
        self.hidden = False
        self.cells: list[str] = []
        self.faults: list[list[object]] = []
        self.place = -1
        self.kind: str = "n"
        self.style: str | None = None
        self.formula = self.inside = False
        self.value: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = local(name)
        if kind in {"v", "t"}:
            self.inside = True
        elif kind == "c":
            named = attributes.get("r")
            self.place = column_of(named) if named else self.place + 1
            self.kind = attributes.get("t", "n")
            self.style = attributes.get("s")
            self.formula = False
            self.value = []
        elif kind == "f":
            self.formula = True
        elif kind == "row":
            self._row(attributes)

    def _row(self, attributes: dict[str, str]) -> None:
        written = attributes.get("r", "")
        self.number = int(written) if written.isdecimal() and len(written) < 8 else self.number + 1
        if self.number > ROWS:
            raise Refused("broken")
        self.hidden = attributes.get("hidden") in {"1", "true"}
        self.cells, self.faults, self.place = [], [], -1

    def end(self, name: str) -> None:
        kind = local(name)
        if kind in {"v", "t"}:
            self.inside = False
        elif kind == "c":
            self._cell()
        elif kind == "row" and (any(self.cells) or self.faults):
            self.ready.append([self.number, self.cells, self.hidden, self.faults])

    def text(self, words: str) -> None:
        if self.inside:
            self.value.append(words)

    def _cell(self) -> None:
        if not 0 <= self.place < COLUMNS:
            return
        written = "".join(self.value)
        if self.formula and not written and self.kind != "str":
            self.faults.append([self.place, "formula"])
        if written:
            self.cells += [""] * (self.place + 1 - len(self.cells))
            self.cells[self.place] = self._meaning(written)

    def _meaning(self, written: str) -> str:
        if self.kind == "s":
            place = int(written) if written.isdecimal() and len(written) < 9 else -1
            return self.strings[place] if 0 <= place < len(self.strings) else "#REF!"
        if self.kind == "b":
            return "TRUE" if written == "1" else "FALSE"
        if self.kind == "d":
            return written.replace("T00:00:00", "")
        return self._number(written) if self.kind == "n" else written

    def _number(self, written: str) -> str:
        try:
            value = float(written)
        except ValueError:
            return written
        shown = self.styles.of(self.style)
        if shown in {"day", "time"}:
            return self._day(value) or written
        if not value.is_integer() or abs(value) >= 1e15:
            return written
        whole = str(int(value))
        return whole.zfill(int(shown[6:])) if shown.startswith("zeros:") else whole

    def _day(self, value: float) -> str:
        """Return a day as 2026-12-31, a time as 14:30, both as 2026-12-31 14:30."""
        if not 0 <= value < 2_958_466:
            return ""
        if value < 60 and not self.since_1904:  # Excel counts a 29 February 1900
            value += 1
        moment = self.first + timedelta(minutes=round(value * 1440))
        clock = f"{moment:%H:%M}"
        if value < 1 or (value < 2 and moment.year < 1900):
            return clock
        return f"{moment:%Y-%m-%d}" if clock == "00:00" else f"{moment:%Y-%m-%d} {clock}"
