"""What I know, like and can do; when I have time; where I live: one small page each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from people import actions
from people.forms.topics import AvailabilityForm, PlaceForm, TopicsForm
from people.models import Person, TopicKind
from people.said import place_said, time_said, topics_said
from people.topics import LISTS

from .own import kept, of_own_person, part, sent


def _list(request: HttpRequest, person: Person, kind: str, lead: str) -> HttpResponse:
    form = TopicsForm(*sent(request), kind=kind, initial=topics_said(person, kind))
    if form.is_valid():
        actions.choose_topics(person=person, kind=kind, actor=request.user, **form.cleaned_data)
        return kept(request, _("Your list is saved."))
    return part(request, form, str(LISTS[kind].title), lead)


@of_own_person
def interests(request: HttpRequest, person: Person) -> HttpResponse:
    """Choose what interests me."""
    return _list(
        request, person, TopicKind.INTEREST, _("We look here when we know of something for you.")
    )


@of_own_person
def experience(request: HttpRequest, person: Person) -> HttpResponse:
    """Choose what I have lived through, and agree to be found by it."""
    return _list(
        request,
        person,
        TopicKind.EXPERIENCE,
        _(
            "What you have lived through is what services need to hear. Only coordinators of the "
            "partners that you let look for you can see this list, and only if you say yes below."
        ),
    )


@of_own_person
def skills(request: HttpRequest, person: Person) -> HttpResponse:
    """Choose what I can do."""
    return _list(
        request, person, TopicKind.SKILL, _("You are never asked to do it because it stands here.")
    )


@of_own_person
def languages(request: HttpRequest, person: Person) -> HttpResponse:
    """Choose which languages I speak or sign."""
    return _list(
        request,
        person,
        TopicKind.LANGUAGE,
        _("Some projects look for people who speak or sign a language. We never make you do it."),
    )


@of_own_person
def availability(request: HttpRequest, person: Person) -> HttpResponse:
    """Say when I have time, and how much."""
    form = AvailabilityForm(*sent(request), initial=time_said(person))
    if form.is_valid():
        actions.set_availability(person=person, actor=request.user, **form.cleaned_data)
        return kept(request, _("Your times are saved."))
    lead = _("Leave out what you do not want to say. You can change it at any time.")
    return part(request, form, _("When I have time"), lead)


@of_own_person
def place(request: HttpRequest, person: Person) -> HttpResponse:
    """Say where I live, and how far I can go."""
    form = PlaceForm(*sent(request), initial=place_said(person))
    if form.is_valid():
        actions.set_place(person=person, actor=request.user, **form.cleaned_data)
        return kept(request, _("It is saved."))
    lead = _("Then we ask you about things near you. We never need your street for this.")
    return part(request, form, _("Where I live, and how far I can go"), lead)
