"""The link by which somebody who came with a spreadsheet looks at what is kept about them.

As with invitations, only its hash is kept, and the stored letter does not hold it.
"""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from .invitations import hash_of, with_link
from .models import ConfirmationAsk, Notice

KINDS = ("confirm_asked", "confirm_reminder")
# Stands where the link goes, in words: a letter that e-mail could not carry is read out by staff.
LINK_MARK = "[[the link is in the e-mail]]"


def token_of(seed: str) -> str:
    """Return the 64 hexadecimal characters of the link made from ``seed``."""
    return salted_hmac("people.confirmation", seed, algorithm="sha256").hexdigest()


def event_of(ask: ConfirmationAsk) -> str:
    """Return the outbox's name of this question."""
    return f"confirmation:{ask.pk}"


def link_of(ask: ConfirmationAsk) -> str:
    """Return the full address that the person opens."""
    path = reverse("people:confirm_details", args=[token_of(ask.seed)])
    return f"{settings.SITE_URL}{path}"


def find_ask(token: str) -> ConfirmationAsk | None:
    """Return the question that ``token`` opens, answered or not; None for a link we never made.

    Whoever is not to be seen any more has no link either.
    """
    rows = ConfirmationAsk.objects.select_related("person", "person__town", "organisation")
    ask = rows.filter(token_hash=hash_of(token)).first()
    if ask is None or ask.person.merged_into_id is not None:
        return None
    return ask


def with_secret_link(notice: Notice, text: str) -> str:
    """Return ``text`` of ``notice`` ready to send: with the link that only its reader knows."""
    if notice.kind not in KINDS:
        return with_link(notice, text)
    ask = ConfirmationAsk.objects.filter(person=notice.person_id).first()
    return text if ask is None else text.replace(LINK_MARK, link_of(ask))
