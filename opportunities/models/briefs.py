"""The project opportunity brief: the regional template's five answers, and what stands beside them.

Source: WM ADASS, A recipe for co-production, “Project Opportunity Brief”.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coprod.lib.search import TextIndex
from opportunities.levels import Level, PlacesGiven, Scope
from opportunities.lifecycle import PUBLIC, Status
from people.models import (
    ARRANGING_ROLES,
    REVIEWING_ROLES,
    Membership,
    Organisation,
    Team,
    Town,
)
from people.rules import acting

ANSWER_LIMIT = 2000
SHORT_LIMIT = 600
NEVER = dt.date(9999, 12, 31)
# The template's five questions: field and wording, in its order.
QUESTIONS = {
    "what": _("What is the opportunity / project?"),
    "experience": _("What experience or skills do I need to participate?"),
    "commitment": _("What is the time commitment?"),
    "when": _("When will it take place?"),
    "how": _("How do I get involved?"),
}
SEARCHED = TextIndex("opportunities_opportunity", ("title", *QUESTIONS))


class OpportunityQuerySet(models.QuerySet["Opportunity"]):
    """The questions that pages ask of briefs."""

    def public(self) -> OpportunityQuerySet:
        """Return what everybody may read."""
        return self.filter(is_public=True)

    def open_on(self, day: dt.date) -> OpportunityQuerySet:
        """Return the briefs that take new people on ``day``."""
        return self.filter(self.taking_people(day))

    @staticmethod
    def taking_people(day: dt.date) -> Q:
        """Return the condition that a brief takes new people on ``day``."""
        return Q(status=Status.PUBLISHED, closing__gte=day)

    def of_organisation_of(self, user: Any) -> OpportunityQuerySet:
        """Return the briefs of the organisation that ``user`` acts for now."""
        membership: Membership | None = acting(user)
        if membership is None:
            return self.none()
        return self.filter(organisation_id=membership.organisation_id)

    def arranged_by(self, user: Any) -> OpportunityQuerySet:
        """Return the briefs that ``user`` may write and run (twin of ``rules.can_edit``)."""
        return self._in_role(user, ARRANGING_ROLES)

    def reviewed_by(self, user: Any) -> OpportunityQuerySet:
        """Return the briefs that ``user`` may publish or return (twin of ``rules.can_publish``)."""
        return self._in_role(user, REVIEWING_ROLES)

    def _in_role(self, user: Any, roles: tuple[str, ...]) -> OpportunityQuerySet:
        membership = acting(user)
        if membership is None or membership.role not in roles:
            return self.none()
        return self.filter(organisation_id=membership.organisation_id)

    def visible_to(self, user: Any) -> OpportunityQuerySet:
        """Return what ``user`` may read: everything public, and all of their own organisation."""
        membership = acting(user)
        own = Q(organisation_id=membership.organisation_id) if membership else Q(pk__in=[])
        return self.filter(Q(status__in=PUBLIC) | own)


class Opportunity(models.Model):
    """A brief, from draft to completed project. ``places_taken`` counts who holds a place."""

    # Who asks
    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("web name"), max_length=140, unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="opportunities"
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="opportunities"
    )
    lead_name = models.CharField(_("named lead"), max_length=120, blank=True)
    lead_phone = models.CharField(_("lead’s phone"), max_length=30, blank=True)
    lead_email = models.EmailField(_("lead’s e-mail"), blank=True)
    safeguarding_name = models.CharField(_("safeguarding lead"), max_length=120, blank=True)
    safeguarding_phone = models.CharField(_("safeguarding lead’s phone"), max_length=30, blank=True)

    # The five answers
    what = models.TextField(QUESTIONS["what"], max_length=ANSWER_LIMIT, blank=True)
    experience = models.TextField(QUESTIONS["experience"], max_length=ANSWER_LIMIT, blank=True)
    commitment = models.TextField(QUESTIONS["commitment"], max_length=ANSWER_LIMIT, blank=True)
    when = models.TextField(QUESTIONS["when"], max_length=ANSWER_LIMIT, blank=True)
    how = models.TextField(QUESTIONS["how"], max_length=ANSWER_LIMIT, blank=True)

    # How much say
    level = models.CharField(_("how much say"), max_length=14, choices=Level, blank=True)
    from_the_start = models.BooleanField(_("people are in from the start"), default=False)
    decisions_shared = models.BooleanField(_("decisions are shared"), default=False)
    open_to_change = models.BooleanField(_("the plan is open to change"), default=False)
    scope = models.CharField(_("scope"), max_length=12, choices=Scope, blank=True)
    activity_types = models.JSONField(_("kinds of activity"), default=list, blank=True)
    can_change = models.TextField(_("what can change"), max_length=SHORT_LIMIT, blank=True)
    cannot_change = models.TextField(
        _("what cannot change, and why"), max_length=SHORT_LIMIT, blank=True
    )
    who_decides = models.TextField(_("who decides"), max_length=SHORT_LIMIT, blank=True)

    # Places and dates
    places = models.PositiveIntegerField(
        _("places"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10_000)],
        help_text=_("Empty: an open number."),
    )
    places_are_open = models.BooleanField(_("open number of places"), default=False)
    places_taken = models.PositiveIntegerField(default=0, editable=False)
    last_waiting_number = models.PositiveIntegerField(default=0, editable=False)
    places_given = models.CharField(
        _("how places are given"), max_length=10, choices=PlacesGiven, blank=True
    )
    is_rolling = models.BooleanField(_("no closing date"), default=False)
    closes_on = models.DateField(_("closing date"), null=True, blank=True)
    # To order by, with an index: no date comes last.
    closing = models.GeneratedField(
        expression=Coalesce("closes_on", Value(NEVER), output_field=models.DateField()),
        output_field=models.DateField(),
        db_persist=True,
    )
    starts_on = models.DateField(_("first date"), null=True, blank=True)
    starting = models.GeneratedField(
        expression=Coalesce("starts_on", Value(NEVER), output_field=models.DateField()),
        output_field=models.DateField(),
        db_persist=True,
    )
    ends_on = models.DateField(_("last date"), null=True, blank=True)
    min_age = models.PositiveSmallIntegerField(
        _("lowest age"), default=18, validators=[MinValueValidator(8), MaxValueValidator(100)]
    )

    # Where, access, money
    towns = models.ManyToManyField(Town, blank=True, related_name="opportunities")
    is_online = models.BooleanField(_("online"), default=False)
    is_borough_wide = models.BooleanField(_("borough-wide"), default=False)
    venue = models.CharField(_("place"), max_length=200, blank=True)
    access = models.TextField(_("access provided"), max_length=SHORT_LIMIT, blank=True)
    pays = models.BooleanField(_("payment offered"), default=False)
    gives_vouchers = models.BooleanField(_("vouchers offered"), default=False)
    pays_expenses = models.BooleanField(_("expenses paid"), default=False)
    reward = models.CharField(_("reward, in words"), max_length=300, blank=True)
    expenses = models.CharField(_("expenses, in words"), max_length=300, blank=True)

    # Life
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT, editable=False)
    # One value to look for, so that an index has all that is public in each order.
    is_public = models.GeneratedField(
        expression=models.Case(models.When(status__in=PUBLIC, then=True), default=False),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    return_reason = models.TextField(max_length=SHORT_LIMIT, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    completed_at = models.DateTimeField(null=True, editable=False)

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "opportunities"
        indexes = [
            models.Index(fields=["status", "-published_at", "-id"], name="opportunity_newest"),
            models.Index(fields=["status", "closing", "id"], name="opportunity_closing"),
            models.Index(fields=["status", "starting", "id"], name="opportunity_starting"),
            models.Index(fields=["is_public", "-published_at", "-id"], name="public_newest"),
            models.Index(fields=["is_public", "closing", "id"], name="public_closing"),
            models.Index(fields=["is_public", "starting", "id"], name="public_starting"),
            models.Index(
                fields=["organisation", "status", "-updated_at"], name="opportunity_of_staff"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(places__isnull=True) | Q(places_taken__lte=F("places")),
                name="opportunity_never_over_capacity",
            ),
            models.CheckConstraint(
                condition=Q(places__isnull=True) | Q(places__gte=1), name="opportunity_some_places"
            ),
            models.CheckConstraint(
                condition=~Q(places__isnull=False, places_are_open=True),
                name="opportunity_places_or_open",
            ),
            models.CheckConstraint(
                condition=~Q(is_rolling=True, closes_on__isnull=False),
                name="opportunity_closes_or_rolling",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="opportunity_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[*PUBLIC, Status.SUBMITTED])
                | (
                    ~Q(what="")
                    & ~Q(experience="")
                    & ~Q(commitment="")
                    & ~Q(when="")
                    & ~Q(how="")
                    & ~Q(level="")
                    & ~Q(scope="")
                    & ~Q(can_change="")
                    & ~Q(cannot_change="")
                    & ~Q(who_decides="")
                    & ~Q(lead_name="")
                    & ~Q(safeguarding_name="")
                    & ~Q(places_given="")
                    & (Q(is_rolling=True) | Q(closes_on__isnull=False))
                    & (Q(places_are_open=True) | Q(places__isnull=False))
                ),
                name="opportunity_public_is_complete",
            ),
            models.CheckConstraint(
                condition=~Q(level=Level.COPRODUCTION)
                | ~Q(status__in=PUBLIC)
                | Q(from_the_start=True, decisions_shared=True, open_to_change=True),
                name="opportunity_coproduction_is_meant",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=PUBLIC) | Q(published_at__isnull=False),
                name="opportunity_public_has_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("opportunities:detail", args=[self.slug])

    def is_open_on(self, day: dt.date) -> bool:
        """Whether it takes new people on ``day``."""
        in_time = self.is_rolling or (self.closes_on is not None and self.closes_on >= day)
        return self.status == Status.PUBLISHED and in_time

    def has_started(self, day: dt.date) -> bool:
        """Whether the first date has come: after that, a freed place is not passed on."""
        return self.starts_on is not None and self.starts_on <= day

    @property
    def places_left(self) -> int | None:
        """Free places; None for an open number."""
        return None if self.places is None else self.places - self.places_taken

    @property
    def touches_benefits(self) -> bool:
        """Whether the standing benefits notice is shown: vouchers count as income too."""
        return self.pays or self.gives_vouchers

    @property
    def level_choice(self) -> Level | None:
        """The level as a word of the participation model, or None in a draft."""
        return Level(self.level) if self.level else None

    @property
    def summary(self) -> str:
        """The first sentence of the first answer, for cards."""
        first, stop, _rest = self.what.strip().partition(". ")
        return first + stop.strip()


class BriefChange(models.Model):
    """What changed in a published brief, and why: shown on its page."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField()
    what_changed = models.TextField(_("what changed"), max_length=SHORT_LIMIT)
    why = models.TextField(_("why"), max_length=SHORT_LIMIT)
    before = models.JSONField(default=dict, help_text="the changed fields as they were")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "version"], name="brief_change_once"),
            models.CheckConstraint(
                condition=~Q(what_changed="") & ~Q(why=""), name="brief_change_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity_id} v{self.version}"
