"""The check-back: “did it help?”, answered by those who said it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from charter.lifecycle import CheckBackStatus, NotShown, Verdict
from people.models import Channel, ContactBy, Membership, Person, Role
from people.rules import acting

from .feedback import Response

COMMENT_LIMIT = 600


OPEN = (CheckBackStatus.ASKED, CheckBackStatus.REMINDED)


def _offline(path: str = "") -> Q:
    online = Q(
        **{f"{path}person__user__isnull": False, f"{path}person__contact_by": ContactBy.EMAIL}
    )
    return ~online


class CheckBackQuerySet(models.QuerySet["CheckBack"]):
    """The questions that pages and the worker ask of check-backs."""

    def visible_to(self, user: Any) -> CheckBackQuerySet:
        """Return the check-backs that ``user`` may answer: their own."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(person__user_id=user.pk)

    def of_organisation_of(self, user: Any) -> CheckBackQuerySet:
        """Return those about projects of the organisation that ``user`` acts for."""
        membership = acting(user)
        if membership is None:
            return self.none()
        return self.filter(
            response__contribution__opportunity__organisation_id=membership.organisation_id
        )

    def comments_to_read(self) -> CheckBackQuerySet:
        """Return the comments that may be shown and that no second person has read."""
        return self.filter(
            status=CheckBackStatus.ANSWERED, may_show_comment=True, comment_read_at__isnull=True
        ).exclude(comment="")

    def comments_for(self, membership: Membership | None) -> CheckBackQuerySet:
        """Return the comments that a coordinator may read: the twin of ``can_read_comment``."""
        if membership is None or membership.role != Role.COORDINATOR:
            return self.none()
        return (
            self.comments_to_read()
            .filter(response__contribution__opportunity__organisation_id=membership.organisation_id)
            .exclude(response__written_by_id=membership.user_id)
            .exclude(typed_by_id=membership.user_id)
        )

    def shown(self) -> CheckBackQuerySet:
        """Return the comments that everybody may read, newest first."""
        return self.filter(may_show_comment=True, comment_fit_to_show=True).order_by("-answered_at")

    def asked_offline(self) -> CheckBackQuerySet:
        """Return those of people who do not answer online: staff ring, write or meet them."""
        return self.filter(_offline())

    def open(self) -> CheckBackQuerySet:
        """Return those that wait for an answer."""
        return self.filter(status__in=OPEN)


class CheckBack(models.Model):
    """“Did it help?”, asked of one person who said it. No member of staff can change the answer."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="check_backs")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="check_backs")
    status = models.CharField(max_length=10, choices=CheckBackStatus, default=CheckBackStatus.DUE)
    due_on = models.DateField()
    asked_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    verdict = models.CharField(_("did it help?"), max_length=6, choices=Verdict, blank=True)
    comment = models.TextField(_("tell us more"), max_length=COMMENT_LIMIT, blank=True)
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
    not_shown_because = models.CharField(max_length=5, choices=NotShown, blank=True)

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
            models.CheckConstraint(
                # Empty is neither true nor false, so it is asked for by name.
                condition=Q(comment_fit_to_show__isnull=False, comment_fit_to_show=False)
                & ~Q(not_shown_because="")
                | (Q(comment_fit_to_show__isnull=True) | Q(comment_fit_to_show=True))
                & Q(not_shown_because=""),
                name="check_back_not_shown_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(comment_fit_to_show=True) | Q(may_show_comment=True),
                name="check_back_shown_as_its_writer_says",
            ),
        ]

    def __str__(self) -> str:
        return f"check-back {self.pk}"

    @staticmethod
    def waiting_offline(path: str) -> Q:
        """Return the condition, over the relation ``path``, that staff still have to ask."""
        return Q(**{f"{path}status__in": OPEN}) & _offline(path)
