"""The address in a letter by which one click, without signing in, ends some questions."""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from .models import CheckBack

_SIGNER = signing.Signer(salt="charter.stop_asking")


def token_of(check_back: CheckBack) -> str:
    """Return what stands in the address: nobody can make one up, and it opens nothing to read."""
    return _SIGNER.sign(str(check_back.pk))


def path_of(check_back: CheckBack) -> str:
    """Return the address, without its host."""
    return reverse("charter:stop_asking_by_letter", args=[token_of(check_back)])


def question_behind(token: str) -> CheckBack | None:
    """Return the question that a letter was about; None for an address that was never made."""
    try:
        pk = _SIGNER.unsign(token)
    except signing.BadSignature:
        return None
    rows = CheckBack.objects.select_related("person", "response__contribution__opportunity")
    return rows.filter(pk=pk).first()
