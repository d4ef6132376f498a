"""Databases that are made once in a run of the tests, and then copied.

Migrating takes seconds, and loading the demonstration as long again; copying takes hardly any time.
What was made by one of the programs of a run is there for all of them.
"""

from __future__ import annotations

import fcntl
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import setup_databases

MIGRATED = "migrated"
KEPT = "kept_for_tests_"  # begins the names of copies on a server


class Shelf:
    """Copies of the test’s database, by name, in a folder that the programs of a run share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def open(self) -> None:
        """Make the database of this program: by migrating, or as a copy of one that was."""
        with self._alone_at(MIGRATED):
            if not self._is_kept(MIGRATED):
                setup_databases(verbosity=0, interactive=False)
                self.keep(MIGRATED)
                return
        connection.close()
        name = connection.creation._get_test_db_name()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
        if connection.vendor == "sqlite":
            Path(name).unlink(missing_ok=True)
        self.take(MIGRATED)

    def ready(self, name: str, make: Callable[[], object]) -> None:
        """Fill the database with what ``make`` stores in it, or with a copy of what it stored."""
        with self._alone_at(name):
            if not self._is_kept(name):
                before = set(_pictures())
                make()
                self._keep_pictures(name, set(_pictures()) - before)
                self.keep(name)
                return
        self.take(name)
        shutil.copytree(self._folder_of(name), settings.MEDIA_ROOT, dirs_exist_ok=True)

    def keep(self, name: str) -> None:
        """Put a copy of the database onto the shelf."""
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self._file(name))) as kept:
                connection.ensure_connection()
                connection.connection.backup(kept)
        else:
            _copy(connection.settings_dict["NAME"], KEPT + name)
            self._file(name).touch()

    def take(self, name: str) -> None:
        """Put into the database what was kept under ``name``, and nothing else."""
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self._file(name))) as kept:
                connection.ensure_connection()
                kept.backup(connection.connection)
        else:
            _copy(KEPT + name, connection.settings_dict["NAME"])
        ContentType.objects.clear_cache()

    def _keep_pictures(self, name: str, files: set[Path]) -> None:
        self._folder_of(name).mkdir(exist_ok=True)
        for file in files:
            copy = self._folder_of(name) / file.relative_to(settings.MEDIA_ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)

    def _folder_of(self, name: str) -> Path:
        return self._file(f"{name}.pictures")

    def _file(self, name: str) -> Path:
        return self._folder / f"{connection.vendor}-{name}"

    def _is_kept(self, name: str) -> bool:
        return self._file(name).exists()

    @contextmanager
    def _alone_at(self, name: str) -> Iterator[None]:
        with self._file(f"{name}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _pictures() -> list[Path]:
    return [file for file in Path(settings.MEDIA_ROOT).rglob("*") if file.is_file()]


def forget_all() -> None:
    """Remove what a run kept on a server of PostgreSQL; files are in a folder that goes away."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [KEPT])
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _copy(source: str, target: str) -> None:
    """Make the database ``target`` anew from ``source``, to which nobody may be connected."""
    connection.close()
    connection.close_pool()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
