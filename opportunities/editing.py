"""Two people at one brief: nothing is overwritten in silence.

A form carries the version that its writer began with, and a short mark of each field as it was
then. When somebody else saved first, each difference is one of two kinds: a field that only they
changed (theirs is taken, and said), or one that both changed (both texts are shown).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from coprod.lib.wording import day_in_full
from opportunities.models import Opportunity


def plain(value: Any) -> Any:
    """Return ``value`` fit for JSON: days as text, rows by name, lists in order."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (list, tuple, set)) or hasattr(value, "iterator"):
        return sorted(str(one) for one in value)
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)


def value_of(brief: Opportunity, name: str) -> Any:
    """Return what the brief holds in the field ``name``; towns as a list of rows."""
    return list(brief.towns.all()) if name == "towns" else getattr(brief, name)


def mark(value: Any) -> str:
    """Return a short mark that differs where two values differ."""
    text = json.dumps(plain(value))
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def marks(brief: Opportunity, names: Iterable[str]) -> str:
    """Return the marks of all fields, as the editor carries them."""
    return json.dumps({name: mark(value_of(brief, name)) for name in names})


def read_marks(text: str) -> dict[str, str]:
    """Return what ``marks`` wrote; nothing where it was damaged or left out."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


@dataclass(frozen=True)
class Conflict:
    """A field that two people changed: both texts in words, and the name of the field."""

    name: str
    label: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Merge:
    """What to go on with: values for the editor, what both changed, what only they changed."""

    values: dict[str, Any] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    taken_over: list[Conflict] = field(default_factory=list)


def merge(
    fields: Mapping[str, Any], mine: Mapping[str, Any], current: Opportunity, began_with: str
) -> Merge:
    """Return how my text and theirs go together.

    Args:
        fields: form fields by name, for labels and words of choices.
        mine: what I wrote, cleaned.
        current: the brief as somebody else saved it.
        began_with: the marks of the brief when I began; without them every difference is shown.
    """
    begun, result = read_marks(began_with), Merge(values=dict(mine))
    for name, my_value in mine.items():
        their_value = value_of(current, name)
        if plain(my_value) == plain(their_value):
            continue
        both = Conflict(
            name,
            str(fields[name].label),
            shown(fields[name], their_value),
            shown(fields[name], my_value),
        )
        if begun.get(name) == mark(my_value):  # I left it as it was
            result.values[name] = their_value
            result.taken_over.append(both)
        else:
            result.conflicts.append(both)
    return result


def shown(form_field: Any, value: Any) -> str:
    """Return a value in words: "Yes", "Friday 18 December 2026", "Tipton, Oldbury"."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dt.date):
        return day_in_full(value)
    if value is None or value in ("", []):
        return _("Nothing")
    labels = {str(key): str(label) for key, label in getattr(form_field, "choices", None) or ()}
    several = value if isinstance(value, list) else [value]
    return ", ".join(labels.get(str(one), str(one)) for one in several)
