"""The rows that have the words, the best first."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Case, IntegerField, Model, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from .index import TextIndex
from .questions import clean, words_of

M = TypeVar("M", bound=Model)
# Of a word that very many rows have, only so many of the newest are looked at.
NEWEST = 500


def search(queryset: QuerySet[M], index: TextIndex, words: str, newest: int = 0) -> QuerySet[M]:
    """Return the rows that have every one of ``words``; without words, all rows.

    The last word may be the beginning of one. Case, accents and word endings do not matter. With
    ``newest`` so many of the newest rows that have the words are looked at, and no more.
    """
    if not clean(words):
        return queryset
    keys = _keys(queryset, index, words, newest=newest)
    return queryset.none() if keys is None else queryset.filter(pk__in=keys)


def with_best(queryset: QuerySet[M], index: TextIndex, words: str) -> QuerySet[Any]:
    """Add ``best``: how many of the words the title has, and one more where it has all of them."""
    typed = [" ".join(word.parts) for word in words_of(words)]
    best: Any = Value(0)
    for one in [*typed, words] if len(typed) > 1 else typed:
        keys = _keys(queryset, index, one, only_title=True)
        if keys is not None:
            has = Case(When(pk__in=keys, then=1), default=0, output_field=IntegerField())
            best = best + has
    return queryset.annotate(best=best)


def _keys(
    queryset: QuerySet[M],
    index: TextIndex,
    words: str,
    *,
    only_title: bool = False,
    newest: int = 0,
) -> RawSQL | None:
    asked = index.matching(words, queryset.db, only_title=only_title, newest=newest)
    if asked is None:
        return None
    sql, values = asked
    return RawSQL(sql, values)  # noqa: S611 -- the words are parameters, between quotes
