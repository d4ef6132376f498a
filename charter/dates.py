"""Which days fit what is written down: asked by the forms, and by the verbs for everybody else."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from coprod.lib.days import add_months, today
from coprod.lib.lifecycle import NotAllowed
from coprod.lib.wording import day_in_full

# A promise is for a day that people can wait for.
PROMISE_WITHIN_YEARS = 5


def not_to_come(day: dt.date) -> str:
    """Return what is wrong with a day on which something was said or read; empty: nothing."""
    return _("Choose today or a day before today") if day > today() else ""


def said(day: dt.date, begun_on: dt.date) -> str:
    """Return what is wrong with the day when people said something to a project."""
    if day < begun_on:
        return _("The project began on %(day)s: choose that day or a later one") % {
            "day": day_in_full(begun_on)
        }
    return not_to_come(day)


def done(day: dt.date) -> str:
    """Return what is wrong with the day when something was done."""
    return _("It cannot be done on a day that is still to come") if day > today() else ""


def promised(day: dt.date) -> str:
    """Return what is wrong with the day by which something will be done."""
    if day < today():
        return _("Promise a day that is still to come")
    if day > add_months(today(), 12 * PROMISE_WITHIN_YEARS):
        return _("Promise a day within the next five years")
    return ""


def refuse(fault: str) -> None:
    """Stop where there is a fault.

    Raises:
        NotAllowed: ``fault`` is not empty.
    """
    if fault:
        raise NotAllowed(fault)
