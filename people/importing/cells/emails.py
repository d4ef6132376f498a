"""E-mail addresses: one way to write each, and none that only looks like one."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _

from .words import Found, is_nothing, short

LIMIT = 254
_VALID = EmailValidator()
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
_BETWEEN = re.compile(r"\s*(?:[;,/|\n]|\s(?:and|or|&)\s)\s*|\s+(?=\S+@)")
_IN_BRACKETS = re.compile(r"^[^<>@]*<([^<>\s]+)>$")
_LEAD = re.compile(r"^(?:mailto:|e-?mail:)\s*", re.IGNORECASE)


def email_key(text: str) -> str:
    """Return the one way to write an address: small letters, nothing around or unseen in it."""
    bare = _UNSEEN.sub("", text).strip().strip("'\"").strip()
    bracketed = _IN_BRACKETS.match(bare)
    return _LEAD.sub("", bracketed[1] if bracketed else bare).strip().lower()


def read_emails(text: str, column: str, found: Found) -> list[str]:
    """Return the addresses in a cell, each once; say which of them are none."""
    if is_nothing(text.strip()):
        return []
    bracketed = _IN_BRACKETS.match(text.strip())
    pieces = [text] if bracketed else _BETWEEN.split(text)
    written = [email_key(piece) for piece in pieces if piece]
    addresses = dict.fromkeys(one for one in written if not is_nothing(one))
    return [one for one in addresses if _is_good(one, column, found)]


def _is_good(address: str, column: str, found: Found) -> bool:
    if not address.isascii() and "@" in address:
        message = _(
            "“%s” has letters that only look like those of an e-mail address. Type it again."
        )
        found.refuse(column, message % short(address), "lookalike")
        return False
    if _is_valid(address):
        return True
    message = _("“%s” is not an e-mail address, like name@example.org.")
    found.doubt(column, message % short(address), "not-an-email")
    return False


def _is_valid(address: str) -> bool:
    try:
        _VALID(address)
    except ValidationError:
        return False
    return len(address) <= LIMIT
