"""What to arrange for a project, for those who arrange it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from opportunities import run_sheet as sheet
from opportunities.views.sign_ups import arranged_brief


@require_http_methods(["GET", "HEAD", "POST"])
def run_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how many need what; the names of those who agreed only on asking, and on record."""
    brief = arranged_brief(request, slug)
    context = {
        "opportunity": brief,
        "kinds": sheet.to_arrange(brief),
        "own_words": sheet.own_words(brief),
        "late": sheet.too_late_to_book(brief),
        "book_ahead": sheet.BOOK_AHEAD,
        "has_names": sheet.has_names(brief),
        "opened": request.method == "POST",
    }
    if context["opened"]:
        context["named"] = sheet.by_name(brief, request.user)
    return render(request, "opportunities/staff/run_sheet.html", context)
