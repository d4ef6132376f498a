"""The secret address of a person’s dates: made from a seed and our key, known by its hash."""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from opportunities.models import CalendarLink
from people.models import Person


def new_seed() -> str:
    """Return what an address is made from."""
    return secrets.token_hex(32)


def token_of(seed: str) -> str:
    """Return the 64 hexadecimal characters of the address made from ``seed``."""
    return salted_hmac("opportunities.calendar", seed, algorithm="sha256").hexdigest()


def hash_of(token: str) -> str:
    """Return what the database keeps of ``token``."""
    return hashlib.sha256(token.encode()).hexdigest()


def address_of(link: CalendarLink) -> str:
    """Return the full address for a calendar program."""
    path = reverse("opportunities:calendar_feed", args=[token_of(link.seed)])
    return f"{settings.SITE_URL}{path}"


def person_behind(token: str) -> Person | None:
    """Return whose dates the address opens; None for one that is revoked or was never made."""
    links = CalendarLink.objects.filter(person__user__is_active=True).select_related("person")
    link = links.filter(token_hash=hash_of(token)).first()
    return link.person if link else None
