"""The address in a letter by which one click says “no thanks”, without signing in."""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from opportunities.models import ProjectInvitation

_SIGNER = signing.Signer(salt="opportunities.no_thanks")


def path_of(invitation: ProjectInvitation) -> str:
    """Return the address, without its host: nobody can make one up."""
    return reverse("opportunities:no_thanks_by_letter", args=[_SIGNER.sign(str(invitation.pk))])


def invitation_behind(token: str) -> ProjectInvitation | None:
    """Return the invitation that a letter was about; None for an address that was never made."""
    try:
        pk = _SIGNER.unsign(token)
    except signing.BadSignature:
        return None
    rows = ProjectInvitation.objects.select_related("person", "opportunity")
    return rows.filter(pk=pk).first()
