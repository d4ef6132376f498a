"""What a brief still needs before somebody reviews it. Half a draft may be saved; half is not sent.

Source: WM ADASS, A recipe for co-production: the project opportunity brief and the planning
checklist; the question of what can change is the charter's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coprod.lib.days import today
from coprod.lib.phones import is_phone
from opportunities.levels import Level
from opportunities.lifecycle import PUBLIC
from opportunities.models import QUESTIONS, Opportunity
from people.models import ImpactAssessment
from people.models.kinds import GROWN_UP

_UNMEANT = _(
    "Co-production needs all three boxes ticked. If one is not true, another word fits "
    "better, for example “Citizen involvement”. That is just as good, and honest."
)


@dataclass(frozen=True)
class MissingPart:
    """One gap: ``field`` of the form where it is filled, ``label`` in words."""

    field: str
    label: str | Promise

    @property
    def error(self) -> str | Promise:
        """What to say at the field of a brief that people read already."""
        return _UNMEANT if self.label is _UNMEANT else _("Fill this in: people read it")


Gap = Callable[[Opportunity], bool]


def _empty(name: str) -> Gap:
    return lambda brief: not str(getattr(brief, name)).strip()


def _no_phone(name: str) -> Gap:
    """A number that nobody can ring is no number."""
    return lambda brief: not is_phone(getattr(brief, name))


def _gone(name: str) -> Gap:
    """A date that lies behind us before anybody could read it. What is public keeps its dates."""

    def gone(brief: Opportunity) -> bool:
        day = getattr(brief, name)
        return day is not None and day < today() and brief.status not in PUBLIC

    return gone


def _unmeant_coproduction(brief: Opportunity) -> bool:
    meant = brief.from_the_start and brief.decisions_shared and brief.open_to_change
    return brief.level == Level.COPRODUCTION and not meant


def _nowhere(brief: Opportunity) -> bool:
    if brief.is_online or brief.is_borough_wide:
        return False
    return brief.pk is None or not brief.towns.all()  # .all(): a list page fetches them beforehand


def _no_activity(brief: Opportunity) -> bool:
    """Being asked, or talking it over once, is none of the four ways of working together."""
    return not brief.activity_types and brief.level not in (Level.CONSULTATION, Level.PARTICIPATION)


def _unassessed(brief: Opportunity) -> bool:
    """Before the first brief for under-18s: a data protection impact assessment."""
    if brief.min_age >= GROWN_UP:
        return False
    rows = ImpactAssessment.objects.filter(organisation_id=brief.organisation_id)
    return not rows.exists()


# In the order of the form. An answer of blanks is no answer.
_PARTS: tuple[tuple[str, str | Promise, Gap], ...] = (
    ("what", QUESTIONS["what"], _empty("what")),
    ("experience", QUESTIONS["experience"], _empty("experience")),
    ("commitment", QUESTIONS["commitment"], _empty("commitment")),
    ("when", QUESTIONS["when"], _empty("when")),
    ("how", QUESTIONS["how"], _empty("how")),
    ("level", _("How much say people have"), _empty("level")),
    ("level", _UNMEANT, _unmeant_coproduction),
    ("can_change", _("What people can change"), _empty("can_change")),
    ("cannot_change", _("What cannot change, and why"), _empty("cannot_change")),
    ("who_decides", _("Who decides"), _empty("who_decides")),
    ("scope", _("Whose life it touches (scope)"), _empty("scope")),
    ("activity_types", _("At least one kind of activity"), _no_activity),
    (
        "places",
        _("How many places there are, or an open number"),
        lambda brief: brief.places is None and not brief.places_are_open,
    ),
    ("places_given", _("How places are given"), _empty("places_given")),
    (
        "closes_on",
        _("A closing date, or no closing date"),
        lambda brief: brief.closes_on is None and not brief.is_rolling,
    ),
    ("closes_on", _("A closing date that has not passed"), _gone("closes_on")),
    ("starts_on", _("The first date"), lambda brief: brief.starts_on is None),
    ("starts_on", _("A first date that has not passed"), _gone("starts_on")),
    ("ends_on", _("A last date that has not passed"), _gone("ends_on")),
    (
        "min_age",
        _("The data protection impact assessment of your organisation: it invites under-18s"),
        _unassessed,
    ),
    ("towns", _("Where: a town, online, or borough-wide"), _nowhere),
    ("access", _("What makes it easy to take part (access)"), _empty("access")),
    ("reward", _("The reward in words, even “no payment”"), _empty("reward")),
    ("expenses", _("Expenses in words, even “none”"), _empty("expenses")),
    ("lead_name", _("A named lead"), _empty("lead_name")),
    ("lead_phone", _("A phone number to reply by"), _no_phone("lead_phone")),
    ("safeguarding_name", _("A safeguarding lead"), _empty("safeguarding_name")),
    (
        "safeguarding_phone",
        _("A phone number of the safeguarding lead"),
        _no_phone("safeguarding_phone"),
    ),
)


def missing_parts(opportunity: Opportunity) -> list[MissingPart]:
    """Return what ``opportunity`` needs before it is sent for review, in the order of the form."""
    return [MissingPart(field, label) for field, label, gap in _PARTS if gap(opportunity)]
