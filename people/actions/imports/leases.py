"""One process works on an import at a time, and says so in each of its short transactions."""

from __future__ import annotations

import datetime as dt
import secrets
import threading

from django.db import transaction
from django.utils import timezone

from people.lifecycle import ImportStatus
from people.models import PoolImport

LEASE = dt.timedelta(minutes=1)
WORKED_ON = (
    ImportStatus.CHECKING,
    ImportStatus.RUNNING,
    ImportStatus.STOPPING,
    ImportStatus.UNDOING,
)
RESTING = "resting"  # the name of no worker
_HERE = threading.local()


def me() -> str:
    """Return the name of this worker: of one thread of one process."""
    if not hasattr(_HERE, "name"):
        _HERE.name = secrets.token_hex(16)
    return _HERE.name


class Lost(Exception):  # noqa: N818 -- an answer, not a fault
    """Somebody stopped the import, or another process took over."""


@transaction.atomic
def take(*, only: PoolImport | None = None) -> PoolImport | None:
    """Return the next import to work on, leased to this process; None where nothing is to do.

    What is being brought in goes one after the other, for all organisations together, the first
    confirmed first: so nobody is created twice by two who import at once.
    """
    now = timezone.now()
    waiting = list(PoolImport.objects.select_for_update().filter(status__in=WORKED_ON))
    running = [one for one in waiting if one.status == ImportStatus.RUNNING]
    first = min(running, key=lambda one: (one.confirmed_at, one.pk), default=None)
    for one in sorted(waiting, key=lambda one: (one.confirmed_at or one.uploaded_at, one.pk)):
        is_its_turn = one.status != ImportStatus.RUNNING or one == first
        if is_its_turn and _is_free(one, now) and only in {None, one}:
            one.lease, one.leased_until = me(), now + LEASE
            one.save(update_fields=["lease", "leased_until"])
            return one
    return None


def _is_free(one: PoolImport, now: dt.datetime) -> bool:
    return one.lease in {"", me()} or one.leased_until is None or one.leased_until < now


def hold(pool_import: PoolImport, **facts: object) -> None:
    """Prove that the import is still ours to work on, and write how far it is.

    Raises:
        Lost: it is not. Everything of this transaction is to be forgotten.
    """
    mine = PoolImport.objects.filter(pk=pool_import.pk, lease=me(), status=pool_import.status)
    held = mine.update(leased_until=timezone.now() + LEASE, **facts)
    if not held:
        raise Lost
    for name, value in facts.items():
        setattr(pool_import, name, value)


def rest(pool_import: PoolImport) -> None:
    """Let others be worked on, and this one again in a minute: something unforeseen stopped it."""
    mine = PoolImport.objects.filter(pk=pool_import.pk, lease=me())
    mine.update(lease=RESTING, leased_until=timezone.now() + LEASE)


def let_go() -> None:
    """Give back what is held: another can go on at once."""
    PoolImport.objects.filter(lease=me()).update(lease="", leased_until=None)
