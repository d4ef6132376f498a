"""What people decide and ask about their data, typed by staff; and the answers to it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coprod.lib.access import require
from coprod.lib.lifecycle import NotAllowed
from people import actions
from people.actions.rights import consents_of
from people.audit import record
from people.exporting import as_html
from people.forms.rights import (
    AnswerForm,
    TypedChoicesForm,
    TypedComplaintForm,
    TypedCopyForm,
    TypedEraseForm,
    TypedObjectionForm,
)
from people.models import DataComplaint, Objection
from people.models.rights import answers_rights
from people.rules import arranges
from people.twins import page, person_to_type_for, saved, typed_data, way

from .rights import what_goes

SHOWN = 50  # of each kind: whoever answers the oldest sees the next


def type_choices(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change what somebody agrees to, who told us."""
    person = person_to_type_for(request, uuid)
    form = TypedChoicesForm(*typed_data(request), on=consents_of(person), **way(request, person))
    if form.is_valid():
        actions.set_consents(person=person, actor=request.user, **form.cleaned_data)
        return saved(request, person, _("%(name)s: the choices are saved."))
    return page(request, form, person, _("What %(name)s agrees to"))


def type_objection(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record what somebody objects to."""
    person = person_to_type_for(request, uuid)
    form = TypedObjectionForm(*typed_data(request), **way(request, person))
    if form.is_valid():
        actions.object_to(person=person, actor=request.user, **form.cleaned_data)
        return saved(request, person, _("%(name)s: the objection is recorded."))
    return page(request, form, person, _("What %(name)s objects to"))


def type_copy(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Make the copy of everything to print, but for what is kept apart from the name."""
    person = person_to_type_for(request, uuid)
    form = TypedCopyForm(*typed_data(request), **way(request, person))
    if form.is_valid():
        record(
            verb="person.copied",
            target=person,
            actor=request.user,
            person=person,
            on_behalf_of=person,
            channel=form.cleaned_data["channel"],
        )
        response = HttpResponse(as_html(person, for_staff=True))
        response["Content-Disposition"] = 'attachment; filename="everything.html"'
        response["Cache-Control"] = "private, no-store"
        return response
    lead = _(
        "They may have a copy of everything we hold about them. You print it and hand it over, "
        "or post it. Equality answers are not in it: they ask for those in a closed envelope."
    )
    return page(request, form, person, _("A copy of everything for %(name)s"), lead=lead)


def type_erasure(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Delete everything about somebody who asked for it."""
    person = person_to_type_for(request, uuid)
    form = TypedEraseForm(*typed_data(request), **way(request, person))
    if form.is_valid():
        channel = form.cleaned_data["channel"]
        actions.erase_person(person=person, actor=request.user, channel=channel)
        messages.success(request, _("Everything about them is deleted."))
        return redirect("people:people_list")
    return page(
        request,
        form,
        person,
        _("Delete everything about %(name)s?"),
        template="people/staff/type_erasure.html",
        **what_goes(),
    )


@require_POST
def type_stay(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Note that somebody wants to stay in the pool."""
    person = person_to_type_for(request, uuid)
    actions.note_stay(person=person, actor=request.user, channel="phone")
    return saved(request, person, _("%(name)s wants to stay. Nothing is deleted."))


# --- Complaints and objections -------------------------------------------------------------------
def type_complaint(request: HttpRequest) -> HttpResponse:
    """Write down a complaint about data of somebody who rang, wrote or came by."""
    require(arranges(request.user) or answers_rights(request.user))
    back = reverse("people:data_requests") if answers_rights(request.user) else "/staff/"
    form = TypedComplaintForm(*typed_data(request), back=back)
    if form.is_valid():
        actions.complain(actor=request.user, **form.cleaned_data)
        messages.success(request, _("The complaint is saved. Coordinators of the host answer it."))
        return redirect(back)
    return render(request, "people/staff/type_complaint.html", {"form": form, "back": back})


@require_safe
def data_requests(request: HttpRequest) -> HttpResponse:
    """List complaints and objections about data, those without an answer first, oldest first."""
    require(answers_rights(request.user))
    complaints = DataComplaint.objects.visible_to(request.user).select_related("person")
    objections = Objection.objects.visible_to(request.user).select_related("person")
    waiting = [
        list(rows.open().order_by("made_at", "pk")[: SHOWN + 1])
        for rows in (complaints, objections)
    ]
    context = {
        "complaints": waiting[0][:SHOWN],
        "objections": waiting[1][:SHOWN],
        "more": any(len(rows) > SHOWN for rows in waiting),
        "answered": complaints.exclude(answered_at=None).order_by("-answered_at")[:20],
    }
    return render(request, "people/staff/data_requests.html", context)


def answer_complaint(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a complaint about data, and answer it."""
    require(answers_rights(request.user))
    rows = DataComplaint.objects.visible_to(request.user).select_related("person")
    complaint = get_object_or_404(rows, pk=pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.answer_complaint(complaint=complaint, actor=request.user, **form.cleaned_data)
            messages.success(request, _("The answer is on its way."))
        except NotAllowed as refusal:
            messages.warning(request, str(refusal))
        return redirect("people:data_requests")
    context = {"complaint": complaint, "form": form}
    return render(request, "people/staff/answer_complaint.html", context)


@require_POST
def acknowledge_complaint(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that I told somebody that we have their complaint."""
    require(answers_rights(request.user))
    complaint = get_object_or_404(DataComplaint.objects.visible_to(request.user), pk=pk)
    actions.acknowledge_complaint(complaint=complaint, actor=request.user)
    messages.success(request, _("Noted: they know that we have it."))
    return redirect("people:answer_complaint", pk)


def answer_objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what somebody objects to, and answer it."""
    require(answers_rights(request.user))
    rows = Objection.objects.visible_to(request.user).select_related("person")
    objection = get_object_or_404(rows, pk=pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.answer_objection(objection=objection, actor=request.user, **form.cleaned_data)
            messages.success(request, _("The answer is on its way."))
        except NotAllowed as refusal:
            messages.warning(request, str(refusal))
        return redirect("people:data_requests")
    context = {"objection": objection, "form": form}
    return render(request, "people/staff/answer_objection.html", context)
