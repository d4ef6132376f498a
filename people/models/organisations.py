"""Partner organisations, their teams, and who works there in which role."""

from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a member of staff does for an organisation."""

    OFFICER = "officer", _("Officer")
    COORDINATOR = "coordinator", _("Coordinator")
    COMMISSIONER = "commissioner", _("Commissioner")
    FINANCE = "finance", _("Finance")
    ADMINISTRATOR = "administrator", _("Administrator")


# The roles that work with people who come forward.
ARRANGING_ROLES = (Role.OFFICER, Role.COORDINATOR)
# The roles that look at a brief before everybody can read it.
REVIEWING_ROLES = (Role.COORDINATOR,)


class OrganisationKind(models.TextChoices):
    """The kinds of partner that signed the charter."""

    COUNCIL = "council", _("Council")
    NHS = "nhs", _("NHS")
    VOLUNTARY = "voluntary", _("Voluntary or community organisation")
    USER_LED = "user_led", _("User-led organisation")
    OTHER = "other", _("Other partner")


class InForceQuerySet(models.QuerySet):
    """Rows with first and last days: the last day itself still counts."""

    def in_force_on(self, day: dt.date) -> InForceQuerySet:
        """Return the rows that hold on ``day``."""
        return self.filter(
            Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))
        )


def dates_in_order(name: str) -> models.CheckConstraint:
    """Return the constraint that a row does not end before it begins."""
    return models.CheckConstraint(
        condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name=name
    )


class Organisation(models.Model):
    """A partner body. Bodies change name and end: nothing about them is fixed in code."""

    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(_("web name"), max_length=80, unique=True)
    letters = models.CharField(
        _("letters"), max_length=5, help_text=_("Stand in for a logo, for example EC.")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=OrganisationKind)
    is_host = models.BooleanField(
        _("host of the portal"),
        default=False,
        help_text=_("Its commissioners see figures of all partners."),
    )
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    valid_from = models.DateField(_("first day"))
    valid_to = models.DateField(_("last day"), null=True, blank=True)

    objects = InForceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            dates_in_order("organisation_dates_in_order"),
            models.UniqueConstraint(
                fields=["is_host"], condition=Q(is_host=True), name="organisation_one_host"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationName(models.Model):
    """A name that an organisation had, and when."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="former_names"
    )
    name = models.CharField(_("name"), max_length=160)
    valid_from = models.DateField(_("first day"))
    valid_to = models.DateField(_("last day"), null=True, blank=True)

    objects = InForceQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from"]
        constraints = [dates_in_order("organisation_name_dates_in_order")]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A directorate or team of an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(_("name"), max_length=120)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="team_name_unique")
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """The role of a user in an organisation, from a first to a last day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=14, choices=Role)
    valid_from = models.DateField(_("first day"))
    valid_to = models.DateField(_("last day"), null=True, blank=True)

    objects = InForceQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name", "role"]
        constraints = [
            dates_in_order("membership_dates_in_order"),
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(valid_to__isnull=True),
                name="membership_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organisation_id}"

    @property
    def ended_on(self) -> dt.date | None:
        """The day when the role was ended: the first on which it did not hold."""
        return self.valid_to and self.valid_to + dt.timedelta(days=1)


def _new_seed() -> str:
    return secrets.token_hex(16)


class Invitation(models.Model):
    """A one-use, expiring link that makes somebody staff. Only a hash of its token is kept."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations"
    )
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL)
    role = models.CharField(_("role"), max_length=14, choices=Role)
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120)
    # The link's token is a keyed hash of this seed: neither a copy of the database nor the secret
    # key alone opens the door.
    seed = models.CharField(max_length=32, default=_new_seed, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="invitation_expires_later"
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(revoked_at__isnull=True),
                name="invitation_used_or_revoked",
            ),
            models.UniqueConstraint(
                fields=["organisation", "email", "role"],
                condition=Q(used_at__isnull=True, revoked_at__isnull=True),
                name="invitation_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def is_open(self, now: dt.datetime) -> bool:
        """Return whether the link can still be used."""
        return self.used_at is None and self.revoked_at is None and now < self.expires_at
