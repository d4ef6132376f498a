"""A form that adds a person counts once, however often it is sent."""

from __future__ import annotations

import secrets

from django.core.cache import cache
from django.http import HttpRequest

KEPT = 60 * 60 * 24


def token_of(request: HttpRequest) -> str:
    """Return the token of this form: the one that was sent, or a new one."""
    return request.POST.get("token") or secrets.token_urlsafe(16)


def _key(request: HttpRequest) -> str:
    return f"once:{request.user.pk}:{request.path}:{request.POST.get('token', '')[:64]}"


def first_time(request: HttpRequest) -> bool:
    """Return whether this form is sent for the first time (one of two at once is the first)."""
    return bool(cache.add(_key(request), 1, KEPT))


def forget(request: HttpRequest) -> None:
    """Let the form be sent again: it was refused."""
    cache.delete(_key(request))
