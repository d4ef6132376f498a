"""Support and training: what a person wishes for, what they are offered, and what they say."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from people import notices
from people.audit import record
from people.models import Organisation, Person, SupportOffer, SupportWish, User

from .moving import somebody_else


@transaction.atomic
def wish_for(
    *, person: Person, kind: str, what: str, actor: User | None, channel: str = "online"
) -> SupportWish:
    """Return that ``person`` wishes for support or training, in their own words."""
    wish = SupportWish.objects.create(person=person, kind=kind, what=what, channel=channel)
    _note("wish.made", wish, actor, channel)
    return wish


@transaction.atomic
def drop_wish(*, wish: SupportWish, actor: User | None, channel: str = "online") -> None:
    """Take a wish back; offers that were made for it stay."""
    _note("wish.dropped", wish, actor, channel)
    wish.delete()


@transaction.atomic
def make_offer(
    *,
    person: Person,
    organisation: Organisation,
    kind: str,
    what: str,
    actor: User,
    wish: SupportWish | None = None,
) -> SupportOffer:
    """Return an offer of support or training to ``person``, who is told that there is one."""
    offer = SupportOffer.objects.create(
        person=person,
        organisation=organisation,
        wish=wish,
        kind=kind,
        what=what,
        offered_on=today(),
        offered_by=actor,
    )
    _note("offer.made", offer, actor, "online", organisation)
    notices.offered(person, organisation, offer.pk)
    return offer


@transaction.atomic
def answer_offer(
    *, offer: SupportOffer, answer: str, actor: User | None, channel: str = "online"
) -> SupportOffer:
    """Write yes or no to an offer; return it. Another answer later takes the place of the first.

    Raises:
        NotAllowed: the offer is no longer there.
    """
    fresh = SupportOffer.objects.select_for_update().filter(pk=offer.pk).first()
    if fresh is None:
        raise NotAllowed(_("This offer is no longer there."))
    if fresh.answer != answer:
        fresh.answer = answer
        fresh.answered_at = timezone.now()
        fresh.channel = channel
        fresh.save(update_fields=["answer", "answered_at", "channel"])
        _note(f"offer.{answer}", fresh, actor, channel, fresh.organisation)
    return fresh


def _note(
    verb: str,
    row: SupportWish | SupportOffer,
    actor: User | None,
    channel: str,
    organisation: Organisation | None = None,
) -> None:
    record(
        verb=verb,
        target=row,
        actor=actor,
        organisation=organisation,
        person=row.person,
        on_behalf_of=somebody_else(row.person, actor),
        channel=channel,
    )
