"""What waits for an answer about data, in the queue of those who answer it."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from coprod.lib.days import today
from coprod.lib.queue import LENGTH, QueueRow
from coprod.lib.wording import day_in_full

from .models import DataComplaint, Membership, Objection, Role


def data_queue(membership: Membership) -> list[QueueRow]:
    """Return complaints and objections about data without an answer, with the day it is due by."""
    if not membership.organisation.is_host:
        return []
    if membership.role not in (Role.COORDINATOR, Role.ADMINISTRATOR):
        return []
    return [*_complaints(), *_objections()]


def _complaints() -> list[QueueRow]:
    rows: QuerySet[DataComplaint] = DataComplaint.objects.open()
    return [
        QueueRow(
            title=_("A complaint about information"),
            href=reverse("people:answer_complaint", args=[one.pk]),
            verb=_("Answer"),
            rest=str(one.pk),
            soft=_("Answer by %(day)s.") % {"day": day_in_full(one.answer_by)}
            if one.acknowledged_at
            else _("They do not know yet that we have it."),
            kind="late" if one.answer_by < today() or not one.acknowledged_at else "",
        )
        for one in rows[:LENGTH]
    ]


def _objections() -> list[QueueRow]:
    rows: QuerySet[Objection] = Objection.objects.open().order_by("due_on", "pk")
    return [
        QueueRow(
            title=_("Somebody objects to a use of their data"),
            href=reverse("people:answer_objection", args=[one.pk]),
            verb=_("Answer"),
            rest=str(one.pk),
            soft=_("Answer by %(day)s.") % {"day": day_in_full(one.due_on)},
            kind="late" if one.due_on < today() else "",
        )
        for one in rows[:LENGTH]
    ]
