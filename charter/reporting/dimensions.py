"""By what figures may be told apart, in which order, and what may be put together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opportunities.levels import Level
from people.bands import AgeBand, Disabled, EthnicGroup

from .suppression import Offer, Table

NOT_SAID = ""


class Dimension(models.TextChoices):
    """What a table may go by. In a pair, age is counted in the broad groups."""

    TOWN = "town", _("Town")
    AGE = "age_band", _("Age")
    AGE_GROUP = "age_group", _("Age, in broad groups")
    ETHNIC_GROUP = "ethnic_group", _("Ethnic group")
    DISABLED = "disabled", _("Disability")
    LEVEL = "level", _("Level")
    ORGANISATION = "organisation", _("Partner")


class AgeGroup(models.TextChoices):
    """Age in broad groups: nine bands times another dimension would leave hardly a figure."""

    YOUNG = "under-25", _("Under 25")
    MIDDLE = "25-64", _("25 to 64")
    OLDER = "65+", _("65 and over")


AGE_GROUPS = {
    AgeBand.A11: AgeGroup.YOUNG,
    AgeBand.A16: AgeGroup.YOUNG,
    AgeBand.A25: AgeGroup.MIDDLE,
    AgeBand.A35: AgeGroup.MIDDLE,
    AgeBand.A45: AgeGroup.MIDDLE,
    AgeBand.A55: AgeGroup.MIDDLE,
    AgeBand.A65: AgeGroup.OLDER,
    AgeBand.A75: AgeGroup.OLDER,
    AgeBand.A85: AgeGroup.OLDER,
}
# Special-category data (UK GDPR, article 9): at most one of these in a table.
SPECIAL = frozenset({Dimension.ETHNIC_GROUP, Dimension.DISABLED})
ABOUT_PEOPLE = (Dimension.TOWN, Dimension.AGE, Dimension.ETHNIC_GROUP, Dimension.DISABLED)
ASKED_BY = (*ABOUT_PEOPLE, Dimension.LEVEL)
FINE = ("quarter", "organisation", "level", "town", "age_band", "ethnic_group", "disabled")
ORDER = (*FINE, "age_group")

CHOICES = {
    Dimension.AGE: AgeBand,
    Dimension.AGE_GROUP: AgeGroup,
    Dimension.ETHNIC_GROUP: EthnicGroup,
    Dimension.DISABLED: Disabled,
}


def in_pair(dimension: str) -> str:
    """Return the dimension as it is counted beside another one."""
    return Dimension.AGE_GROUP if dimension == Dimension.AGE else dimension


def may_cross(one: str, other: str) -> bool:
    """Return whether a table may go by both."""
    return one != other and not {one, other} <= SPECIAL


def ordered(*dims: str) -> tuple[str, ...]:
    """Return the dimensions in the order of the offer."""
    return tuple(sorted((str(dim) for dim in dims), key=ORDER.index))


def values_of(dimension: str) -> tuple[str, ...]:
    """Return the codes of a dimension about people, “not said” last."""
    return (*CHOICES[Dimension(dimension)].values, NOT_SAID)


def offer_of(
    towns: Sequence[str], organisations: Sequence[str], quarters: Sequence[str] = ()
) -> Offer:
    """Return every table that is offered of one year.

    At most two of: quarter, partner, level, town, age, ethnic group, disability; of the last two,
    one. Times taken part are told for one of them at a time. What is not offered cannot be used
    to take one table from another, so the list is short on purpose.
    """
    by = [str(dimension) for dimension in ASKED_BY]
    single = [Table((), worth=100_000), Table(("quarter",), worth=2000)]
    single += [Table(("organisation",), worth=1000), Table(("age_group",), times=False, worth=1000)]
    single += [Table((dim,), worth=1000) for dim in by]
    pairs = [
        Table(ordered(in_pair(one), in_pair(other)), times=False, worth=10)
        for one, other in combinations(by, 2)
        if may_cross(one, other)
    ]
    parts = [
        Table(ordered(scope, dim), times=False, worth=worth)
        for scope, worth in (("quarter", 10), ("organisation", 4))
        for dim in by
    ]
    return Offer(
        dims={
            "quarter": tuple(quarters),
            "organisation": tuple(organisations),
            "level": tuple(Level.values),
            "town": (*towns, NOT_SAID),
            "age_band": values_of("age_band"),
            "ethnic_group": values_of("ethnic_group"),
            "disabled": values_of("disabled"),
        },
        tables=(
            *single,
            *pairs,
            *parts,
            Table(("quarter", "organisation"), times=False, worth=10),
        ),
        of_a_time=frozenset({"quarter", "organisation", "level"}),
        folds={"age_group": ("age_band", {**_texts(AGE_GROUPS), NOT_SAID: NOT_SAID})},
    )


def pool_offer(towns: Sequence[str]) -> Offer:
    """Return the tables that are offered of the pool: everybody, and one dimension at a time."""
    dims = {str(dim): values_of(dim) for dim in ABOUT_PEOPLE if dim != Dimension.TOWN}
    tables = (Table((), times=False, worth=1000), *(Table((dim,), times=False) for dim in dims))
    return Offer({"town": (*towns, NOT_SAID), **dims}, (*tables, Table(("town",), times=False)))


def _texts(mapping: dict) -> dict[str, str]:
    return {str(key): str(value) for key, value in mapping.items()}
