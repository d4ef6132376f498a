"""Who is told what on the first floor: one function for each event of the pool."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.urls import reverse

from .models import AuditEvent, ContactBy, Notice, Organisation, Person, User
from .outbox import owe


def welcomed(person: Person, organisation: Organisation) -> Notice:
    """Say who is there for the person, and how to reach them."""
    moment = person.welcomed_at.isoformat(timespec="microseconds") if person.welcomed_at else ""
    return owe(
        person=person,
        event=f"person:{person.pk}:{moment}",
        kind="welcomed",
        template="people/welcomed",
        context={
            "contact": person.named_contact,
            "organisation": organisation,
            "path": reverse("people:my_page"),
        },
        organisation=organisation,
    )


def break_over(person: Person, ended: dt.date) -> Notice:
    """Say that the break is over, and what to do for a longer one."""
    return owe(
        person=person,
        event=f"person:{person.pk}:break:{ended}",
        kind="break_over",
        template="people/break_over",
        context={"path": reverse("people:take_break")},
        organisation=person.joined_through,
    )


def look_at_needs(person: Person, due: dt.date) -> Notice:
    """Ask whether it is still right. What it is stands on the page, not in the letter."""
    return owe(
        person=person,
        event=f"person:{person.pk}:needs:{due}",
        kind="needs_review",
        template="people/needs_review",
        context={"path": reverse("people:my_needs")},
        organisation=person.joined_through or Organisation.objects.filter(is_host=True).first(),
    )


def offered(person: Person, organisation: Organisation, number: int) -> Notice:
    """Say that there is an offer. What it is stands on the page, not in the letter."""
    return owe(
        person=person,
        event=f"offer:{number}",
        kind="offer",
        template="people/offered",
        context={"organisation": organisation, "path": reverse("people:support")},
        organisation=organisation,
    )


def people_wait(user: User, organisation: Organisation, number: int, event: str) -> Notice:
    """Remind a coordinator of people whom nobody has welcomed."""
    return owe(
        user=user,
        event=event,
        kind="people_wait",
        template="people/people_wait",
        context={
            "organisation": organisation,
            "number": number,
            "link": settings.SITE_URL + reverse("people:to_welcome"),
        },
        organisation=organisation,
    )


def details_changed(
    person: Person, event: AuditEvent, organisation: Organisation | None
) -> Notice | None:
    """Tell somebody with an account that staff changed how they are reached; others rang for it.

    Always to the address of the account: whoever changed the way by fraud does not get the letter.
    """
    if person.user_id is None:
        return None
    return owe(
        person=person,
        event=f"details:{event.pk}",
        kind="details_changed",
        template="people/details_changed",
        context={"organisation": organisation},
        organisation=organisation,
        contact_by=ContactBy.EMAIL,
    )
