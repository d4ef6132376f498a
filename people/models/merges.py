"""Two pages of one person made into one, so that it can be undone."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .organisations import Organisation
from .pool import Person

UNDO_MERGE_WITHIN = dt.timedelta(days=30)


class PersonMerge(models.Model):
    """That ``gone`` turned out to be ``kept``: what moved, and what the fields were before.

    ``gone`` stays as a row that nobody sees (``Person.merged_into``) until it can no longer be
    undone; then it goes for good, and this row with it.
    """

    kept = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merges")
    gone = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="merges")
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    merged_at = models.DateTimeField(default=timezone.now)
    before = models.JSONField(default=dict, help_text="fields of kept as they were")
    after = models.JSONField(default=dict, help_text="fields of kept as they became")
    moved = models.JSONField(default=list, help_text="[model, field, key] of what moved")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="person_merge_of_two"),
            models.UniqueConstraint(
                fields=["gone"],
                condition=Q(undone_at__isnull=True),
                name="person_merge_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"merge {self.pk}"

    def can_be_undone(self, now: dt.datetime) -> bool:
        """Return whether the two can be made two again."""
        return self.undone_at is None and now < self.merged_at + UNDO_MERGE_WITHIN
