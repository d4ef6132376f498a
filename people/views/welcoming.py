"""Staff and the people of the pool: who waits for a welcome, contacts, groups, offers, a death."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coprod.lib.access import require
from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from coprod.lib.paging import Key
from coprod.lib.paging import page as page_of
from people import actions
from people.forms.belonging import DeathForm
from people.forms.welcoming import ContactForm, LabelsForm, OfferForm
from people.models import ContactBy, Organisation, Person
from people.queries import arranging_staff_of
from people.rules import acting, arranges, can_record_death
from people.twins import page, person_to_type_for, saved, typed_data, way
from people.waiting import late_from
from people.waiting import to_welcome as waiting_for

from .own import sent

PAGE = 25
LONGEST_FIRST = (Key("status_since", dt.datetime), Key("pk", int))


def _ours(request: HttpRequest) -> Organisation:
    require(arranges(request.user))
    return request.user.acting.organisation


@require_safe
def to_welcome(request: HttpRequest) -> HttpResponse:
    """List the new people whom nobody has welcomed yet, who waits longest first."""
    organisation = _ours(request)
    waiting = waiting_for(request.user, organisation).select_related("town")
    found = page_of(waiting, LONGEST_FIRST, request.GET.get("page", ""), PAGE)
    context = {"page": found, "late_from": late_from(today())}
    return render(request, "people/staff/to_welcome.html", context)


def _contact_form(request: HttpRequest, person: Person, submit: str) -> ContactForm:
    organisation = _ours(request)
    return ContactForm(
        *sent(request),
        staff=arranging_staff_of(organisation),
        initial={"contact": person.named_contact_id or request.user.pk},
        submit=submit,
        back=reverse("people:show_person", args=[person.uuid]),
    )


def welcome_person(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Welcome somebody: say who is there for them, and let them know."""
    person = person_to_type_for(request, uuid)
    form = _contact_form(request, person, _("Welcome them"))
    if form.is_valid():
        facts = {"organisation": _ours(request), "actor": request.user}
        try:
            actions.welcome(person=person, **facts, **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            return saved(request, person, _("%(name)s is welcomed, and is told who is there."))
    return page(request, form, person, _("Welcome %(name)s"), lead=_how_to_welcome(person))


def _how_to_welcome(person: Person) -> str:
    """Say what to do, in the way that they chose, with what that way takes."""
    reach = {
        ContactBy.PHONE: person.phone,
        ContactBy.TEXT: person.phone,
        ContactBy.LETTER: ", ".join(person.address.split("\n")),
        ContactBy.EMAIL: person.email,
    }
    words = _(
        "They chose: %(way)s (%(reach)s). Say who you are, ask what they hope for, "
        "and tell them how to reach you."
    )
    found = reach[ContactBy(person.contact_by)] or _("not known")
    return words % {"way": person.get_contact_by_display(), "reach": found.replace("\r", "")}


def name_contact(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say who else of us is there for somebody."""
    person = person_to_type_for(request, uuid)
    form = _contact_form(request, person, _("Save"))
    if form.is_valid():
        facts = {"organisation": _ours(request), "actor": request.user}
        actions.name_contact(person=person, **facts, **form.cleaned_data)
        return saved(request, person, _("%(name)s: the contact is saved."))
    lead = _("They read the name on their page. No letter is sent: tell them yourself.")
    return page(request, form, person, _("Who is there for %(name)s"), lead=lead)


def set_labels(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put somebody into groups, and give them labels, that we keep."""
    person = person_to_type_for(request, uuid)
    organisation = _ours(request)
    back = reverse("people:show_person", args=[person.uuid])
    form = LabelsForm(*sent(request), organisation=organisation, person=person, back=back)
    if form.is_valid():
        facts = {"person": person, "organisation": organisation, "actor": request.user}
        actions.set_labels(**facts, **form.cleaned_data)
        return saved(request, person, _("%(name)s: groups and labels are saved."))
    lead = _("They can read every group and label that you put on them. Write nothing else.")
    return page(request, form, person, _("Groups and labels of %(name)s"), lead=lead)


def make_offer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Offer somebody support or training."""
    person = person_to_type_for(request, uuid)
    back = reverse("people:show_person", args=[person.uuid])
    form = OfferForm(*sent(request), person=person, back=back)
    if form.is_valid():
        facts = {"person": person, "organisation": _ours(request), "actor": request.user}
        actions.make_offer(**facts, **form.cleaned_data)
        return saved(request, person, _("%(name)s is told that there is an offer."))
    if request.method != "POST":
        actions.record_lists_read(person=person, actor=request.user)
    lead = _("They may say no: it changes nothing for them.")
    return page(request, form, person, _("An offer for %(name)s"), lead=lead)


def record_death(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record that somebody died, after asking once."""
    person = person_to_type_for(request, uuid)
    require(can_record_death(request.user, person))
    form = DeathForm(*typed_data(request), **way(request, person))
    if form.is_valid():
        facts: dict[str, Any] = {"organisation": _ours(request), "actor": request.user}
        try:
            actions.record_death(person=person, **facts, **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            return saved(request, person, _("It is recorded. Nothing is sent to %(name)s now."))
    lead = _(
        "From this moment nothing is sent in this name, not even what waits to leave. Places in "
        "projects end without a letter, and nobody can sign in. You can take it back."
    )
    return page(request, form, person, _("%(name)s has died"), lead=lead)


@require_POST
def correct_death(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take back a death that was recorded of the wrong person."""
    person = person_to_type_for(request, uuid)
    require(can_record_death(request.user, person))
    membership = acting(request.user)
    try:
        actions.correct_death(
            person=person, actor=request.user, organisation=membership.organisation
        )
        messages.success(request, _("It is taken back. Places that ended stay ended."))
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    return redirect("people:show_person", person.uuid)
