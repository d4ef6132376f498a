"""A project’s own form on paper."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coprod.lib.paper import printed, questions_of
from opportunities.forms.sharing import WRITTEN
from opportunities.forms.sign_ups import SignUpForm
from opportunities.views.resident import public_brief


@login_not_required
@require_safe
def paper_form(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the same questions as a form to print and fill in by hand."""
    brief = public_brief(slug)
    form = SignUpForm(brief=brief, person=None, profile=WRITTEN, readable=())
    context = {
        **printed(
            request,
            questions_of(form),
            typed_at=f"/staff/mark/B-{brief.pk}/",
            reference=f"B-{brief.pk}",
        ),
        "opportunity": brief,
        "advice_line": settings.ADVICE_LINE,
        "benefits_checked_on": settings.BENEFITS_CHECKED_ON,
    }
    return render(request, "opportunities/resident/paper_form.html", context)
