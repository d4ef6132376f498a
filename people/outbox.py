"""The outbox: a notice is owed once, and handed to the mail relay at least once.

What is owed is written in the same transaction as its reason, so neither is there without the
other. The worker sends later (``people.delivery``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from .copies import owe_copies
from .lifecycle import PoolStatus
from .models import ContactBy, Notice, Organisation, Person, User

SUBJECT = 200  # letters, as the column is wide


def owe(
    *,
    event: str,
    kind: str,
    template: str,
    context: Mapping[str, object],
    person: Person | None = None,
    user: User | None = None,
    address: str = "",
    organisation: Organisation | None = None,
    contact_by: str = "",
    contact_detail: str = "",
    priority: int = Notice.Priority.USUAL,
    stop_path: str = "",
    asks: bool = False,
    asked_for: bool = False,
    practical: str = "",
) -> Notice:
    """Owe a message to one of person, user or address; return its row. Twice changes nothing.

    Whoever left or died gets nothing: that row is not stored. In a break it waits.

    Args:
        event, kind: what happened (``sign-up:12``), and which message (``place_given``); once each.
        template, context: stem under ``templates/emails/``; the subject says nothing private.
        organisation: whose staff pass it on; practical: what a guardian reads (people.copies).
        contact_by, contact_detail: how they asked to be reached about this; else their own way.
        priority: Notice.Priority; stop_path: where one click ends letters like this one.
        asks: it counts towards what is enough; asked_for: it goes out in a break, too.
    """
    if person is not None and is_gone(person):
        return Notice(person=person, event=event, kind=kind, status=Notice.Status.VOID)
    full, way = {**_everywhere(), **context}, _way(person, contact_by)
    by_email = way == ContactBy.EMAIL
    one = _once(
        {"person": person, "user": user, "address": address, "event": event, "kind": kind},
        organisation=organisation,
        contact_by=way,
        contact_detail=contact_detail,
        is_own_way=not contact_by,
        priority=priority,
        stop_path=stop_path,
        asks=asks,
        **_words(f"emails/{template}", full | {"person": person, "user": user}, by_email=by_email),
        message_id=make_msgid(domain="coprod.invalid"),
        asked_for=asked_for,
        status=_first_status(person, by_email=by_email, asked_for=asked_for),
    )
    owe_copies(one, practical)
    return one


def is_gone(person: Person) -> bool:
    """Return whether no message reaches this person any more."""
    return person.status in (PoolStatus.LEFT, PoolStatus.DIED)


def waits(person: Person, *, asked_for: bool) -> bool:
    """Return whether a message waits until the person is back."""
    return person.status == PoolStatus.PAUSED and not asked_for


def _first_status(person: Person | None, *, by_email: bool, asked_for: bool) -> str:
    if person is not None and waits(person, asked_for=asked_for):
        return Notice.Status.HELD
    return Notice.Status.OWED if by_email else Notice.Status.TASK


def _once(one: Mapping[str, Any], **rest: Any) -> Notice:
    """Return the notice that ``one`` names; written at once, as it is rarely there already."""
    try:
        with transaction.atomic():
            return Notice.objects.create(**one, **rest)
    except IntegrityError:
        there = Notice.objects.filter(**one).first()
        if there is None:
            raise
        return there


def _everywhere() -> dict[str, object]:
    return {
        "site_url": settings.SITE_URL,
        "place": settings.PLACE,
        "help_phone": settings.HELP_PHONE,
    }


def _words(stem: str, context: Mapping[str, object], *, by_email: bool) -> dict[str, str]:
    """Return a notice's subject, text and, for e-mail, its HTML."""
    return {
        "subject": _on_one_line(_in_plain_text(f"{stem}.subject.txt", context)),
        "text": _in_plain_text(f"{stem}.txt", context),
        "html": render_to_string(f"{stem}.html", context) if by_email else "",
    }


def _on_one_line(text: str) -> str:
    """Return a subject as a header takes it: one line, of a length that programs show."""
    line = " ".join(text.split())
    return line if len(line) <= SUBJECT else f"{line[: SUBJECT - 1].rstrip()}…"


def _way(person: Person | None, chosen: str) -> str:
    """Return how the message goes: as chosen for it, else as the person is reached at all."""
    if person is None:
        return ContactBy.EMAIL
    if not chosen or (chosen == ContactBy.EMAIL and not person.email):
        return person.contact_by
    return chosen


def _in_plain_text(template: str, context: Mapping[str, object]) -> str:
    """Return a letter's text: no HTML, no run of blank lines where a condition left nothing."""
    text = render_to_string(template, context, using="text")
    return re.sub(r"\n{3,}", "\n\n", text).strip()
