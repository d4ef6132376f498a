"""People who help somebody in the pool: four relations, each with its scope, evidence and end."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.lifecycle import REACHABLE, PoolStatus, RelationStatus

from .organisations import Organisation, dates_in_order
from .pool import Channel, Person


class RelationKind(models.TextChoices):
    """The four ways to help. None of them is another."""

    SPEAKS_WITH = "speaks_with", _("Comes along and speaks with me")
    RECEIVES = "receives", _("Gets copies of my messages")
    ACTS_FOR = "acts_for", _("Does things for me")
    GUARDIAN = "guardian", _("Parent or guardian")


class Authority(models.TextChoices):
    """By what right somebody acts for a person, or agrees for a child."""

    ASKED = "asked", _("The person asked them to")
    ATTORNEY = "attorney", _("Lasting power of attorney")
    DEPUTY = "deputy", _("Deputy of the Court of Protection")
    PARENT = "parent", _("Parental responsibility")
    COUNCIL = "council", _("The council, as corporate parent")


class Can(models.TextChoices):
    """What a scope is made of. Which kinds may have which stands in ``CAN``."""

    COME_ALONG = "come_along", _("Come along to meetings")
    SEE_DATES = "see_dates", _("See when and where I go")
    HEAR_PLACES = "hear_places", _("Hear if I have a place")
    HEAR_CHANGES = "hear_changes", _("Hear when a date or a plan changes")
    HEAR_QUESTIONS = "hear_questions", _("Hear when I am asked if it helped")
    SIGN_UP = "sign_up", _("Sign me up")
    WITHDRAW = "withdraw", _("Withdraw me")
    CHANGE_DETAILS = "change_details", _("Change how I am reached")
    ANSWER = "answer", _("Answer if it helped")


CAN: dict[str, tuple[str, ...]] = {
    RelationKind.SPEAKS_WITH: (Can.COME_ALONG, Can.SEE_DATES),
    RelationKind.RECEIVES: (Can.HEAR_PLACES, Can.HEAR_CHANGES, Can.HEAR_QUESTIONS),
    RelationKind.ACTS_FOR: (
        Can.SIGN_UP,
        Can.WITHDRAW,
        Can.CHANGE_DETAILS,
        Can.ANSWER,
        Can.SEE_DATES,
    ),
    RelationKind.GUARDIAN: (Can.SEE_DATES, Can.HEAR_PLACES, Can.HEAR_CHANGES),
}
# A court or a registered power gave it: only the coordinator ends it, when the person asks.
BY_LAW = (Authority.ATTORNEY, Authority.DEPUTY)
# Whom somebody may help: all but those who left or died.
HELPED = REACHABLE | {PoolStatus.PAUSED}
PARENTAL = (Authority.PARENT, Authority.COUNCIL)


class RelationQuerySet(models.QuerySet["Relation"]):
    """Which relations hold, and for whom."""

    def in_force_on(self, day: dt.date) -> RelationQuerySet:
        """Return those that hold on ``day``: accepted, begun and not ended."""
        last = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        return self.filter(last, status=RelationStatus.IN_FORCE, valid_from__lte=day)

    def not_over(self, day: dt.date) -> RelationQuerySet:
        """Return those that hold on ``day`` or wait for the helper's yes."""
        waiting = self.filter(status=RelationStatus.INVITED)
        return waiting | self.in_force_on(day)

    def helped_by(self, user: Any, day: dt.date) -> RelationQuerySet:
        """Return what ``user`` may do for others on ``day``."""
        if not user.is_authenticated:
            return self.none()
        rows = self.in_force_on(day).filter(helper_user_id=user.pk)
        return rows.filter(person__status__in=HELPED)


