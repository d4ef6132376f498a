"""Changes of an account that its owner can undo."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone

UNDO_WITHIN = dt.timedelta(days=7)


class EmailChange(models.Model):
    """That an account's address changed. Whoever reads the old one can undo it for a week."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="email_changes"
    )
    old = models.EmailField()
    new = models.EmailField()
    changed_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(old=models.F("new")), name="email_change_changes"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"

    def can_be_undone(self, now: dt.datetime) -> bool:
        """Return whether the letter's link still works."""
        return self.undone_at is None and now < self.changed_at + UNDO_WITHIN
