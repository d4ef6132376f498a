"""People who came forward, and those to ring or write to."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coprod.lib.access import require
from coprod.lib.lifecycle import NotAllowed
from coprod.lib.paging import Key, page
from coprod.lib.search import clean
from people import actions
from people.forms.pool import AddPersonForm
from people.lifecycle import PoolStatus
from people.models import Notice, Person
from people.queries import (
    done_tasks,
    find_people,
    has_needs_to_read,
    open_tasks,
    possible_duplicates,
    profile_of,
)
from people.rules import arranges, readable_parts
from people.shown import pool_shown
from people.twins import channel_before, saved, typed_data

PAGE = 25
BY_NAME = (Key("name", str), Key("pk", int))
OLDEST_FIRST = (Key("pk", int),)


@require_safe
def people_list(request: HttpRequest) -> HttpResponse:
    """List who came forward to my organisation: name, town, where they stand, how to reach them."""
    require(arranges(request.user))
    words = clean(request.GET.get("q", ""))
    standing = _known_standing(request.GET.get("status", ""))
    people = Person.objects.came_forward_to(request.user.acting.organisation)
    if (marked := list(people.marked(words)[:2])) and len(marked) == 1:
        return redirect("people:show_person", marked[0].uuid)
    if standing:
        people = people.filter(status=standing)
    found = page(
        find_people(people, words).select_related("town"),
        BY_NAME,
        request.GET.get("page", ""),
        PAGE,
    )
    context = {"page": found, "words": words, "standing": standing, "tabs": _tabs(words, standing)}
    return render(request, "people/staff/people_list.html", context)


def _known_standing(asked: str) -> str:
    """Return a status of the pool; nonsense in an address counts as nothing."""
    return asked if asked in PoolStatus.values else ""


def _tabs(words: str, standing: str) -> list[dict[str, Any]]:
    """Return a link for everybody and for each place in the pool; the words stay asked for."""
    choices = [("", _("Everybody")), *PoolStatus.choices]
    return [
        {
            "label": label,
            "href": "?" + urlencode({"q": words, "status": value} if words else {"status": value}),
            "current": value == standing,
        }
        for value, label in choices
    ]


def add_person(request: HttpRequest) -> HttpResponse:
    """Add somebody who rang, wrote or came by."""
    require(arranges(request.user))
    back = reverse("people:people_list")
    form = AddPersonForm(*typed_data(request), back=back, channel=channel_before(request))
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        alike = _alike(request, form)
        if not alike or "add_anyway" in request.POST:
            person = actions.add_person(
                organisation=request.user.acting.organisation,
                actor=request.user,
                **form.cleaned_data,
            )
            again = reverse("people:add_person")
            return saved(request, person, _("%(name)s is added."), again=again)
        context |= alike
    return render(request, "people/staff/add_person.html", context)


def _alike(request: HttpRequest, form: AddPersonForm) -> dict[str, Any]:
    """Return who may be the same person: those I may see by name, the others as a number."""
    facts = {key: form.cleaned_data[key] for key in ("name", "email", "phone")}
    alike = possible_duplicates(**facts)
    if not alike:
        return {}
    mine = Person.objects.visible_to(request.user).filter(pk__in=[one.pk for one in alike])
    seen = list(mine.select_related("town"))
    return {"alike": seen, "hidden": len(alike) - len(seen)}


@require_safe
def show_person(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show how to reach somebody, and the one-page profile if it is shared. It is recorded."""
    require(arranges(request.user))
    person = get_object_or_404(
        Person.objects.visible_to(request.user).select_related(
            "town", "joined_through", "retention_note"
        ),
        uuid=uuid,
    )
    profile = profile_of(person)
    actions.record_opening(person=person, profile=profile, actor=request.user)
    readable = readable_parts(request.user, person, profile)
    context = {
        "person": person,
        "profile": profile.limited_to(readable) if readable else None,
        "has_needs": has_needs_to_read(request.user, person),
        "pool": pool_shown(person, request.user),
    }
    return render(request, "people/staff/show_person.html", context)


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """List the people to ring or write to, who waits longest first."""
    require(arranges(request.user))
    organisation = request.user.acting.organisation
    found = page(open_tasks(organisation), OLDEST_FIRST, request.GET.get("page", ""), PAGE)
    return render(
        request, "people/staff/tasks.html", {"page": found, "done": done_tasks(organisation)}
    )


def _task(request: HttpRequest, pk: int) -> Notice:
    require(arranges(request.user))
    return get_object_or_404(
        Notice.objects.visible_to(request.user).select_related("person", "organisation"), pk=pk
    )


@require_POST
def finish_task(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that I rang or wrote."""
    notice = _task(request, pk)
    try:
        actions.pass_on(notice=notice, actor=request.user)
        messages.success(request, _("Done: %(name)s.") % {"name": notice.person.name})
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    return redirect("people:tasks")


@require_POST
def reopen_task(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a task back: it was not done after all."""
    notice = _task(request, pk)
    try:
        actions.take_back(notice=notice, actor=request.user)
        messages.success(request, _("%(name)s is back on the list.") % {"name": notice.person.name})
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    return redirect("people:tasks")


@require_safe
def task_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one message as a letter to print."""
    notice = _task(request, pk)
    points = actions.size_of_print(person=notice.person, actor=request.user)
    return render(request, "people/staff/task_letter.html", {"notice": notice, "points": points})
