"""The support a person needs for one project: health data, with explicit consent only.

Nothing of it goes to the log, a list, an export or a message: only that it was given, taken back
or read, and by whom.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coprod.lib.lifecycle import NotAllowed
from opportunities.actions import places, showing
from opportunities.actions.noting import note, note_wish, typist
from opportunities.models import SignUp, SignUpNeed, SignUpSupport
from people.models import Channel, Consent, Need, User

# The words that the person agreed to; a new wording is a new version, old consents keep theirs.
CONSENT_VERSION = "2026-11"
CONSENT_WORDING = _(
    "Yes, the people who arrange this project may read what support I need, to arrange it. "
    "I can take this back at any time."
)
NO_CONSENT = _("Tick the box to let the team read this, or leave the support box empty.")


def _about(sign_up: SignUp) -> str:
    return f"opportunity:{sign_up.opportunity_id}"


@transaction.atomic
def give(
    *,
    sign_up: SignUp,
    actor: User | None,
    text: str,
    consent: bool,
    channel: str = Channel.ONLINE,
    needs: Iterable[Need] | None = None,
    by_name: bool | None = None,
) -> SignUpSupport:
    """Keep what support the person needs for this project, under a new consent.

    Args:
        text: in the person's own words.
        needs: those of “My needs” that this project may know; None: those it knows already.
        by_name: their name may stand beside it on the list of what to arrange; None: as before.

    Raises:
        NotAllowed: without consent, or when the person is no longer in.
    """
    _brief, row = places.hold(sign_up)
    if not consent:
        raise NotAllowed(NO_CONSENT)
    if not row.is_live:
        raise NotAllowed(_("You are no longer part of this project."))
    before = SignUpSupport.objects.filter(sign_up=row).first()
    there = list(SignUpNeed.objects.known().filter(support=before).select_related("need"))
    told = {one.need_id for one in there if one.for_group}
    forget(row)
    agreed = Consent.objects.create(
        person=row.person,
        purpose=Consent.Purpose.SUPPORT_NEEDS,
        about=_about(row),
        wording_version=CONSENT_VERSION,
        channel=channel,
        typed_by=typist(row.person, actor),
    )
    named = by_name if by_name is not None else bool(before and before.by_name)
    picked = needs if needs is not None else [one.need for one in there]
    kept = SignUpSupport.objects.create(sign_up=row, text=text, by_name=named, consent=agreed)
    SignUpNeed.objects.bulk_create(
        SignUpNeed(support=kept, need=need, for_group=need.pk in told)
        for need in showing.open_needs(row, picked)
    )
    note_wish("support.given", row, actor, channel, wording=CONSENT_VERSION)
    return kept


def ask_for(
    *,
    sign_up: SignUp,
    actor: User | None,
    channel: str,
    support_text: str = "",
    support_consent: bool = False,
    support_by_name: bool = False,
    needs: Iterable[Need] = (),
    group_needs: Iterable[int] = (),
) -> None:
    """Keep what somebody who comes forward says about support, if they say anything.

    Args:
        support_text: in their own words.
        support_by_name: their name may stand beside it on the list of what to arrange.
        needs: of “My needs”, what this project may know.
        group_needs: keys of those of ``needs`` that the others may know too.

    Raises:
        NotAllowed: without ``support_consent``.
    """
    picked = list(needs)
    if not support_text and not picked:
        return
    give(
        sign_up=sign_up,
        actor=actor,
        text=support_text,
        needs=picked,
        by_name=support_by_name,
        consent=support_consent,
        channel=channel,
    )
    showing.tell_group(sign_up, group_needs)


@transaction.atomic
def take_back(*, sign_up: SignUp, actor: User | None, channel: str = Channel.ONLINE) -> bool:
    """End the consent and delete the text; return whether there was any."""
    _brief, row = places.hold(sign_up)
    there = forget(row)
    if there:
        note_wish("support.taken_back", row, actor, channel)
    return there


def forget(row: SignUp) -> bool:
    """End the consent and delete the text; return whether there was any."""
    ended = Consent.objects.filter(
        person=row.person,
        purpose=Consent.Purpose.SUPPORT_NEEDS,
        about=_about(row),
        withdrawn_at__isnull=True,
    ).update(withdrawn_at=timezone.now())
    SignUpSupport.objects.filter(sign_up=row).delete()
    return ended > 0


@transaction.atomic
def open_support(*, sign_up: SignUp, actor: User) -> SignUpSupport | None:
    """Return the support for those who arrange it; that they read it is written down first."""
    kept = SignUpSupport.objects.readable().filter(sign_up=sign_up).first()
    if kept is not None:
        note("support.opened", sign_up, actor)
    return kept
