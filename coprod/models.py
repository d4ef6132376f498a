"""What the roof itself remembers: which forms have been sent, and which came too late."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone


class SentForm(models.Model):
    """A form that was sent and had its effect: written in the same transaction as the effect."""

    key = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sent_forms"
    )
    content = models.CharField(max_length=64, blank=True, default="")
    leads_to = models.TextField(blank=True)
    sent_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.key[:8]} → {self.leads_to}"


class KeptFormQuerySet(models.QuerySet["KeptForm"]):
    """What was typed and not sent."""

    def young(self) -> KeptFormQuerySet:
        """Return what may still be put back."""
        return self.filter(kept_at__gte=timezone.now() - KeptForm.LASTS)

    def old(self) -> KeptFormQuerySet:
        """Return what nobody came back for."""
        return self.filter(kept_at__lt=timezone.now() - KeptForm.LASTS)


class KeptForm(models.Model):
    """What somebody typed into a form that came too late, encrypted with the browser's own key."""

    LASTS = dt.timedelta(hours=1)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_forms"
    )
    browser = models.CharField(max_length=64)
    page = models.CharField(max_length=500)
    goes_to = models.CharField(max_length=500)
    typed = models.BinaryField()
    kept_at = models.DateTimeField(db_index=True)

    objects = KeptFormQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "browser", "page"], name="one_kept_form_for_each_page"
            )
        ]

    def __str__(self) -> str:
        return self.page
