"""The outbox: messages owed, by the channel that the person chose."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from people.lifecycle import NoticeStatus

from .organisations import ARRANGING_ROLES, Organisation
from .pool import ContactBy, Person


class NoticeQuerySet(models.QuerySet["Notice"]):
    """The questions that workers and pages ask of the outbox."""

    def due(self, now: dt.datetime) -> NoticeQuerySet:
        """Return what may be handed to the mail relay at ``now``: the urgent, then the oldest."""
        due = self.filter(status=NoticeStatus.OWED, try_after__lte=now)
        return due.order_by("priority", "try_after", "pk")

    def tasks_of(self, organisation: Organisation) -> NoticeQuerySet:
        """Return what staff of ``organisation`` pass on by phone or letter, done or not.

        What belongs to no organisation is for the host: nothing is nobody's.
        """
        theirs = Q(organisation=organisation)
        if organisation.is_host:
            theirs |= Q(organisation__isnull=True)
        return self.filter(
            theirs, person__isnull=False, status__in=(NoticeStatus.TASK, NoticeStatus.DONE)
        )

    def visible_to(self, user: Any) -> NoticeQuerySet:
        """Return the tasks of the organisation that ``user`` arranges things for."""
        membership = getattr(user, "acting", None)
        if membership is None or membership.role not in ARRANGING_ROLES:
            return self.none()
        return self.tasks_of(membership.organisation)


class Notice(models.Model):
    """A message owed once to a person or a user, for one event, of one kind.

    An invitation has neither yet: it goes to an address.
    """

    Status = NoticeStatus

    class Priority(models.IntegerChoices):
        AT_ONCE = 0  # somebody sits and waits for it
        USUAL = 1
        TO_MANY = 2  # one text to all the people of a project

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
    address = models.EmailField(blank=True)
    event = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    contact_by = models.CharField(max_length=6, choices=ContactBy)
    contact_detail = models.CharField(max_length=300, blank=True)
    # An answer to what the person did: it goes out in a break too.
    asked_for = models.BooleanField(default=False)
    # False where the person chose a way for this project alone.
    is_own_way = models.BooleanField(default=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    status = models.CharField(max_length=6, choices=NoticeStatus, default=NoticeStatus.OWED)
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.USUAL)
    # It wants something of the person; so many in 90 days are enough (people.load).
    asks = models.BooleanField(default=False)
    # Where one click ends letters like this one; empty for those that are owed whatever is wished.
    stop_path = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    try_after = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["status", "priority", "try_after"], name="notice_next"),
            models.Index(fields=["organisation", "status"], name="notice_tasks"),
            models.Index(
                fields=["person", "created_at"], condition=Q(asks=True), name="notice_that_asks"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "event", "kind"], name="notice_once_to_a_person"
            ),
            models.UniqueConstraint(fields=["user", "event", "kind"], name="notice_once_to_a_user"),
            models.UniqueConstraint(
                fields=["address", "event", "kind"],
                condition=~Q(address=""),
                name="notice_once_to_an_address",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, user__isnull=True, address="")
                | Q(person__isnull=True, user__isnull=False, address="")
                | (Q(person__isnull=True, user__isnull=True) & ~Q(address="")),
                name="notice_to_one",
            ),
            models.CheckConstraint(
                condition=Q(status__in=(NoticeStatus.OWED, NoticeStatus.TASK, NoticeStatus.HELD))
                | Q(settled_at__isnull=False),
                name="notice_settled_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event}"

    @property
    def postal_address(self) -> str:
        """Where a letter goes: the address given for this, else the person's own."""
        given = self.contact_detail if self.contact_by == ContactBy.LETTER else ""
        return given or (self.person.address if self.person else "")

    @property
    def phone(self) -> str:
        """The number to ring or text: the one given for this, else the person's own."""
        own = self.person.phone if self.person else ""
        if self.contact_by in {ContactBy.PHONE, ContactBy.TEXT}:
            return self.contact_detail or own
        return "" if self.contact_detail else own

    @property
    def by_email_in_vain(self) -> bool:
        """Whether staff have it because e-mail did not get through."""
        return self.status == NoticeStatus.TASK and self.contact_by == ContactBy.EMAIL


class Heartbeat(models.Model):
    """When a background worker was last seen."""

    name = models.CharField(max_length=40, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
