"""Who may see my page, part by part, and who has opened what is mine."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coprod.lib.lifecycle import NotAllowed
from people import actions
from people.forms.audiences import AudiencesForm, TypedAudiencesForm
from people.models import Person
from people.openings import openings_of
from people.queries import profile_of, who_can_see
from people.twins import page, person_to_type_for, saved, typed_data, way

from .of_pool import of_pool

read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@read_or_write
@of_pool
def audiences(request: HttpRequest, person: Person) -> HttpResponse:
    """Choose for each part who may see it."""
    form = AudiencesForm(request.POST or None, profile=profile_of(person))
    if form.is_valid() and _chosen(form, person=person, actor=request.user):
        messages.success(request, _("Saved. It holds from now on."))
        return redirect("people:profile")
    context = {"form": form, "organisations": who_can_see(person)}
    return render(request, "people/resident/audiences.html", context)


@read_or_write
def type_audiences(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Choose for each part who may see it, as somebody told us."""
    person = person_to_type_for(request, uuid)
    form = TypedAudiencesForm(
        *typed_data(request), profile=profile_of(person), **way(request, person)
    )
    if form.is_valid() and _chosen(
        form, person=person, actor=request.user, channel=form.cleaned_data["channel"]
    ):
        return saved(request, person, _("%(name)s: who may see the page is saved."))
    return page(request, form, person, _("Who may see the page of %(name)s"))


def _chosen(form: AudiencesForm, **facts: Any) -> bool:
    """Save what was chosen; where the person may not choose it, say so in the form."""
    try:
        actions.set_audiences(audiences=form.audiences(), **facts)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
    return form.is_valid()


@require_safe
@of_pool
def openings(request: HttpRequest, person: Person) -> HttpResponse:
    """List who opened my page, my needs or a sign-up of mine: who, when and in which role."""
    context = {"person": person, "openings": openings_of(person)}
    return render(request, "people/resident/openings.html", context)
