"""Who helps me, and what others did for me."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from people import actions
from people.forms.helping import HelperForm
from people.lifecycle import RelationStatus
from people.models import Relation
from people.queries import own_person
from people.rules_of_help import can_end_at_once
from people.young import is_young


@require_safe
def my_helpers(request: HttpRequest) -> HttpResponse:
    """List who helps me, what they may do, and what others did for me."""
    person = own_person(request.user)
    if person is None:
        return redirect("people:start_page")
    rows = list(Relation.objects.not_over(today()).filter(person=person).select_related("person"))
    context = {
        "person": person,
        "relations": [(row, can_end_at_once(request.user, row)) for row in rows],
        "is_young": is_young(person),
    }
    return render(request, "people/resident/my_helpers.html", context)


def add_helper(request: HttpRequest) -> HttpResponse:
    """Say that somebody helps me, and what they may do."""
    person = own_person(request.user)
    if person is None:
        return redirect("people:start_page")
    form = HelperForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = actions.add_helper(person=person, actor=request.user, **form.facts())
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("%(name)s gets an e-mail, and helps once they said yes.")
            if made.status == RelationStatus.IN_FORCE:
                words = _("%(name)s helps you from now on.")
            messages.success(request, words % {"name": made.name})
            return redirect("people:my_helpers")
    return render(request, "people/resident/add_helper.html", {"form": form})


def _own(request: HttpRequest, uuid: UUID) -> Relation:
    rows = Relation.objects.filter(person__user=request.user).select_related("person")
    return get_object_or_404(rows, uuid=uuid)


@require_POST
def end_help(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """End somebody's help with this click, or ask the coordinator to."""
    row = _own(request, uuid)
    after = actions.end_help(relation=row, actor=request.user)
    words = _("%(name)s no longer helps you. They see nothing of yours any more.")
    if after.status != RelationStatus.ENDED:
        words = _("We asked the coordinator to end this. They will ring or write to you.")
    messages.success(request, words % {"name": after.name})
    return redirect("people:my_helpers")


@require_POST
def send_help_link(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Send a new link in place of the old one."""
    row = _own(request, uuid)
    if row.is_invited and row.email:
        actions.send_link(relation=row)
        messages.success(request, _("%(name)s gets a new link.") % {"name": row.name})
    return redirect("people:my_helpers")
