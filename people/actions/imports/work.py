"""The worker's part: it works on imports a few seconds at a time, so that letters do not wait."""

from __future__ import annotations

import logging
import time
from typing import Protocol

from people.importing import NotASheet
from people.lifecycle import ImportStatus
from people.models import PoolImport

from .checking import Checking, fail_check
from .leases import Lost, me, rest, take
from .running import Running
from .undoing import step_back

logger = logging.getLogger(__name__)
TURN = 4.0  # seconds


class Task(Protocol):
    """Something with steps, each of them short."""

    def step(self) -> bool:
        """Do one; return whether there may be more."""


class _Back:
    def __init__(self, pool_import: PoolImport) -> None:
        self._import = pool_import

    def step(self) -> bool:
        return step_back(self._import)


# The places in files that this worker is reading: they last from one turn to the next.
_OPEN: dict[tuple[str, int], Checking] = {}


def work_on_imports(*, seconds: float = TURN, only: PoolImport | None = None) -> int:
    """Check, bring in, stop and undo what waits for it; return how many steps that took.

    Args:
        seconds: after them, what is not done waits for the next turn.
        only: of all imports this one.
    """
    until, steps = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        pool_import = take(only=only)
        if pool_import is None:
            break
        steps += _work_on(pool_import, until)
    return steps


def finish(pool_import: PoolImport) -> PoolImport:
    """Work on this import until it needs a human again, or is done; return it as it then is."""
    while work_on_imports(seconds=60.0, only=pool_import):
        pass
    pool_import.refresh_from_db()
    return pool_import


def _work_on(pool_import: PoolImport, until: float) -> int:
    steps = 0
    try:
        task = _task(pool_import)
        while True:
            steps += 1
            if not task.step():
                _closed(pool_import)
                return steps
            if time.monotonic() >= until:
                return steps
    except Lost:
        _closed(pool_import)
    except NotASheet as fault:
        _failed(pool_import, fault)
    except Exception:
        _closed(pool_import)  # what broke off in the middle must not look like the end of the file
        rest(pool_import)
        raise
    return steps + 1


def _task(pool_import: PoolImport) -> Task:
    if pool_import.status == ImportStatus.CHECKING:
        return _checking(pool_import)
    if pool_import.status == ImportStatus.RUNNING:
        return Running(pool_import)
    return _Back(pool_import)


def _checking(pool_import: PoolImport) -> Checking:
    """Return the dry run in hand; without one it begins."""
    key = (me(), pool_import.pk)
    held = _OPEN.get(key)
    if held is None or not held.goes_on(pool_import):
        _closed(pool_import)
        held = _OPEN[key] = Checking(pool_import)
        held.begin()
    return held


def _closed(pool_import: PoolImport) -> None:
    held = _OPEN.pop((me(), pool_import.pk), None)
    if held is not None:
        held.close()


def _failed(pool_import: PoolImport, fault: NotASheet) -> None:
    _closed(pool_import)
    logger.warning("import %s: %s", pool_import.pk, fault.code)
    try:
        fail_check(pool_import, fault)
    except Lost:
        logger.info("import %s was stopped meanwhile", pool_import.pk)
