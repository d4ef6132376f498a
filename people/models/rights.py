"""What people ask of their own data, and what became of it."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .organisations import Role
from .pool import Channel, Person

WORDS_LIMIT = 2000
EXPORT_LASTS = dt.timedelta(days=7)
# The Data (Use and Access) Act 2025 gives 30 days to say that we have a complaint; we say sooner.
ACKNOWLEDGE_BY_LAW = dt.timedelta(days=30)
ACKNOWLEDGE_WITHIN = dt.timedelta(days=5)
ANSWER_WITHIN = dt.timedelta(days=30)


class Erasure(models.Model):
    """That somebody was erased: a keyed hash in place of who. The ledger says the same on disk."""

    code = models.CharField(max_length=64, unique=True)
    erased_at = models.DateTimeField(default=timezone.now)
    # Erased once more, because a copy was put back that still had them.
    is_replayed = models.BooleanField(default=False)
    # What was deleted has gone from the files of the database, too.
    is_scrubbed = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"erasure {self.pk}"


def _new_key() -> str:
    return secrets.token_hex(16)


class DataExportQuerySet(models.QuerySet["DataExport"]):
    """Whose copy it is: nobody else opens it."""

    def visible_to(self, user: Any) -> DataExportQuerySet:
        """Return the copies of the user's own data."""
        return self.filter(person__user_id=user.pk) if user.is_authenticated else self.none()


class DataExport(models.Model):
    """A copy of everything we hold about somebody. The file goes when the link dies."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="data_exports")
    key = models.CharField(max_length=32, unique=True, default=_new_key, editable=False)
    file = models.FileField(upload_to="exports/")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    objects = DataExportQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="data_export_expires_later"
            )
        ]

    def __str__(self) -> str:
        return f"data export {self.pk}"


class ObjectionQuerySet(models.QuerySet["Objection"]):
    """Who answers what somebody objects to."""

    def visible_to(self, user: Any) -> ObjectionQuerySet:
        """Return those that coordinators of the host answer, and the user's own."""
        return self.filter(_own_or_answered_by(user))

    def open(self) -> ObjectionQuerySet:
        """Return those without an answer."""
        return self.filter(answered_at__isnull=True)


def _own_or_answered_by(user: Any) -> Q:
    if not user.is_authenticated:
        return Q(pk__in=[])
    own = Q(person__isnull=False, person__user_id=user.pk)
    return ~Q(pk__in=[]) if answers_rights(user) else own


def answers_rights(user: Any) -> bool:
    """Coordinators and administrators of the host, which is the controller, answer for data."""
    membership = getattr(user, "acting", None)
    return (
        membership is not None
        and membership.organisation.is_host
        and membership.role in (Role.COORDINATOR, Role.ADMINISTRATOR)
    )


class Objection(models.Model):
    """That somebody objects to one use of their data. What can stop, stops at once."""

    class To(models.TextChoices):
        BEING_FOUND = "being_found", _("Being looked for, for projects")
        STATISTICS = "statistics", _("Being counted in equality figures")
        MESSAGES = "messages", _("Messages about new projects")
        OTHER = "other", _("Something else")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="objections")
    to = models.CharField(_("what you object to"), max_length=12, choices=To)
    words = models.TextField(_("why, in your words"), max_length=WORDS_LIMIT, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    channel = models.CharField(max_length=9, choices=Channel, default=Channel.ONLINE)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer = models.TextField(_("our answer"), max_length=WORDS_LIMIT, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""),
                name="objection_answer_says_something",
            ),
            models.UniqueConstraint(
                fields=["person", "to"],
                condition=Q(taken_back_at__isnull=True) & ~Q(to="other"),
                name="objection_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"objection {self.pk}"


class DataComplaintQuerySet(models.QuerySet["DataComplaint"]):
    """Who answers a complaint about data."""

    def visible_to(self, user: Any) -> DataComplaintQuerySet:
        """Return those that coordinators of the host answer, and the user's own."""
        return self.filter(_own_or_answered_by(user))

    def open(self) -> DataComplaintQuerySet:
        """Return those without an answer."""
        return self.filter(answered_at__isnull=True)


class DataComplaint(models.Model):
    """A complaint about what we do with data (Data (Use and Access) Act 2025, section 103).

    Anybody may complain, also who is not in the pool: then ``name`` and ``reach`` say who.
    """

    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="data_complaints"
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    reach = models.CharField(_("how we reach you"), max_length=300, blank=True)
    words = models.TextField(_("what went wrong"), max_length=WORDS_LIMIT, blank=True)
    channel = models.CharField(max_length=9, choices=Channel, default=Channel.ONLINE)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    # By law the latest day on which we say that we have it.
    acknowledge_by = models.DateField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer = models.TextField(_("our answer"), max_length=WORDS_LIMIT, blank=True)

    objects = DataComplaintQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(acknowledged_at__isnull=False),
                name="data_complaint_acknowledged_before_answered",
            )
        ]

    def __str__(self) -> str:
        return f"data complaint {self.pk}"


class SeenNotice(models.Model):
    """The newest version of the privacy notice that an account was told of."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seen_notice"
    )
    version = models.CharField(max_length=20)
    seen_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.version


class KnownDevice(models.Model):
    """A browser that somebody signed in with before. Only a hash of its cookie is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="known_devices"
    )
    token_hash = models.CharField(max_length=64)
    first_seen_at = models.DateTimeField(default=timezone.now)
    last_seen_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "token_hash"], name="known_device_once")
        ]

    def __str__(self) -> str:
        return f"device {self.pk}"


class RetentionNote(models.Model):
    """That somebody was warned that their data will go, and when it does."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="retention_note")
    rule = models.CharField(max_length=20)
    due_on = models.DateField()
    warned_30_at = models.DateTimeField(null=True, blank=True)
    warned_7_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(warned_7_at__isnull=True) | Q(warned_30_at__isnull=False),
                name="retention_warned_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.due_on}"
