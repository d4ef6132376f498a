"""What was deleted is gone from the files of the database, too, not only from its tables.

SQLite leaves deleted rows in free pages, in the write-ahead log, and FTS5 in old parts of its
index. PostgreSQL keeps dead rows until they are vacuumed.
"""

from __future__ import annotations

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections

_INDEXES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%fts5%'"
)


def scrub(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Overwrite what was deleted, and return whether it is gone.

    False: somebody reads or writes just now, or we are inside of a transaction. Try it again later.
    """
    connection = connections[using]
    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("VACUUM")
            return True
        cursor.execute(_INDEXES)
        for (name,) in cursor.fetchall():
            cursor.execute(f"INSERT INTO {name}({name}) VALUES ('optimize')")  # noqa: S608 -- names are ours
        try:
            cursor.execute("VACUUM")
        except OperationalError:  # somebody holds the database for longer than we wait
            return False
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        is_busy = cursor.fetchone()[0]
        return not is_busy
