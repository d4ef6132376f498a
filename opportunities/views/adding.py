"""Signing up somebody who rang, wrote or came by, on the form that residents fill in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from coprod.lib.search import clean
from opportunities import actions
from opportunities.forms.sign_ups import SignUpForm
from opportunities.models import Opportunity, SignUp
from opportunities.queries import alike, closed_because, written_profile
from opportunities.views.sign_ups import arranged_brief
from people.actions import open_needs
from people.models import ContactBy, Need, Person
from people.queries import find_people
from people.rules import readable_parts
from people.twins import AGAIN, channel_before, person_to_type_for

FOUND_SHOWN = 25
BRIEFS_SHOWN = 50
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def add_sign_up(request: HttpRequest, slug: str) -> HttpResponse:
    """Find the person, or begin with somebody new."""
    brief = arranged_brief(request, slug)
    words = clean(request.GET.get("q", ""))
    found = find_people(Person.objects.visible_to(request.user), words).select_related("town")
    people = list(found.order_by("name", "pk")[: FOUND_SHOWN + 1]) if words else []
    there = brief.sign_ups.live().filter(person__in=people)
    context = {
        "opportunity": brief,
        "words": words,
        "people": people[:FOUND_SHOWN],
        "more": len(people) > FOUND_SHOWN,
        "there": dict(there.values_list("person_id", "pk")),
        "reason": closed_because(brief, today()),
    }
    return render(request, "opportunities/staff/add_sign_up.html", context)


@require_safe
def sign_up_for(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """List our open projects that somebody, who is on the phone now, could come forward to."""
    person = person_to_type_for(request, uuid)
    ours = Opportunity.objects.of_organisation_of(request.user).open_on(today())
    there = SignUp.objects.live().filter(person=person, opportunity=OuterRef("pk"))
    briefs = ours.filter(~Exists(there)).order_by("closing", "title", "pk")[:BRIEFS_SHOWN]
    context = {"person": person, "briefs": briefs}
    return render(request, "opportunities/staff/sign_up_for.html", context)


@read_or_write
def add_known(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Sign up somebody whom we know."""
    brief = arranged_brief(request, slug)
    person = get_object_or_404(Person.objects.visible_to(request.user), uuid=uuid)
    profile = written_profile(person)
    if request.method == "POST":
        needs = list(Need.objects.visible_to(request.user).filter(person=person))
    else:
        needs = open_needs(person=person, actor=request.user)
    form = SignUpForm(
        request.POST or None,
        brief=brief,
        person=person,
        profile=profile,
        needs=needs,
        readable=readable_parts(request.user, person, profile) if profile else (),
        for_staff=True,
        initial={"channel": channel_before(request)},
    )
    if form.is_valid():
        made = _tried(request, brief, form, person=person)
        if made is not None:
            return _added(request, made)
    return _page(request, brief, form, person=person)


@read_or_write
def add_newcomer(request: HttpRequest, slug: str) -> HttpResponse:
    """Sign up somebody who is new to us: a name is needed, an e-mail is not."""
    brief = arranged_brief(request, slug)
    form = SignUpForm(
        request.POST or None,
        brief=brief,
        person=None,
        profile=None,
        for_staff=True,
        newcomer=True,
        initial={"channel": channel_before(request)},
    )
    same: dict[str, Any] = {}
    if form.is_valid():
        same = alike(request.user, form.newcomer())
        if not same or "add_anyway" in request.POST:
            made = _tried(request, brief, form, newcomer=form.newcomer())
            if made is not None:
                return _added(request, made)
    return _page(request, brief, form, **same)


def _tried(request: HttpRequest, brief: Opportunity, form: SignUpForm, **who: Any) -> SignUp | None:
    act = actions.sign_up if "person" in who else actions.sign_up_newcomer
    try:
        return act(opportunity=brief, actor=request.user, **who, **form.facts())
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return None


def _added(request: HttpRequest, made: SignUp) -> HttpResponse:
    words = _("%(name)s: %(status)s. They get a message that says so.")
    if made.contact_by != ContactBy.EMAIL or not made.person.email:
        words = _("%(name)s: %(status)s. To ring or write to them is now a task for your team.")
    messages.success(
        request, words % {"name": made.person.name, "status": made.get_status_display()}
    )
    if AGAIN in request.POST:
        asked = urlencode({"channel": made.channel})
        again = reverse("opportunities:add_newcomer", args=[made.opportunity.slug])
        return redirect(f"{again}?{asked}")
    return redirect("opportunities:show_sign_up", made.opportunity.slug, made.pk)


def _page(request: HttpRequest, brief: Opportunity, form: SignUpForm, **more: Any) -> HttpResponse:
    context = {
        "opportunity": brief,
        "form": form,
        "advice_line": settings.ADVICE_LINE,
        "benefits_checked_on": settings.BENEFITS_CHECKED_ON,
        **more,
    }
    return render(request, "opportunities/staff/add_person.html", context)
