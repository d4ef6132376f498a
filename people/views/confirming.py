"""People who came with a spreadsheet: their answer by a link or by phone, and who is silent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coprod.lib.access import require
from coprod.lib.lifecycle import NotAllowed
from coprod.lib.paging import Key, page
from people import actions
from people.confirm_links import find_ask
from people.forms.confirming import ConfirmForm, TypedConfirmForm
from people.models import AskStep, ConfirmationAsk, Person, PoolImport
from people.rules import can_import
from people.twins import page as typed_page
from people.twins import person_to_type_for, saved, typed_data, way

PAGE = 25
OLDEST_FIRST = (Key("pk", int),)
GONE = 410
HIDDEN = "noindex, nofollow, noarchive"


@never_cache
@login_not_required
def confirm_details(request: HttpRequest, token: str) -> HttpResponse:
    """Show somebody what came with a spreadsheet about them: stay, put right, or be removed.

    The link is the proof, as a code by e-mail is: it went to the address on record, it is known to
    nobody else, and it is over with the answer. Looking changes nothing.
    """
    ask = find_ask(token)
    if ask is None:
        return _shown(request, "unknown", status=404)
    if not ask.is_open(timezone.now()):
        return _over(request, ask)
    data = request.POST if request.method == "POST" else None
    form = ConfirmForm(data, person=ask.person)
    if not form.is_valid():
        return _shown(request, "details", form=form, ask=ask)
    if form.is_remove and "really" not in request.POST:
        return _shown(request, "removal", ask=ask)
    return _answer(request, ask, form)


def _answer(request: HttpRequest, ask: ConfirmationAsk, form: ConfirmForm) -> HttpResponse:
    try:
        if form.is_remove:
            actions.answer_remove(ask=ask, actor=None)
            return _shown(request, "removed")
        actions.answer_stay(ask=ask, actor=None, **form.details)
    except NotAllowed:
        return _over(request, ask)
    return redirect(request.path)


def _over(request: HttpRequest, ask: ConfirmationAsk) -> HttpResponse:
    return _shown(request, "over", status=200 if ask.answer else GONE, ask=ask)


def _shown(request: HttpRequest, page: str, status: int = 200, **context: Any) -> HttpResponse:
    """Show one of the pages behind a link; no search engine keeps it."""
    shown = render(request, f"people/public/confirm_{page}.html", context, status=status)
    shown["X-Robots-Tag"] = HIDDEN
    return shown


def type_confirmation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down what somebody said who came with a spreadsheet: stay, or be removed."""
    person = person_to_type_for(request, uuid)
    ask = get_object_or_404(ConfirmationAsk.objects.select_related("person"), person=person)
    form = TypedConfirmForm(*typed_data(request), person=person, **way(request, person))
    if form.is_valid():
        facts = {"ask": ask, "actor": request.user, "channel": form.cleaned_data["channel"]}
        try:
            if form.is_remove:
                actions.answer_remove(**facts)
                words = _("%(name)s is removed, and so is what we held.")
                messages.success(request, words % {"name": person.name})
                return redirect("people:unconfirmed")
            actions.answer_stay(**facts, **form.details)
            return saved(request, person, _("%(name)s stays."))
        except NotAllowed as refusal:
            messages.warning(request, str(refusal))
            return redirect("people:show_person", person.uuid)
    return typed_page(request, form, person, _("Does %(name)s stay?"))


@require_safe
def unconfirmed(request: HttpRequest) -> HttpResponse:
    """List those who were asked in every way and said nothing: a coordinator decides."""
    require(can_import(request.user))
    organisation = request.user.acting.organisation
    asks = ConfirmationAsk.objects.filter(
        organisation=organisation, answer="", person__merged_into__isnull=True
    )
    found = page(
        asks.filter(step=AskStep.COORDINATOR).select_related("person"),
        OLDEST_FIRST,
        request.GET.get("page", ""),
        PAGE,
    )
    context = {"page": found, "waiting": asks.exclude(step=AskStep.COORDINATOR).count()}
    return render(request, "people/imports/unconfirmed.html", context)


@require_POST
def keep_silent(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Leave somebody who said nothing where they are; unused data go on their day."""
    require(can_import(request.user))
    organisation = request.user.acting.organisation
    people = Person.objects.came_forward_to(organisation)
    asks = ConfirmationAsk.objects.filter(organisation=organisation, person__in=people)
    ask = get_object_or_404(asks.select_related("person"), person__uuid=uuid)
    try:
        actions.keep_silent(ask=ask, actor=request.user)
        messages.success(request, _("%(name)s stays for now.") % {"name": ask.person.name})
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    return redirect("people:unconfirmed")


@require_POST
def ask_now(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Begin to ask the people of a list, without the day of waiting."""
    require(can_import(request.user))
    one = get_object_or_404(PoolImport.objects.visible_to(request.user), uuid=uuid)
    actions.ask_now(pool_import=one, actor=request.user)
    messages.success(request, _("They are being asked now."))
    return redirect("people:import_show", one.uuid)
