"""What a cell gives away that must not be brought in, by what stands in it.

A heading is recognised in ``headings``; here are the words, for cells whose heading says nothing.
"""

from __future__ import annotations

import re
from functools import cache

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from .vocabulary import vocabulary

_WORDS = vocabulary("private_words")


def _patterns(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (about, re.compile(rf"\b(?:{'|'.join(words)})(?!\w)", re.IGNORECASE))
        for about, words in _WORDS[kind].items()
    )


_ANYWHERE, _ELSEWHERE = _patterns("anywhere"), _patterns("elsewhere")

_LABELS = {
    "ethnicity": gettext_lazy("ethnicity, religion or nationality"),
    "sex": gettext_lazy("sex, gender or whom they love"),
    "health": gettext_lazy("health or disability"),
    "needs": gettext_lazy("what they need to take part"),
    "benefits": gettext_lazy("benefits"),
    "bank": gettext_lazy("bank details or National Insurance"),
    "dbs": gettext_lazy("a criminal records check"),
    "money": gettext_lazy("money"),
    "consent": gettext_lazy("an old tick, which is no consent"),
    "age": gettext_lazy("their age"),
    "notes": gettext_lazy("notes about them"),
    "sensitive": gettext_lazy("something private"),
}


def about_of_words(text: str, *, narrow: bool) -> str:
    """Return what private thing ``text`` tells (a code of LeftOut.about); "" for nothing.

    Args:
        narrow: the column is for days, names, places or ways to be reached, so that any word of
            health or belief stands out; interests and groups may be about dementia or benefits.
    """
    patterns = _ANYWHERE + _ELSEWHERE if narrow else _ANYWHERE
    return next((about for about, pattern in patterns if pattern.search(text)), "")


def abouts_of_notes(text: str) -> list[str]:
    """Return all private things that free notes tell."""
    told = (about for about, pattern in _ANYWHERE + _ELSEWHERE if pattern.search(text))
    return list(dict.fromkeys(told))


def message_of(about: str) -> str:
    """Return what is said of a cell that is left out."""
    return _message(about, get_language())


@cache  # a dozen messages, asked for a dozen times in each row
def _message(about: str, _language: str | None) -> str:
    if about in {"consent", "age", "notes", "money"}:
        return _("Not brought in: %s.") % _LABELS[about]
    return _("Not brought in: %s. Ask the person.") % _LABELS.get(about, _LABELS["sensitive"])
