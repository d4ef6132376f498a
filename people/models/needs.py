"""What somebody needs to take part: how to reach, what to send, who and what helps in the room.

The first four subsets are those of the Accessible Information Standard (DAPB1605); access and
practical needs stand beside them. Never a diagnosis: what helps, not why.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coprod.lib.days import add_months, today
from people.lifecycle import GONE

from .kinds import Audience
from .pool import Channel, Consent, Person

REVIEW_MONTHS = 12
LARGE_PRINT = "large_print"
OTHER = "other"
POINTS = (16, 18, 20, 24, 28)


class Subset(models.TextChoices):
    """What kind of need it is, in the Standard's order."""

    CONTACT = "contact", _("How to reach me")
    FORMAT = "format", _("What you send me")
    PROFESSIONAL = "professional", _("A person who helps us to understand each other")
    SUPPORT = "support", _("How to talk with me, and what helps me to listen and to speak")
    ACCESS = "access", _("Getting in, and around")
    PRACTICAL = "practical", _("What else makes it possible")


class ToldBy(models.TextChoices):
    """Who said it."""

    ME = "me", _("The person")
    HELPER = "helper", _("Somebody who helps the person, with them there")


# The words that are picked from. What does not fit is “other”, in the person's own words.
VALUES: dict[str, dict[str, Promise | str]] = {
    Subset.CONTACT: {
        "email": _("Send me an e-mail"),
        "text": _("Send me a text message"),
        "letter": _("Send me a letter"),
        "phone": _("Ring me"),
        "text_relay": _("Use Relay UK (text relay)"),
        "video_relay": _("Use a video relay in British Sign Language"),
        "via_somebody": _("Speak with somebody who helps me"),
        "face_to_face": _("Tell me face to face"),
        "no_phone": _("Do not ring: I do not use a phone"),
        "times": _("Only at certain times"),
        OTHER: _("Something else"),
    },
    Subset.FORMAT: {
        "standard_print": _("Ordinary print"),
        LARGE_PRINT: _("Large print"),
        "easy_read": _("Easy Read"),
        "plain_english": _("Plain English"),
        "braille_1": _("Braille, grade 1"),
        "braille_2": _("Braille, grade 2"),
        "moon": _("Moon"),
        "audio": _("Sound: on a CD, a stick or as a file"),
        "bsl_video": _("A video in British Sign Language"),
        "subtitles": _("Videos with subtitles"),
        "email_text": _("In an e-mail, as words only"),
        "word": _("As a Word file"),
        "pdf": _("As a PDF that a screen reader reads"),
        "coloured_paper": _("On coloured paper, or in other colours"),
        "symbols": _("With Makaton or other symbols"),
        OTHER: _("Something else"),
    },
    Subset.PROFESSIONAL: {
        "bsl": _("BSL interpreter"),
        "sse": _("Interpreter who signs in English word order (SSE)"),
        "deafblind_manual": _("Deafblind manual interpreter"),
        "hands_on": _("Hands-on signing interpreter"),
        "visual_frame": _("Visual frame interpreter"),
        "lipspeaker": _("Lipspeaker"),
        "notetaker": _("Notetaker"),
        "sttr": _("Speech-to-text reporter"),
        "guide": _("Sighted guide"),
        "intermediary": _("Deaf intermediary"),
        "advocate": _("Advocate"),
        OTHER: _("Somebody else"),
    },
    Subset.SUPPORT: {
        "lipreads": _("I lipread: face me when you speak"),
        "loop": _("I use a hearing loop, a radio aid or a hearing aid"),
        "aac": _("I use a device, symbols or pictures to speak"),
        "makaton": _("I use Makaton"),
        "passport": _("Read my communication passport first"),
        "time": _("Give me more time"),
        "breaks": _("Take breaks"),
        "short_sentences": _("Use short sentences"),
        "supporter": _("Somebody who supports me comes with me"),
        "quiet_room": _("A quiet room"),
        "captions": _("Captions on calls"),
        "papers_before": _("Send papers a week before"),
        "reading": _("Read things to me, and write for me"),
        OTHER: _("Something else"),
    },
    Subset.ACCESS: {
        "step_free": _("No steps on the way in and inside"),
        "wheelchair_space": _("Room for a wheelchair or a scooter"),
        "accessible_toilet": _("Accessible toilet"),
        "changing_place": _("Changing Places toilet"),
        "parking": _("A parking space close by"),
        "seating": _("A firm chair, or one with arms"),
        "assistance_dog": _("My assistance dog comes with me"),
        "lighting": _("Soft light, no flashing"),
        "meet_me": _("Meet me at the door"),
        "online": _("Join from home, by video or phone"),
        OTHER: _("Something else"),
    },
    Subset.PRACTICAL: {
        "transport": _("Help with getting there"),
        "childcare": _("Somebody to look after my children"),
        "replacement_care": _("Somebody to care for the one I look after"),
        "times_of_day": _("Certain times of the day"),
        "food": _("Certain food and drink"),
        "medication_breaks": _("A place and time to take medicine or rest"),
        "prayer": _("A place and time to pray"),
        "data": _("Help with the internet, a phone or a computer"),
        "language": _("An interpreter for a spoken language"),
        OTHER: _("Something else"),
    },
}


