"""The blanks as pages to print: for everybody, and for staff who hand them out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coprod.lib.access import require
from coprod.parity import Sheet, sheet_of, sheets
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


def _found(slug: str) -> Sheet:
    sheet = sheet_of(slug)
    if sheet is None:
        raise Http404
    return sheet


def _sheet(request: HttpRequest, sheet: Sheet, back: tuple[str, str], **more: Any) -> HttpResponse:
    context = {
        "sheet": sheet,
        "sections": sheet.sections(),
        "large": request.GET.get("size") == "large",
        "here": request.path,
        "back_href": back[0],
        "back_words": back[1],
        "typed_at": request.build_absolute_uri(reverse("people:people_list")).partition("//")[2],
        **more,
    }
    return render(request, "coprod/paper/sheet.html", context)
