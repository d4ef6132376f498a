"""Pages that everybody may read: the charter, and what became of what people said."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from charter.filters import LoopFilter, page_after
from charter.loop import SHOWN_FROM, loops, summary
from charter.models import CommitmentKind, Contribution
from charter.queries import charter_in_force, commitments_of
from charter.rules import can_edit_charter
from coprod.lib.days import today


@login_not_required
@require_safe
def charter(request: HttpRequest) -> HttpResponse:
    """What co-production means here, what was promised, by whom, and whether it was reviewed."""
    found = charter_in_force()
    commitments = list(commitments_of(found)) if found else []
    context = {
        "charter": found,
        "lists": [
            (kind, [one for one in commitments if one.kind == kind]) for kind in CommitmentKind
        ],
        "days_overdue": found.days_overdue(today()) if found else 0,
        "may_edit": can_edit_charter(request.user),
    }
    return render(request, "charter/public/charter.html", context)


@login_not_required
@require_safe
def you_said_we_did(request: HttpRequest) -> HttpResponse:
    """What people said, what the team says, and what people say about that."""
    asked = LoopFilter(
        request.GET,
        queryset=Contribution.objects.public().select_related("opportunity__organisation"),
        request=request,
    )
    page, key = page_after(asked.qs, request.GET.get("after", ""))
    query = {name: value for name, value in request.GET.items() if value and name in asked.filters}
    context = {
        "filter": asked,
        "loops": loops(page, today()),
        "summary": summary(asked.qs, today()),
        "shown_from": SHOWN_FROM,
        "first_href": f"?{urlencode(query)}" if request.GET.get("after") else "",
        "next_href": f"?{urlencode({**query, 'after': key})}" if key else "",
    }
    return render(request, "charter/public/you_said_we_did.html", context)
