"""Browsers that an account was used in before: whoever signs in from another one, its owner hears.

A browser is known by a random cookie of which only a hash is kept; it says nothing about pages.
"""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from coprod.lib.days import today
from coprod.lib.wording import device, moment

from .models import KnownDevice, Notice, User
from .outbox import owe

COOKIE = "device"
LASTS = 400 * 24 * 3600  # seconds: browsers keep no cookie for longer


def note_device(request: HttpRequest, user: User, response: HttpResponse) -> None:
    """Know this browser again; write to its owner where it is new and others are known."""
    token = request.COOKIES.get(COOKIE, "") or secrets.token_hex(16)
    code = hashlib.sha256(token.encode()).hexdigest()
    has_others = KnownDevice.objects.filter(user=user).exclude(token_hash=code).exists()
    known, is_new = KnownDevice.objects.update_or_create(
        user=user, token_hash=code, defaults={"last_seen_on": today()}
    )
    if is_new and has_others:
        _write(user, known, request.headers.get("User-Agent", ""))
    response.set_cookie(
        COOKIE,
        token,
        max_age=LASTS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _write(user: User, known: KnownDevice, browser: str) -> None:
    owe(
        user=user,
        event=f"device:{known.pk}",
        kind="new_device",
        template="people/new_device",
        context={"device": device(browser), "when": moment(timezone.now())},
        priority=Notice.Priority.AT_ONCE,
    )