def next_review(day: dt.date) -> dt.date:
    """Return when a need that was looked at on ``day`` is to be looked at again."""
    return add_months(day, REVIEW_MONTHS)


class NeedQuerySet(models.QuerySet["Need"]):
    """Who may read what. ``people.rules.can_read_need`` is the twin for one row."""

    def agreed(self) -> NeedQuerySet:
        """Return those that the person still agrees that we keep."""
        return self.filter(consent__withdrawn_at__isnull=True)

    def visible_to(self, user: Any) -> NeedQuerySet:
        """Return a person's own needs, and those for coordinators of people the user may see."""
        if not user.is_authenticated:
            return self.none()
        here = Person.objects.visible_to(user).exclude(status__in=GONE)
        for_staff = Q(audience=Audience.COORDINATORS, person__in=here)
        return self.agreed().filter(Q(person__user=user.pk) | for_staff)

    def due_on(self, day: dt.date) -> NeedQuerySet:
        """Return those that have not been looked at for too long."""
        return self.agreed().filter(review_due__lte=day)


class Need(models.Model):
    """One thing that somebody needs, kept only while they agree; written by people.actions.needs.

    ``points`` is the size of large print. ``is_flagged``: staff who may read it see that it is
    there, wherever they arrange something for the person.
    """

    DETAIL_LIMIT = 300

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="needs")
    subset = models.CharField(_("kind of need"), max_length=12, choices=Subset)
    value = models.CharField(_("what is needed"), max_length=20)
    points = models.PositiveSmallIntegerField(_("size of print"), null=True, blank=True)
    detail = models.CharField(_("in my own words"), max_length=DETAIL_LIMIT, blank=True)
    told_by = models.CharField(_("who told us"), max_length=6, choices=ToldBy, default=ToldBy.ME)
    told_channel = models.CharField(max_length=9, choices=Channel, default=Channel.ONLINE)
    told_on = models.DateField(_("told us on"), default=today)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_flagged = models.BooleanField(_("flagged"), default=True)
    audience = models.CharField(
        _("who may know"), max_length=12, choices=Audience, default=Audience.ONLY_ME
    )
    reviewed_on = models.DateField(_("last looked at"), default=today)
    review_due = models.DateField(_("to be looked at again"))
    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="+")

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["review_due"], name="need_review_due")]
        constraints = [
            models.CheckConstraint(condition=Q(subset__in=Subset.values), name="need_subset"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="need_audience"),
            models.CheckConstraint(condition=~Q(value=""), name="need_says_what"),
            models.CheckConstraint(
                condition=~Q(value=OTHER) | ~Q(detail=""), name="need_other_in_own_words"
            ),
            models.CheckConstraint(
                condition=Q(value=LARGE_PRINT, points__isnull=False)
                | (~Q(value=LARGE_PRINT) & Q(points__isnull=True)),
                name="need_large_print_has_a_size",
            ),
            models.CheckConstraint(
                condition=Q(review_due__gt=F("reviewed_on")), name="need_reviewed_before_due"
            ),
            models.UniqueConstraint(
                fields=["person", "subset", "value"],
                condition=~Q(value=OTHER),
                name="need_said_once",
            ),
        ]

    def __str__(self) -> str:
        return f"need {self.pk}"

    @property
    def is_other(self) -> bool:
        """Whether the person said it in words of their own alone."""
        return self.value == OTHER

    @property
    def what(self) -> str:
        """What is needed, in the words that were picked from; the size of large print with it."""
        words = str(VALUES[self.subset].get(self.value, self.value))
        return f"{words}, {self.points} pt" if self.points else words

    @property
    def words(self) -> str:
        """All of it on one line: what was picked, and the person's own words."""
        if self.value == OTHER:
            return self.detail
        return f"{self.what}: {self.detail}" if self.detail else self.what

    @property
    def is_due(self) -> bool:
        """Whether it has not been looked at for too long."""
        return self.review_due <= today()
