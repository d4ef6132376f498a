"""Waiting for SQLite’s write lock: as long as the settings say, and not longer than it is held.

Two connections to a file of their own, whatever the other tests run on.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from coprod.lib.sqlite3 import base
from coprod.lib.sqlite3.base import DatabaseWrapper

pytestmark = pytest.mark.django_db


@pytest.fixture
def connect(tmp_path: Path) -> Callable[[float], DatabaseWrapper]:
    """Return a function that opens a connection with so much patience."""

    def opened(patience: float) -> DatabaseWrapper:
        facts = {
            "ENGINE": "coprod.lib.sqlite3",
            "NAME": tmp_path / "db.sqlite3",
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": patience},
        }
        return ConnectionHandler({"default": facts})["default"]

    return opened


def write(connection: DatabaseWrapper) -> None:
    connection.ensure_connection()
    connection._start_transaction_under_autocommit()


def test_whoever_waits_has_the_lock_soon_after_it_is_free(connect):
    first, second = connect(5), connect(5)
    write(first)
    began = time.monotonic()
    with pytest.raises(OperationalError, match="locked"):
        write(connect(0.1))
    assert time.monotonic() - began >= 0.1
    first.connection.execute("ROLLBACK")
    write(second)
    assert second.connection.in_transaction
    (patience,) = second.connection.execute("PRAGMA busy_timeout").fetchone()
    assert patience == 5000
    second.connection.execute("ROLLBACK")


def test_another_fault_is_not_waited_for(connect):
    """A transaction in a transaction: waiting would not help."""
    only = connect(5)
    write(only)
    began = time.monotonic()
    with pytest.raises(OperationalError, match="within a transaction"):
        write(only)
    assert time.monotonic() - began < 1


def test_the_line_is_no_longer_than_patience(connect):
    """Somebody of this process already looks for the lock, and takes too long over it."""
    began = time.monotonic()
    with base._LINE, pytest.raises(OperationalError, match="locked"):
        write(connect(0.1))
    assert time.monotonic() - began < 5
    only = connect(5)
    write(only)
    assert only.connection.in_transaction
    only.connection.execute("ROLLBACK")
