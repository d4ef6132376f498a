"""An index of words, which the database keeps itself; named in the migrations that make it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from . import postgresql, sqlite
from .shape import Shape


@dataclass(frozen=True)
class TextIndex(Shape):
    """Which columns of a table are searched; the first of ``columns`` is its title.

    ``numbers`` are columns of numbers to ring: they are found by their figures, written anyhow.
    ``stems``: "carers" finds "carer". Without it every word may be the beginning of one (names).
    """

    def create(self, _apps: Any, schema_editor: Any) -> None:
        """Make the index and fill it (a migration’s step forward)."""
        for statement in self._for(schema_editor.connection).create(self):
            schema_editor.execute(statement, None)

    def drop(self, _apps: Any, schema_editor: Any) -> None:
        """Take the index away (a migration’s step back)."""
        for statement in self._for(schema_editor.connection).drop(self):
            schema_editor.execute(statement, None)

    def keep(self, using: str = DEFAULT_DB_ALIAS) -> None:
        """Put back what a migration took along: SQLite remakes a table without its triggers."""
        connection = connections[using]
        with connection.cursor() as cursor:
            for statement in self._for(connection).missing(self, cursor):
                cursor.execute(statement)

    def problems(self, using: str = DEFAULT_DB_ALIAS) -> Iterator[str]:
        """Yield a sentence for each way in which index and table say different things."""
        yield from self._for(connections[using]).problems(self, connections[using])

    def matching(
        self, question: str, using: str, *, only_title: bool = False, newest: int = 0
    ) -> Any:
        """Return the keys of the rows that have all the words, as SQL and its parameters.

        None where ``question`` holds nothing that could be found.
        """
        return self._for(connections[using]).matching(
            self, question, only_title=only_title, newest=newest
        )

    @staticmethod
    def _for(connection: Any) -> Any:
        return postgresql if connection.vendor == "postgresql" else sqlite
