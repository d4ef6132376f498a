"""Workbooks (.xlsx): the parent's half. A child (``xlsx/``) unpacks, and is believed little."""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from coprod.lib.confined import Allowed, running

from .headings import letter
from .kinds import refused, too_long_cell
from .shapes import Limits, NotASheet, Problem, Row, Sheet, Weight

CHILD = Path(__file__).with_name("xlsx") / "__init__.py"
LINE = 32 * 1024 * 1024  # bytes of one answer
MERGED_ROWS = 500  # more rows in one merged cell are a decoration
# Two at a time in each process; the others wait a little.
_AT_ONCE = threading.BoundedSemaphore(2)
_PATIENCE = 30.0


def open_workbook(data: bytes, sheet: str, limits: Limits) -> Sheet:
    """Return the first sheet with something in it, or the one called ``sheet``.

    Raises:
        NotASheet: it cannot be read.
    """
    answers = _answers(data, sheet, limits)
    try:
        said: Any = next(answers, None)
        opened = _opened(said)
        merged = _merged(said["merged"])
    except NotASheet:
        answers.close()
        raise
    opened.rows = _rows(answers, merged, limits)
    return opened


def _answers(data: bytes, sheet: str, limits: Limits) -> Generator[Any, None, None]:
    """Return what the child says, until it has said that this was all."""
    if not _AT_ONCE.acquire(timeout=_PATIENCE):
        raise refused("busy")
    try:
        words = (sheet, str(limits.members), str(limits.unpacked))
        allowed = Allowed(limits.memory, limits.processor, limits.clock)
        with running(CHILD, data, *words, allowed=allowed) as child:
            assert child.stdout  # noqa: S101 -- for the type checker: it is a pipe
            yield from _lines(child.stdout)
    finally:
        _AT_ONCE.release()


def _lines(answer: IO[bytes]) -> Iterator[Any]:
    while line := answer.readline(LINE):
        said = _read(line)
        if isinstance(said, dict) and "refused" in said:
            raise refused(str(said["refused"]))
        if isinstance(said, dict) and said.get("end"):
            return
        yield said
    raise refused("too-heavy")  # it was ended before it had said all


def _read(line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        raise refused("broken") from None


def _opened(said: Any) -> Sheet:
    """Return the sheet that the first answer tells of."""
    try:
        others = tuple(map(str, said["others"]))
        hidden = tuple(map(str, said["hidden_sheets"]))
        sheet = Sheet(
            headings=(),
            rows=iter(()),
            rows_expected=int(said["rows"]),
            kind="xlsx",
            name=str(said["sheet"]),
            other_names=others,
        )
        hidden_columns = bool(said["hidden_columns"])
    except (KeyError, TypeError, ValueError):
        raise refused("broken") from None
    sheet.problems += _said_of(sheet.name, others, hidden, hidden_columns=hidden_columns)
    return sheet


def _said_of(
    name: str, others: tuple[str, ...], hidden: tuple[str, ...], *, hidden_columns: bool
) -> list[Problem]:
    said = []
    if others:
        message = _("The sheet “%(name)s” was read. There is also: %(others)s.")
        said.append(("other-sheets", message % {"name": name, "others": ", ".join(others)}))
    if hidden:
        message = _("Hidden sheets were not read: %s.")
        said.append(("hidden-sheets", message % ", ".join(hidden)))
    if hidden_columns:
        said.append(("hidden-columns", _("Some columns are hidden in the file. They were read.")))
    return [Problem(0, "", message, code) for code, message in said]


def _merged(areas: Any) -> dict[int, list[str]]:
    """Return the merged cells that touch each row: {5: ["B4:B6"]}."""
    touched: dict[int, list[str]] = defaultdict(list)
    try:
        known = [
            (int(top), int(left), int(bottom), int(right)) for top, left, bottom, right in areas
        ]
    except (TypeError, ValueError):
        raise refused("broken") from None
    for top, left, bottom, right in known:
        area = f"{letter(max(left, 0))}{top}:{letter(max(right, 0))}{bottom}"
        for number in range(top, min(bottom, top + MERGED_ROWS) + 1):
            touched[number].append(area)
    return touched


def _rows(
    answers: Generator[Any, None, None], merged: dict[int, list[str]], limits: Limits
) -> Iterator[Row]:
    try:
        for said in answers:
            yield _row(said, merged, limits)
    finally:
        answers.close()


def _row(said: Any, merged: dict[int, list[str]], limits: Limits) -> Row:
    try:
        first, cells, hidden, faults = said
        number = int(first)
        texts = tuple(map(str, cells))
        problems = [_without_value(number, int(place)) for place, _code in faults]
    except (TypeError, ValueError):
        raise refused("broken") from None
    if max(map(len, texts), default=0) > limits.cell:
        raise too_long_cell(limits, number)
    problems += [_in_merged(number, area) for area in merged.get(number, [])]
    return Row(number, texts, bool(hidden), tuple(problems))


def _without_value(number: int, place: int) -> Problem:
    message = _("The formula in %s has no value. Open the file in Excel, save it, and try again.")
    said = message % f"{letter(place)}{number}"
    return Problem(number, "", said, "formula-without-value", Weight.DOUBT)


def _in_merged(number: int, area: str) -> Problem:
    message = _("The cells %s are merged: only the first has what they say. Is it right here?")
    return Problem(number, "", message % area, "merged", Weight.DOUBT)
