"""Every row of the portal, before and after: read anew only where something was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection

from coprod.models import SentForm

Rows = dict[str, list[tuple[object, ...]]]
# Sessions, and what Django keeps for itself.
APART = {"sessions", "contenttypes", "usersessions", "auth", "admin"}
HARMLESS = re.compile(r"\s*(SELECT|SAVEPOINT|RELEASE|PRAGMA|EXPLAIN)\b", re.IGNORECASE)
WRITES = re.compile(r'\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


class StoredRows:
    """Reads every row but for tokens and sessions. It listens to the database while it is open."""

    def __init__(self) -> None:
        self._models = {
            model._meta.db_table: model
            for model in apps.get_models()
            if model is not SentForm and model._meta.app_label not in APART
        }
        self._read: Rows = {}
        self._stale = set(self._models)
        self._written: set[str] = set()

    def __call__(self) -> Rows:
        """Return the rows of each model by its label."""
        for table in self._stale & self._models.keys():
            model = self._models[table]
            rows = model._base_manager.order_by("pk").values_list()
            self._read[model._meta.label] = list(rows)
        self._stale = set()
        return dict(self._read)

    @contextmanager
    def listening(self) -> Iterator[StoredRows]:
        """Hear of every statement meanwhile."""
        with connection.execute_wrapper(self._heard):
            yield self

    def _heard(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if found := WRITES.match(sql):
            self._written.add(found[1])
            self._stale.add(found[1])
        elif not HARMLESS.match(sql):  # a rollback, or something that nobody thought of
            self._stale |= self._written if sql.startswith("ROLLBACK") else set(self._models)
        return execute(sql, *rest)
