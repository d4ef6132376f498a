"""How somebody wants to be reached, in the words of a spreadsheet: "phone NOT email"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .words import Found, is_nothing, one_line, short

EMAIL, PHONE, TEXT, LETTER = "email", "phone", "text", "letter"  # people.models.ContactBy
_WAYS = (
    (EMAIL, r"e[ -]?mails?"),
    (TEXT, r"texts?|txt|sms|text messages?|whats ?app|wa"),
    (LETTER, r"post|letters?|mail|snail mail|in writing"),
    (PHONE, r"phone(?:s|d| calls?)?|telephone|tel|calls?|ring|landline|mobile|mob"),
)
_ANY_WAY = "|".join(pattern for _way, pattern in _WAYS)
_NEVER = re.compile(
    r"\b(?:not|no|never|don[’']?t|do not|nor|isn[’']?t)\b[\s:]*(?:by |use |an? |via |on )?"
    rf"(?:{_ANY_WAY})\b|\b(?:{_ANY_WAY}) (?:is |are )?(?:no good|not ok|never)"
)
_OTHERS = re.compile(
    r"\b(?:via|through|c/o|care of|ask|speak to|contact)\s+(?!e-?mail|phone|text|post)\w+"
    r"|\b(?:mum|dad|mother|father|daughter|son|husband|wife|partner|carer|sister|brother|pa)\b"
    r"|\bsupport worker\b"
)
_SPECIAL = re.compile(
    r"\bvideo|\brelay|\bbsl\b|sign language|minicom|textphone|typetalk|\bzoom\b|\bteams\b"
    r"|facebook|messenger|\bfb\b|in person|\bvisit|face to face|interpreter"
)
_ANY = re.compile(
    r"any(?:thing|way|how)?(?: is)?(?: fine| ok)?|all|no preference|doesn[’']?t mind|either|y|yes"
)
_ONLY = re.compile(r"\bonly\b|\bplease\b|\bpls\b|\bby\b|\bvia\b|\bbest\b|\bprefers?\b|[^\w\s]")


@dataclass(frozen=True)
class Contact:
    """The way that was named (of people.models.ContactBy, or ""), and what was said beside it."""

    by: str = ""
    words: str = ""


def read_contact(text: str, column: str, found: Found) -> Contact:
    """Return how somebody wants to be reached; say what of it we cannot do."""
    if is_nothing(text):
        return Contact()
    words = one_line(text)
    lower = words.casefold()
    if _ANY.fullmatch(lower.strip(" .")):
        return Contact()
    refused = _NEVER.search(lower)
    ways = _ways_in(_NEVER.sub(" ", lower))
    unclear = _say_more(lower, words, ways, column, found)
    by = "" if unclear or not ways else ways[0]
    return Contact(by, words if refused or unclear or _says_more(lower, ways) else "")


def _ways_in(text: str) -> list[str]:
    """Return the ways named, in the order in which they are."""
    places: dict[str, int] = {}
    for way, pattern in _WAYS:
        named = re.search(rf"(?<!\w)(?:{pattern})(?!\w)", text)
        if named:
            places[way] = named.start()
            text = text[: named.start()] + " " * len(named[0]) + text[named.end() :]
    return sorted(places, key=places.__getitem__)


def _say_more(lower: str, words: str, ways: list[str], column: str, found: Found) -> bool:
    """Say what of it we cannot do by ourselves; return whether the way is unclear then."""
    if _OTHERS.search(lower):
        message = _("“%s” goes through somebody else: ask the person if that is what they want.")
        found.doubt(column, message % short(words), "through-somebody")
        return True
    if _SPECIAL.search(lower) or not ways:
        message = _("“%s”: choose how we reach them: e-mail, phone, text or letter.")
        found.doubt(column, message % short(words), "other-way")
        return True
    if re.search(r"whats ?app", lower):
        message = _("“%s” was read as text message: we do not use WhatsApp.")
        found.note(column, message % short(words), "whatsapp")
    if len(ways) > 1:
        message = _("“%s” names several ways. The first was taken.")
        found.note(column, message % short(words), "several-ways")
    return False


def _says_more(lower: str, ways: list[str]) -> bool:
    """Return whether words are left when the ways are taken out ("16pt large print")."""
    rest = lower
    for way, pattern in _WAYS:
        if way in ways:
            rest = re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", " ", rest)
    return bool(_ONLY.sub(" ", rest).strip())
