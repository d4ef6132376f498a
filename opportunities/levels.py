"""How much say people have, and at which scope: vocabulary, no database.

Source: the charter's five working terms, in its order; the sentences are ours.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """The charter's five terms, from least to most say. None is better than another if honest."""

    CONSULTATION = "consultation", _("Consultation")
    PARTICIPATION = "participation", _("Participation")
    ENGAGEMENT = "engagement", _("Engagement")
    INVOLVEMENT = "involvement", _("Citizen involvement")
    COPRODUCTION = "coproduction", _("Co-production")

    @property
    def step(self) -> int:
        """1 to 5: the place in the drawn spectrum."""
        return list(Level).index(self) + 1

    @property
    def sentence(self) -> str:
        """What it means for a resident, in one sentence."""
        return LEVEL_SENTENCES[self]


LEVEL_SENTENCES = {
    Level.CONSULTATION: _("You tell us what you think. We decide."),
    Level.PARTICIPATION: _("You join a talk or a group. We decide."),
    Level.ENGAGEMENT: _("You can sway some decisions. We decide which."),
    Level.INVOLVEMENT: _("Your voice is part of how we decide."),
    Level.COPRODUCTION: _("We decide together, from start to finish."),
}


class Scope(models.TextChoices):
    """Whose life the decision touches (Shropshire calls these levels)."""

    INDIVIDUAL = "individual", _("Individual: one person’s own support")
    OPERATIONAL = "operational", _("Operational: how a service runs")
    STRATEGIC = "strategic", _("Strategic: plans, money and policy")


class ActivityType(models.TextChoices):
    """The four kinds of working together."""

    CODESIGN = "co-design", _("Co-design: planning it")
    CODECISION = "co-decision making", _("Co-decision making: sharing out money and choices")
    CODELIVERY = "co-delivery", _("Co-delivery: doing it together")
    COEVALUATION = "co-evaluation", _("Co-evaluation: checking if it worked")


class PlacesGiven(models.TextChoices):
    """How places are given."""

    FIRST_COME = "first_come", _("First come, first served")
    WE_CHOOSE = "we_choose", _("We choose from those who come forward")
