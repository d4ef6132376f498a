"""The feedback loop: you said → we did → did it help?"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from charter.lifecycle import ResponseKind, Verdict
from opportunities.lifecycle import PUBLIC
from opportunities.models import Opportunity
from people.models import Channel, Person
from people.rules import acting

ABOUT_LIMIT = 80
WHAT_LIMIT = 1000
REASON_LIMIT = 300


class ContributionQuerySet(models.QuerySet["Contribution"]):
    """The questions that pages ask of what people said."""

    def visible_to(self, user: Any) -> ContributionQuerySet:
        """Return the contributions to projects of the organisation that ``user`` acts for."""
        membership = acting(user)
        if membership is None:
            return self.none()
        return self.filter(opportunity__organisation_id=membership.organisation_id)

    def public(self) -> ContributionQuerySet:
        """Return what everybody may read: what was said to projects that are public."""
        return self.filter(opportunity__status__in=PUBLIC)

    def without_response(self) -> ContributionQuerySet:
        """Return what was said and has no response."""
        return self.filter(responses__isnull=True)

    def opened_again(self) -> ContributionQuerySet:
        """Return what was answered, and somebody who said it says that it did not help."""
        return self.filter(Exists(_refused()))

    def needing_response(self) -> ContributionQuerySet:
        """Return what waits for a response: the first one, or a new one after a “no”."""
        return self.filter(
            ~Exists(Response.objects.filter(contribution=OuterRef("pk"))) | Exists(_refused())
        )


def _refused() -> models.QuerySet[Response]:
    return Response.objects.filter(
        contribution=OuterRef("pk"), is_current=True, check_backs__verdict=Verdict.NO
    )


class Contribution(models.Model):
    """“You said”: what people told a project, never who."""

    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.PROTECT, related_name="contributions"
    )
    about = models.CharField(_("what it is about"), max_length=ABOUT_LIMIT)
    what = models.TextField(_("what people said"), max_length=WHAT_LIMIT)
    said_at = models.CharField(_("where"), max_length=200)
    said_on = models.DateField(_("when"))
    people_count = models.PositiveIntegerField(_("how many people"))
    channel = models.CharField(_("how it reached us"), max_length=9, choices=Channel)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ["-said_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(about=""), name="contribution_says_something"
            ),
            models.CheckConstraint(
                condition=Q(people_count__gte=1), name="contribution_by_someone"
            ),
        ]

    def __str__(self) -> str:
        return f"contribution {self.pk}"


class Voice(models.Model):
    """That a person said it and agreed to be asked later whether it helped."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="voices")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="voices")
    agreed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contribution", "person"], name="voice_once")
        ]

    def __str__(self) -> str:
        return f"voice {self.pk}"


class ResponseQuerySet(models.QuerySet["Response"]):
    """The questions that pages ask of responses."""

    def current(self) -> ResponseQuerySet:
        """Return the responses that count now."""
        return self.filter(is_current=True)

    def late_on(self, day: dt.date) -> ResponseQuerySet:
        """Return the promises that were first made for a day before ``day``, longest late first."""
        return (
            self.filter(is_current=True, kind=ResponseKind.WILL)
            .annotate(promised_for=Coalesce("first_due_on", "due_on"))
            .filter(promised_for__lt=day)
            .order_by("promised_for", "pk")
        )


class Response(models.Model):
    """“We did”: what the team says. The newest one of a contribution counts; none is erased."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="responses"
    )
    kind = models.CharField(_("answer"), max_length=6, choices=ResponseKind)
    text = models.TextField(_("what we did, will do, or cannot do"), max_length=WHAT_LIMIT)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    # A promise that is put off stays late by its first day.
    first_due_on = models.DateField(null=True, blank=True, editable=False)
    why_late = models.CharField(_("why it is late"), max_length=REASON_LIMIT, blank=True)
    meanwhile = models.CharField(_("until then"), max_length=REASON_LIMIT, blank=True)
    owner_name = models.CharField(_("who looks after it"), max_length=120)
    is_current = models.BooleanField(default=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="response_says_something"),
            models.CheckConstraint(
                condition=Q(kind=ResponseKind.DID, done_on__isnull=False)
                | (~Q(kind=ResponseKind.DID) & Q(done_on__isnull=True)),
                name="response_did_has_day",
            ),
            models.CheckConstraint(
                condition=Q(kind=ResponseKind.WILL, due_on__isnull=False)
                | (~Q(kind=ResponseKind.WILL) & Q(due_on__isnull=True)),
                name="response_will_has_day",
            ),
            models.CheckConstraint(
                condition=Q(kind=ResponseKind.WILL)
                | Q(first_due_on__isnull=True, why_late="", meanwhile=""),
                name="response_only_promises_are_late",
            ),
            models.CheckConstraint(
                condition=Q(first_due_on__isnull=True) | ~Q(why_late=""),
                name="response_put_off_says_why",
            ),
            models.UniqueConstraint(
                fields=["contribution"],
                condition=Q(is_current=True),
                name="response_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"response {self.pk}"

    @property
    def promised_first_for(self) -> dt.date | None:
        """The day of the first promise, however often it was put off; None without a promise."""
        return self.first_due_on or self.due_on

    def days_late(self, day: dt.date) -> int:
        """By how many days a promise is late on ``day``; 0 when it is not."""
        first = self.promised_first_for
        return 0 if first is None else max((day - first).days, 0)

    def asks_on(self, wait: int) -> dt.date | None:
        """The day when people are asked whether it helped; None where nothing was done.

        They have ``wait`` days to try it, and are never asked before the claim was written.
        """
        if self.done_on is None:
            return None
        return max(self.done_on + dt.timedelta(days=wait), timezone.localdate(self.written_at))
