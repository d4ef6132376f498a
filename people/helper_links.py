"""The link by which a helper says yes: as with invitations of staff, only its hash is kept."""

from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .invitations import LINK_MARK, hash_of
from .models import HelperLink, Notice, Relation

KIND = "helper_link"
LASTS = dt.timedelta(days=14)


def token_of(seed: str) -> str:
    """Return the 64 hexadecimal characters of the link made from ``seed``."""
    return salted_hmac("people.helper_link", seed, algorithm="sha256").hexdigest()


def event_of(link: HelperLink) -> str:
    """Return the outbox's name of this link."""
    return f"helper-link:{link.pk}"


def make(relation: Relation) -> HelperLink:
    """Return a new link in place of the open one, if there was any."""
    now = timezone.now()
    revoke(relation)
    seed = secrets.token_hex(16)
    return HelperLink.objects.create(
        relation=relation,
        seed=seed,
        token_hash=hash_of(token_of(seed)),
        email=relation.email,
        created_at=now,
        expires_at=now + LASTS,
    )


def revoke(relation: Relation) -> None:
    """Close the open link. A letter that has not left yet never leaves."""
    rows = relation.links.filter(used_at__isnull=True, revoked_at__isnull=True)
    events = [event_of(link) for link in rows]
    rows.update(revoked_at=timezone.now())
    Notice.objects.filter(event__in=events, kind=KIND, status=Notice.Status.OWED).delete()


def find(token: str) -> HelperLink | None:
    """Return the link that ``token`` opens, used or not; None for one that we never made."""
    rows = HelperLink.objects.select_related("relation__person")
    return rows.filter(token_hash=hash_of(token)).first()


def with_link(notice: Notice, text: str) -> str:
    """Return ``text`` of ``notice`` ready to send: the letter to a helper gets its link."""
    if notice.kind != KIND:
        return text
    link = HelperLink.objects.get(pk=notice.event.removeprefix("helper-link:"))
    path = reverse("people:accept_help", args=[token_of(link.seed)])
    return text.replace(LINK_MARK, f"{settings.SITE_URL}{path}")
