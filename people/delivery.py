"""The worker's half of the outbox: what is owed is handed to the mail relay, at least once.

A worker first leases a notice: it moves ``try_after`` ahead and counts the attempt, in a
transaction of its own. No lock is held while the relay answers, and no second worker takes the
same notice. A worker that dies before it marks the notice leaves it due again when the lease runs
out; the second letter then carries the same Message-ID, by which mailboxes know a double.
"""

from __future__ import annotations

import datetime as dt
import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.utils import timezone

from coprod.lib.lifecycle import next_state

from .invitations import with_link
from .lifecycle import NOTICE_MOVES
from .models import ContactBy, Notice

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=5)
MAX_ATTEMPTS = 8
FIRST_PAUSE = dt.timedelta(minutes=1)


def deliver_due(*, limit: int = 50) -> int:
    """Send what is due, at most ``limit`` notices, and return how many were taken in hand."""
    for taken in range(limit):
        notice = lease_next()
        if notice is None:
            return taken
        deliver(notice)
    return limit


@transaction.atomic
def lease_next() -> Notice | None:
    """Take the next due notice in hand for ``LEASE`` and return it; None where nothing is due."""
    now = timezone.now()
    skip = connection.features.has_select_for_update_skip_locked
    notice = Notice.objects.select_for_update(skip_locked=skip).due(now).first()
    if notice is None:
        return None
    notice.attempts += 1
    notice.try_after = now + LEASE
    notice.save(update_fields=["attempts", "try_after"])
    return notice


def deliver(notice: Notice) -> None:
    """Hand one leased notice to the relay, or say what becomes of it instead."""
    if notice.attempts > MAX_ATTEMPTS:
        _stop_trying(notice)
        return
    if not _wants_email(notice):
        _settle(notice, "hand_to_staff")
        return
    try:
        _message(notice).send()
    except smtplib.SMTPRecipientsRefused:
        logger.warning("notice %s: the address was refused", notice.pk)
        _stop_trying(notice)
    except (smtplib.SMTPException, OSError) as error:
        # The kind of error only: its text may hold the address.
        logger.warning("notice %s: %s", notice.pk, type(error).__name__)
        _try_later(notice)
    else:
        _settle(notice, "send")


def _wants_email(notice: Notice) -> bool:
    """Read now, not when it was owed: the person may have changed how to be reached.

    What they chose for one project stands, whatever their own way is.
    """
    person = notice.person
    if person is None:
        return True
    by_email = not notice.is_own_way or person.contact_by == ContactBy.EMAIL
    return by_email and bool(person.email)


def _message(notice: Notice) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=notice.subject,
        body=with_link(notice, notice.text),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[_address(notice)],
        headers={"Message-ID": notice.message_id, "Auto-Submitted": "auto-generated"},
    )
    if notice.html:
        message.attach_alternative(with_link(notice, notice.html), "text/html")
    return message


def _address(notice: Notice) -> str:
    if notice.person:
        return notice.person.email
    return notice.user.email if notice.user else notice.address


def _try_later(notice: Notice) -> None:
    if notice.attempts >= MAX_ATTEMPTS:
        _stop_trying(notice)
        return
    notice.try_after = timezone.now() + FIRST_PAUSE * 2 ** (notice.attempts - 1)
    notice.save(update_fields=["try_after"])


def _stop_trying(notice: Notice) -> None:
    """A person is rung or written to instead; for staff and invitations it shows on their page."""
    _settle(notice, "hand_to_staff" if notice.person else "give_up")


def _settle(notice: Notice, verb: str) -> None:
    notice.status = next_state(NOTICE_MOVES, verb, Notice.Status.OWED)
    if notice.person and notice.status == Notice.Status.TASK:
        if notice.is_own_way or not notice.person.email:
            notice.contact_by = notice.person.contact_by
    else:
        notice.settled_at = timezone.now()
    # Conditional: a worker that outlived its lease does not undo what another one wrote.
    Notice.objects.filter(pk=notice.pk, status=Notice.Status.OWED).update(
        status=notice.status, contact_by=notice.contact_by, settled_at=notice.settled_at
    )
