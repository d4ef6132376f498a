"""Coordinators and what adults agreed to: given, checked, refused; and impact assessments."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coprod.lib.access import require
from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from people import actions
from people.forms.young import CheckForm, ImpactAssessmentForm, TypedAgreeForm
from people.models import Agreement, AgreementKind, ImpactAssessment, Person, Role
from people.queries import agreements_to_see_to
from people.rules import acting
from people.rules_of_help import can_check_agreement


def _is_coordinator(request: HttpRequest) -> bool:
    membership = acting(request.user)
    return membership is not None and membership.role == Role.COORDINATOR


@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """List what adults agreed to and nobody has checked, and what ran out; oldest first."""
    require(_is_coordinator(request))
    found = agreements_to_see_to(request.user.acting.organisation)
    return render(request, "people/staff/agreements.html", {"agreements": found})


def _row(request: HttpRequest, pk: int) -> Agreement:
    require(_is_coordinator(request))
    mine = Agreement.objects.filter(person__in=Person.objects.visible_to(request.user))
    rows = mine.filter(kind=AgreementKind.ADULT).select_related("person", "relation")
    row = get_object_or_404(rows, pk=pk)
    require(can_check_agreement(request.user, row.person))
    return row


def check_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down how I made sure that this adult may agree."""
    row = _row(request, pk)
    form = CheckForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.check_agreement(agreement=row, actor=request.user, **form.cleaned_data)
        except NotAllowed as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("%(name)s can take part now.") % {"name": row.person.name})
        return redirect("people:young_person", row.person.uuid)
    actions.record_reading(person=row.person, actor=request.user)
    return render(request, "people/staff/check_agreement.html", {"agreement": row, "form": form})


def type_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what an adult agreed to on paper or on the phone."""
    row = _row(request, pk)
    form = TypedAgreeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        channel = form.cleaned_data["channel"]
        try:
            actions.give_agreement(agreement=row, actor=request.user, channel=channel)
        except NotAllowed as refusal:
            messages.warning(request, str(refusal))
        return redirect("people:check_agreement", row.pk)
    context = {"agreement": row, "form": form}
    return render(request, "people/staff/type_agreement.html", context)


@require_POST
def refuse_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that the adult said no, or may not agree."""
    row = _row(request, pk)
    try:
        actions.refuse_agreement(agreement=row, actor=request.user, channel="phone")
        messages.success(request, _("Written down: not given."))
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    return redirect("people:young_person", row.person.uuid)


def impact_assessments(request: HttpRequest) -> HttpResponse:
    """List what my organisation assessed before it invites under-18s, and add one."""
    require(_is_coordinator(request))
    organisation = request.user.acting.organisation
    form = ImpactAssessmentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.record_impact_assessment(
            organisation=organisation, actor=request.user, **form.cleaned_data
        )
        messages.success(request, _("Saved. Your organisation may now invite people under 18."))
        return redirect("people:impact_assessments")
    context = {
        "organisation": organisation,
        "today": today(),
        "assessments": ImpactAssessment.objects.filter(organisation=organisation),
        "form": form,
    }
    return render(request, "people/staff/impact_assessments.html", context)
