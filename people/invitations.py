"""The link of an invitation: only its hash is kept, and the letter in the outbox does not hold it.

The token is a keyed hash of the invitation's seed, made anew when the letter is handed to the mail
relay. Whoever reads a copy of the database finds no link that works.
"""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from .models import Invitation, Notice

KIND = "invitation"
# Stands in the stored letter where the link goes.
LINK_MARK = "[[link-of-the-invitation]]"


def token_of(seed: str) -> str:
    """Return the 64 hexadecimal characters of the link made from ``seed``."""
    return salted_hmac("people.invitation", seed, algorithm="sha256").hexdigest()


def hash_of(token: str) -> str:
    """Return what the database keeps of ``token``."""
    return hashlib.sha256(token.encode()).hexdigest()


def event_of(invitation: Invitation) -> str:
    """Return the outbox's name of this invitation."""
    return f"invitation:{invitation.pk}"


def link_of(invitation: Invitation) -> str:
    """Return the full address that the invited person opens."""
    path = reverse("people:accept_invitation", args=[token_of(invitation.seed)])
    return f"{settings.SITE_URL}{path}"


def with_link(notice: Notice, text: str) -> str:
    """Return ``text`` of ``notice`` ready to send: an invitation gets its link."""
    if notice.kind != KIND:
        return text
    invitation = Invitation.objects.get(pk=notice.event.removeprefix("invitation:"))
    return text.replace(LINK_MARK, link_of(invitation))


def find(token: str) -> Invitation | None:
    """Return the invitation that ``token`` opens, used or not; None for a link we never made."""
    rows = Invitation.objects.select_related("organisation", "team", "invited_by")
    return rows.filter(token_hash=hash_of(token)).first()
