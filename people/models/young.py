"""Young people: what is kept of them until they are 18, and who agreed that they take part."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coprod.lib.days import add_months
from people.lifecycle import AgreementStatus

from .kinds import GROWN_UP
from .organisations import Organisation
from .pool import Channel, Person
from .relations import Relation

# Ages at which somebody else stops deciding (UK GDPR Article 8 and Gillick; Family Law Reform Act).
ASKS_AN_ADULT_BELOW = 13
MAY_DECIDE_ALONE_FROM = 13
DECIDES_FROM = 16


class YoungPersonQuerySet(models.QuerySet["YoungPerson"]):
    """Who is under 18, to the day."""

    def under_18_on(self, day: dt.date) -> YoungPersonQuerySet:
        """Return those who are under 18 on ``day``; ``people.young.is_young`` is the twin."""
        return self.filter(born_on__gt=add_months(day, -12 * GROWN_UP))


class YoungPerson(models.Model):
    """Somebody under 18: the whole row goes on the 18th birthday, and with it the date of birth."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="young")
    born_on = models.DateField(_("date of birth"))
    # The young person's own yes, always asked, whoever else agrees.
    yes_at = models.DateTimeField(null=True, blank=True)
    yes_wording = models.CharField(max_length=20, blank=True)
    yes_channel = models.CharField(max_length=9, choices=Channel, default=Channel.ONLINE)
    yes_typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    no_at = models.DateTimeField(null=True, blank=True, help_text="when the yes was taken back")
    # Whom to ring in an emergency: asked of those who decide for themselves.
    ring_name = models.CharField(_("whom we ring in an emergency"), max_length=120, blank=True)
    ring_phone = models.CharField(_("their phone number"), max_length=30, blank=True)
    ring_is_my = models.CharField(_("who they are to you"), max_length=80, blank=True)
    asked_at_16 = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now)

    objects = YoungPersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "young people"
        constraints = [
            models.CheckConstraint(
                condition=Q(yes_at__isnull=True) | ~Q(yes_wording=""), name="young_yes_has_wording"
            ),
            models.CheckConstraint(
                condition=Q(yes_at__isnull=True) | Q(no_at__isnull=True), name="young_yes_or_no"
            ),
            models.CheckConstraint(
                condition=Q(ring_name="", ring_phone="") | (~Q(ring_name="") & ~Q(ring_phone="")),
                name="young_ring_name_and_phone",
            ),
        ]

    def __str__(self) -> str:
        return f"young {self.pk}"


class AgreementKind(models.TextChoices):
    """Who decides that a young person under 16 takes part."""

    ADULT = "adult", _("An adult with parental responsibility")
    ALONE = "alone", _("The young person alone")


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Which agreements hold, and which wait for somebody."""

    def in_force_on(self, day: dt.date) -> AgreementQuerySet:
        """Return those that were checked and have not run out on ``day``."""
        in_time = Q(ask_again_on__isnull=True) | Q(ask_again_on__gt=day)
        return self.filter(in_time, status=AgreementStatus.CHECKED)

    def ran_out_on(self, day: dt.date) -> AgreementQuerySet:
        """Return those that nobody ended and that hold no more on ``day``: somebody asks again."""
        return self.filter(status=AgreementStatus.CHECKED, ask_again_on__lte=day)

    def to_check(self) -> AgreementQuerySet:
        """Return those that an adult gave and nobody has checked."""
        return self.filter(status=AgreementStatus.GIVEN)


class Agreement(models.Model):
    """That a young person may take part: an adult agreed and was checked, or why they decide alone.

    An adult's holds for every project, until it is asked again. Deciding alone holds for the one
    project in ``about``: understanding is judged for each decision (Gillick).
    """

    WORDS = 600

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="agreements")
    kind = models.CharField(max_length=5, choices=AgreementKind)
    status = models.CharField(
        max_length=7, choices=AgreementStatus, default=AgreementStatus.ASKED, editable=False
    )
    relation = models.ForeignKey(
        Relation, null=True, blank=True, on_delete=models.CASCADE, related_name="agreements"
    )
    about = models.CharField(max_length=80, blank=True, help_text="empty: all; e.g. opportunity:12")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    given_at = models.DateTimeField(null=True, blank=True)
    wording_version = models.CharField(max_length=20, blank=True)
    channel = models.CharField(max_length=9, choices=Channel, default=Channel.ONLINE)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    how_checked = models.CharField(_("how it was checked"), max_length=WORDS, blank=True)
    checked_on = models.DateField(_("when it was checked"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Deciding alone: why they understand, who explained it, how, and when.
    why_alone = models.TextField(
        _("why they understand and may decide alone"), max_length=WORDS, blank=True
    )
    explained_by = models.CharField(_("who explained it"), max_length=120, blank=True)
    explained_how = models.CharField(_("how it was explained"), max_length=WORDS, blank=True)
    explained_on = models.DateField(_("when it was explained"), null=True, blank=True)
    ask_again_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=AgreementKind.ADULT, relation__isnull=False, about="")
                | (Q(kind=AgreementKind.ALONE, relation__isnull=True) & ~Q(about="")),
                name="agreement_of_its_kind",
            ),
            models.CheckConstraint(
                condition=~Q(status=AgreementStatus.CHECKED)
                | (
                    Q(kind=AgreementKind.ADULT, given_at__isnull=False, checked_on__isnull=False)
                    & ~Q(how_checked="")
                    & ~Q(wording_version="")
                )
                | (
                    Q(kind=AgreementKind.ALONE, explained_on__isnull=False)
                    & ~Q(why_alone="")
                    & ~Q(explained_by="")
                    & ~Q(explained_how="")
                ),
                name="agreement_checked_says_how",
            ),
            models.CheckConstraint(
                condition=Q(status__in=(AgreementStatus.REFUSED, AgreementStatus.ENDED))
                | Q(ended_at__isnull=True),
                name="agreement_ended_at_its_end",
            ),
            models.UniqueConstraint(
                fields=["relation"],
                condition=Q(
                    status__in=(
                        AgreementStatus.ASKED,
                        AgreementStatus.GIVEN,
                        AgreementStatus.CHECKED,
                    )
                ),
                name="agreement_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"agreement {self.pk}"

    def holds_on(self, day: dt.date) -> bool:
        """Return whether it holds on ``day``; the twin of ``in_force_on``."""
        in_time = self.ask_again_on is None or day < self.ask_again_on
        return self.status == AgreementStatus.CHECKED and in_time


class ImpactAssessment(models.Model):
    """A data-protection impact assessment, done before an organisation invites under-18s."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="impact_assessments"
    )
    reference = models.CharField(_("reference"), max_length=80)
    done_on = models.DateField(_("date"))
    done_by = models.CharField(_("who signed it off"), max_length=120)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-done_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reference="") & ~Q(done_by=""), name="impact_assessment_is_named"
            ),
            models.UniqueConstraint(
                fields=["organisation", "reference"], name="impact_assessment_once"
            ),
        ]

    def __str__(self) -> str:
        return self.reference
