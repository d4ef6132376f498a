"""Copies of a person's messages: to those who get them by the person's wish, and to guardians.

Which messages are copied stands in ``COPIED``; whatever is not there (links, codes, needs, what
somebody said) never is. A contact reads the words of the letter, without its links, which are the
person's own. A guardian of somebody under 16 reads only what is practical: that there is a message,
about which project, when and where.
"""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import make_msgid
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string

from coprod.lib.days import today

from .models import Can, ContactBy, Notice, Person, Relation, RelationKind
from .young import needs_an_adult

KIND = "copy"
# A letter that goes nowhere has no copies. Where it waits for the end of a break, they wait, too.
_LEAVING = (Notice.Status.OWED, Notice.Status.TASK, Notice.Status.HELD)
_PLACES = (
    "place_given",
    "on_waiting_list",
    "heard",
    "held",
    "moved_up",
    "chosen",
    "not_this_time",
    "decision_taken_back",
    "withdrawn",
)
COPIED: dict[str, str] = {
    **dict.fromkeys(_PLACES, Can.HEAR_PLACES),
    **dict.fromkeys(("brief_changed", "brief_withdrawn", "project_message"), Can.HEAR_CHANGES),
    **dict.fromkeys(
        ("check_back_asked", "check_back_reminder", "response_given"), Can.HEAR_QUESTIONS
    ),
}


def owe_copies(notice: Notice, practical: str) -> None:
    """Owe what belongs to ``notice``; twice changes nothing.

    Args:
        practical: which project, when and where, in lines: all that a guardian reads.
    """
    person, verb = notice.person, COPIED.get(notice.kind)
    if person is None or verb is None or notice.status not in _LEAVING:
        return
    for relation in _listeners(person, verb):
        words = practical if relation.kind == RelationKind.GUARDIAN else _without_links(notice.text)
        _owe(notice, person, relation, words)


def _listeners(person: Person, verb: str) -> Iterator[Relation]:
    rows = Relation.objects.in_force_on(today()).filter(
        person=person, kind__in=(RelationKind.RECEIVES, RelationKind.GUARDIAN)
    )
    for relation in rows.select_related("helper_user"):
        is_guardian = relation.kind == RelationKind.GUARDIAN
        if relation.may(verb) and (not is_guardian or needs_an_adult(person)):
            yield relation


def event_of(notice: Notice, relation: Relation) -> str:
    """Return the outbox's name of one copy: it ends with whose it is."""
    return f"{notice.event}:{notice.kind}{_tail(relation)}"


def _tail(relation: Relation) -> str:
    return f":copy:{relation.pk}"


def forget_copies(relation: Relation) -> None:
    """Take back what is owed to a helper and has not left: after the end they hear nothing."""
    rows = Notice.objects.filter(kind=KIND, event__endswith=_tail(relation))
    rows.filter(status__in=_LEAVING).delete()


def copies_of_letters_to(person: Person) -> Q:
    """Return what finds the copies, to whomever, of the letters to ``person``."""
    tails = [Q(event__endswith=_tail(relation)) for relation in person.relations.all()]
    return Q(kind=KIND) & reduce(or_, tails, Q(pk__in=()))


def _owe(notice: Notice, person: Person, relation: Relation, words: str) -> None:
    by_email = bool(relation.email)
    way = ContactBy.EMAIL if by_email else _other_way(relation)
    to = {"address": relation.email} if by_email else {"person": person}
    context = {
        "relation": relation,
        "person": person,
        "words": words,
        "place": settings.PLACE,
        "site_url": settings.SITE_URL,
        "help_phone": settings.HELP_PHONE,
        "subject": notice.subject,
    }
    Notice.objects.get_or_create(
        event=event_of(notice, relation),
        kind=KIND,
        **to,
        defaults={
            "organisation": notice.organisation,
            "contact_by": way,
            "contact_detail": "" if by_email else relation.phone or relation.address,
            "is_own_way": False,
            "priority": notice.priority,
            "subject": " ".join(_text("subject", context).split()),
            "text": _text("", context),
            "html": render_to_string("emails/people/copy.html", context) if by_email else "",
            "message_id": make_msgid(domain="coprod.invalid"),
            "status": _first_status(notice, by_email=by_email),
        },
    )


def _first_status(notice: Notice, *, by_email: bool) -> str:
    if notice.status == Notice.Status.HELD:
        return Notice.Status.HELD
    return Notice.Status.OWED if by_email else Notice.Status.TASK


def _other_way(relation: Relation) -> str:
    return ContactBy.PHONE if relation.phone else ContactBy.LETTER


def _text(part: str, context: dict[str, object]) -> str:
    name = "emails/people/copy.subject.txt" if part else "emails/people/copy.txt"
    return render_to_string(name, context, using="text").strip()


def _without_links(text: str) -> str:
    """Return the paragraphs that lead nowhere: an address in a letter may open what is private."""
    return "\n\n".join(part for part in text.split("\n\n") if "://" not in part).strip()
