"""What staff pass on by phone, text or letter."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from coprod.lib.lifecycle import next_state
from people.audit import record
from people.lifecycle import NOTICE_MOVES
from people.models import Notice, User


@transaction.atomic
def pass_on(*, notice: Notice, actor: User | None) -> Notice:
    """Note that ``actor`` rang or wrote; return the notice.

    Raises:
        NotAllowed: somebody else did before.
    """
    fresh = _moved(notice, "pass_on")
    fresh.settled_at = timezone.now()
    fresh.settled_by = actor
    return _kept(fresh, "notice.passed_on", actor)


@transaction.atomic
def take_back(*, notice: Notice, actor: User | None) -> Notice:
    """Put a task back on the list, and return the notice.

    Raises:
        NotAllowed: it is on the list.
    """
    fresh = _moved(notice, "take_back")
    fresh.settled_at = None
    fresh.settled_by = None
    return _kept(fresh, "notice.taken_back", actor)


def _moved(notice: Notice, verb: str) -> Notice:
    fresh = Notice.objects.select_for_update().get(pk=notice.pk)
    fresh.status = next_state(NOTICE_MOVES, verb, fresh.status)
    return fresh


def _kept(notice: Notice, verb: str, actor: User | None) -> Notice:
    notice.save(update_fields=["status", "settled_at", "settled_by"])
    record(
        verb=verb,
        target=notice,
        actor=actor,
        organisation=notice.organisation,
        person=notice.person,
        channel="paper" if notice.contact_by == "letter" else "phone",
        kind=notice.kind,
    )
    return notice
