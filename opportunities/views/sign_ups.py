"""Staff and the people who came forward to a project."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coprod.lib.access import require
from coprod.lib.days import today
from coprod.lib.downloads import csv_file
from coprod.lib.lifecycle import NotAllowed
from coprod.lib.paging import Key, page
from coprod.lib.search import clean
from opportunities import actions, exports, rules
from opportunities.actions.ages import about
from opportunities.forms.people import ChooseForm, DeclineForm, MessageForm
from opportunities.lifecycle import SIGN_UP_MOVES, SignUpStatus
from opportunities.models import Opportunity, SignUp
from opportunities.queries import (
    has_support,
    numbers_of,
    of_people,
    picked_needs,
    reached_by_staff,
    seen_picture,
    shared_parts,
)
from opportunities.views.staff.own import own_brief
from people.actions.needs import in_order
from people.audit import record
from people.models import User
from people.queries import companions_of
from people.rules_of_help import coordinates
from people.young import standing_of

PAGE_SIZE = 25
FIRST_CAME = [Key("came_forward_at", dt.datetime), Key("pk", int)]
NEWEST_FIRST = [
    Key("came_forward_at", dt.datetime, descending=True),
    Key("pk", int, descending=True),
]
WAITING_ORDER = [Key("waiting_number", int)]
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


def arranged_brief(request: HttpRequest, slug: str) -> Opportunity:
    """Return the brief, for those who work with its people."""
    brief = own_brief(request, slug)
    require(rules.can_arrange(request.user, brief))
    return brief


def row_of(request: HttpRequest, slug: str, pk: int) -> SignUp:
    """Return one person’s sign-up to the brief at this address."""
    brief = arranged_brief(request, slug)
    rows = SignUp.objects.arranged_by(request.user).filter(opportunity=brief).with_position()
    row = get_object_or_404(rows.select_related("person__town", "decided_by", "typed_by"), pk=pk)
    row.opportunity = brief
    return row


def _rows(brief: Opportunity, user: User) -> QuerySet[SignUp]:
    rows = SignUp.objects.arranged_by(user).filter(opportunity=brief)
    return rows.with_position().select_related("person")


# --- The list --------------------------------------------------------------------------------
@require_safe
def sign_ups(request: HttpRequest, slug: str) -> HttpResponse:
    """List who came forward, by where they stand; the waiting list in its order."""
    brief = arranged_brief(request, slug)
    words, status = clean(request.GET.get("q", "")), request.GET.get("status", "")
    status = status if status in SignUpStatus.values else ""
    rows = of_people(_rows(brief, request.user), words)
    numbers = numbers_of(brief.sign_ups.all())
    found = numbers_of(of_people(brief.sign_ups.all(), words)) if words else numbers
    rows = rows.filter(status=status) if status else rows.live()
    order = WAITING_ORDER if status == SignUpStatus.WAITING else FIRST_CAME
    shown = page(rows, order, request.GET.get("page", ""), PAGE_SIZE)
    context = {
        "opportunity": brief,
        "page": shown,
        "tabs": tabs(reverse("opportunities:sign_ups", args=[brief.slug]), found, status, words),
        "words": words,
        "status": status,
        "is_open": brief.is_open_on(today()),
        "may_fill": bool(numbers.get(SignUpStatus.WAITING))
        and brief.places_left != 0
        and not brief.has_started(today()),
        "anybody": sum(numbers.values()) > 0,
    }
    return render(request, "opportunities/staff/sign_ups.html", context)


def tabs(here: str, numbers: dict[str, int], status: str, words: str) -> list[dict[str, Any]]:
    """Return how many there are in each status, each with the address that shows them."""
    live = sum(n for name, n in numbers.items() if name in SIGN_UP_MOVES["withdraw"].sources)
    entries = [("", _("Everybody still in"), live)]
    entries += [
        (name, label, numbers.get(name, 0))
        for name, label in SignUpStatus.choices
        if name in numbers or name == status
    ]
    return [
        {
            "label": label,
            "number": number,
            "href": _with(here, q=words, status=name),
            "current": name == status,
        }
        for name, label, number in entries
    ]


def _with(here: str, **query: str) -> str:
    asked = urlencode({name: value for name, value in query.items() if value})
    return f"{here}?{asked}" if asked else here


@require_safe
def find_sign_ups(request: HttpRequest) -> HttpResponse:
    """List who came forward to any project of my organisation, newest first."""
    require(rules.can_write(request.user))
    words, status = clean(request.GET.get("q", "")), request.GET.get("status", "")
    status = status if status in SignUpStatus.values else ""
    rows = of_people(SignUp.objects.arranged_by(request.user), words)
    numbers = numbers_of(rows)
    rows = rows.filter(status=status) if status else rows.live()
    rows = rows.with_position().select_related("person", "opportunity")
    context = {
        "page": page(rows, NEWEST_FIRST, request.GET.get("page", ""), PAGE_SIZE),
        "tabs": tabs(reverse("opportunities:find_sign_ups"), numbers, status, words),
        "words": words,
        "status": status,
    }
    return render(request, "opportunities/staff/find_sign_ups.html", context)


def _for_paper(brief: Opportunity, user: User) -> list[SignUp]:
    """Return all who came forward: those with a place, the waiting list in order, the others."""
    rows = _rows(brief, user).live().order_by("came_forward_at", "pk")
    ranks = {SignUpStatus.PLACE: 0, SignUpStatus.CHOSEN: 0, SignUpStatus.WAITING: 1}
    return sorted(rows, key=lambda row: (ranks.get(row.status, 2), row.position or 0))


@require_safe
def print_sign_ups(request: HttpRequest, slug: str) -> HttpResponse:
    """Show all who came forward on one page to print."""
    brief = arranged_brief(request, slug)
    rows = _for_paper(brief, request.user)
    _note_export(request, brief, "sign_ups.printed", len(rows))
    context = {"opportunity": brief, "rows": rows, "today": today()}
    return render(request, "opportunities/staff/print_sign_ups.html", context)


@require_safe
def export_sign_ups(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the list as a file for a spreadsheet."""
    brief = arranged_brief(request, slug)
    rows = _for_paper(brief, request.user)
    _note_export(request, brief, "sign_ups.exported", len(rows))
    head, cells = exports.people_rows(rows)
    return csv_file(f"{brief.slug}-people-{today().isoformat()}", head, cells)


