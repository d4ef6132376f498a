"""Whether somebody who was brought in from a spreadsheet wants to be here: asked, and answered."""

from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .organisations import Organisation
from .pool import Channel, Person

LINK_LASTS = dt.timedelta(days=60)


class AskStep(models.IntegerChoices):
    """How far asking has come. Silence leads on; it never removes anybody."""

    FIRST = 1, _("Asked")
    REMINDED = 2, _("Reminded")
    SECOND_WAY = 3, _("Asked another way")
    COORDINATOR = 4, _("For the coordinator to decide")


class AskAnswer(models.TextChoices):
    """What the person said."""

    STAY = "stay", _("Wants to stay")
    REMOVE = "remove", _("Wants to be removed")
    KEPT = "kept", _("Kept by the coordinator until the day when unused data go")


def _new_seed() -> str:
    return secrets.token_hex(16)


class ConfirmationAsk(models.Model):
    """That a person was asked to look at what was brought in about them. Once for each person."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="confirmation")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="confirmations"
    )
    # The link is a keyed hash of this seed; only the hash of the link is kept.
    seed = models.CharField(max_length=32, default=_new_seed, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    step = models.PositiveSmallIntegerField(choices=AskStep, default=AskStep.FIRST)
    asked_at = models.DateTimeField(default=timezone.now)
    step_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    answer = models.CharField(max_length=6, choices=AskAnswer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    channel = models.CharField(max_length=9, choices=Channel, blank=True)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["step_at", "pk"]
        indexes = [models.Index(fields=["organisation", "answer", "step"], name="ask_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="confirmation_answered_when",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("asked_at")), name="confirmation_expires_later"
            ),
        ]

    def __str__(self) -> str:
        return f"confirmation {self.pk}"

    def is_open(self, now: dt.datetime) -> bool:
        """Return whether the link can still be used."""
        return not self.answer and now < self.expires_at
