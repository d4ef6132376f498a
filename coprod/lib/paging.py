"""Pages by key: the next page is what comes after this row, however long the list is.

A cursor is a word for an address: opaque, and it can be bookmarked, because it names the values of
a row and not its number. A damaged cursor shows the first page.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet

FORWARD, BACK = "f", "b"


@dataclass(frozen=True)
class Key:
    """One value that rows are ordered by. ``kind`` is date, datetime, int or str, never empty."""

    name: str
    kind: type
    descending: bool = False


@dataclass(frozen=True)
class Page:
    """The rows, and the cursors of the pages around them ("" where there is none)."""

    rows: list[Any] = field(default_factory=list)
    previous: str = ""
    following: str = ""


def page(queryset: QuerySet[Any], keys: Sequence[Key], cursor: str, size: int) -> Page:
    """Return one page of ``queryset``.

    Args:
        queryset: filtered; it is ordered here.
        keys: the order; the last one is unique.
        cursor: from the page before or after, "" for the first.
        size: most rows of a page.
    """
    where = _decode(cursor, keys)
    if where is None:
        return _first(queryset, keys, size)
    direction, values = where
    back = direction == BACK
    rows = _rows(queryset.filter(_beyond(keys, values, back)), keys, back=back)[: size + 1]
    found = list(rows)
    if back and len(found) <= size:
        return _first(queryset, keys, size)  # the list begins here: a full first page
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    before = back or bool(found)
    after = back or more
    return Page(
        found,
        _encode(BACK, keys, found[0]) if found and before else "",
        _encode(FORWARD, keys, found[-1]) if found and after else "",
    )


def _first(queryset: QuerySet[Any], keys: Sequence[Key], size: int) -> Page:
    found = list(_rows(queryset, keys, back=False)[: size + 1])
    following = _encode(FORWARD, keys, found[size - 1]) if len(found) > size else ""
    return Page(found[:size], "", following)


def _rows(queryset: QuerySet[Any], keys: Sequence[Key], *, back: bool) -> QuerySet[Any]:
    return queryset.order_by(
        *(f"-{key.name}" if key.descending != back else key.name for key in keys)
    )


def _beyond(keys: Sequence[Key], values: Sequence[Any], back: bool) -> Q:
    """Return the condition that a row comes after (or before) the row with these values.

    The first key alone bounds it, too: an index then begins there, and not at the first row.
    """
    condition, same = Q(), Q()
    first = "lte" if keys[0].descending != back else "gte"
    bound = Q(**{f"{keys[0].name}__{first}": values[0]})
    for key, value in zip(keys, values, strict=True):
        verb = "lt" if key.descending != back else "gt"
        condition |= same & Q(**{f"{key.name}__{verb}": value})
        same &= Q(**{key.name: value})
    return bound & condition


def _encode(direction: str, keys: Sequence[Key], row: Model) -> str:
    values = [_text(getattr(row, key.name)) for key in keys]
    data = json.dumps([direction, *values], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _decode(cursor: str, keys: Sequence[Key]) -> tuple[str, list[Any]] | None:
    """Return direction and values, or None for no cursor or a damaged one."""
    try:
        data = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        direction, *texts = json.loads(data)
        values = [_value(key.kind, text) for key, text in zip(keys, texts, strict=True)]
    except (binascii.Error, ValueError, TypeError, OverflowError, RecursionError):
        return None
    return (direction, values) if direction in (FORWARD, BACK) else None


def _value(kind: type, text: Any) -> Any:
    if kind is int:
        return _small(text)
    if kind is dt.datetime:
        moment = dt.datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError("a moment without a zone")
        return moment
    if kind is dt.date:
        return dt.date.fromisoformat(text)
    if "\x00" in text:
        raise ValueError("no database keeps this letter")
    return str(text)


def _small(number: Any) -> int:
    if not isinstance(number, int) or abs(number) >= 2**63:
        raise ValueError("no key of a row")
    return number
