"""Django’s SQLite, but whoever waits for the write lock looks again soon.

SQLite itself sleeps longer and longer between two looks, up to a tenth of a second, so with many
who write the lock lies free for most of the time. Of each process only one looks; the others stand
in line behind it, so a crowd costs no more than one. The lock, and how long somebody waits for it
at most, stay what they are.
"""

from __future__ import annotations

import random
import threading
import time
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

LONGEST_PAUSE = 0.003  # seconds
_LINE = threading.Lock()


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes the write lock at the beginning of a transaction, as its settings say."""

    def _start_transaction_under_autocommit(self) -> None:
        patience = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        until = time.monotonic() + patience
        if not _LINE.acquire(timeout=patience):
            raise OperationalError("database is locked")
        try:
            self._wait_for_lock(patience, until)
        finally:
            _LINE.release()

    def _wait_for_lock(self, patience: float, until: float) -> None:
        with self.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 0")
            try:
                while not self._began(is_last=time.monotonic() >= until):
                    time.sleep(random.uniform(0, LONGEST_PAUSE))  # noqa: S311 -- it is no secret
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")

    def _began(self, *, is_last: bool) -> Any:
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # its types lack it
        except OperationalError as fault:
            if is_last or "locked" not in str(fault):
                raise
            return False
        return True
