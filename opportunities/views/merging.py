"""A coordinator finds that two pages are one person, side by side, and can undo it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coprod.lib.access import require
from coprod.lib.lifecycle import NotAllowed
from coprod.lib.search import clean
from opportunities.actions.merging import came_forward_twice
from opportunities.actions.merging import merge_people as merge
from opportunities.forms.merging import MergeForm
from people.actions.merging import undo_merge as undo
from people.models import Person, PersonMerge
from people.queries import find_people
from people.rules import can_merge, coordinates

SHOWN = 25


def _visible(request: HttpRequest) -> QuerySet[Person]:
    require(coordinates(request.user))
    return Person.objects.visible_to(request.user).select_related("town", "ward", "user")


def _person(request: HttpRequest, uuid: UUID) -> Person:
    return get_object_or_404(_visible(request), uuid=uuid)


def _two(request: HttpRequest, *uuids: UUID) -> list[Person]:
    """Return both in this order, from one query."""
    found = {person.uuid: person for person in _visible(request).filter(uuid__in=uuids)}
    if len(found) < len(uuids):
        raise Http404
    return [found[uuid] for uuid in uuids]


@require_safe
def merge_find(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Look for another page of the same person, and show what was made one before.

    Without words, for whoever has the same last name.
    """
    person = _person(request, uuid)
    words = clean(request.GET.get("q", ""))
    people = Person.objects.visible_to(request.user).exclude(pk=person.pk).select_related("town")
    merges = PersonMerge.objects.filter(kept=person, undone_at__isnull=True)
    context = {
        "person": person,
        "words": words,
        "found": find_people(people, words or person.name.split()[-1])[:SHOWN],
        "merges": [
            one for one in merges.select_related("gone") if one.can_be_undone(timezone.now())
        ],
    }
    return render(request, "opportunities/staff/merge_find.html", context)


def merge_people(request: HttpRequest, uuid: UUID, other: UUID) -> HttpResponse:
    """Show two pages side by side; choose what is right, and make one of them."""
    kept, gone = _two(request, uuid, other)
    can = can_merge(request.user, kept, gone)
    form = MergeForm(request.POST if request.method == "POST" else None, kept=kept, gone=gone)
    if form.is_valid():
        require(can)
        try:
            merge(
                kept=kept,
                gone=gone,
                organisation=request.user.acting.organisation,
                actor=request.user,
                take=form.take,
            )
            messages.success(
                request, _("The two pages of %(name)s are one now.") % {"name": kept.name}
            )
            return redirect("opportunities:merge_find", kept.uuid)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
    context = {
        "form": form,
        "kept": kept,
        "gone": gone,
        "can": can,
        "twice": came_forward_twice(kept, gone),
    }
    return render(request, "opportunities/staff/merge_people.html", context)


@require_POST
def undo_merge(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    """Make two pages of one again."""
    person = _person(request, uuid)
    one = get_object_or_404(PersonMerge.objects.filter(kept=person), pk=pk)
    try:
        undo(merge=one, actor=request.user)
        messages.success(request, _("They are two pages again."))
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    return redirect("opportunities:merge_find", person.uuid)
