"""Who may look for a person, and the groups and labels that an organisation keeps about people."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .organisations import ARRANGING_ROLES, Organisation
from .pool import Channel, Person


class MayLookFor(models.Model):
    """That a person lets a partner look for them, and since when. Theirs to give and to take away.

    Search, matching and export of a partner reach these people and nobody else. Written by
    people.actions.let_look and stop_looking alone.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="may_look")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="looks")
    since = models.DateTimeField(default=timezone.now)
    channel = models.CharField(max_length=9, choices=Channel, default=Channel.ONLINE)

    class Meta:
        verbose_name_plural = "may look for"
        constraints = [
            models.UniqueConstraint(fields=["person", "organisation"], name="may_look_once")
        ]
        indexes = [models.Index(fields=["organisation", "person"], name="may_look_by_partner")]

    def __str__(self) -> str:
        return f"may be looked for by {self.organisation_id}"


class LabelQuerySet(models.QuerySet):
    """Whose groups and labels they are: officers and coordinators see those of their own."""

    def visible_to(self, user: Any) -> LabelQuerySet:
        """Return what the organisation keeps that ``user`` arranges things for."""
        membership = getattr(user, "acting", None)
        if membership is None or membership.role not in ARRANGING_ROLES:
            return self.none()
        return self.filter(organisation=membership.organisation_id)


class Label(models.Model):
    """What cohorts and tags have in common."""

    NAME_LIMIT = 60

    name = models.CharField(_("name"), max_length=NAME_LIMIT)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = LabelQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Cohort(Label):
    """People who began together or belong together, for one organisation: "Advisors of 2026"."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="cohorts")

    class Meta(Label.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="cohort_name_unique"),
            models.CheckConstraint(condition=~Q(name=""), name="cohort_has_a_name"),
        ]


class CohortMember(models.Model):
    """That a person is in a cohort. The person can read it."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="cohorts")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "person"], name="cohort_member_once")
        ]

    def __str__(self) -> str:
        return f"in cohort {self.cohort_id}"


class Tag(Label):
    """A label that one organisation sorts people by: "Reads drafts". The person can read it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="tags")

    class Meta(Label.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="tag_name_unique"),
            models.CheckConstraint(condition=~Q(name=""), name="tag_has_a_name"),
        ]


class PersonTag(models.Model):
    """That a person has a tag."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tags")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "person"], name="person_tag_once")]

    def __str__(self) -> str:
        return f"tagged {self.tag_id}"


class OfferKind(models.TextChoices):
    """What a person may wish for, and be offered."""

    SUPPORT = "support", _("Support")
    TRAINING = "training", _("Training")


class SupportWish(models.Model):
    """Support or training that a person wishes for, in their own words. Never in lists or logs."""

    WHAT_LIMIT = 300

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="wishes")
    kind = models.CharField(max_length=8, choices=OfferKind)
    what = models.CharField(_("what would help"), max_length=WHAT_LIMIT)
    wished_at = models.DateTimeField(default=timezone.now)
    channel = models.CharField(max_length=9, choices=Channel, default=Channel.ONLINE)

    class Meta:
        verbose_name_plural = "support wishes"
        ordering = ["wished_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(what=""), name="wish_says_what")]

    def __str__(self) -> str:
        return f"wish {self.pk}"


class OfferAnswer(models.TextChoices):
    """What somebody said to an offer."""

    TAKEN = "taken", _("Yes, please")
    DECLINED = "declined", _("No, thank you")


class SupportOffer(models.Model):
    """Support or training that an organisation offered a person, and what the person said."""

    Kind = OfferKind
    Answer = OfferAnswer
    WHAT_LIMIT = 300

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="offers")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="offers")
    wish = models.ForeignKey(
        SupportWish, null=True, blank=True, on_delete=models.SET_NULL, related_name="offers"
    )
    kind = models.CharField(max_length=8, choices=OfferKind)
    what = models.CharField(_("what we offer"), max_length=WHAT_LIMIT)
    offered_on = models.DateField()
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer = models.CharField(max_length=8, choices=OfferAnswer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    channel = models.CharField(max_length=9, choices=Channel, blank=True)

    class Meta:
        ordering = ["-offered_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="offer_says_what"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, channel="")
                | (~Q(answer="") & Q(answered_at__isnull=False) & ~Q(channel="")),
                name="offer_answered_at",
            ),
        ]

    def __str__(self) -> str:
        return f"offer {self.pk}"
