"""Looking for people for a project: officers ask, coordinators invite, residents answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coprod.lib.access import require
from coprod.lib.lifecycle import NotAllowed
from coprod.lib.paging import Key, page
from opportunities import actions, rules
from opportunities.asking import Candidate, asked_first, candidates, fresh_request
from opportunities.forms.asking import AnswerForm, AskForm, InviteForm
from opportunities.invitation_links import invitation_behind
from opportunities.models import Opportunity, PeopleRequest, ProjectInvitation
from opportunities.views.sign_ups import arranged_brief
from people.filters import PoolFilter
from people.finding import found, number_in_words, what_they_share

PAGE = 25
NEWEST = [Key("invited_at", dt.datetime, descending=True), Key("pk", int, descending=True)]
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


# --- Officers ask ----------------------------------------------------------------------------
@read_or_write
def ask_for_people(request: HttpRequest, slug: str) -> HttpResponse:
    """Say whom a project needs; see how many fit and what they share, and never who."""
    brief = arranged_brief(request, slug)
    back = reverse("opportunities:project", args=[brief.slug])
    form = AskForm(*((request.POST,) if request.method == "POST" else ()), back=back)
    context: dict[str, Any] = {"opportunity": brief, "form": form}
    is_good = form.is_valid()
    if is_good and request.POST.get("do") == "look":
        fit = found(brief.organisation, form.wanted)
        context |= {"number": number_in_words(fit), "share": what_they_share(fit, form.wanted)}
    elif is_good:
        return _asked(request, brief, form) or render(
            request, "opportunities/staff/ask_for_people.html", context
        )
    context["requests"] = brief.people_requests.prefetch_related("topics", "towns")[:PAGE]
    return render(request, "opportunities/staff/ask_for_people.html", context)


def _asked(request: HttpRequest, brief: Opportunity, form: AskForm) -> HttpResponse | None:
    data = form.cleaned_data
    try:
        actions.ask_for_people(
            opportunity=brief,
            actor=request.user,
            topics=form.topics,
            **{name: data[name] for name in ("number", "towns", "days", "words")},
        )
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("The coordinators are told. You hear from the people who come."))
    return redirect("opportunities:project", brief.slug)


@require_POST
def take_back_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody is needed any more."""
    return _settled(request, pk, "take_back", _("Your request is taken back."))


