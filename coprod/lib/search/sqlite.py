"""The index on SQLite: FTS5 tables beside the table, kept by its triggers.

``…_words`` knows words as they are written (for beginnings of words), ``…_stems`` what they are
forms of.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import DatabaseError, transaction

from .questions import Word, words_of
from .shape import Shape, figures, plain, quoted

_LETTERS = "unicode61 remove_diacritics 2"


def create(shape: Shape) -> list[str]:
    """Return the statements that make the index and fill it."""
    columns = ", ".join(shape.covered)
    made = [
        f"CREATE VIRTUAL TABLE {name} USING fts5({columns}, tokenize='{letters}')"
        for name, letters in _tables(shape).items()
    ]
    return [*made, *_triggers(shape).values(), *_fill(shape)]


def drop(shape: Shape) -> list[str]:
    """Return the statements that take the index away."""
    triggers = [f"DROP TRIGGER IF EXISTS {name}" for name in _triggers(shape)]
    return triggers + [f"DROP TABLE {name}" for name in _tables(shape)]


def missing(shape: Shape, cursor: Any) -> list[str]:
    """Return the statements that put back lost triggers, and what went past them meanwhile."""
    if not _there(cursor, "table", _words(shape)):
        return []  # before the migration that makes it
    lost = [sql for name, sql in _triggers(shape).items() if not _there(cursor, "trigger", name)]
    return lost + _refill(shape) if lost else []


def problems(shape: Shape, connection: Any) -> Iterator[str]:
    """Yield a sentence for each difference between index and table."""
    with connection.cursor() as cursor:
        for name in _triggers(shape):
            if not _there(cursor, "trigger", name):
                yield f"Search of {shape.table}: its trigger {name} is missing."
        for name in _tables(shape):
            cursor.execute(_differences(shape, name))
            if number := cursor.fetchone()[0]:
                yield f"Search of {shape.table}: {number} rows are not in {name} as they are."
    for name in _tables(shape):
        if not _is_sound(connection, name):
            yield f"Search of {shape.table}: the index {name} contradicts its own text."


def matching(
    shape: Shape, question: str, *, only_title: bool, newest: int
) -> tuple[str, list[str]] | None:
    """Return a query for the keys of the rows with all the words, and its parameters."""
    words = words_of(question, names=not shape.stems)
    if not words:
        return None
    where = f"{{{shape.columns[0]}}} : " if only_title else ""
    if not shape.stems:
        return _newest(_keys(_words(shape)), newest), [where + _all(words, beginning=True)]
    *before, last = words
    beginning = _keys(_words(shape))
    asked = [where + _all(words), where + _all([last], beginning=True)]
    if before:
        beginning += f" AND rowid IN ({_keys(_stems(shape))})"
        asked.append(where + _all(before))
    return f"{_newest(_keys(_stems(shape)), newest)} UNION {_newest(beginning, newest)}", asked


def _newest(query: str, number: int) -> str:
    """Return the query for so many of the newest keys; for all of them where ``number`` is 0."""
    cut = f"{query} ORDER BY rowid DESC LIMIT {number}"
    return f"SELECT * FROM ({cut})" if number else query  # noqa: S608 -- it is ours


def _all(words: list[Word], *, beginning: bool = False) -> str:
    """Return the question in the words of FTS5; every part stands between quotes."""
    star = "*" if beginning else ""
    each = (" OR ".join(f'"{" ".join(parts)}"{star}' for parts in word.spellings) for word in words)
    return "(" + " AND ".join(f"({one})" for one in each) + ")"


def _keys(name: str) -> str:
    return f"SELECT rowid FROM {name} WHERE {name} MATCH %s"  # noqa: S608 -- names are ours, not typed


# --- Statements ----------------------------------------------------------------------------------
def _stems(shape: Shape) -> str:
    return f"{shape.table}_stems"


def _words(shape: Shape) -> str:
    return f"{shape.table}_words"


def _tables(shape: Shape) -> dict[str, str]:
    """Return the tables of the index, and how each splits its text."""
    tables = {_words(shape): _LETTERS}
    return tables | {_stems(shape): f"porter {_LETTERS}"} if shape.stems else tables


def _texts(shape: Shape, row: str) -> str:
    written = [plain(f"{row}.{quoted(name)}") for name in shape.columns]
    return ", ".join(written + [figures(f"{row}.{quoted(name)}") for name in shape.numbers])


def _triggers(shape: Shape) -> dict[str, str]:
    """Return the triggers by name. An update that leaves the texts alone costs nothing."""
    changed = " OR ".join(f"old.{name} IS NOT new.{name}" for name in shape.covered)
    head = {"update": f" WHEN {changed}"}
    steps = {
        "insert": _put(shape),
        "update": _take(shape) + _put(shape),
        "delete": _take(shape),
    }
    return {
        f"{shape.table}_words_{event}": (
            f"CREATE TRIGGER {shape.table}_words_{event} AFTER {event.upper()} ON {shape.table}"
            f"{head.get(event, '')} BEGIN {'; '.join(steps[event])}; END"
        )
        for event in steps
    }


def _put(shape: Shape) -> list[str]:
    columns, texts = ", ".join(shape.covered), _texts(shape, "new")
    return [
        f"INSERT INTO {name}(rowid, {columns}) VALUES (new.id, {texts})"  # noqa: S608 -- names are ours
        for name in _tables(shape)
    ]


def _take(shape: Shape) -> list[str]:
    return [f"DELETE FROM {name} WHERE rowid = old.id" for name in _tables(shape)]  # noqa: S608 -- names are ours


def _fill(shape: Shape) -> list[str]:
    columns, texts = ", ".join(shape.covered), _texts(shape, shape.table)
    return [
        f"INSERT INTO {name}(rowid, {columns}) SELECT id, {texts} FROM {shape.table}"  # noqa: S608 -- names are ours
        for name in _tables(shape)
    ]


def _refill(shape: Shape) -> list[str]:
    return [*(f"DELETE FROM {name}" for name in _tables(shape)), *_fill(shape)]  # noqa: S608 -- names are ours


def _differences(shape: Shape, name: str) -> str:
    columns = ", ".join(shape.covered)
    table = f"SELECT id, {_texts(shape, shape.table)} FROM {shape.table}"  # noqa: S608 -- names are ours
    index = f"SELECT rowid AS id, {columns} FROM {name}"  # noqa: S608 -- names are ours
    only = [f"SELECT id FROM ({one} EXCEPT {other})" for one, other in _both(table, index)]  # noqa: S608 -- names are ours
    return f"SELECT count(DISTINCT id) FROM ({' UNION ALL '.join(only)})"  # noqa: S608 -- names are ours


def _both(one: str, other: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (one, other), (other, one)


def _there(cursor: Any, kind: str, name: str) -> bool:
    cursor.execute("SELECT 1 FROM sqlite_master WHERE type = %s AND name = %s", [kind, name])
    return cursor.fetchone() is not None


def _is_sound(connection: Any, name: str) -> bool:
    """Return whether FTS5 finds the index to be what its text says, word by word."""
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {name}({name}) VALUES ('integrity-check')")  # noqa: S608 -- names are ours
    except DatabaseError:
        return False
    return True
