"""Searching by words, the same on both databases.

One door, ``search()``. The database keeps the index itself, in the transaction of the change: by a
generated column on PostgreSQL, by triggers and FTS5 on SQLite. Both split, fold and stem alike, so
a question has the same answer on both.
"""

from .index import TextIndex
from .questions import LONGEST, MOST_WORDS, clean, single_words
from .rows import NEWEST, search, with_best
from .shape import figures_of

__all__ = [
    "LONGEST",
    "MOST_WORDS",
    "NEWEST",
    "TextIndex",
    "clean",
    "figures_of",
    "search",
    "single_words",
    "with_best",
]
