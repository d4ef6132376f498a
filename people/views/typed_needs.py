"""What somebody needs: read by staff who may, on record, and typed for those who told them."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coprod.lib.access import require
from coprod.lib.lifecycle import NotAllowed
from people import actions
from people.actions.needs import in_order
from people.forms.needs import (
    QUESTIONS,
    TypedDeleteNeedForm,
    TypedNeedForm,
    TypedNoMoreNeedsForm,
    TypedUnchangedForm,
)
from people.models import Need, Person, Subset
from people.rules import arranges, can_write_for
from people.twins import page, person_to_type_for, saved, typed_data, way

from .needs import hint_at_diagnosis

read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@read_or_write
def needs_of(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show what somebody needs, after saying that the reading is recorded."""
    require(arranges(request.user))
    person = get_object_or_404(Person.objects.visible_to(request.user), uuid=uuid)
    may_write = can_write_for(request.user, person)
    context = {"person": person, "may_write": may_write, "opened": request.method == "POST"}
    if context["opened"]:
        needs = actions.open_needs(person=person, actor=request.user)
        context |= {"kinds": in_order(needs), "needs": needs}
    else:
        readable = Need.objects.visible_to(request.user).filter(person=person)
        context["anything"] = readable.exists()
    if may_write:
        context["questions"] = list(QUESTIONS.items())
        context["agreed"] = actions.consent_of(person) is not None
    return render(request, "people/staff/needs_of.html", context)


@read_or_write
def type_need(request: HttpRequest, uuid: UUID, subset: str) -> HttpResponse:
    """Write down one thing that somebody told us they need."""
    if subset not in Subset.values:
        raise Http404
    person = person_to_type_for(request, uuid)
    form = TypedNeedForm(*typed_data(request), person=person, subset=subset, **way(request, person))
    here = reverse("people:type_need", args=[person.uuid, subset])
    return _typed(request, form, again=here)


@read_or_write
def type_need_change(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    """Change what somebody needs, as they told us. Only what may be read is changed."""
    person = person_to_type_for(request, uuid)
    need = _readable(request, person, pk)
    if request.method != "POST":
        actions.open_needs(person=person, actor=request.user)
    form = TypedNeedForm(
        *typed_data(request), person=person, subset=need.subset, need=need, **way(request, person)
    )
    return _typed(request, form)


def _readable(request: HttpRequest, person: Person, pk: int) -> Need:
    return get_object_or_404(Need.objects.visible_to(request.user), person=person, pk=pk)


def _typed(request: HttpRequest, form: TypedNeedForm, *, again: str = "") -> HttpResponse:
    person = form.person
    if form.is_valid():
        try:
            actions.save_need(person=person, actor=request.user, **form.facts())
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            hint_at_diagnosis(request, form.cleaned_data["detail"])
            return saved(request, person, _("%(name)s: what they need is saved."), again=again)
    return page(request, form, person, _("What %(name)s needs"))


@read_or_write
def type_need_delete(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    """Delete one thing that somebody does not need any more."""
    person = person_to_type_for(request, uuid)
    need = _readable(request, person, pk)
    form = TypedDeleteNeedForm(*typed_data(request), **way(request, person))
    if form.is_valid():
        actions.delete_need(need=need, actor=request.user, **form.cleaned_data)
        return saved(request, person, _("%(name)s: it is deleted."))
    return page(request, form, person, _("Delete one thing that %(name)s needed"))


@read_or_write
def type_needs_unchanged(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Note that somebody told us that nothing has changed."""
    person = person_to_type_for(request, uuid)
    form = TypedUnchangedForm(*typed_data(request), **way(request, person))
    if form.is_valid():
        actions.keep_needs(person=person, actor=request.user, **form.cleaned_data)
        return saved(request, person, _("%(name)s: we ask again in a year."))
    return page(request, form, person, _("%(name)s: is it still right?"))


@read_or_write
def type_needs_stop(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Delete all that somebody needs, because they took their consent back."""
    person = person_to_type_for(request, uuid)
    form: forms.Form = TypedNoMoreNeedsForm(*typed_data(request), **way(request, person))
    if form.is_valid():
        actions.delete_all_needs(person=person, actor=request.user, **form.cleaned_data)
        return saved(request, person, _("%(name)s: all of it is deleted."))
    return page(request, form, person, _("Delete all that %(name)s needs"))
