"""What residents write about themselves, typed by staff for those who told them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from people import actions
from people.forms.pool import TypedDetailsForm
from people.forms.profile import TypedProfileForm
from people.queries import profile_of
from people.rules import readable_parts
from people.twins import page, person_to_type_for, saved, typed_data, way


def edit_person(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change how somebody is called and reached, who told us."""
    person = person_to_type_for(request, uuid)
    form = TypedDetailsForm(*typed_data(request), person=person, **way(request, person))
    if form.is_valid():
        actions.change_details(person=person, actor=request.user, **form.cleaned_data)
        return saved(request, person, _("%(name)s: the details are saved."))
    return page(
        request,
        form,
        person,
        _("Change how we reach %(name)s"),
        template="people/staff/edit_person.html",
    )


def type_profile(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write the one-page profile with somebody."""
    person = person_to_type_for(request, uuid)
    profile = profile_of(person)
    readable = readable_parts(request.user, person, profile)
    may_read = bool(readable)
    form = TypedProfileForm(
        *typed_data(request), profile=profile, readable=readable, **way(request, person)
    )
    if form.is_valid():
        actions.save_profile(person=person, actor=request.user, **form.cleaned_data)
        return saved(request, person, _("%(name)s: the page is saved."))
    title = _("The one page profile of %(name)s")
    template = "people/staff/type_profile.html"
    return page(
        request,
        form,
        person,
        title,
        template=template,
        may_read=may_read,
        reads_all=readable >= set(actions.PROFILE_PARTS),
    )