class Relation(models.Model):
    """That somebody helps a person, in one of four ways. Written by ``actions.relations`` alone."""

    WORDS = 300

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("how they help"), max_length=11, choices=RelationKind)
    status = models.CharField(
        max_length=8, choices=RelationStatus, default=RelationStatus.INVITED, editable=False
    )
    helper_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="helps",
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    address = models.TextField(_("postal address"), max_length=300, blank=True)
    scope = models.JSONField(_("what they may do"), default=list, blank=True)
    authority = models.CharField(_("by what right"), max_length=8, choices=Authority, blank=True)
    # Which paper was seen, in words. The paper itself is nowhere.
    evidence = models.CharField(_("what was seen"), max_length=WORDS, blank=True)
    evidence_on = models.DateField(_("when it was seen"), null=True, blank=True)
    evidence_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Whose coordinators look after it.
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    channel = models.CharField(max_length=9, choices=Channel, default=Channel.ONLINE)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    valid_from = models.DateField(_("first day"), null=True, blank=True)
    valid_to = models.DateField(_("last day"), null=True, blank=True)
    end_asked_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = RelationQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["helper_user", "status"], name="relation_of_helper")]
        constraints = [
            dates_in_order("relation_dates_in_order"),
            models.CheckConstraint(condition=~Q(name=""), name="relation_has_a_name"),
            models.CheckConstraint(
                condition=~Q(status=RelationStatus.IN_FORCE) | Q(valid_from__isnull=False),
                name="relation_in_force_has_begun",
            ),
            models.CheckConstraint(
                condition=Q(status=RelationStatus.ENDED, ended_at__isnull=False)
                | (~Q(status=RelationStatus.ENDED) & Q(ended_at__isnull=True)),
                name="relation_ended_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(status=RelationStatus.IN_FORCE, authority__in=BY_LAW)
                | (~Q(evidence="") & Q(evidence_on__isnull=False)),
                name="relation_by_law_has_evidence",
            ),
            models.CheckConstraint(
                condition=Q(kind=RelationKind.ACTS_FOR, authority__in=(Authority.ASKED, *BY_LAW))
                | Q(kind=RelationKind.GUARDIAN, authority__in=PARENTAL)
                | Q(kind__in=(RelationKind.SPEAKS_WITH, RelationKind.RECEIVES), authority=""),
                name="relation_authority_of_its_kind",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "helper_user"],
                condition=Q(status=RelationStatus.IN_FORCE),
                name="relation_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def holds_on(self, day: dt.date) -> bool:
        """Return whether it holds on ``day``; the twin of ``in_force_on``."""
        if self.status != RelationStatus.IN_FORCE or self.valid_from is None:
            return False
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def may(self, verb: str) -> bool:
        """Return whether the scope has ``verb`` (a value of Can), whatever the day."""
        return verb in self.scope

    @property
    def scope_in_words(self) -> list[Any]:
        """What they may do, as the person reads it, in the order of the form."""
        return [Can(verb).label for verb in CAN[self.kind] if verb in self.scope]

    @property
    def is_by_law(self) -> bool:
        """Whether a court or a registered power gave it."""
        return self.authority in BY_LAW

    @property
    def is_invited(self) -> bool:
        """Whether it waits for the helper's yes."""
        return self.status == RelationStatus.INVITED


class HelperLink(models.Model):
    """A one-use, expiring link by which a helper says yes. Only a hash of its token is kept."""

    relation = models.ForeignKey(Relation, on_delete=models.CASCADE, related_name="links")
    # The link's token is a keyed hash of this seed, as with invitations of staff.
    seed = models.CharField(max_length=32, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="helper_link_expires_later"
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(revoked_at__isnull=True),
                name="helper_link_used_or_revoked",
            ),
            models.UniqueConstraint(
                fields=["relation"],
                condition=Q(used_at__isnull=True, revoked_at__isnull=True),
                name="helper_link_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"link {self.pk}"

    def is_open(self, now: dt.datetime) -> bool:
        """Return whether the link can still be used."""
        return self.used_at is None and self.revoked_at is None and now < self.expires_at