def _note_export(request: HttpRequest, brief: Opportunity, verb: str, people: int) -> None:
    record(
        verb=verb,
        target=brief,
        actor=request.user,
        organisation=brief.organisation,
        people=people,
    )


# --- One person ------------------------------------------------------------------------------
@require_safe
def show_sign_up(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show what one person shared with this project. That it was opened is recorded."""
    row = row_of(request, slug, pk)
    actions.note("sign_up.opened", row, request.user)
    context = {
        "opportunity": row.opportunity,
        "sign_up": row,
        "shared": shared_parts(row),
        "picture": seen_picture(request.user, row),
        "has_support": row.is_live and has_support(row),
        "may_choose": row.status in SIGN_UP_MOVES["choose"].sources,
        "may_decline": row.status in SIGN_UP_MOVES["decline"].sources,
        "may_undo": _may_undo(row),
        "standing": standing_of(row.person, about(row.opportunity)),
        "coordinates": coordinates(request.user, row.person),
        "companions": companions_of(row.person),
    }
    return render(request, "opportunities/staff/show_sign_up.html", context)


def _may_undo(row: SignUp) -> bool:
    undoable = row.status in SIGN_UP_MOVES["undo"].sources
    return undoable and not row.opportunity.has_started(today())


@read_or_write
def support(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show what support somebody needs, after saying that the reading is recorded."""
    row = row_of(request, slug, pk)
    require(rules.can_read_support(request.user, row))
    context = {"opportunity": row.opportunity, "sign_up": row}
    if request.method == "POST":
        context["support"] = actions.open_support(sign_up=row, actor=request.user)
        context["kinds"] = in_order(picked_needs(row))
        context["opened"] = True
    return render(request, "opportunities/staff/support.html", context)


def _back(row: SignUp) -> str:
    return reverse("opportunities:show_sign_up", args=[row.opportunity.slug, row.pk])


def _decided(
    request: HttpRequest, row: SignUp, act: Callable[..., SignUp], done: str, **facts: Any
) -> HttpResponse:
    """Do it, or say why it was not possible, and go back to the person."""
    try:
        act(sign_up=row, actor=request.user, **facts)
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, done % {"name": row.person.name})
    return redirect(_back(row))


