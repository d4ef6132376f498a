"""How many opportunities each choice of a filter would leave, with the other filters as they are.

One query for each filter, however many choices it has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Q

from coprod.lib.days import today
from opportunities.levels import Level
from opportunities.models import OpportunityQuerySet

from .opportunities import EVERYWHERE, MONEY, ONLINE, OpportunityFilter

_TOTAL = "total"


@dataclass(frozen=True)
class Counts:
    """``choices``: filter → value → how many. ``without``: filter → how many without it."""

    choices: dict[str, dict[str, int]] = field(default_factory=dict)
    without: dict[str, int] = field(default_factory=dict)
    shown: int = 0
    open_now: int = 0


def count(chosen: OpportunityFilter) -> Counts:
    """Return the counts beside the choices; four queries, and one more where words are given."""
    towns = [str(key) for key, _label in chosen.form.fields["town"].choices]
    is_open = OpportunityQuerySet.taking_people(today())
    conditions: dict[str, Mapping[str, Q]] = {
        "town": {slug: _place(slug) for slug in towns},
        "level": {level.value: Q(level=level) for level in Level},
        "money": MONEY,
        "show": {"all": ~is_open, "open": is_open},
    }
    choices, without = {}, {}
    for name, of_choice in conditions.items():
        choices[name] = _count(chosen, name, of_choice)
        without[name] = choices[name].pop(_TOTAL)
    open_now = choices["show"]["open"]
    shown = without["show"] if chosen.chosen.get("show") else open_now
    return Counts(choices, without, shown, open_now)


def _place(slug: str) -> Q:
    special = {ONLINE: Q(is_online=True), EVERYWHERE: Q(is_borough_wide=True)}
    return special.get(slug, Q(towns__slug=slug))


def _count(chosen: OpportunityFilter, name: str, of_choice: Mapping[str, Q]) -> dict[str, int]:
    # Names of columns must be plain: a town's web name may hold a hyphen.
    values = [_TOTAL, *of_choice]
    counts = {
        f"n{number}": Count("pk", filter=of_choice.get(value) or None, distinct=name == "town")
        for number, value in enumerate(values)
    }
    found = chosen.narrowed(without=name).aggregate(**counts)
    return {value: found[f"n{number}"] for number, value in enumerate(values)}
