"""What a person knows, likes and can do, and when they have time: what people are found by."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coprod.lib.search import TextIndex

from .pool import Consent, Person

# The lists, and what people wrote themselves: "carers" finds "caring for my mother".
TOPICS_SEARCHED = TextIndex("people_topic", ("name",))
OWN_WORDS_SEARCHED = TextIndex("people_persontopic", ("words",))


class TopicKind(models.TextChoices):
    """The lists that people choose from."""

    INTEREST = "interest", _("Interest")
    EXPERIENCE = "experience", _("Lived experience")
    SKILL = "skill", _("Skill")
    LANGUAGE = "language", _("Language")


class Topic(models.Model):
    """One line of a list, in words that people use of themselves: never a diagnosis.

    Administrators keep the lists; ``people/data/topics.json`` holds the first ones.
    """

    kind = models.CharField(_("list"), max_length=10, choices=TopicKind)
    name = models.CharField(_("words"), max_length=80)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "name"], name="topic_once_in_a_list"),
            models.CheckConstraint(condition=~Q(name=""), name="topic_has_words"),
        ]

    def __str__(self) -> str:
        return self.name


class PersonTopic(models.Model):
    """That a person chose a line of a list, or wrote their own.

    Lived experience may tell of health: it is there only while the person agrees to be found by it.
    """

    WORDS_LIMIT = 200

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="topics")
    kind = models.CharField(max_length=10, choices=TopicKind)
    topic = models.ForeignKey(
        Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    words = models.CharField(_("in my own words"), max_length=WORDS_LIMIT, blank=True)
    consent = models.ForeignKey(
        Consent, null=True, blank=True, on_delete=models.CASCADE, related_name="topics"
    )

    class Meta:
        ordering = ["kind", "topic__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(topic__isnull=False, words="") | (Q(topic__isnull=True) & ~Q(words="")),
                name="person_topic_listed_or_own",
            ),
            models.CheckConstraint(
                condition=~Q(kind="experience") | Q(consent__isnull=False),
                name="experience_with_consent",
            ),
            models.UniqueConstraint(fields=["person", "topic"], name="person_topic_once"),
            models.UniqueConstraint(
                fields=["person", "kind", "words"],
                condition=~Q(words=""),
                name="person_topic_own_words_once",
            ),
        ]
        indexes = [models.Index(fields=["topic", "person"], name="people_by_topic")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"


class Day(models.TextChoices):
    """Days of the week. No code is a part of another: rows are found by ``days__contains``."""

    MONDAY = "mon", _("Monday")
    TUESDAY = "tue", _("Tuesday")
    WEDNESDAY = "wed", _("Wednesday")
    THURSDAY = "thu", _("Thursday")
    FRIDAY = "fri", _("Friday")
    SATURDAY = "sat", _("Saturday")
    SUNDAY = "sun", _("Sunday")


class TimeOfDay(models.TextChoices):
    """Times of the day; no code is a part of another."""

    MORNING = "morning", _("Mornings")
    AFTERNOON = "afternoon", _("Afternoons")
    EVENING = "evening", _("Evenings")


class HowFar(models.TextChoices):
    """How far somebody can go."""

    HOME = "home", _("From home: online or by phone")
    TOWN = "town", _("In my own town")
    BOROUGH = "borough", _("Anywhere in the borough")
    FURTHER = "further", _("Further away too")


class Availability(models.Model):
    """When a person has time, how much, and how far they can go. Blank: not said."""

    WORDS_LIMIT = 300
    MOST_NOTICE, MOST_PROJECTS, MOST_INVITATIONS = 90, 20, 31

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="availability")
    days = models.CharField(max_length=30, blank=True, help_text="codes of Day, with commas")
    times = models.CharField(max_length=30, blank=True, help_text="codes of TimeOfDay, with commas")
    notice_days = models.PositiveSmallIntegerField(null=True, blank=True)
    projects_at_once = models.PositiveSmallIntegerField(null=True, blank=True)
    invitations_a_month = models.PositiveSmallIntegerField(null=True, blank=True)
    how_far = models.CharField(max_length=7, choices=HowFar, blank=True)
    words = models.CharField(_("anything else about time"), max_length=WORDS_LIMIT, blank=True)

    class Meta:
        verbose_name_plural = "availabilities"
        constraints = [
            models.CheckConstraint(
                condition=Q(notice_days__isnull=True) | Q(notice_days__lte=90),
                name="availability_notice_in_reason",
            ),
            models.CheckConstraint(
                condition=Q(projects_at_once__isnull=True) | Q(projects_at_once__range=(1, 20)),
                name="availability_projects_in_reason",
            ),
            models.CheckConstraint(
                condition=Q(invitations_a_month__isnull=True) | Q(invitations_a_month__lte=31),
                name="availability_invitations_in_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"availability of {self.person_id}"

    @property
    def day_names(self) -> list[str]:
        """The days in words, in the order of the week."""
        return [str(day.label) for day in Day if day.value in self.days.split(",")]

    @property
    def time_names(self) -> list[str]:
        """The times of day in words."""
        return [str(time.label) for time in TimeOfDay if time.value in self.times.split(",")]
