"""What a password may be: long rather than strange, and nothing that others would try first."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from coprod.lib.days import today

from .models import Membership

LONGEST = 128
ADVISED = 15
# A word of a name counts from this length: nobody has to keep “Jo” out of a password.
WORD = 4


class NotTooLong:
    """Hashing costs time: nobody makes the portal hash a book."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002 -- Django passes it
        """Refuse more than ``LONGEST`` letters."""
        if len(password) > LONGEST:
            raise ValidationError(
                _("Make the password shorter: at most %d letters.") % LONGEST,
                code="password_too_long",
            )

    def get_help_text(self) -> str:
        """Return the rule as a sentence."""
        return _("At most %d letters.") % LONGEST


class NotOneself:
    """Neither the own name nor that of an organisation that somebody works for."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse a password that is hardly more than these names."""
        if user is None:
            return
        left = _plain(password)
        for word in _words_of(user):
            left = left.replace(word, "")
        if len(left) < WORD and left != _plain(password):
            raise ValidationError(
                _("Your name or your organisation is easy to guess. Put other words together."),
                code="password_is_own_name",
            )

    def get_help_text(self) -> str:
        """Return the rule as a sentence."""
        return _("Not your name, your e-mail address or your organisation.")


def _words_of(user: Any) -> list[str]:
    """Return the words that everybody knows of somebody, the longest first."""
    names = [user.name, user.email.replace("@", " ").replace(".", " ")]
    if user.pk:
        works = Membership.objects.in_force_on(today()).filter(user=user)
        names += works.values_list("organisation__name", flat=True)
    found = {_plain(word) for name in names for word in re.split(r"[\W_]+", name)}
    return sorted((word for word in found if len(word) >= WORD), key=len, reverse=True)


def _plain(text: str) -> str:
    """Return letters and figures alone, small and without accents."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in bare if letter.isalnum())
