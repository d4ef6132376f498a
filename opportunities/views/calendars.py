"""Dates to take along: of one brief, and of everything that somebody came forward to."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coprod.lib.calendars import TYPE
from opportunities import actions
from opportunities.calendar_links import address_of, person_behind
from opportunities.calendars import brief_calendar, person_calendar
from opportunities.models import CalendarLink, Opportunity
from people.queries import own_person


@login_not_required
@require_safe
def calendar(_request: HttpRequest, slug: str) -> HttpResponse:
    """Give the dates of a public brief as a file for a calendar."""
    brief = get_object_or_404(Opportunity.objects.public(), slug=slug)
    return _file(brief_calendar(brief), brief.slug)


@login_not_required
@require_safe
def calendar_feed(_request: HttpRequest, token: str) -> HttpResponse:
    """Give somebody’s dates to their calendar program, which cannot sign in."""
    person = person_behind(token)
    if person is None:
        raise Http404
    response = _file(person_calendar(person), "get-involved")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar(request: HttpRequest) -> HttpResponse:
    """Say how dates get into one’s calendar, and make the address for it."""
    person = own_person(request.user)
    if person is None:
        return redirect("people:start_page")
    if request.method == "POST":
        actions.make_calendar_link(person=person, actor=request.user)
        return redirect("opportunities:my_calendar")
    link = CalendarLink.objects.filter(person=person).first()
    address = address_of(link) if link else ""
    context = {"address": address, "webcal": f"webcal:{address.partition(':')[2]}"}
    return render(request, "opportunities/resident/my_calendar.html", context)


@require_POST
def stop_calendar(request: HttpRequest) -> HttpResponse:
    """Take the address back."""
    person = own_person(request.user)
    if person is not None:
        actions.revoke_calendar_link(person=person, actor=request.user)
        messages.success(request, _("The address no longer works. Your dates are here as before."))
    return redirect("opportunities:my_calendar")


def _file(content: bytes, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}.ics"'
    return HttpResponse(content, content_type=TYPE, headers={"Content-Disposition": disposition})
