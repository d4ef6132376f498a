"""The feedback loop: you said → we did → did it help?"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from charter.lifecycle import CheckBackStatus, ResponseKind, Verdict
from opportunities.models import Opportunity
from people.models import Channel, Person
from people.rules import acting


class ContributionQuerySet(models.QuerySet["Contribution"]):
    """The questions that pages ask of what people said."""

    def visible_to(self, user: Any) -> ContributionQuerySet:
        """Return the contributions to projects of the organisation that ``user`` acts for."""
        membership = acting(user)
        if membership is None:
            return self.none()
        return self.filter(opportunity__organisation_id=membership.organisation_id)

    def without_response(self) -> ContributionQuerySet:
        """Return what was said and has no response."""
        return self.filter(responses__isnull=True)


class Contribution(models.Model):
    """“You said”: what people told a project, never who."""

    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.PROTECT, related_name="contributions"
    )
    what = models.TextField(_("what people said"), max_length=1000)
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
            models.CheckConstraint(condition=~Q(what=""), name="contribution_says_something"),
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


class Response(models.Model):
    """“We did”: what the team says. The newest one of a contribution counts; none is erased."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="responses"
    )
    kind = models.CharField(_("answer"), max_length=6, choices=ResponseKind)
    text = models.TextField(_("what we did, will do, or cannot do"), max_length=1000)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    owner_name = models.CharField(_("who looks after it"), max_length=120)
    is_current = models.BooleanField(default=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now)

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
            models.UniqueConstraint(
                fields=["contribution"],
                condition=Q(is_current=True),
                name="response_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"response {self.pk}"

    def days_late(self, day: dt.date) -> int:
        """By how many days a promise is late on ``day``; 0 when it is not."""
        if self.kind != ResponseKind.WILL or self.due_on is None:
            return 0
        return max((day - self.due_on).days, 0)


class CheckBackQuerySet(models.QuerySet["CheckBack"]):
    """The questions that pages and the worker ask of check-backs."""

    def visible_to(self, user: Any) -> CheckBackQuerySet:
        """Return the check-backs that ``user`` may answer: their own."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(person__user_id=user.pk)

    def open(self) -> CheckBackQuerySet:
        """Return those that wait for an answer."""
        return self.filter(status__in=[CheckBackStatus.ASKED, CheckBackStatus.REMINDED])


class CheckBack(models.Model):
    """“Did it help?”, asked of one person who said it. No member of staff can change the answer."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="check_backs")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="check_backs")
    status = models.CharField(max_length=10, choices=CheckBackStatus, default=CheckBackStatus.DUE)
    due_on = models.DateField()
    asked_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    verdict = models.CharField(_("did it help?"), max_length=6, choices=Verdict, blank=True)
    comment = models.TextField(_("tell us more"), max_length=600, blank=True)
    may_show_comment = models.BooleanField(
        _("you may show my words, without my name"), default=False
    )
    channel = models.CharField(max_length=9, choices=Channel, default=Channel.ONLINE)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    # A second person reads a comment before everybody can.
    comment_read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    comment_read_at = models.DateTimeField(null=True, blank=True)
    comment_fit_to_show = models.BooleanField(null=True, blank=True)

    objects = CheckBackQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["status", "due_on"], name="check_back_due")]
        constraints = [
            models.UniqueConstraint(fields=["response", "person"], name="check_back_once"),
            models.CheckConstraint(
                condition=Q(status=CheckBackStatus.ANSWERED, answered_at__isnull=False)
                & ~Q(verdict="")
                | ~Q(status=CheckBackStatus.ANSWERED) & Q(verdict="", answered_at__isnull=True),
                name="check_back_answer_whole",
            ),
            models.CheckConstraint(
                condition=Q(comment_read_at__isnull=True, comment_fit_to_show__isnull=True)
                | Q(comment_read_at__isnull=False, comment_fit_to_show__isnull=False),
                name="check_back_comment_read_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"check-back {self.pk}"
