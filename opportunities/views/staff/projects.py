"""Staff and their briefs: the list, one project, what residents see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coprod.lib.access import require
from coprod.lib.days import today
from coprod.lib.paging import Key, page
from coprod.lib.search import clean, search
from opportunities import rules
from opportunities.cards import card, cards
from opportunities.completeness import missing_parts
from opportunities.lifecycle import LIVE, LIVE_BRIEF, UNFINISHED, Status
from opportunities.models import SEARCHED, Opportunity
from opportunities.pages import brief_page
from opportunities.steps import WHAT_NOW, possible
from opportunities.views.staff.own import own_brief
from people.rules import is_staff_member

PAGE_SIZE = 20
ORDER = [
    Key("updated_at", dt.datetime, descending=True),
    Key("pk", int, descending=True),
]
read_or_write = require_http_methods(["GET", "HEAD", "POST"])
Action = Callable[..., Opportunity]


# --- The list ------------------------------------------------------------------------------------
@require_safe
def manage(request: HttpRequest) -> HttpResponse:
    """List the briefs of the organisation that somebody acts for, by state and by words."""
    require(is_staff_member(request.user))
    own = Opportunity.objects.of_organisation_of(request.user)
    words, status = clean(request.GET.get("q", "")), request.GET.get("status", "")
    found = search(own, SEARCHED, words)
    tabs = _tabs(found, words, status)
    rows = found.filter(status=status) if status in Status.values else found
    shown = page(_with_numbers(rows), ORDER, request.GET.get("page", ""), PAGE_SIZE)
    context = {
        "cards": [(one, _gaps(one.opportunity)) for one in cards(shown.rows, today())],
        "tabs": tabs,
        "words": words,
        "status": status if status in Status.values else "",
        "previous": shown.previous and _list_address(words, status, shown.previous),
        "following": shown.following and _list_address(words, status, shown.following),
        "may_write": rules.can_write(request.user),
    }
    return render(request, "opportunities/staff/manage.html", context)


def _with_numbers(rows: QuerySet[Opportunity]) -> QuerySet[Opportunity]:
    came = Count("sign_ups", filter=Q(sign_ups__status__in=LIVE))
    return rows.annotate(came=came).select_related("organisation", "team").prefetch_related("towns")


def _gaps(brief: Opportunity) -> int:
    """Return how many parts an unfinished brief still needs."""
    return len(missing_parts(brief)) if brief.status in UNFINISHED else 0


def _tabs(found: QuerySet[Opportunity], words: str, status: str) -> list[dict[str, Any]]:
    numbers = dict(found.values_list("status").annotate(n=Count("pk")).order_by())
    entries = [("", _("All")), *Status.choices]
    tabs = [
        {
            "label": label,
            "number": numbers.get(value, 0) if value else sum(numbers.values()),
            "href": _list_address(words, value),
            "current": value == status,
        }
        for value, label in entries
    ]
    return [tab for tab in tabs if tab["number"] or tab["current"]]


def _list_address(words: str, status: str, cursor: str = "") -> str:
    query = {"q": words, "status": status, "page": cursor}
    return reverse("opportunities:manage", query={k: v for k, v in query.items() if v})


# --- One project ---------------------------------------------------------------------------------
@require_safe
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """Show where a project stands, what is next, and the ways to its people and promises."""
    brief = own_brief(request, slug)
    may_edit = rules.can_edit(request.user, brief)
    context = {
        "opportunity": brief,
        "card": card(brief, today()),
        "what_now": WHAT_NOW[Status(brief.status)],
        "steps": possible(request.user, brief),
        "gaps": missing_parts(brief) if brief.status in UNFINISHED else [],
        "may_edit": may_edit and brief.status in {*UNFINISHED, *LIVE_BRIEF},
        "may_arrange": may_edit,
        "may_ask": brief.is_open_on(today()) and rules.can_ask_for_people(request.user, brief),
        "may_invite": brief.is_open_on(today()) and rules.can_invite(request.user, brief),
        "may_copy": rules.can_copy(request.user, brief),
        "came": brief.sign_ups.live().count(),
        "waiting": brief.sign_ups.waiting().count(),
        "changes": brief.changes.select_related("changed_by"),
    }
    return render(request, "opportunities/staff/project.html", context)


@require_safe
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the brief as a resident will see it."""
    brief = own_brief(request, slug)
    return render(request, "opportunities/staff/preview.html", brief_page(brief, request.user))
