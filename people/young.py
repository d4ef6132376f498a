"""How old somebody is, and whose word it takes that they take part: the whole table in one place.

| age | the own yes | an adult with parental responsibility | whom we ring |
| --- | --- | --- | --- |
| under 13 | asked | agrees, and is checked | the adult |
| 13 to 15 | asked | the same, unless a lead wrote down why they decide alone | the adult |
| 16 and 17 | asked | not asked | asked |
| 18 | not asked | not asked | not asked |

Ages are reached when the day of the birthday begins in London; born on 29 February, on 1 March
where the year has no such day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from coprod.lib.days import today

from .lifecycle import AgreementStatus
from .models import Agreement, AgreementKind, Person, YoungPerson
from .models.kinds import GROWN_UP
from .models.young import DECIDES_FROM, MAY_DECIDE_ALONE_FROM

WORDING = "2026-11"  # of the two sentences below
YES_WORDS = _(
    "I want to take part. Somebody told me what it is about. I can stop at any time, and nobody "
    "will be cross with me."
)
ADULT_WORDS = _(
    "I have parental responsibility. I agree that this young person takes part in projects here. "
    "I will hear when and where. I will not be told what they say."
)
OLDEST = 120


def birthday(born_on: dt.date, age: int) -> dt.date:
    """Return the day on which somebody reaches ``age``."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:  # 29 February, in a year without
        return dt.date(born_on.year + age, 3, 1)


def age_on(born_on: dt.date, day: dt.date) -> int:
    """Return the age in whole years on ``day``."""
    years = day.year - born_on.year
    return years if birthday(born_on, years) <= day else years - 1


class Missing(models.TextChoices):
    """What we wait for before a young person takes part."""

    YES = "yes", _("the young person’s own yes")
    ADULT = "adult", _("the agreement of a parent or guardian")
    CHECK = "check", _("our check with the parent or guardian")


@dataclass(frozen=True)
class Standing:
    """How old a young person is today, and what is missing before they take part."""

    age: int
    missing: tuple[Missing, ...]

    @property
    def is_ready(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing

    @property
    def decides(self) -> bool:
        """Whether nobody else is asked."""
        return self.age >= DECIDES_FROM

    @property
    def may_decide_alone(self) -> bool:
        """Whether a lead may write down why they need no adult's agreement."""
        return MAY_DECIDE_ALONE_FROM <= self.age < DECIDES_FROM

    @property
    def in_words(self) -> list[Any]:
        """What is missing, in words."""
        return [one.label for one in self.missing]


def standing(
    young: YoungPerson, agreements: Iterable[Agreement], day: dt.date, about: str = ""
) -> Standing:
    """Return where a young person stands on ``day``.

    Args:
        agreements: all of the person's.
        about: the project it is asked for, as in ``opportunity:12``: deciding alone holds for one.
    """
    age = age_on(young.born_on, day)
    missing = [] if young.yes_at else [Missing.YES]
    if age < DECIDES_FROM and (lacks := _lacks(list(agreements), age, day, about)):
        missing.append(lacks)
    return Standing(age, tuple(missing))


def _lacks(rows: list[Agreement], age: int, day: dt.date, about: str) -> Missing | None:
    holding = [row for row in rows if row.holds_on(day)]
    if any(row.kind == AgreementKind.ADULT for row in holding):
        return None
    alone = any(row.kind == AgreementKind.ALONE and row.about == about for row in holding)
    if alone and age >= MAY_DECIDE_ALONE_FROM:
        return None
    given = any(row.status == AgreementStatus.GIVEN for row in rows)
    return Missing.CHECK if given else Missing.ADULT


def young_of(person: Person | None) -> YoungPerson | None:
    """Return what is kept of somebody who is under 18 today; None for everybody else."""
    young = YoungPerson.objects.filter(person=person).first() if person else None
    if young is None or age_on(young.born_on, today()) >= GROWN_UP:
        return None
    return young


def standing_of(person: Person, about: str = "") -> Standing | None:
    """Return where ``person`` stands today; None for grown-ups."""
    young = young_of(person)
    return None if young is None else standing(young, person.agreements.all(), today(), about)


def is_young(person: Person | None) -> bool:
    """Return whether somebody is under 18 today, as far as we were told."""
    return young_of(person) is not None


def needs_an_adult(person: Person) -> bool:
    """Return whether somebody is under 16 today: an adult hears with them."""
    young = young_of(person)
    return young is not None and age_on(young.born_on, today()) < DECIDES_FROM
