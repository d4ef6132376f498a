"""The one-page profile: six parts, and who may see which."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coprod.lib.search import TextIndex
from people.lifecycle import GONE

from .kinds import Audience
from .pool import Person

# Coordinators find people by what they wrote here, where they may read it (people.finding).
EXPERIENCE_SEARCHED = TextIndex("people_profile", ("experience",))


@dataclass(frozen=True)
class ProfilePart:
    """One part of the one-page profile: the template's heading and what the person wrote."""

    name: str
    heading: str
    text: str

    @property
    def lines(self) -> list[str]:
        """The lines that say something."""
        return [line.strip() for line in self.text.splitlines() if line.strip()]


class ProfileQuerySet(models.QuerySet["Profile"]):
    """Who may read what. ``people.rules.readable_parts`` is the twin for one row."""

    def visible_to(self, user: Any) -> ProfileQuerySet:
        """Return the user's own profile, and those with a part that the user may read as staff."""
        if not user.is_authenticated:
            return self.none()
        here = Person.objects.visible_to(user).exclude(status__in=GONE)
        shared = Q(shared_at__isnull=False, person__in=here)
        return self.filter(Q(person__user=user.pk) | shared)

    def showing(self, part: str, user: Any) -> ProfileQuerySet:
        """Return those of which ``user`` may see this one part (``Profile.PARTS``)."""
        open_part = Q(**{f"audiences__{part}": Audience.COORDINATORS.value})
        return self.visible_to(user).filter(Q(person__user=user.pk) | open_part)


class Profile(models.Model):
    """The one-page profile: the six parts of the regional template; the name is the person's.

    Source: WM ADASS, A recipe for co-production, “My one page profile”. Private until shared.
    """

    # Four parts of this length, in this many lines each, still print on one A4 page.
    PARTS = ("photo", "important_to_me", "experience", "how_to_help", "best_contact")
    PART_LIMIT = 700
    PART_LINES = 12
    DENSE_FROM = 900

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="profile")
    photo = models.ImageField(_("picture"), upload_to="profiles/", blank=True)
    photo_alt = models.CharField(_("what the picture shows"), max_length=200, blank=True)
    important_to_me = models.TextField(
        _("What’s important to me"), max_length=PART_LIMIT, blank=True
    )
    experience = models.TextField(
        _("The experience I bring to this group and/or the networks I connect with"),
        max_length=PART_LIMIT,
        blank=True,
    )
    how_to_help = models.TextField(
        _("How you can best help me to contribute to this group"),
        max_length=PART_LIMIT,
        blank=True,
    )
    best_contact = models.TextField(
        _("The best way to contact me"), max_length=PART_LIMIT, blank=True
    )
    # {part: Audience}; a part that is not in it is for the person alone. ``shared_at`` is since
    # when any part is for coordinators: the two are written together (people.actions.audiences).
    audiences = models.JSONField(_("who may see which part"), default=dict, blank=True)
    shared_at = models.DateTimeField(_("shared since"), null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["photo"], condition=~Q(photo=""), name="profile_picture_of_one"
            ),
            models.CheckConstraint(
                condition=Q(photo_alt="") | ~Q(photo=""), name="profile_words_of_a_picture"
            ),
        ]

    def __str__(self) -> str:
        return f"profile {self.pk}"

    @property
    def photo_key(self) -> str:
        """The part of the picture's address that nobody can guess."""
        return PurePath(self.photo.name).stem

    @property
    def photo_words(self) -> str:
        """What the picture shows, for those who cannot see it."""
        return self.photo_alt or _("A picture chosen by %(name)s") % {"name": self.person.name}

    @property
    def parts(self) -> list[ProfilePart]:
        """The four written parts, in the template's order; name and picture are the person's."""
        names = ("important_to_me", "experience", "how_to_help", "best_contact")
        return [
            ProfilePart(name, str(self._meta.get_field(name).verbose_name), getattr(self, name))
            for name in names
        ]

    @property
    def is_dense(self) -> bool:
        """Whether it takes small print to fit on one page."""
        lines = sum(len(part.lines) for part in self.parts)
        return (
            sum(len(part.text) for part in self.parts) > self.DENSE_FROM or lines > self.PART_LINES
        )

    @property
    def is_shared(self) -> bool:
        """Whether coordinators may read any part of it."""
        return self.shared_at is not None

    def audience_of(self, part: str) -> Audience:
        """Return who may see ``part``; what nobody chose, or nobody knows, is for the person."""
        chosen = self.audiences.get(part, "")
        return Audience(chosen) if chosen in Audience.values else Audience.ONLY_ME

    def parts_for(self, audience: str) -> frozenset[str]:
        """Return the parts that were opened to ``audience``."""
        return frozenset(part for part in self.PARTS if self.audience_of(part) == audience)

    def limited_to(self, parts: Iterable[str]) -> Profile:
        """Return a copy for a reader of ``parts``: the others are empty. It is never saved."""
        shown = copy(self)
        for part in set(self.PARTS).difference(parts):
            setattr(shown, part, "")
        if not shown.photo:
            shown.photo_alt = ""
        return shown
