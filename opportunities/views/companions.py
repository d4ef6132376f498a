"""Who else takes part, for those who hold a place."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from coprod.lib.access import require
from coprod.lib.paging import Key, page
from opportunities import rules
from opportunities.companions import companions as shown_by
from opportunities.models import SignUp

PAGE_SIZE = 25
BY_NAME = [Key("person__name", str), Key("pk", int)]


@require_safe
def companions(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the others with a place chose to show."""
    rows = SignUp.objects.of(request.user).select_related("opportunity", "person")
    own = get_object_or_404(rows, pk=pk)
    require(rules.can_see_companions(request.user, own))
    others = SignUp.objects.shown_to(request.user).filter(opportunity=own.opportunity)
    shown = page(others.select_related("person"), BY_NAME, request.GET.get("page", ""), PAGE_SIZE)
    context = {
        "sign_up": own,
        "opportunity": own.opportunity,
        "page": shown,
        "people": shown_by(list(shown.rows)),
    }
    return render(request, "opportunities/resident/companions.html", context)
