"""What happened, without foreign keys: the log never stands in the way of the data."""

from django.db import models
from django.utils import timezone


class AuditEvent(models.Model):
    """One thing that somebody did. Ids are kept as text; names and needs never are."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    verb = models.CharField(max_length=60, db_index=True)
    actor = models.CharField(max_length=40, blank=True, help_text="user id; empty: the system")
    role = models.CharField(max_length=14, blank=True)
    organisation = models.CharField(max_length=40, blank=True)
    target_type = models.CharField(max_length=40)
    target = models.CharField(max_length=40)
    person = models.CharField(max_length=40, blank=True, db_index=True)
    on_behalf_of = models.CharField(max_length=40, blank=True)
    channel = models.CharField(max_length=9, default="online")
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_type}:{self.target}"
