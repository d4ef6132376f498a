"""The staff twins of people.views.belonging and people.views.topics: the same forms, typed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from coprod.lib.access import require
from coprod.lib.lifecycle import NotAllowed
from people import actions
from people.forms.belonging import (
    TypedBackForm,
    TypedBreakForm,
    TypedJoiningForm,
    TypedLeaveForm,
    TypedPartnersForm,
    TypedWishForm,
)
from people.forms.topics import (
    TypedAvailabilityForm,
    TypedPlaceForm,
    TypedTopicsForm,
)
from people.forms.welcoming import TypedAnswerForm
from people.models import Person, TopicKind
from people.rules import acting, can_read_experience, can_read_lists_of
from people.said import (
    joining_said,
    offers_of,
    partners_said,
    place_said,
    time_said,
    topics_said,
)
from people.topics import LISTS
from people.twins import page, person_to_type_for, saved, typed_data, way


def _done(form: forms.BaseForm, action: Any, **facts: Any) -> bool:
    """Do it if the form is good; a refusal becomes an error of the form."""
    if not form.is_valid():
        return False
    try:
        action(**facts, **form.cleaned_data)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _by(request: HttpRequest, person: Person) -> dict[str, Any]:
    return {"person": person, "actor": request.user}


def type_break(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give somebody a break, who told us."""
    person = person_to_type_for(request, uuid)
    form = TypedBreakForm(*typed_data(request), **way(request, person))
    if _done(form, actions.pause, **_by(request, person)):
        return saved(request, person, _("%(name)s has a break. Letters wait."))
    return page(request, form, person, _("A break for %(name)s"))


def type_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Note that somebody is back, who told us."""
    person = person_to_type_for(request, uuid)
    form = TypedBackForm(*typed_data(request), **way(request, person))
    if _done(form, actions.come_back, **_by(request, person)):
        return saved(request, person, _("%(name)s is back."))
    lead = _("After a break, what waited for them is on its way at once.")
    return page(request, form, person, _("%(name)s is back"), lead=lead)


def type_leave(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take somebody out of the pool, who told us."""
    person = person_to_type_for(request, uuid)
    form = TypedLeaveForm(*typed_data(request), **way(request, person))
    if _done(form, actions.leave, **_by(request, person)):
        return saved(request, person, _("%(name)s has left the pool."))
    lead = _("Read to them what happens: projects and letters end at once, nobody looks for them.")
    return page(request, form, person, _("%(name)s wants to leave"), lead=lead)


def type_partners(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write which partners may look for somebody, who told us."""
    person = person_to_type_for(request, uuid)
    said = partners_said(person)
    form = TypedPartnersForm(*typed_data(request), initial=said, **way(request, person))
    if _done(form, actions.choose_partners, **_by(request, person)):
        return saved(request, person, _("%(name)s: it is saved."), to=_still_seen(request, person))
    return page(request, form, person, _("Which partners may look for %(name)s"))


def _still_seen(request: HttpRequest, person: Person) -> str:
    """Return the list where the person has just closed the door to whoever typed it."""
    seen = Person.objects.visible_to(request.user).filter(pk=person.pk).exists()
    return "" if seen else "people:people_list"


def type_joining(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write for whom somebody speaks, who told us."""
    person = person_to_type_for(request, uuid)
    said = joining_said(person)
    form = TypedJoiningForm(*typed_data(request), initial=said, **way(request, person))
    if _done(form, actions.set_joining, **_by(request, person)):
        return saved(request, person, _("%(name)s: it is saved."))
    return page(request, form, person, _("Who %(name)s is here for"))


def type_support(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write what support or training somebody wishes for, who told us."""
    person = person_to_type_for(request, uuid)
    form = TypedWishForm(*typed_data(request), **way(request, person))
    if _done(form, actions.wish_for, **_by(request, person)):
        return saved(request, person, _("%(name)s: the wish is kept."))
    return page(request, form, person, _("What would help %(name)s"))


def type_answer(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    """Write what somebody says to an offer of ours."""
    person = person_to_type_for(request, uuid)
    membership = acting(request.user)
    require(membership is not None)
    ours = offers_of(person).filter(organisation=membership.organisation)
    offer = get_object_or_404(ours, pk=pk)
    form = TypedAnswerForm(*typed_data(request), **way(request, person))
    if _done(form, actions.answer_offer, offer=offer, actor=request.user):
        return saved(request, person, _("%(name)s: the answer is kept."))
    return page(request, form, person, _("What %(name)s says to our offer"), lead=offer.what)


def _person_with_lists(request: HttpRequest, uuid: UUID) -> Person:
    person = person_to_type_for(request, uuid)
    require(can_read_lists_of(person))
    return person


def _list(request: HttpRequest, uuid: UUID, kind: str) -> HttpResponse:
    person = _person_with_lists(request, uuid)
    require(kind != TopicKind.EXPERIENCE or can_read_experience(request.user, person))
    said = topics_said(person, kind)
    form = TypedTopicsForm(*typed_data(request), kind=kind, initial=said, **way(request, person))
    if _done(form, actions.choose_topics, kind=kind, **_by(request, person)):
        return saved(request, person, _("%(name)s: the list is saved."))
    _note_reading(request, person)
    title = f"%(name)s: {LISTS[kind].about_them!s}"
    return page(request, form, person, title)


def _note_reading(request: HttpRequest, person: Person) -> None:
    if request.method != "POST":
        actions.record_lists_read(person=person, actor=request.user)


def type_interests(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write what interests somebody."""
    return _list(request, uuid, TopicKind.INTEREST)


def type_experience(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write what somebody has lived through, if they agree to be found by it."""
    return _list(request, uuid, TopicKind.EXPERIENCE)


def type_skills(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write what somebody can do."""
    return _list(request, uuid, TopicKind.SKILL)


def type_languages(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write which languages somebody speaks or signs."""
    return _list(request, uuid, TopicKind.LANGUAGE)


def type_availability(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write when somebody has time."""
    person = _person_with_lists(request, uuid)
    said = time_said(person)
    form = TypedAvailabilityForm(*typed_data(request), initial=said, **way(request, person))
    if _done(form, actions.set_availability, **_by(request, person)):
        return saved(request, person, _("%(name)s: the times are saved."))
    return page(request, form, person, _("When %(name)s has time"))


def type_place(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write where somebody lives, and how far they can go."""
    person = _person_with_lists(request, uuid)
    said = place_said(person)
    form = TypedPlaceForm(*typed_data(request), initial=said, **way(request, person))
    if _done(form, actions.set_place, **_by(request, person)):
        return saved(request, person, _("%(name)s: it is saved."))
    return page(request, form, person, _("Where %(name)s lives"))
