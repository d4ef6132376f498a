"""What the staff twins of residents' pages have in common: for whom, the page, and where to next.

def type_needs(request, uuid):
    person = person_to_type_for(request, uuid)
    form = TypedNeedsForm(*typed_data(request), person=person, **way(request, person))
    if form.is_valid():
        actions.save_needs(person=person, actor=request.user, **form.cleaned_data)
        return saved(request, person, _("%(name)s: the needs are saved."))
    return page(request, form, person, _("What %(name)s needs"))
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from coprod.lib.access import require
from people.models import Channel, Person
from people.rules import arranges, can_write_for

AGAIN = "again"  # the button “save, and type the next one”
OFFLINE = [choice for choice in Channel.choices if choice[0] != Channel.ONLINE]
WAYS = dict(OFFLINE)


def person_to_type_for(request: HttpRequest, uuid: UUID) -> Person:
    """Return the person at this address, for staff who may see them and type for them."""
    require(arranges(request.user))
    visible = Person.objects.visible_to(request.user).select_related("town", "user")
    person = get_object_or_404(visible, uuid=uuid)
    require(can_write_for(request.user, person))
    return person


def typed_data(request: HttpRequest) -> tuple[Any, ...]:
    """Return what a form takes first: what was sent, or nothing."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


def channel_before(request: HttpRequest) -> str:
    """Return how the last sheet reached us, where somebody types a pile of them."""
    asked = request.GET.get("channel", "")
    return asked if asked in WAYS else ""


def way(request: HttpRequest, person: Person) -> dict[str, str]:
    """Return what every twin takes beside the form's own: the way back, and the channel before."""
    back = reverse("people:show_person", args=[person.uuid])
    return {"back": back, "channel": channel_before(request)}


def saved(
    request: HttpRequest, person: Person, words: str, *, again: str = "", to: str = ""
) -> HttpResponse:
    """Say what was saved, and go back to the person, or on to the next sheet of the pile.

    Args:
        words: with ``%(name)s`` for the person.
        again: the address of the empty form, where there is a button for the next one.
        to: where to otherwise; to the person unless given.
    """
    messages.success(request, words % {"name": person.name})
    if again and AGAIN in request.POST:
        return redirect(f"{again}?{urlencode({'channel': request.POST.get('channel', '')})}")
    return redirect(to or reverse("people:show_person", args=[person.uuid]))


def page(
    request: HttpRequest, form: forms.BaseForm, person: Person, title: str, **more: Any
) -> HttpResponse:
    """Show a twin: heading, how to go about it, the form.

    Args:
        title: with ``%(name)s`` for the person.
        more: ``template`` where the page shows more than the form (it extends
            ``people/staff/typed.html``), ``lead`` for other words above the form, and context.
    """
    template = more.pop("template", "people/staff/typed.html")
    context = {"form": form, "person": person, "title": title % {"name": person.name}, **more}
    return render(request, template, context)
