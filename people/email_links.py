"""The link that undoes a change of an e-mail address: signed, and in no table."""

from __future__ import annotations

from django.core import signing

from .models import EmailChange

_SIGNER = signing.Signer(salt="people.email_change")


def token_of_change(change: EmailChange) -> str:
    """Return what stands in the link to undo ``change``."""
    return _SIGNER.sign(str(change.pk))


def find_change(token: str) -> EmailChange | None:
    """Return the change that ``token`` undoes; None for a link we never made."""
    try:
        key = _SIGNER.unsign(token)
    except signing.BadSignature:
        return None
    return EmailChange.objects.select_related("user").filter(pk=key).first()
