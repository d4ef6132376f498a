"""The bands that reports count in: broad on purpose, so that nobody stands alone.

Age bands nest in the census's five-year bands; ethnic groups are the five of the Government
Statistical Service's harmonised question. An empty value means “not said”.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgeBand(models.TextChoices):
    """Age on the day, in the bands of the annual report."""

    A11 = "11-15", _("11 to 15")
    A16 = "16-24", _("16 to 24")
    A25 = "25-34", _("25 to 34")
    A35 = "35-44", _("35 to 44")
    A45 = "45-54", _("45 to 54")
    A55 = "55-64", _("55 to 64")
    A65 = "65-74", _("65 to 74")
    A75 = "75-84", _("75 to 84")
    A85 = "85+", _("85 and over")


class EthnicGroup(models.TextChoices):
    """The five groups that nineteen categories fold into."""

    WHITE = "white", _("White")
    MIXED = "mixed", _("Mixed or multiple ethnic groups")
    ASIAN = "asian", _("Asian or Asian British")
    BLACK = "black", _("Black, Black British, Caribbean or African")
    OTHER = "other", _("Other ethnic group")


class Disabled(models.TextChoices):
    """Disabled as the Equality Act means it: a lasting condition that limits daily life."""

    YES = "yes", _("Disabled")
    NO = "no", _("Not disabled")


@dataclass(frozen=True)
class Bands:
    """What a participation row freezes about somebody; empty means “not said”."""

    age_band: str = ""
    ethnic_group: str = ""
    disabled: str = ""


# From which age on; nobody younger than eleven is counted in a band.
_AGES = (
    (85, AgeBand.A85),
    (75, AgeBand.A75),
    (65, AgeBand.A65),
    (55, AgeBand.A55),
    (45, AgeBand.A45),
    (35, AgeBand.A35),
    (25, AgeBand.A25),
    (16, AgeBand.A16),
    (11, AgeBand.A11),
)
_LIMITED = {"a_lot", "a_little"}


def age_band_of(year_of_birth: str, on: dt.date) -> str:
    """Return the band of somebody born in that year, as if the birthday had been; or nothing."""
    if not year_of_birth.isdigit():
        return ""
    age = on.year - int(year_of_birth)
    return next((band.value for youngest, band in _AGES if age >= youngest), "")


def ethnic_group_of(category: str) -> str:
    """Return the group of five that one of the nineteen categories folds into, or nothing."""
    group = category.split("_", maxsplit=1)[0]
    return group if group in EthnicGroup.values else ""


def disabled_of(condition: str, limits: str) -> str:
    """Return whether the harmonised pair of questions means disabled (Equality Act), or nothing."""
    if condition == "no" or (condition == "yes" and limits == "not_at_all"):
        return Disabled.NO.value
    if condition == "yes" and limits in _LIMITED:
        return Disabled.YES.value
    return ""


def bands_of(pseudonym: str, *, on: dt.date) -> Bands:
    """Return the bands of whoever stands behind ``pseudonym``, as they were on the day ``on``.

    Computed from the answers that are there now; “prefer not to say” and blank are both empty.
    """
    from .models import EqualityAnswer  # models of upper floors import the bands above

    answers = dict(EqualityAnswer.objects.filter(pseudonym=pseudonym).values_list("code", "value"))
    return Bands(
        age_band=age_band_of(answers.get("year_of_birth", ""), on),
        ethnic_group=ethnic_group_of(answers.get("ethnicity", "")),
        disabled=disabled_of(answers.get("condition", ""), answers.get("limits", "")),
    )
