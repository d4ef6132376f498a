"""What was promised: the charter, its commitments, and how each project keeps them."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opportunities.models import Opportunity

HEADING_LIMIT = 200
EXPLANATION_LIMIT = 600


class CommitmentKind(models.TextChoices):
    """The charter's two lists."""

    COMMIT = "commit", _("We commit to")
    WILL = "will", _("We will")


class Charter(models.Model):
    """One version of the partnership charter."""

    version = models.CharField(_("version"), max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=160)
    definition = models.TextField(_("what co-production means here"), max_length=600)
    published_on = models.DateField(_("published"))
    reviewed_on = models.DateField(_("last reviewed"), null=True, blank=True)
    review_due_on = models.DateField(_("review due"))
    contributors = models.JSONField(_("who made it"), default=list, blank=True)
    is_current = models.BooleanField(_("in force"), default=False)

    class Meta:
        ordering = ["-published_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=Q(is_current=True), name="charter_one_current"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"

    def is_review_overdue(self, day: dt.date) -> bool:
        """Whether the promised review has not happened in time."""
        return self.review_due_on < day

    def days_overdue(self, day: dt.date) -> int:
        """By how many days the review is late on ``day``; 0 when it is not."""
        return max((day - self.review_due_on).days, 0)


class Commitment(models.Model):
    """One promise of the charter: heading as in the source, explanation in our words."""

    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="commitments")
    slug = models.SlugField(max_length=60)
    kind = models.CharField(_("list"), max_length=6, choices=CommitmentKind)
    position = models.PositiveSmallIntegerField(_("order"))
    heading = models.CharField(_("heading"), max_length=HEADING_LIMIT)
    explanation = models.TextField(_("in our words"), max_length=EXPLANATION_LIMIT)

    class Meta:
        ordering = ["kind", "position"]
        constraints = [
            models.UniqueConstraint(fields=["charter", "slug"], name="commitment_once"),
            models.UniqueConstraint(
                fields=["charter", "kind", "position"], name="commitment_order"
            ),
        ]

    def __str__(self) -> str:
        return self.heading


class CommitmentChange(models.Model):
    """The wording that a commitment had before somebody changed it."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="changes")
    heading_before = models.CharField(max_length=HEADING_LIMIT)
    explanation_before = models.TextField(max_length=EXPLANATION_LIMIT)
    why = models.CharField(_("why"), max_length=300)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="commitment_change_says_why")
        ]

    def __str__(self) -> str:
        return f"commitment {self.commitment_id}, before {self.changed_at:%Y-%m-%d}"


class Pledge(models.Model):
    """How one project keeps one commitment; shown on the brief's page."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="pledges")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="pledges")
    how = models.TextField(_("how we keep it"), max_length=EXPLANATION_LIMIT)

    class Meta:
        ordering = ["commitment__kind", "commitment__position"]
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "commitment"], name="pledge_once"),
            models.CheckConstraint(condition=~Q(how=""), name="pledge_says_how"),
        ]

    def __str__(self) -> str:
        return f"pledge {self.pk}"
