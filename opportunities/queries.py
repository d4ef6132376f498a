"""What pages ask of sign-ups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from opportunities.levels import PlacesGiven
from opportunities.lifecycle import Status
from opportunities.models import SHAREABLE, Opportunity, SignUp, SignUpNeed, SignUpSupport
from people.models import (
    Audience,
    ContactBy,
    Need,
    Person,
    Profile,
    User,
)
from people.queries import find_people, possible_duplicates


def closed_because(brief: Opportunity, day: dt.date) -> str:
    """Return why nobody can come forward to ``brief`` on ``day``, or nothing where they can."""
    if brief.is_open_on(day):
        full = brief.places is not None and brief.places_taken >= brief.places
        first_come = brief.places_given == PlacesGiven.FIRST_COME
        if full and first_come and brief.has_started(day):
            return _("All places are taken, and it has started. So there is no waiting list.")
        return ""
    if brief.status == Status.COMPLETED:
        return _("This project is finished.")
    if brief.status == Status.IN_PROGRESS:
        return _("This project has started, and takes no new people.")
    return _("This project is closed to new people.")


def written_profile(person: Person | None) -> Profile | None:
    """Return the one-page profile, where there is one."""
    return Profile.objects.filter(person=person).first() if person else None


def support_of(sign_up: SignUp) -> SignUpSupport | None:
    """Return the support that the person asked for, while they agree that it is read."""
    return SignUpSupport.objects.readable().filter(sign_up=sign_up).first()


def needs_of(person: Person | None) -> list[Need]:
    """Return what somebody told us that they need, to choose from for a project."""
    return list(Need.objects.agreed().filter(person=person)) if person else []


def picked_needs(sign_up: SignUp) -> list[Need]:
    """Return those of “My needs” that this project may know, in the order they were told."""
    rows = SignUpNeed.objects.known().filter(support__sign_up=sign_up).select_related("need")
    return [row.need for row in rows]


def has_support(sign_up: SignUp) -> bool:
    """Return whether there is something to read; what it is, is read elsewhere, on record."""
    return SignUpSupport.objects.readable().filter(sign_up=sign_up).exists()


def numbers_of(rows: QuerySet[SignUp]) -> dict[str, int]:
    """Return how many of ``rows`` there are in each status that anybody is in."""
    return dict(rows.order_by().values_list("status").annotate(n=Count("pk")))


def of_people(rows: QuerySet[SignUp], words: str) -> QuerySet[SignUp]:
    """Return those of ``rows`` whose person is found by ``words``; without words, all of them."""
    if not words:
        return rows
    return rows.filter(person__in=find_people(Person.objects.all(), words).values("pk"))


def reached_by_staff(brief: Opportunity, statuses: Iterable[str]) -> int:
    """Return how many in ``statuses`` get no e-mail, so that staff ring or write to them."""
    rows = brief.sign_ups.filter(status__in=list(statuses))
    return rows.exclude(contact_by=ContactBy.EMAIL, person__email__gt="").count()


def shared_parts(sign_up: SignUp) -> list[tuple[str, str]]:
    """Return what the person shows this project of their profile: pairs of heading and words.

    Nothing once they are out, and nothing that they have put away for themselves since.
    """
    profile = written_profile(sign_up.person)
    if profile is None or not sign_up.is_live:
        return []
    pairs = [
        (str(label), getattr(profile, part).strip())
        for part, label in SHAREABLE.items()
        if part in sign_up.shares and profile.audience_of(part) != Audience.ONLY_ME
    ]
    return [(label, words) for label, words in pairs if words]


def seen_picture(user: User, sign_up: SignUp) -> Profile | None:
    """Return the profile whose picture ``user`` may see beside a sign-up: only while it is live."""
    if not sign_up.is_live:
        return None
    showing = Profile.objects.showing("photo", user)
    return showing.filter(person=sign_up.person).exclude(photo="").first()


def alike(user: User, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return who may be the same person: those ``user`` may see as ``alike``, the others’ number.

    Empty where nobody is. ``facts``: ``name``, and ``email`` and ``phone`` where they are known.
    """
    found = possible_duplicates(
        name=facts["name"], email=facts.get("email", ""), phone=facts.get("phone", "")
    )
    if not found:
        return {}
    mine = Person.objects.visible_to(user).filter(pk__in=[one.pk for one in found])
    seen = list(mine.select_related("town"))
    return {"alike": seen, "hidden": len(found) - len(seen)}


@dataclass(frozen=True)
class Expected:
    """One line of the list of a day: who, whether they took part, and whether they had a place."""

    person: Person
    took_part: bool
    had_place: bool


def expected_on(brief: Opportunity, day: dt.date) -> list[Expected]:
    """Return who has a place, and who took part on ``day`` without one, by name."""
    placed = {
        row.person_id: row.person for row in brief.sign_ups.holding().select_related("person")
    }
    came = {
        row.person_id: row.person
        for row in brief.attendances.filter(took_part_on=day).select_related("person")
    }
    rows = [
        Expected(person, took_part=key in came, had_place=key in placed)
        for key, person in (placed | came).items()
    ]
    return sorted(rows, key=lambda row: (row.person.name.casefold(), row.person.pk))


def days_of(brief: Opportunity) -> list[tuple[dt.date, int]]:
    """Return the days on which somebody took part, newest first, and how many did."""
    rows = brief.attendances.order_by("-took_part_on").values_list("took_part_on")
    return list(rows.annotate(n=Count("pk")))
