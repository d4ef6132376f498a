"""Who helps somebody, and young people: typed by staff for those who told them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coprod.lib.access import require
from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from people import actions
from people.forms.helping import TypedHelperForm
from people.forms.young import TypedAgeForm, TypedGuardianForm, TypedYesForm
from people.models import Person, Relation, RelationKind
from people.rules_of_help import can_note_evidence, coordinates
from people.twins import page, person_to_type_for, saved, typed_data, way
from people.young import standing_of, young_of


@require_safe
def person_helpers(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """List who helps somebody, and in which way."""
    person = person_to_type_for(request, uuid)
    rows = Relation.objects.filter(person=person).select_related("evidence_by", "ended_by")
    context = {
        "person": person,
        "relations": rows.order_by("ended_at", "made_at"),
        "coordinates": coordinates(request.user, person),
    }
    return render(request, "people/staff/person_helpers.html", context)


def type_helper(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down who helps somebody, as they told us."""
    person = person_to_type_for(request, uuid)
    may = can_note_evidence(request.user, person)
    form = TypedHelperForm(*typed_data(request), may_note_evidence=may, **way(request, person))
    if form.is_valid() and _tried(form, actions.add_helper, _by(request, person)):
        words = _("%(name)s: who helps is saved.")
        return saved(request, person, words, to=_at("people:person_helpers", person))
    return page(request, form, person, _("Somebody helps %(name)s"))


def _by(request: HttpRequest, person: Person) -> dict[str, Any]:
    organisation = request.user.acting.organisation
    return {"person": person, "actor": request.user, "organisation": organisation}


def _at(name: str, person: Person) -> str:
    return reverse(name, args=[person.uuid])


def _tried(form: Any, action: Any, facts: dict[str, Any]) -> bool:
    """Do it, or say at the form why it was not possible."""
    try:
        action(**facts, **form.facts())
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@require_POST
def end_help_for(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    """End somebody's help, as the person asked."""
    person = person_to_type_for(request, uuid)
    row = get_object_or_404(Relation.objects.filter(person=person), pk=pk)
    require(coordinates(request.user, person))
    actions.end_help(relation=row, actor=request.user, channel="phone")
    messages.success(request, _("Ended. %(name)s hears nothing any more.") % {"name": row.name})
    return redirect("people:person_helpers", person.uuid)


@require_safe
def young_person(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show where a young person stands, and who agreed, to a coordinator. It is recorded."""
    person = person_to_type_for(request, uuid)
    require(coordinates(request.user, person))
    young = young_of(person)
    if young is None:
        return redirect("people:type_age", person.uuid)
    actions.record_reading(person=person, actor=request.user)
    context = {
        "person": person,
        "young": young,
        "standing": standing_of(person),
        "guardians": Relation.objects.not_over(today()).filter(
            person=person, kind=RelationKind.GUARDIAN
        ),
        "agreements": person.agreements.select_related("relation", "checked_by"),
    }
    return render(request, "people/staff/young_person.html", context)


def type_age(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down the date of birth of somebody under 18."""
    person = person_to_type_for(request, uuid)
    form = TypedAgeForm(*typed_data(request), **way(request, person))
    if form.is_valid():
        actions.note_age(person=person, actor=request.user, **form.cleaned_data)
        return saved(request, person, _("%(name)s: the date of birth is saved."))
    return page(request, form, person, _("%(name)s is under 18"))


def type_yes(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down a young person's own yes."""
    person = _young(request, uuid)
    form = TypedYesForm(*typed_data(request), **way(request, person))
    if form.is_valid():
        channel = form.cleaned_data["channel"]
        actions.say_yes(person=person, actor=request.user, channel=channel, **form.facts())
        return saved(request, person, _("%(name)s: their own yes is saved."))
    return page(request, form, person, _("The own yes of %(name)s"))


@require_POST
def type_no(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down that a young person wants to stop: it ends with this click."""
    person = _young(request, uuid)
    actions.take_back_yes(person=person, actor=request.user, channel="phone")
    words = _("%(name)s takes part in nothing any more, and is told.")
    return saved(request, person, words)


def type_guardian(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down which adult we ask."""
    person = _young(request, uuid)
    form = TypedGuardianForm(*typed_data(request), **way(request, person))
    facts = {"channel": request.POST.get("channel", "")} | _by(request, person)
    if form.is_valid() and _tried(form, actions.ask_guardian, facts):
        return saved(request, person, _("%(name)s: whom we ask is saved."))
    return page(request, form, person, _("Whom we ask for %(name)s"))


def _young(request: HttpRequest, uuid: UUID) -> Person:
    person = person_to_type_for(request, uuid)
    require(young_of(person) is not None)
    return person
