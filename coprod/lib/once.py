"""The token that a form carries, so that it counts once however often it is sent.

The token is signed: it says for whom the page was drawn, and nobody can make one up. What has been
sent is remembered by ``coprod.once``.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from django.core import signing

FIELD = "once"
LASTS = dt.timedelta(days=14)  # as long as a session: no page that can be sent is older
_SIGNER = signing.TimestampSigner(salt="coprod.once")


@dataclass(frozen=True)
class Token:
    """What a token says: the account that the form was drawn for, and a number used once."""

    user_pk: int
    number: str


def new(user_pk: int) -> str:
    """Return a token for a form that is drawn for this account."""
    return _SIGNER.sign(f"{user_pk}.{secrets.token_urlsafe(12)}")


def read(text: str) -> Token | None:
    """Return what a token says, or None where it is missing, made up or too old."""
    try:
        user_pk, _dot, number = _SIGNER.unsign(text, max_age=LASTS).partition(".")
    except signing.BadSignature:
        return None
    return Token(int(user_pk), number)
