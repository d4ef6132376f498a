"""The outbox: messages owed, by the channel that the person chose."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .organisations import Organisation
from .pool import ContactBy, Person


class Notice(models.Model):
    """A message owed once to a person or a user, for one event, of one kind."""

    class Status(models.TextChoices):
        OWED = "owed", _("To be sent")
        SENT = "sent", _("Sent")
        TASK = "task", _("For staff to pass on")
        DONE = "done", _("Passed on by staff")
        FAILED = "failed", _("Could not be sent")

    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="notices",
    )
    event = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    contact_by = models.CharField(max_length=6, choices=ContactBy)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    status = models.CharField(max_length=6, choices=Status, default=Status.OWED)
    attempts = models.PositiveSmallIntegerField(default=0)
    try_after = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["status", "try_after"], name="notice_to_send"),
            models.Index(fields=["organisation", "status"], name="notice_tasks"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "event", "kind"], name="notice_once_to_a_person"
            ),
            models.UniqueConstraint(fields=["user", "event", "kind"], name="notice_once_to_a_user"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, user__isnull=True)
                | Q(person__isnull=True, user__isnull=False),
                name="notice_to_person_or_user",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event}"


class Heartbeat(models.Model):
    """When a background worker was last seen."""

    name = models.CharField(max_length=40, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
