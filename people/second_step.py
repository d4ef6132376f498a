"""The second step of signing in: how its secrets are kept, drawn, and seen in a session.

allauth does the sums. What it stores passes through ``encrypt``: whoever reads a copy of the
database can make no codes from it.
"""

from __future__ import annotations

import base64
from typing import Any

import qrcode
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .models import User

# What lets somebody in; recovery codes only stand in for one of these.
KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
METHOD = "mfa"  # allauth's word for it in a session
USED_KEPT = 120  # seconds: longer than the phone's code before, now and after is taken


# --- Kept secret ---------------------------------------------------------------------------------
def encrypt(text: str) -> str:
    """Return ``text`` as it is stored, under a key made from SECRET_KEY for this purpose alone."""
    return _cipher().encrypt(text.encode()).decode()


def decrypt(stored: str) -> str:
    """Return what was stored; keys made from SECRET_KEY_FALLBACKS open it as well."""
    return _cipher().decrypt(stored.encode()).decode()


def _cipher() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    digest = salted_hmac("people.second_step", "key", secret=secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)


# --- Drawn ---------------------------------------------------------------------------------------
def drawn(address: str) -> SafeString:
    """Return the square that a phone's camera reads, as an SVG without style or script."""
    code = qrcode.QRCode(border=4)
    code.add_data(address)
    rows = code.get_matrix()
    dark = [(x, y) for y, row in enumerate(rows) for x, cell in enumerate(row) if cell]
    return format_html(
        '<svg class="gi-qr" role="img" aria-label="{}" width="240" height="240" '
        'viewBox="0 0 {} {}" shape-rendering="crispEdges">'
        '<rect width="100%" height="100%" fill="#fff"/><path fill="#000" d="{}"/></svg>',
        _("Square code for the camera of your phone. The key below says the same in letters."),
        len(rows),
        len(rows),
        "".join(f"M{x} {y}h1v1h-1z" for x, y in dark),
    )


# --- Seen in a session ---------------------------------------------------------------------------
def is_set_up(user: User) -> bool:
    """Return whether ``user`` has an app or a passkey."""
    return Authenticator.objects.filter(user=user, type__in=KINDS).exists()


def is_proved(request: HttpRequest) -> bool:
    """Return whether the second step was taken in this very session."""
    records: list[dict[str, Any]] = get_authentication_records(request, request.user)
    return any(record.get("method") == METHOD for record in records)


def use_once(user: User, code: str) -> bool:
    """Return True the first time that ``user`` shows this code, False whenever it comes again."""
    seen = salted_hmac("people.second_step.used", f"{user.pk}:{code}", algorithm="sha256")
    return cache.add(f"second-step-used:{seen.hexdigest()}", 1, timeout=USED_KEPT)
