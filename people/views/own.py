"""What the pages about oneself have in common: whose they are, a form, and back to “My page”.

@of_own_person
def availability(request, person):
    form = AvailabilityForm(*sent(request), initial=…)
    if form.is_valid():
        actions.set_availability(person=person, actor=request.user, **form.cleaned_data)
        return kept(request, _("Your times are saved."))
    return part(request, form, _("When I have time"), _("Every question may be left out."))
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from people.models import Person
from people.queries import own_person

OwnView = Callable[[HttpRequest, Person], HttpResponse]


def of_own_person(view: OwnView) -> Callable[[HttpRequest], HttpResponse]:
    """Give a view the person who asks; whoever is none yet is asked whether to start a page."""

    @wraps(view)
    def about_me(request: HttpRequest) -> HttpResponse:
        person = own_person(request.user)
        return redirect("people:start_page") if person is None else view(request, person)

    return about_me


def sent(request: HttpRequest) -> tuple[Any, ...]:
    """Return what a form takes first: what was sent, or nothing."""
    return (request.POST,) if request.method == "POST" else ()


def kept(request: HttpRequest, words: str, to: str = "people:my_page") -> HttpResponse:
    """Say what was saved, and go back to “My page”."""
    messages.success(request, words)
    return redirect(to)


def part(
    request: HttpRequest, form: forms.BaseForm, title: str, lead: str, **more: Any
) -> HttpResponse:
    """Show one small form. ``more``: ``template`` where the page shows more, and context."""
    template = more.pop("template", "people/resident/part.html")
    return render(request, template, {"form": form, "title": title, "lead": lead, **more})
