"""Searching by words, the same on both databases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
LONGEST = 200  # letters of a question; the rest is dropped
MOST_WORDS = 10


def clean(words: str) -> str:
    """Return the question as it is used: no NUL (PostgreSQL refuses it), single spaces, capped."""
    return " ".join(words[:LONGEST].replace("\x00", " ").split())


def search(queryset: QuerySet[M], words: str, fields: Iterable[str]) -> QuerySet[M]:
    """Return the rows in which every word is part of one of ``fields``, whatever its case.

    Without words, all rows. ``fields`` belong to the row itself or to one row that it points to.
    """
    names = list(fields)
    for word in clean(words).split()[:MOST_WORDS]:
        any_field = Q()
        for name in names:
            any_field |= Q(**{f"{name}__icontains": word})
        queryset = queryset.filter(any_field)
    return queryset
