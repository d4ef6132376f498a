"""What the lists are called that people choose from, to their person and about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import TopicKind


@dataclass(frozen=True)
class Words:
    """What one of the lists is called, to its person and about them."""

    title: Any
    question: Any
    hint: Any
    about_them: Any


LISTS: Mapping[str, Words] = {
    TopicKind.INTEREST: Words(
        _("What interests me"),
        _("What would you like to have a say in?"),
        _("Choose as many as you like."),
        _("What would they like to have a say in?"),
    ),
    TopicKind.EXPERIENCE: Words(
        _("What I have lived through"),
        _("What do you know from your own life?"),
        _("You never have to name an illness or a condition. Leave out what is nobody’s business."),
        _("What do they know from their own life?"),
    ),
    TopicKind.SKILL: Words(
        _("What I can do"),
        _("What can you do, or would you like to do?"),
        _("Everybody can do something. No certificate is needed."),
        _("What can they do, or would they like to do?"),
    ),
    TopicKind.LANGUAGE: Words(
        _("Languages that I speak or sign"),
        _("Which languages do you speak or sign?"),
        _("Choose as many as you like."),
        _("Which languages do they speak or sign?"),
    ),
}
