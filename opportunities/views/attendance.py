"""Who took part: the officer ticks them after each day."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from coprod.lib.lifecycle import NotAllowed
from coprod.lib.search import clean
from opportunities import actions
from opportunities.actions.attendance import first_and_last_day
from opportunities.forms.people import DayForm, TurnedUpForm
from opportunities.models import Opportunity
from opportunities.queries import alike, days_of, expected_on
from opportunities.views.sign_ups import arranged_brief
from people.models import Person
from people.queries import find_people

FOUND_SHOWN = 25
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


def _day(request: HttpRequest, brief: Opportunity) -> dt.date | None:
    """Return the day at this address, the last possible one where there is none, or nothing."""
    first, last = first_and_last_day(brief)
    if first > last:
        return None
    try:
        asked = parse_date(request.GET.get("date", ""))
    except ValueError:
        asked = None
    return asked if asked and first <= asked <= last else last


def _here(brief: Opportunity, day: dt.date) -> str:
    return reverse("opportunities:took_part", args=[brief.slug], query={"date": day.isoformat()})


@read_or_write
def took_part(request: HttpRequest, slug: str) -> HttpResponse:
    """Tick who took part on a day."""
    brief = arranged_brief(request, slug)
    day = _day(request, brief)
    if day is None:
        return render(request, "opportunities/staff/not_yet.html", {"opportunity": brief})
    rows = expected_on(brief, day)
    if request.method == "POST":
        return _save(request, brief, day, [row.person for row in rows])
    words = clean(request.GET.get("q", ""))
    first, last = first_and_last_day(brief)
    context = {
        "opportunity": brief,
        "day": day,
        "rows": rows,
        "ticked": sum(row.took_part for row in rows),
        "days": days_of(brief),
        "words": words,
        "found": _found(request, words, {row.person.pk for row in rows}),
        "first": first,
        "last": last,
    }
    return render(request, "opportunities/staff/took_part.html", context)


def _found(request: HttpRequest, words: str, shown: set[int]) -> list[Person]:
    if not words:
        return []
    people = find_people(Person.objects.visible_to(request.user), words).select_related("town")
    return list(people.exclude(pk__in=shown).order_by("name", "pk")[:FOUND_SHOWN])


def _save(
    request: HttpRequest, brief: Opportunity, day: dt.date, expected: list[Person]
) -> HttpResponse:
    """Save the ticks of those who were on the form, and of nobody else."""
    ticked, shown = set(request.POST.getlist("came")), set(request.POST.getlist("listed"))
    listed = [person for person in expected if str(person.pk) in shown]
    came = [person for person in listed if str(person.pk) in ticked]
    return _record(request, brief, day, came=came, listed=listed)


def _record(
    request: HttpRequest, brief: Opportunity, day: dt.date, **people: list[Person]
) -> HttpResponse:
    try:
        saved = actions.record_took_part(opportunity=brief, day=day, actor=request.user, **people)
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    else:
        words = ngettext(
            "Saved. %(n)s person took part.", "Saved. %(n)s people took part.", saved.total
        )
        messages.success(request, words % {"n": saved.total})
    return redirect(_here(brief, day))


@require_POST
def add_attendance(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Tick somebody we know who just turned up."""
    brief = arranged_brief(request, slug)
    person = get_object_or_404(Person.objects.visible_to(request.user), uuid=uuid)
    day = _day(request, brief)
    if day is None:
        return redirect("opportunities:took_part", brief.slug)
    return _record(request, brief, day, came=[person])


@read_or_write
def took_part_day(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose another day."""
    brief = arranged_brief(request, slug)
    first, last = first_and_last_day(brief)
    form = DayForm(request.POST if request.method == "POST" else None, first=first, last=last)
    if form.is_valid():
        return redirect(_here(brief, form.cleaned_data["day"]))
    context = {"opportunity": brief, "form": form, "first": first, "last": last}
    return render(request, "opportunities/staff/took_part_day.html", context)


@read_or_write
def turned_up(request: HttpRequest, slug: str) -> HttpResponse:
    """Add somebody new who just turned up."""
    brief = arranged_brief(request, slug)
    day = _day(request, brief)
    if day is None:
        return redirect("opportunities:took_part", brief.slug)
    back = _here(brief, day)
    form = TurnedUpForm(request.POST if request.method == "POST" else None, back=back)
    context: dict[str, Any] = {"opportunity": brief, "form": form, "day": day}
    if form.is_valid():
        newcomer = form.newcomer()
        same = alike(request.user, newcomer)
        if not same or "add_anyway" in request.POST:
            return _added(request, brief, day, form)
        context |= same
    return render(request, "opportunities/staff/turned_up.html", context)


def _added(
    request: HttpRequest, brief: Opportunity, day: dt.date, form: TurnedUpForm
) -> HttpResponse:
    person = actions.record_newcomer(
        opportunity=brief, day=day, actor=request.user, newcomer=form.newcomer()
    )
    messages.success(request, _("%(name)s is added and ticked.") % {"name": person.name})
    return redirect(_here(brief, day))
