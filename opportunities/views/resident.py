"""Coming forward, and what a person has come forward to."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from coprod.lib.paging import Key, page
from opportunities.actions import sign_ups as actions
from opportunities.actions import support
from opportunities.forms.sharing import ChangeForm, SupportForm
from opportunities.forms.sign_ups import SignUpForm, as_typed
from opportunities.levels import PlacesGiven
from opportunities.lifecycle import SignUpStatus, Status
from opportunities.models import SHAREABLE, Opportunity, SignUp
from opportunities.queries import (
    closed_because,
    needs_of,
    picked_needs,
    support_of,
    written_profile,
)
from opportunities.rules import can_see_companions
from people.actions import join_online
from people.models import Audience, Profile
from people.openings import openings_of
from people.queries import own_person

PAGE_SIZE = 20
NEWEST = [
    Key("came_forward_at", dt.datetime, descending=True),
    Key("pk", int, descending=True),
]
GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
OTHER_PARTS = gettext_lazy("The parts of your profile that you did not tick")
OTHER_NEEDS = gettext_lazy("What you need and did not tick")
NEVER_SEEN = [
    gettext_lazy("Your answers about equality"),
    gettext_lazy("Other projects that you are in"),
]


def _seen_or_not(profile: Profile | None) -> dict[str, object]:
    """Return what the team does not see; what is for coordinators is open to it in any case."""
    written = [part for part in SHAREABLE if profile and getattr(profile, part).strip()]
    open_parts = [part for part in written if part in profile.parts_for(Audience.COORDINATORS)]
    is_shared = bool(written) and open_parts == written
    return {
        "page_is_shared": is_shared,
        "open_parts": [] if is_shared else [SHAREABLE[part] for part in open_parts],
        "not_seen": [*([] if is_shared else [OTHER_PARTS]), OTHER_NEEDS, *NEVER_SEEN],
    }


def public_brief(slug: str) -> Opportunity:
    rows = Opportunity.objects.public().select_related("organisation")
    return get_object_or_404(rows, slug=slug)


@login_not_required
@GET_OR_POST
def sign_up(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask what the team may know, and let the person come forward."""
    brief = public_brief(slug)
    context = {
        "opportunity": brief,
        "advice_line": settings.ADVICE_LINE,
        "benefits_checked_on": settings.BENEFITS_CHECKED_ON,
    }
    if reason := closed_because(brief, today()):
        context["reason"] = reason
        return render(request, "opportunities/resident/closed.html", context)
    if not request.user.is_authenticated:
        return render(request, "opportunities/resident/sign_in_first.html", context)
    person = own_person(request.user)
    there = brief.sign_ups.live().filter(person=person).first() if person else None
    if there is not None:
        messages.info(request, _("You have come forward to this already. Nothing has changed."))
        return redirect("opportunities:my_sign_up", there.pk)
    about = {
        "brief": brief,
        "person": person,
        "profile": written_profile(person),
        "needs": needs_of(person),
    }
    form = SignUpForm(request.POST or None, **about)
    if request.POST.get("do") == "preview":
        form = SignUpForm(initial=as_typed(form, request.POST), **about)
    elif form.is_valid():
        return _come_forward(request, brief, form, context)
    return _ask(request, form, context)


def _ask(request: HttpRequest, form: SignUpForm, context: dict[str, object]) -> HttpResponse:
    name = request.user.name or request.user.email
    person = own_person(request.user)
    brief = form.brief
    more = {
        "form": form,
        "name": person.name if person else name,
        **_seen_or_not(form.profile),
        "is_full": brief.places_given == PlacesGiven.FIRST_COME and brief.places_left == 0,
        "has_profile": bool(form.written()),
    }
    return render(request, "opportunities/resident/sign_up.html", context | more)


def _come_forward(
    request: HttpRequest, brief: Opportunity, form: SignUpForm, context: dict[str, object]
) -> HttpResponse:
    person = own_person(request.user)
    if person is None:
        person = join_online(user=request.user, name=request.user.name or request.user.email)
    try:
        made = actions.sign_up(opportunity=brief, person=person, actor=request.user, **form.facts())
    except NotAllowed as refusal:  # it closed, or started, while the person was writing
        return render(
            request,
            "opportunities/resident/closed.html",
            context | {"reason": str(refusal)},
        )
    return redirect("opportunities:came_forward", made.pk)


@require_safe
def my_sign_ups(request: HttpRequest) -> HttpResponse:
    """List what the person has come forward to, newest first."""
    rows = SignUp.objects.of(request.user).with_position()
    rows = rows.select_related("opportunity__organisation")
    shown = page(rows, NEWEST, request.GET.get("page", ""), PAGE_SIZE)
    return render(
        request, "opportunities/resident/my_sign_ups.html", {"page": shown, "today": today()}
    )


