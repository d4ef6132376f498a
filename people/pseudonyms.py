"""Pseudonyms for equality answers and participation rows."""

import hashlib
import hmac

from django.conf import settings

from .models import Person


def pseudonym_of(person: Person) -> str:
    """Return the 64 hexadecimal characters that stand for ``person``.

    A keyed hash (HMAC-SHA-256) under EQUALITY_KEY, which is neither in the database nor derived
    from SECRET_KEY: a copy of the database alone does not join answers to people. Whoever has the
    key can, so the answers stay personal data.
    """
    key = settings.EQUALITY_KEY.encode()
    return hmac.new(key, f"person:{person.uuid}".encode(), hashlib.sha256).hexdigest()
