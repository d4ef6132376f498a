"""People coming forward, and who took part."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opportunities.levels import Level
from opportunities.lifecycle import HOLDING, LIVE, SignUpStatus, Status
from people.bands import AgeBand, Disabled, EthnicGroup
from people.models import (
    ARRANGING_ROLES,
    Audience,
    Channel,
    Consent,
    ContactBy,
    Need,
    Organisation,
    Person,
    Town,
)
from people.rules import acting

from .briefs import Opportunity

# Parts of the one-page profile that a person may show to a project; the name is always shown.
SHAREABLE = {
    "important_to_me": _("What’s important to me"),
    "experience": _("The experience I bring, and the networks I connect with"),
    "how_to_help": _("How you can best help me to contribute"),
    "best_contact": _("The best way to contact me"),
}


NAME = "name"  # in ``SignUp.shows``: the others of the project may know that I am there


class SignUpQuerySet(models.QuerySet["SignUp"]):
    """The questions that pages ask of sign-ups."""

    def holding(self) -> SignUpQuerySet:
        """Return those who hold a place."""
        return self.filter(status__in=HOLDING)

    def live(self) -> SignUpQuerySet:
        """Return those who are still in."""
        return self.filter(status__in=LIVE)

    def waiting(self) -> SignUpQuerySet:
        """Return the waiting list, next first."""
        return self.filter(status=SignUpStatus.WAITING).order_by("waiting_number")

    def with_position(self) -> SignUpQuerySet:
        """Add ``position``: who waits is that many from the next place; 1 is next."""
        ahead = (
            SignUp.objects.filter(
                opportunity=OuterRef("opportunity"),
                status=SignUpStatus.WAITING,
                waiting_number__lte=OuterRef("waiting_number"),
            )
            .order_by()
            .values("opportunity")
            .annotate(n=Count("pk"))
            .values("n")
        )
        return self.annotate(position=Subquery(ahead))

    def of(self, user: Any) -> SignUpQuerySet:
        """Return a person's own sign-ups."""
        return self.filter(person__user_id=user.pk) if user.is_authenticated else self.none()

    def arranged_by(self, user: Any) -> SignUpQuerySet:
        """Return the sign-ups to briefs whose people ``user`` works with."""
        membership = acting(user)
        if membership is None or membership.role not in ARRANGING_ROLES:
            return self.none()
        return self.filter(opportunity__organisation_id=membership.organisation_id)

    def shown_to(self, user: Any) -> SignUpQuerySet:
        """Return those who show the others a name, in projects where ``user`` has a place too.

        While the project is not over, and without the user's own. ``rules.can_see_companions``
        is the twin for the page.
        """
        own = self.model.objects.of(user).holding().exclude(opportunity__status=Status.COMPLETED)
        placed = self.holding().filter(shows__0=NAME, opportunity__in=own.values("opportunity"))
        return placed.exclude(person__user_id=user.pk)

    def visible_to(self, user: Any) -> SignUpQuerySet:
        """Return a person's own sign-ups, and those whose people they work with as staff."""
        return self.of(user) | self.arranged_by(user)


