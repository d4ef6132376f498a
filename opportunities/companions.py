"""Who else takes part: what people with a place chose to show one another, and nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from opportunities.models import SHAREABLE, SignUp, SignUpNeed
from people.models import Audience, Profile


@dataclass(frozen=True)
class Companion:
    """Somebody who shows the others a name, and perhaps more of the page and of what helps."""

    name: str
    parts: list[tuple[str, str]]
    needs: list[str]


def companions(rows: list[SignUp]) -> list[Companion]:
    """Return what the people of ``rows`` (``SignUp.objects.shown_to``) show, in that order."""
    profiles = {
        one.person_id: one
        for one in Profile.objects.filter(person__in=[row.person_id for row in rows])
    }
    needs: dict[int, list[str]] = {}
    told = SignUpNeed.objects.of_group().filter(support__sign_up__in=rows)
    for one in told.select_related("need", "support"):
        needs.setdefault(one.support.sign_up_id, []).append(one.need.words)
    return [
        Companion(row.person.name, _parts(row, profiles.get(row.person_id)), needs.get(row.pk, []))
        for row in rows
    ]


def _parts(row: SignUp, profile: Any) -> list[tuple[str, str]]:
    if profile is None:
        return []
    shown = [
        (str(label), getattr(profile, part).strip())
        for part, label in SHAREABLE.items()
        if part in row.shows and profile.audience_of(part) == Audience.PROJECT
    ]
    return [(label, words) for label, words in shown if words]
