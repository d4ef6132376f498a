"""What somebody needs to take part: kept with their explicit consent, and gone when they end it.

The log says that a need was added, changed, looked at or deleted; never which.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from people import notices
from people.audit import record
from people.lifecycle import REACHABLE
from people.models import (
    LARGE_PRINT,
    Audience,
    Channel,
    Consent,
    Need,
    Notice,
    Person,
    Subset,
    ToldBy,
    User,
    next_review,
)
from people.rules import acting, is_own_page

ABOUT = "needs"
CONSENT_VERSION = "2026-11"
CONSENT_WORDING = _(
    "Yes, keep what I need, and let those whom I choose read it, to arrange things for me. "
    "I can take this back at any time: then all of it is deleted."
)
NO_CONSENT = _("Tick the box, so that we may keep this.")
SAID_ALREADY = _("You have told us this already. Change it there.")
FACTS = ("subset", "value", "points", "detail", "is_flagged", "audience")


def consent_of(person: Person) -> Consent | None:
    """Return the consent in force to keep needs, if there is one."""
    rows = Consent.objects.filter(person=person, purpose=Consent.Purpose.NEEDS, about=ABOUT)
    return rows.filter(withdrawn_at__isnull=True).first()


@transaction.atomic
def save_need(
    *,
    person: Person,
    actor: User | None,
    need: Need | None = None,
    consent: bool,
    channel: str = Channel.ONLINE,
    told_by: str = ToldBy.ME,
    **facts: Any,
) -> Need:
    """Keep one need, new or changed; return it. Saying it counts as having looked at it.

    Args:
        need: the one to change; without it a new one.
        consent: that the person agreed, in the words of ``CONSENT_WORDING``; asked once.
        facts: ``FACTS``: subset, value, points (of large print), detail, is_flagged, audience.

    Raises:
        NotAllowed: without consent, or it is said already.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    agreed = _agreement(person, actor, consent=consent, channel=channel)
    row = Need(person=person) if need is None else _locked(need)
    for name in FACTS:
        if name in facts:
            setattr(row, name, facts[name])
    if not row.is_other and _same(row).exists():
        raise NotAllowed(SAID_ALREADY)
    row.consent, row.told_by, row.told_channel = agreed, told_by, channel
    row.typed_by = None if actor is None or is_own_page(actor, person) else actor
    row.told_on = row.reviewed_on = today()
    row.review_due = next_review(today())
    row.save()
    _note("needs.added" if need is None else "needs.changed", person, actor, channel)
    return row


def _locked(need: Need) -> Need:
    return Need.objects.select_for_update().get(pk=need.pk)


def _same(row: Need) -> Any:
    alike = Need.objects.filter(person=row.person_id, subset=row.subset, value=row.value)
    return alike.exclude(pk=row.pk)


def _agreement(person: Person, actor: User | None, *, consent: bool, channel: str) -> Consent:
    there = consent_of(person)
    if there is not None:
        return there
    if not consent:
        raise NotAllowed(NO_CONSENT)
    # What was kept under a consent that somebody ended elsewhere is not brought back by a new one.
    Need.objects.filter(person=person).delete()
    _note("needs.agreed", person, actor, channel, wording=CONSENT_VERSION)
    return Consent.objects.create(
        person=person,
        purpose=Consent.Purpose.NEEDS,
        about=ABOUT,
        wording_version=CONSENT_VERSION,
        channel=channel,
        typed_by=None if actor is None or is_own_page(actor, person) else actor,
    )


@transaction.atomic
def delete_need(*, need: Need, actor: User | None, channel: str = Channel.ONLINE) -> None:
    """Delete one need, everywhere at once; twice changes nothing."""
    deleted, _by_model = Need.objects.filter(pk=need.pk).delete()
    if deleted:
        _note("needs.deleted", need.person, actor, channel)


@transaction.atomic
def delete_all_needs(*, person: Person, actor: User | None, channel: str = Channel.ONLINE) -> int:
    """End the consent and delete every need; return how many there were."""
    rows = Need.objects.filter(person=person)
    number = rows.count()
    rows.delete()
    agreed = consent_of(person)
    if agreed is not None:
        agreed.withdrawn_at = timezone.now()
        agreed.save(update_fields=["withdrawn_at"])
        _note("needs.taken_back", person, actor, channel)
    return number


@transaction.atomic
def keep_needs(*, person: Person, actor: User | None, channel: str = Channel.ONLINE) -> int:
    """Note that nothing has changed: all are looked at again in 12 months. Return how many."""
    day = today()
    rows = Need.objects.agreed().filter(person=person)
    number = rows.update(reviewed_on=day, review_due=next_review(day))
    if number:
        _note("needs.unchanged", person, actor, channel)
    return number


def remind_of_needs(day: dt.date | None = None) -> int:
    """Ask those whose needs were not looked at for a year; return how many were asked.

    Once for the need that is due longest: who does not answer is not asked again for the next one.
    """
    due = Need.objects.due_on(day or today()).filter(person__status__in=REACHABLE)
    first = dict(due.values_list("person").annotate(first=Min("review_due")))
    asked = 0
    for person in Person.objects.filter(pk__in=first).order_by("pk").iterator(chunk_size=200):
        event = f"person:{person.pk}:needs:{first[person.pk]}"
        if not Notice.objects.filter(person=person, event=event).exists():
            notices.look_at_needs(person, first[person.pk])
            asked += 1
    return asked


@transaction.atomic
def show_needs_to_projects(*, person: Person, needs: Iterable[Need]) -> list[Need]:
    """Let projects know ``needs`` that were for the person alone; return which those were.

    For the rooms above, as ``show_to_projects`` is.
    """
    keys = [need.pk for need in needs]
    rows = Need.objects.select_for_update().filter(person=person, pk__in=keys)
    opened = list(rows.filter(audience=Audience.ONLY_ME))
    for need in opened:
        need.audience = Audience.PROJECT
        need.save(update_fields=["audience"])
    return opened


@transaction.atomic
def open_needs(*, person: Person, actor: User) -> list[Need]:
    """Return what ``actor`` may read of a person's needs; that they did is written down first."""
    found = list(Need.objects.visible_to(actor).filter(person=person))
    if found and not is_own_page(actor, person):
        membership = acting(actor)
        record(
            verb="needs.opened",
            target=person,
            actor=actor,
            organisation=membership.organisation if membership else None,
            person=person,
        )
    return found


def size_of_print(*, person: Person | None, actor: User) -> int | None:
    """Return in how many points ``person`` reads, where ``actor`` may know; it is written down."""
    rows = Need.objects.visible_to(actor).filter(person=person, value=LARGE_PRINT)
    need = rows.first() if person else None
    if need is not None:
        open_needs(person=need.person, actor=actor)
    return need.points if need else None


def in_order(needs: Iterable[Need]) -> list[tuple[str, list[Need]]]:
    """Return needs by kind, in the Standard's order: pairs of the kind's words and its needs."""
    rows = list(needs)
    kinds = [(kind.label, [need for need in rows if need.subset == kind]) for kind in Subset]
    return [(str(label), found) for label, found in kinds if found]


def _note(verb: str, person: Person, actor: User | None, channel: str, **detail: object) -> None:
    own = actor is None or is_own_page(actor, person)
    membership = acting(actor)
    record(
        verb=verb,
        target=person,
        actor=actor,
        organisation=membership.organisation if membership and not own else None,
        person=person,
        on_behalf_of=None if own else person,
        channel=channel,
        **detail,
    )