@read_or_write
def choose(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give somebody a place."""
    row = row_of(request, slug, pk)
    form = ChooseForm(*_posted(request), back=_back(row))
    if form.is_valid():
        done = _("%(name)s has a place, and is told.")
        return _decided(request, row, actions.choose, done, **form.cleaned_data)
    context = {"opportunity": row.opportunity, "sign_up": row, "form": form}
    return render(request, "opportunities/staff/choose.html", context)


@read_or_write
def decline(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say “not this time”, with a reason kept and a kind answer."""
    row = row_of(request, slug, pk)
    form = DeclineForm(*_posted(request), back=_back(row))
    if form.is_valid():
        done = _("%(name)s has your answer.")
        return _decided(request, row, actions.decline, done, **form.cleaned_data)
    context = {"opportunity": row.opportunity, "sign_up": row, "form": form}
    return render(request, "opportunities/staff/decline.html", context)


@require_POST
def undo_decision(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take an answer back before the start."""
    row = row_of(request, slug, pk)
    return _decided(request, row, actions.undo, _("%(name)s is told that you look at it again."))


def _posted(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST,) if request.method == "POST" else ()


@require_POST
def fill_places(request: HttpRequest, slug: str) -> HttpResponse:
    """Give free places to those who wait, in order."""
    brief = arranged_brief(request, slug)
    moved = actions.fill_free_places(opportunity=brief, actor=request.user)
    words = ngettext("%(n)s person moved up.", "%(n)s people moved up.", len(moved))
    messages.info(request, words % {"n": len(moved)})
    return redirect("opportunities:sign_ups", brief.slug)


# --- A message -------------------------------------------------------------------------------
@read_or_write
def message(request: HttpRequest, slug: str) -> HttpResponse:
    """Write to the people of a project: first the words, then a look, then it goes."""
    brief = arranged_brief(request, slug)
    back = reverse("opportunities:sign_ups", args=[brief.slug])
    numbers = numbers_of(brief.sign_ups.all())
    form = MessageForm(
        *_posted(request), numbers=numbers, back=back, initial={"token": secrets.token_urlsafe(24)}
    )
    context = {"opportunity": brief, "form": form}
    if not form.is_valid() or request.POST.get("do") == "change":
        return render(request, "opportunities/staff/message.html", context)
    if request.POST.get("do") == "send":
        return _send(request, brief, form)
    asked = form.cleaned_data["statuses"]
    form["body"].help_text = ""  # what is hidden has no hint beside it
    context |= {
        "total": sum(numbers[status] for status in asked),
        "by_staff": reached_by_staff(brief, asked),
        "labels": [SignUpStatus(status).label for status in asked],
    }
    return render(request, "opportunities/staff/message_confirm.html", context)


def _send(request: HttpRequest, brief: Opportunity, form: MessageForm) -> HttpResponse:
    try:
        sent = actions.message(opportunity=brief, actor=request.user, **form.cleaned_data)
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    else:
        words = ngettext(
            "Your message goes to %(n)s person.", "Your message goes to %(n)s people.", sent.sent_to
        )
        messages.success(request, words % {"n": sent.sent_to})
    return redirect("opportunities:sign_ups", brief.slug)