class SignUp(models.Model):
    """A person coming forward to a brief. One row for each person and brief, kept for its life."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.PROTECT, related_name="sign_ups")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_ups")
    status = models.CharField(max_length=13, choices=SignUpStatus)
    waiting_number = models.PositiveIntegerField(null=True, blank=True)
    shares = models.JSONField(_("what the project may see"), default=list, blank=True)
    # NAME and parts of SHAREABLE; without the name nothing is shown.
    shows = models.JSONField(_("what the other people may see"), default=list, blank=True)
    why = models.TextField(_("why I am interested"), max_length=600, blank=True)
    contact_by = models.CharField(_("how we may reach you"), max_length=6, choices=ContactBy)
    contact_detail = models.CharField(_("number or address"), max_length=300, blank=True)
    channel = models.CharField(max_length=9, choices=Channel, default=Channel.ONLINE)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    came_forward_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decision_reason = models.TextField(
        _("reason, for your own records"), max_length=600, blank=True
    )
    answer = models.TextField(_("what we tell the person"), max_length=600, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["opportunity", "status", "waiting_number", "id"], name="sign_up_queue"
            ),
            models.Index(fields=["person", "-came_forward_at"], name="sign_up_of_person"),
            models.Index(fields=["-came_forward_at", "-id"], name="sign_up_newest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "person"], name="sign_up_once"),
            models.UniqueConstraint(
                fields=["opportunity", "waiting_number"], name="sign_up_waiting_order"
            ),
            models.CheckConstraint(
                condition=~Q(status=SignUpStatus.WAITING) | Q(waiting_number__isnull=False),
                name="sign_up_waits_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(status=SignUpStatus.NOT_THIS_TIME) | ~Q(decision_reason=""),
                name="sign_up_no_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(status=SignUpStatus.WITHDRAWN, withdrawn_at__isnull=False)
                | (~Q(status=SignUpStatus.WITHDRAWN) & Q(withdrawn_at__isnull=True)),
                name="sign_up_withdrawn_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"sign-up {self.pk}"

    @property
    def is_live(self) -> bool:
        """Whether the person is still in."""
        return self.status in LIVE

    @property
    def is_waiting(self) -> bool:
        """Whether the person is on the waiting list."""
        return self.status == SignUpStatus.WAITING

    @property
    def holds_place(self) -> bool:
        """Whether the person uses up a place."""
        return self.status in HOLDING


class SignUpNeedQuerySet(models.QuerySet["SignUpNeed"]):
    """Which needs a project may know now."""

    def known(self) -> SignUpNeedQuerySet:
        """Return those whose person still agrees, and did not put them away for themselves."""
        agreed = self.filter(
            support__consent__withdrawn_at__isnull=True, need__consent__withdrawn_at__isnull=True
        )
        return agreed.exclude(need__audience=Audience.ONLY_ME)

    def of_group(self) -> SignUpNeedQuerySet:
        """Return those that the other people of the project may know too."""
        return self.known().filter(for_group=True, need__audience=Audience.PROJECT)


class SignUpSupportQuerySet(models.QuerySet["SignUpSupport"]):
    """Which support may be read now."""

    def readable(self) -> SignUpSupportQuerySet:
        """Return what the person agrees to, where something is left to read."""
        picked = SignUpNeed.objects.known().filter(support=OuterRef("pk"))
        something = ~Q(text="") | Q(Exists(picked))
        return self.filter(something, consent__withdrawn_at__isnull=True)


class SignUpSupport(models.Model):
    """The support a person needs for one project: health data, apart from the sign-up.

    Own words, needs picked from “My needs” for this project, or both: one thing to its reader.
    Read by those who arrange it, with the person's explicit consent, every reading recorded.
    ``by_name``: their name may stand beside it on the list of what to arrange.
    """

    sign_up = models.OneToOneField(SignUp, on_delete=models.CASCADE, related_name="support")
    text = models.TextField(_("support I need"), max_length=1000, blank=True)
    by_name = models.BooleanField(_("my name may stand beside it"), default=False)
    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="+")

    objects = SignUpSupportQuerySet.as_manager()

    def __str__(self) -> str:
        return f"support {self.pk}"


class SignUpNeed(models.Model):
    """That one project may know one need of a person; with the need it changes, and goes.

    ``for_group``: the other people who hold a place may know it too.
    """

    support = models.ForeignKey(SignUpSupport, on_delete=models.CASCADE, related_name="picked")
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="picked")
    for_group = models.BooleanField(default=False)

    objects = SignUpNeedQuerySet.as_manager()

    class Meta:
        ordering = ["need"]
        constraints = [
            models.UniqueConstraint(fields=["support", "need"], name="sign_up_need_once")
        ]

    def __str__(self) -> str:
        return f"need {self.need_id} for support {self.support_id}"


class ProjectMessage(models.Model):
    """What staff wrote to the people of a project; the notices owed are its copies."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="messages")
    subject = models.CharField(_("subject"), max_length=120)
    body = models.TextField(_("message"), max_length=3000)
    statuses = models.JSONField(_("to whom"), default=list)
    sent_to = models.PositiveIntegerField(default=0)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField(default=timezone.now)
    token = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return self.subject


class Attendance(models.Model):
    """That a person took part on a day, as staff ticked it."""

    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.PROTECT, related_name="attendances"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="attendances")
    took_part_on = models.DateField(_("date"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-took_part_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "person", "took_part_on"], name="attendance_once"
            )
        ]

    def __str__(self) -> str:
        return f"attendance {self.pk}"


class Participation(models.Model):
    """The only thing that reports count: that somebody took part, frozen as it was on the day.

    No key leads to the person: a pseudonym stands for them (people.pseudonyms). Empty bands mean
    “not said”.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="participations"
    )
    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.PROTECT, related_name="participations"
    )
    level = models.CharField(max_length=14, choices=Level)
    town = models.ForeignKey(Town, null=True, blank=True, on_delete=models.PROTECT)
    took_part_on = models.DateField(db_index=True)
    age_band = models.CharField(max_length=5, choices=AgeBand, blank=True)
    ethnic_group = models.CharField(max_length=5, choices=EthnicGroup, blank=True)
    disabled = models.CharField(max_length=3, choices=Disabled, blank=True)
    pseudonym = models.CharField(max_length=64, db_index=True)
    changed_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "pseudonym", "took_part_on"], name="participation_once"
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "took_part_on"], name="participation_scope")
        ]

    def __str__(self) -> str:
        return f"participation {self.pk}"
