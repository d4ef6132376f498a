"""The index on PostgreSQL: a generated column with words and their stems, and a GIN index on it.

A dictionary of our own (Porter, without stop words) stems as SQLite does, and finds as much. No
extension is needed, and everything in the column is immutable.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .questions import Word, words_of
from .shape import Shape, figures, plain, quoted

COLUMN = "search_words"
STEMS, WRITTEN = "coprod_words", "simple"
_TOKENS = "asciiword, word, numword, int, uint, float, sfloat, version"
_ACCENTS = r"[\u0300-\u036f]"
# Everything else stays: no rule about letters depends on the language of the server.
_SIGNS = (
    r"[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb"
    r"\u00bf\u00d7\u00f7\u2000-\u206f\u20a0-\u20bf\u2190-\u2bff\u3000-\u3004\u3008-\u3020"
    r"\ufe00-\ufe0f\U0001f000-\U0001fbff]+"
)


def create(shape: Shape) -> list[str]:
    """Return the statements that make the column, which fills itself, and its index."""
    made = _DICTIONARY if shape.stems else []
    column = f"{COLUMN} tsvector GENERATED ALWAYS AS ({_vector(shape)}) STORED"
    return [
        *made,
        f"ALTER TABLE {shape.table} ADD COLUMN {column}",
        f"CREATE INDEX {_index(shape)} ON {shape.table} USING gin ({COLUMN})",
    ]


def drop(shape: Shape) -> list[str]:
    """Return the statements that take the index away."""
    column = f"ALTER TABLE {shape.table} DROP COLUMN {COLUMN}"
    return [column, *([_NO_DICTIONARY] if shape.stems else [])]


def missing(_shape: Shape, _cursor: Any) -> list[str]:
    """Return nothing: a column cannot get lost."""
    return []


def problems(shape: Shape, connection: Any) -> Iterator[str]:
    """Yield a sentence where the column is not what the texts say, or its index is not in use."""
    differing = (
        f"SELECT count(*) FROM {shape.table} WHERE {COLUMN} IS DISTINCT FROM ({_vector(shape)})"  # noqa: S608 -- names are ours
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_index WHERE indexrelid = to_regclass(%s) AND indisvalid",
            [_index(shape)],
        )
        if cursor.fetchone() is None:
            yield f"Search of {shape.table}: its index {_index(shape)} is missing."
        cursor.execute(differing)
        if number := cursor.fetchone()[0]:
            yield f"Search of {shape.table}: {number} rows are not indexed as they are."


def matching(
    shape: Shape, question: str, *, only_title: bool, newest: int
) -> tuple[str, list[str]] | None:
    """Return a query for the keys of the rows with all the words, and its parameters."""
    words = words_of(question, names=not shape.stems)
    if not words:
        return None
    weight = "A" if only_title else ""
    if shape.stems:
        *before, last = words
        parts = [(STEMS, _one(word, weight)) for word in before]
        either = [(STEMS, _one(last, weight)), (WRITTEN, _one(last, f"*{weight}"))]
        asked = [_query(config) for config, _text in parts]
        asked.append(f"({' || '.join(_query(config) for config, _text in either)})")
        found = [text for _config, text in parts + either]
    else:
        asked = [_query(WRITTEN)] * len(words)
        found = [_one(word, f"*{weight}") for word in words]
    where = f"{COLUMN} @@ ({' && '.join(asked)})"
    cut = f" ORDER BY id DESC LIMIT {newest}" if newest else ""
    return f"SELECT id FROM {shape.table} WHERE {where}{cut}", found  # noqa: S608 -- names are ours


def _query(config: str) -> str:
    return f"to_tsquery('{config}', %s)"


def _one(word: Word, marks: str) -> str:
    """Return a word in the language of to_tsquery; every part stands between quotes."""
    end = f":{marks}" if marks else ""
    return " | ".join(
        "(" + " <-> ".join(f"'{part}'{end}" for part in parts) + ")" for parts in word.spellings
    )


# Several indexes share them: the first one makes them, the last one takes them along.
_DICTIONARY = [
    f"""
    DO $$ BEGIN
      IF NOT EXISTS (SELECT 1 FROM pg_ts_dict WHERE dictname = '{STEMS}') THEN
        CREATE TEXT SEARCH DICTIONARY {STEMS} (TEMPLATE = pg_catalog.snowball, LANGUAGE = porter);
        CREATE TEXT SEARCH CONFIGURATION {STEMS} (PARSER = pg_catalog."default");
        ALTER TEXT SEARCH CONFIGURATION {STEMS} ADD MAPPING FOR {_TOKENS} WITH {STEMS};
      END IF;
    END $$"""  # noqa: S608 -- names are ours
]
_NO_DICTIONARY = f"""
    DO $$ BEGIN
      DROP TEXT SEARCH CONFIGURATION {STEMS};
      DROP TEXT SEARCH DICTIONARY {STEMS};
    EXCEPTION WHEN dependent_objects_still_exist THEN NULL;
    END $$"""


def _index(shape: Shape) -> str:
    return f"{shape.table}_words"


def _vector(shape: Shape) -> str:
    title, *texts = [_folded(plain(f"coalesce({quoted(name)}, '')")) for name in shape.columns]
    texts += [figures(f"coalesce({quoted(name)}, '')") for name in shape.numbers]
    groups = {"A": title, "B": " || ' ' || ".join(texts)} if texts else {"A": title}
    configs = [STEMS, WRITTEN] if shape.stems else [WRITTEN]
    return " || ".join(
        f"setweight(to_tsvector('{config}', {text}), '{weight}')"
        for weight, text in groups.items()
        for config in configs
    )


def _folded(text: str) -> str:
    bare = f"regexp_replace(normalize({text}, NFKD), '{_ACCENTS}', '', 'g')"
    return f"regexp_replace({bare}, '{_SIGNS}', ' ', 'g')"
