"""The version of what everybody can read: it moves with every change, in the same transaction.

Triggers of the database write down each change, so no verb can forget it, not even one that is
typed into the database by hand. On PostgreSQL the version is the number of those rows: it moves
when a change can be seen, and not before, in whichever order two changes are committed. A counter
in one row would let everybody who changes something wait for everybody else. On SQLite they do
anyway, so there it is a counter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.models import F

from coprod.lib.kept import kept_for_everybody

from .models import PublicChange, PublicVersion

FOLD_FROM = 200
_CHANGES, _VERSIONS = PublicChange._meta.db_table, PublicVersion._meta.db_table
_VERSION = (
    f"SELECT (SELECT COALESCE(SUM(folded), 0) FROM {_VERSIONS})"  # noqa: S608 -- names are ours
    f" + (SELECT COUNT(*) FROM {_CHANGES})"
)
EVENTS = ("insert", "update", "delete")


def public_version() -> int:
    """Return the version as it is now: read it before what it is the version of."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSION)
        return int(cursor.fetchone()[0])


public_page = kept_for_everybody(public_version)


@transaction.atomic
def fold_versions() -> int:
    """Count changes into one number, so that few are counted; return how many: for the worker."""
    if PublicChange.objects.count() < FOLD_FROM:
        return 0
    row, _created = PublicVersion.objects.get_or_create(pk=1)
    number, _each = PublicChange.objects.all().delete()
    PublicVersion.objects.filter(pk=row.pk).update(folded=F("folded") + number)
    return number


def watch(tables: Iterable[str], using: str) -> None:
    """Let the database note every change of ``tables``; what is there already stays.

    SQLite remakes a table without its triggers when a migration changes it: call it after each.
    """
    database = connections[using]
    with database.cursor() as cursor:
        if _CHANGES not in database.introspection.table_names(cursor):
            return  # before the migration that makes it
        there = set(_triggers(database.vendor, cursor))
        for table, event in product(tables, EVENTS):
            if _name(table, event) not in there:
                cursor.execute(_FUNCTION[database.vendor])
                cursor.execute(_trigger(database.vendor, table, event))


def missing(tables: Iterable[str], using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Return the triggers that are not there."""
    database = connections[using]
    with database.cursor() as cursor:
        there = set(_triggers(database.vendor, cursor))
    return [name for one in product(tables, EVENTS) if (name := _name(*one)) not in there]


def unwatch(_apps: Any, schema_editor: Any) -> None:
    """Take all triggers away (a migration’s step back)."""
    database = schema_editor.connection
    with database.cursor() as cursor:
        for name in list(_triggers(database.vendor, cursor)):
            table, found, _event = name.partition(_MARK)
            if found:
                of_table = f" ON {table}" if database.vendor == "postgresql" else ""
                schema_editor.execute(f"DROP TRIGGER {name}{of_table}")


# --- Statements ----------------------------------------------------------------------------------
_MARK = "_public_"
_NOTE = "people_note_public_change"
_FUNCTION = {
    "postgresql": (
        f"CREATE OR REPLACE FUNCTION {_NOTE}() RETURNS trigger AS $$ BEGIN"
        f" INSERT INTO {_CHANGES} DEFAULT VALUES; RETURN NULL; END $$ LANGUAGE plpgsql"
    ),
    "sqlite": "SELECT 1",
}
_THEN = {
    "postgresql": f"FOR EACH STATEMENT EXECUTE FUNCTION {_NOTE}()",
    "sqlite": (
        f"BEGIN INSERT INTO {_VERSIONS}(id, folded) VALUES (1, 1)"  # noqa: S608 -- names are ours
        " ON CONFLICT(id) DO UPDATE SET folded = folded + 1; END"
    ),
}
_LIST = {
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
}


def _name(table: str, event: str) -> str:
    return f"{table}{_MARK}{event}"


def _trigger(vendor: str, table: str, event: str) -> str:
    head = f"CREATE TRIGGER {_name(table, event)} AFTER {event.upper()} ON {table}"
    return f"{head} {_THEN[vendor]}"


def _triggers(vendor: str, cursor: Any) -> Iterator[str]:
    cursor.execute(_LIST[vendor])
    yield from (row[0] for row in cursor.fetchall())
