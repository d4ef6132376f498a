"""Looking for people: what officers ask of the pool, and whom a coordinator invites."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opportunities.lifecycle import LIVE, InvitationStatus, RequestStatus
from people.models import Channel, Person, Role, Topic, Town
from people.rules import acting

from .briefs import Opportunity
from .sign_ups import SignUp

MOST_WANTED = 50  # people in one request


class PeopleRequestQuerySet(models.QuerySet["PeopleRequest"]):
    """The questions that pages ask of requests."""

    def open(self) -> PeopleRequestQuerySet:
        """Return those that wait for a coordinator."""
        return self.filter(status=RequestStatus.OPEN)

    def visible_to(self, user: Any) -> PeopleRequestQuerySet:
        """Return the requests about briefs whose people ``user`` works with."""
        return self.filter(opportunity__in=Opportunity.objects.arranged_by(user))


class PeopleRequest(models.Model):
    """“I need 4 people who …”: an officer asks the coordinators, and learns no names.

    Source: seeds 003, the community advisor network: staff draw on members without their data.
    """

    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.CASCADE, related_name="people_requests"
    )
    number = models.PositiveSmallIntegerField(
        _("how many people"), validators=[MinValueValidator(1), MaxValueValidator(MOST_WANTED)]
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="+")
    towns = models.ManyToManyField(Town, blank=True, related_name="+")
    days = models.JSONField(_("days"), default=list, blank=True)
    words = models.TextField(_("anything else"), max_length=600, blank=True)
    status = models.CharField(max_length=10, choices=RequestStatus, default=RequestStatus.OPEN)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = PeopleRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=MOST_WANTED), name="people_request_number"
            ),
            models.CheckConstraint(
                condition=Q(status=RequestStatus.OPEN, settled_at__isnull=True)
                | (~Q(status=RequestStatus.OPEN) & Q(settled_at__isnull=False)),
                name="people_request_settled_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"


class ProjectInvitationQuerySet(models.QuerySet["ProjectInvitation"]):
    """The questions that pages ask of invitations."""

    def of(self, user: Any) -> ProjectInvitationQuerySet:
        """Return a person's own invitations."""
        return self.filter(person__user_id=user.pk) if user.is_authenticated else self.none()

    def visible_to(self, user: Any) -> ProjectInvitationQuerySet:
        """Return a person's own, and those to briefs that ``user`` invites people to."""
        membership = acting(user)
        if membership is None or membership.role != Role.COORDINATOR:
            return self.of(user)
        ours = Q(opportunity__organisation_id=membership.organisation_id)
        return self.filter(Q(person__user_id=user.pk) | ours)

    def unanswered(self) -> ProjectInvitationQuerySet:
        """Return those to whom nobody said anything yet: neither no, nor by coming forward."""
        came = SignUp.objects.filter(opportunity=OuterRef("opportunity"), person=OuterRef("person"))
        return self.filter(~Exists(came), status=InvitationStatus.SENT)

    def with_came_forward(self) -> ProjectInvitationQuerySet:
        """Add ``came_forward``: whether the person is in the project now."""
        came = SignUp.objects.filter(
            opportunity=OuterRef("opportunity"), person=OuterRef("person"), status__in=LIVE
        )
        return self.annotate(came_forward=Exists(came))


class ProjectInvitation(models.Model):
    """That a coordinator invited a person to a project, and what they answered.

    Once for each person and brief. Whether they came forward says the sign-up.
    """

    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.CASCADE, related_name="invitations"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="project_invitations")
    request = models.ForeignKey(
        PeopleRequest, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    # What the person had said that it is because of: keys of topics, so nothing is copied.
    because = models.ManyToManyField(Topic, blank=True, related_name="+")
    message = models.TextField(_("a few words of your own"), max_length=600, blank=True)
    status = models.CharField(max_length=9, choices=InvitationStatus, default=InvitationStatus.SENT)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    invited_at = models.DateTimeField(default=timezone.now)
    # Why somebody at their limit was asked all the same.
    override_reason = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    channel = models.CharField(max_length=9, choices=Channel, blank=True)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = ProjectInvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "person"], name="invited_once"),
            models.CheckConstraint(
                condition=Q(status=InvitationStatus.SENT, answered_at__isnull=True)
                | Q(status=InvitationStatus.NO_THANKS, answered_at__isnull=False),
                name="invitation_answer_has_time",
            ),
        ]
        indexes = [models.Index(fields=["person", "-invited_at"], name="invitation_of_person")]

    def __str__(self) -> str:
        return f"invitation {self.pk}"
