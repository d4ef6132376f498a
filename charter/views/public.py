"""Pages that everybody may read: the charter, and what became of what people said."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from charter import actions
from charter.filters import NEWEST_FIRST, PAGE, LoopFilter
from charter.loop import SHOWN_FROM, loops, summary
from charter.models import CommitmentKind, Contribution
from charter.queries import charter_in_force, commitments_of
from charter.rules import can_edit_charter
from charter.stop_links import question_behind
from coprod.lib.days import today
from coprod.lib.paging import page
from people.versions import public_page


@login_not_required
@require_safe
@public_page
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
@public_page
def you_said_we_did(request: HttpRequest) -> HttpResponse:
    """What people said, what the team says, and what people say about that."""
    asked = LoopFilter(
        request.GET,
        queryset=Contribution.objects.public().select_related("opportunity__organisation"),
        request=request,
    )
    found = page(asked.qs, NEWEST_FIRST, request.GET.get("page", ""), PAGE)
    query = {name: value for name, value in request.GET.items() if value and name in asked.filters}
    context = {
        "filter": asked,
        "loops": loops(found.rows, today()),
        "summary": summary(asked.qs, today()),
        "shown_from": SHOWN_FROM,
        "previous_href": _href(query, found.previous),
        "following_href": _href(query, found.following),
    }
    return render(request, "charter/public/you_said_we_did.html", context)


def _href(query: dict[str, str], cursor: str) -> str:
    return f"?{urlencode({**query, 'page': cursor})}" if cursor else ""


# A mail program presses this button (RFC 8058): without a page of ours, so without its key. The
# address is the key; it does this one thing, and shows nothing.
@csrf_exempt
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop_asking_by_letter(request: HttpRequest, token: str) -> HttpResponse:
    """End the questions that a letter was about: one click, without signing in."""
    asked = question_behind(token)
    if asked is None:
        raise Http404
    if request.method == "POST":
        actions.stop_asking_by_letter(check_back=asked)
    context = {"done": request.method == "POST"}
    return render(request, "charter/public/stop_asking_by_letter.html", context)
