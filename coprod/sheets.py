"""The blanks as pages to print: for everybody, and for staff who hand them out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coprod.blanks import JOIN, Sheet
from coprod.lib.access import require
from coprod.lib.paper import printed
from coprod.parity import sheet_of, sheets
from opportunities.models import Opportunity
from people.models import Person
from people.rules import arranges


@login_not_required
@require_safe
def public_sheets(request: HttpRequest) -> HttpResponse:
    """List what people may want on paper before they have an account."""
    found = [sheet for sheet in sheets() if sheet.is_public]
    return render(request, "coprod/public/sheets.html", {"sheets": found})


@login_not_required
@require_safe
def public_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one of them, to print."""
    sheet = sheet_of(slug)
    if sheet is None or not sheet.is_public:
        raise Http404
    back = (reverse("public_sheets"), _("Forms on paper"))
    return _sheet(request, sheet, back)


@require_safe
def staff_sheets(request: HttpRequest) -> HttpResponse:
    """List every blank, for those who hand them out."""
    require(arranges(request.user))
    return render(request, "coprod/staff/sheets.html", {"sheets": sheets()})


@require_safe
def staff_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one blank, to print."""
    require(arranges(request.user))
    back = (reverse("staff_sheets"), _("Forms to print"))
    return _sheet(request, _found(slug), back)


@require_safe
def sheet_for(request: HttpRequest, uuid: UUID, slug: str) -> HttpResponse:
    """Show one blank with somebody’s name on it, and the mark by which the typist finds them."""
    require(arranges(request.user))
    person = get_object_or_404(Person.objects.visible_to(request.user), uuid=uuid)
    back = (reverse("people:show_person", args=[person.uuid]), person.name)
    return _sheet(request, _found(slug), back, person=person, reference=person.reference)


@require_safe
def by_mark(request: HttpRequest, mark: str) -> HttpResponse:
    """Lead from the mark on a sheet to where it is typed; each page asks itself who may."""
    require(arranges(request.user))
    kind, _dash, number = mark.upper().partition("-")
    if kind == "P":
        person = get_object_or_404(Person.objects.visible_to(request.user).marked(mark))
        return redirect("people:show_person", person.uuid)
    if not number.isdecimal():
        raise Http404
    if kind == "A":
        return redirect("charter:enter_answer", int(number))
    ours = Opportunity.objects.of_organisation_of(request.user)
    return redirect("opportunities:add_sign_up", get_object_or_404(ours, pk=number).slug)


def _found(slug: str) -> Sheet:
    sheet = sheet_of(slug)
    if sheet is None:
        raise Http404
    return sheet


def _sheet(
    request: HttpRequest, sheet: Sheet, back: tuple[str, str], *, reference: str = "", **more: Any
) -> HttpResponse:
    new = "people:add_person" if sheet is JOIN else "people:people_list"
    typed_at = reverse("by_mark", args=[reference]) if reference else reverse(new)
    context = {
        **printed(request, sheet.sections(), typed_at=typed_at, reference=reference),
        "sheet": sheet,
        "back_href": back[0],
        "back_words": back[1],
        **more,
    }
    return render(request, "coprod/paper/sheet.html", context)