def _own(request: HttpRequest, pk: int) -> SignUp:
    rows = SignUp.objects.of(request.user).with_position()
    return get_object_or_404(rows.select_related("opportunity__organisation", "person"), pk=pk)


@require_safe
def came_forward(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what happens next."""
    own = _own(request, pk)
    return render(request, "opportunities/resident/came_forward.html", _about(own))


@require_safe
def my_sign_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one sign-up to its person: where it stands, who sees what, and who looked."""
    own = _own(request, pk)
    context = _about(own) | {
        "sharing": ChangeForm(sign_up=own, profile=written_profile(own.person)),
        "sees_group": can_see_companions(request.user, own),
        "support": support_of(own),
        "needs": picked_needs(own),
        "openings": openings_of(own.person, about=own),
    }
    return render(request, "opportunities/resident/my_sign_up.html", context)


def _about(own: SignUp) -> dict[str, object]:
    brief = own.opportunity
    return {
        "sign_up": own,
        "opportunity": brief,
        "has_started": brief.status == Status.IN_PROGRESS or brief.has_started(today()),
        "is_over": brief.status == Status.COMPLETED,
        "is_open": brief.is_open_on(today()),
        "why_off": _why_off(own),
    }


def _why_off(own: SignUp) -> str:
    """Return why the project will not happen; empty where it does."""
    if own.status != SignUpStatus.CALLED_OFF:
        return ""
    change = own.opportunity.changes.first()
    return change.why if change else ""


@GET_OR_POST
def change_sign_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what the team sees, or take it back."""
    own = _own(request, pk)
    if not own.is_live:
        return redirect("opportunities:my_sign_up", own.pk)
    profile = written_profile(own.person)
    form = ChangeForm(request.POST or None, sign_up=own, profile=profile)
    if request.POST.get("do") == "preview":
        form = ChangeForm(initial=as_typed(form, request.POST), sign_up=own, profile=profile)
    elif form.is_valid() and _tried(
        request, actions.change, sign_up=own, actor=request.user, **form.facts()
    ):
        messages.success(request, _("Saved. The team sees what you chose."))
        return redirect("opportunities:my_sign_up", own.pk)
    context = _about(own) | {"form": form, "name": own.person.name, **_seen_or_not(profile)}
    return render(request, "opportunities/resident/change_sign_up.html", context)


@GET_OR_POST
def change_support(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what support is needed, change it, or take it back."""
    own = _own(request, pk)
    if not own.is_live:
        return redirect("opportunities:my_sign_up", own.pk)
    there = support_of(own)
    initial: dict[str, object] = {}
    if there is not None:
        initial = {"support_text": there.text, "support_by_name": there.by_name}
        initial["needs"] = [str(one.pk) for one in picked_needs(own)]
    form = SupportForm(request.POST or None, needs=needs_of(own.person), initial=initial)
    if request.method == "POST" and _support_saved(request, own, form):
        return redirect("opportunities:my_sign_up", own.pk)
    context = _about(own) | {"form": form, "support": there}
    return render(request, "opportunities/resident/change_support.html", context)


def _support_saved(request: HttpRequest, own: SignUp, form: SupportForm) -> bool:
    wants_none = request.POST.get("do") == "take_back"
    if not wants_none and not form.is_valid():
        return False
    if wants_none or not (form.cleaned_data["support_text"] or form.picked()):
        support.take_back(sign_up=own, actor=request.user)
        messages.success(request, _("Deleted. Nobody can read it any more."))
        return True
    given = _tried(request, support.give, sign_up=own, actor=request.user, **form.support())
    if given:
        messages.success(request, _("Saved. Those who arrange it can read it."))
    return True


@GET_OR_POST
def withdraw_sign_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then take the person out."""
    own = _own(request, pk)
    is_over = own.opportunity.status == Status.COMPLETED
    if not own.is_live or (is_over and request.method != "POST"):
        return redirect("opportunities:my_sign_up", own.pk)
    if request.method == "POST":
        if _tried(request, actions.withdraw, sign_up=own, actor=request.user):
            messages.success(request, _("You have withdrawn. Thank you for telling us."))
        return redirect("opportunities:my_sign_up", own.pk)
    return render(request, "opportunities/resident/withdraw_sign_up.html", _about(own))


def _tried(request: HttpRequest, action, **facts: object) -> bool:
    """Do it, or say why it was not possible."""
    try:
        action(**facts)
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
        return False
    return True