@require_POST
def answer_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Enough are invited."""
    return _settled(request, pk, "answer", _("The request is answered."))


def _settled(request: HttpRequest, pk: int, verb: str, done: str) -> HttpResponse:
    rows = PeopleRequest.objects.visible_to(request.user).select_related("opportunity")
    asked = get_object_or_404(rows, pk=pk)
    if verb == "answer":
        require(rules.can_invite(request.user, asked.opportunity))
    try:
        actions.settle_request(asked=asked, verb=verb, actor=request.user)
        messages.success(request, done)
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    return redirect("opportunities:ask_for_people", asked.opportunity.slug)


# --- Coordinators invite ---------------------------------------------------------------------
@read_or_write
def invite_people(request: HttpRequest, slug: str) -> HttpResponse:
    """See who fits and why, tick some, read what they will get, and send it."""
    brief = arranged_brief(request, slug)
    require(rules.can_invite(request.user, brief))
    asked = fresh_request(brief, request.GET.get("request", ""))
    pool = PoolFilter(asked_first(request.GET, asked), brief.organisation)
    pool.count_choices()
    shown = candidates(brief, pool)
    form = InviteForm(
        *((request.POST,) if request.method == "POST" else ()),
        offered=[(str(one.person.uuid), one.person.name) for one in shown],
        full=[str(one.person.uuid) for one in shown if one.is_full],
    )
    context = {"opportunity": brief, "asked": asked, "filter": pool, "form": form, "rows": shown}
    if form.is_valid() and request.POST.get("do") != "change":
        ticked = [one for one in shown if str(one.person.uuid) in form.cleaned_data["people"]]
        if request.POST.get("do") == "send":
            return _invited(request, brief, asked, form, ticked)
        return render(
            request, "opportunities/staff/invite_confirm.html", {**context, "ticked": ticked}
        )
    return render(request, "opportunities/staff/invite_people.html", context)


def _invited(
    request: HttpRequest,
    brief: Opportunity,
    asked: PeopleRequest | None,
    form: InviteForm,
    ticked: list[Candidate],
) -> HttpResponse:
    try:
        made = actions.invite(
            opportunity=brief,
            people=[one.person for one in ticked],
            actor=request.user,
            because={one.person.pk: one.topics for one in ticked},
            asked=asked,
            message=form.cleaned_data["message"],
            override_reason=form.cleaned_data.get("override_reason", ""),
        )
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
        return redirect(request.get_full_path())
    words = ngettext("%(n)s person is invited.", "%(n)s people are invited.", len(made))
    messages.success(request, words % {"n": len(made)})
    return redirect("opportunities:invitations", brief.slug)


@require_safe
def invitations(request: HttpRequest, slug: str) -> HttpResponse:
    """List who was invited to a project, and what they said."""
    brief = arranged_brief(request, slug)
    require(rules.can_invite(request.user, brief))
    rows = brief.invitations.with_came_forward().select_related("person")
    shown = page(rows, NEWEST, request.GET.get("page", ""), PAGE)
    context = {"opportunity": brief, "page": shown}
    return render(request, "opportunities/staff/invitations.html", context)


@read_or_write
def no_thanks_for(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody rang, wrote or said that they do not want to."""
    rows = ProjectInvitation.objects.visible_to(request.user).select_related(
        "person", "opportunity"
    )
    invitation = get_object_or_404(rows, pk=pk)
    require(rules.can_invite(request.user, invitation.opportunity))
    back = reverse("opportunities:invitations", args=[invitation.opportunity.slug])
    form = AnswerForm(*((request.POST,) if request.method == "POST" else ()), back=back)
    if form.is_valid():
        actions.say_no_thanks(invitation=invitation, actor=request.user, **form.cleaned_data)
        messages.success(
            request, _("%(name)s is not asked again.") % {"name": invitation.person.name}
        )
        return redirect(back)
    context = {"invitation": invitation, "opportunity": invitation.opportunity, "form": form}
    return render(request, "opportunities/staff/no_thanks_for.html", context)


# --- People answer ---------------------------------------------------------------------------
@require_safe
def my_invitations(request: HttpRequest) -> HttpResponse:
    """List what I was invited to, newest first."""
    rows = ProjectInvitation.objects.of(request.user).with_came_forward()
    rows = rows.select_related("opportunity__organisation").prefetch_related("because")
    shown = page(rows, NEWEST, request.GET.get("page", ""), PAGE)
    return render(request, "opportunities/resident/my_invitations.html", {"page": shown})


@require_POST
def no_thanks(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no: nobody asks about this project again."""
    mine = get_object_or_404(ProjectInvitation.objects.of(request.user), pk=pk)
    actions.say_no_thanks(invitation=mine, actor=request.user)
    messages.success(request, _("Thank you for telling us. We will not ask about this again."))
    return redirect("opportunities:my_invitations")


@require_POST
def think_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Take my “no thanks” back."""
    mine = get_object_or_404(ProjectInvitation.objects.of(request.user), pk=pk)
    try:
        actions.think_again(invitation=mine, actor=request.user)
        messages.success(request, _("You are invited again."))
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    return redirect("opportunities:my_invitations")


# A mail program presses this button (RFC 8058): without a page of ours, so without its key. The
# address is the key; it does this one thing, and shows nothing.
@csrf_exempt
@never_cache
@login_not_required
@read_or_write
def no_thanks_by_letter(request: HttpRequest, token: str) -> HttpResponse:
    """Say no by the link of the letter: one click, without signing in."""
    invitation = invitation_behind(token)
    if invitation is None:
        raise Http404
    if request.method == "POST":
        actions.say_no_thanks(invitation=invitation, actor=None)
    context = {"done": request.method == "POST"}
    return render(request, "opportunities/public/no_thanks_by_letter.html", context)
