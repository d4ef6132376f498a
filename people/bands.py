"""The bands that reports count in: broad on purpose, so that nobody stands alone.

Age bands nest in the census's five-year bands; ethnic groups are the five of the Government
Statistical Service's harmonised question. An empty value means “not said”.
"""

from __future__ import annotations

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
