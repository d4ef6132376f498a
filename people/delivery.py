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
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.db import connection, transaction
from django.utils import timezone

from coprod.lib.failpoints import failpoint
from coprod.lib.letters import BY_A_PROGRAM
from coprod.lib.lifecycle import next_state

from . import helper_links
from .confirm_links import with_secret_link
from .lifecycle import NOTICE_MOVES
from .models import ContactBy, Notice, Person
from .outbox import is_gone, waits

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=5)
FIRST_PAUSE = dt.timedelta(minutes=1)
LONGEST_PAUSE = dt.timedelta(hours=12)
MAX_ATTEMPTS = 15  # with these pauses the last one is 65 hours after the first
NO_SUCH_ADDRESS = (550, 551, 553)


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
    if verb := _instead(notice):
        _settle(notice, verb)
        return
    try:
        failpoint("mail.leased")
        _message(notice).send()
        failpoint("mail.handed_over")
    except (smtplib.SMTPException, OSError, ValueError) as error:  # ValueError: of a header
        # The kind of error only: its text may hold the address.
        logger.warning("notice %s: %s", notice.pk, type(error).__name__)
        _not_sent(notice, error)
    else:
        _settle(notice, "send")
        failpoint("mail.marked")


def _instead(notice: Notice) -> str:
    """Return what becomes of a notice that is not sent now; empty where it is."""
    if notice.person and is_gone(notice.person):
        return "stop"
    if notice.person and waits(notice.person, asked_for=notice.asked_for):
        return "hold"
    return "" if _wants_email(notice) else "hand_to_staff"


def _not_sent(notice: Notice, error: Exception) -> None:
    """Try again later, unless the answer was for good: to this address or to these words."""
    code = _answer_for_good(error) if _has_an_address(notice) else NO_SUCH_ADDRESS[0]
    if code in NO_SUCH_ADDRESS and notice.person:
        refused = Person.objects.filter(pk=notice.person.pk, email=notice.person.email)
        refused.update(email_refused_at=timezone.now())
    if code:
        _stop_trying(notice)
    else:
        _try_later(notice)


def _has_an_address(notice: Notice) -> bool:
    """Return whether it goes to something that is an address at all, and no header by itself."""
    try:
        validate_email(_address(notice))
    except ValidationError:
        return False
    return True


def _answer_for_good(error: Exception) -> int:
    """Return the code of an answer that no waiting changes; 0 for everything else.

    Codes from 400 ask for patience (a full box, a server that greets strangers later). A refused
    sender or password is our own fault: it is put right, and the letter then goes.
    """
    codes = [550]
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()] or codes
    elif isinstance(error, smtplib.SMTPDataError):
        codes = [error.smtp_code]
    else:
        return 0
    return codes[0] if codes[0] >= 500 else 0


def _wants_email(notice: Notice) -> bool:
    """Read now, not when it was owed: the person may have changed how to be reached.

    What they chose for one project stands, whatever their own way is.
    """
    person = notice.person
    if person is None:
        return True
    by_email = not notice.is_own_way or person.contact_by == ContactBy.EMAIL
    return by_email and bool(person.email) and person.email_refused_at is None


def _message(notice: Notice) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=notice.subject,
        body=_with_link(notice, notice.text),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[_address(notice)],
        headers=_headers(notice),
    )
    if notice.html:
        message.attach_alternative(_with_link(notice, notice.html), "text/html")
    return message


def _with_link(notice: Notice, text: str) -> str:
    """Return ``text`` ready to send: a link that works once is in no table."""
    return helper_links.with_link(notice, with_secret_link(notice, text))


def _headers(notice: Notice) -> dict[str, str]:
    """Return what keeps programs that answer by themselves quiet, and how to end such letters."""
    headers = {"Message-ID": notice.message_id, **BY_A_PROGRAM}
    if notice.priority == Notice.Priority.TO_MANY:
        headers["Precedence"] = "bulk"
    if notice.stop_path:
        headers["List-Unsubscribe"] = f"<{settings.SITE_URL}{notice.stop_path}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _address(notice: Notice) -> str:
    if notice.person:
        return notice.person.email
    return notice.user.email if notice.user else notice.address


def _try_later(notice: Notice) -> None:
    if notice.attempts >= MAX_ATTEMPTS:
        _stop_trying(notice)
        return
    pause = min(FIRST_PAUSE * 2 ** (notice.attempts - 1), LONGEST_PAUSE)
    notice.try_after = timezone.now() + pause
    notice.save(update_fields=["try_after"])


def _stop_trying(notice: Notice) -> None:
    """A person is rung or written to instead; for staff and invitations it shows on their page."""
    _settle(notice, "hand_to_staff" if notice.person else "give_up")


def _settle(notice: Notice, verb: str) -> None:
    notice.status = next_state(NOTICE_MOVES, verb, Notice.Status.OWED)
    if notice.person and notice.status == Notice.Status.TASK:
        if notice.is_own_way or not notice.person.email:
            notice.contact_by = notice.person.contact_by
    elif notice.status != Notice.Status.HELD:
        notice.settled_at = timezone.now()
    # Conditional: a worker that outlived its lease does not undo what another one wrote.
    Notice.objects.filter(pk=notice.pk, status=Notice.Status.OWED).update(
        status=notice.status, contact_by=notice.contact_by, settled_at=notice.settled_at
    )
