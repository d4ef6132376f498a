"""What we use data for, each with its basis in law. Only what rests on consent has a switch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from coprod.lib.personal import Basis

from .models import Consent

WORDING = "2026-11"  # changes with every change of the words below
P = Consent.Purpose


@dataclass(frozen=True)
class Purpose:
    """One use of data. ``words`` are what the person agrees to; ``asked_at`` names the page."""

    code: str
    title: Any
    words: Any
    basis: Basis
    asked_at: str = ""

    @property
    def has_switch(self) -> bool:
        """Whether it is switched on “My data and my choices”, and nowhere else."""
        return self.code in SWITCHES


# Consents with a switch of their own; the others are asked for where what they need is written.
SWITCHES = (P.PHOTO, P.STORIES, P.BULLETINS)
PURPOSES = (
    Purpose(
        "pool",
        _("Involving you"),
        _("To ask you to take part, arrange it, and tell you what came of it."),
        Basis.PUBLIC_TASK,
    ),
    Purpose(
        "equality",
        _("Seeing whether everybody is treated fairly"),
        _("To count who takes part, without names."),
        Basis.EQUALITY,
        "opportunities:equality",
    ),
    Purpose(
        P.PHOTO,
        P.PHOTO.label,
        _("You may show my picture, on paper and online, to tell others about taking part."),
        Basis.CONSENT,
    ),
    Purpose(
        P.STORIES,
        P.STORIES.label,
        _("You may ask me for my story and tell it, in words that I agree to first."),
        Basis.CONSENT,
    ),
    Purpose(
        P.BULLETINS,
        P.BULLETINS.label,
        _("You may send me news that is not about a project of mine."),
        Basis.CONSENT,
    ),
    Purpose(
        P.NEEDS,
        P.NEEDS.label,
        _("You write what you need, and choose who reads it."),
        Basis.EXPLICIT_CONSENT,
        "people:my_needs",
    ),
    Purpose(
        P.MATCHING,
        P.MATCHING.label,
        _("You write what you have lived through, and may be found by it."),
        Basis.EXPLICIT_CONSENT,
        "people:experience",
    ),
    Purpose(
        P.SUPPORT_NEEDS,
        P.SUPPORT_NEEDS.label,
        _("You write what support you need for one project."),
        Basis.EXPLICIT_CONSENT,
        "opportunities:my_sign_ups",
    ),
)
BY_CODE = {one.code: one for one in PURPOSES}
