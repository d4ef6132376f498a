"""Staff of an organisation, for its administrators; and for whom somebody acts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coprod.lib.access import require
from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from people import actions
from people.forms.staff import ChangeRoleForm, InviteForm
from people.models import Invitation, Membership, Organisation
from people.queries import (
    former_staff_of,
    letters_that_failed,
    open_invitations_of,
    staff_of,
    with_second_step,
)
from people.rules import acting, can_remove_second_step, can_run_organisation

FORMER_SHOWN = 20
ACTING_KEY = "acting"


def _own_organisation(request: HttpRequest) -> Organisation:
    membership = acting(request.user)
    require(membership is not None and can_run_organisation(request.user, membership.organisation))
    return membership.organisation


@require_safe
def staff_list(request: HttpRequest) -> HttpResponse:
    """List roles in force, invitations on their way, and roles that ended."""
    organisation = _own_organisation(request)
    staff = list(staff_of(organisation))
    invitations = list(open_invitations_of(organisation))
    context = {
        "organisation": organisation,
        "staff": staff,
        "with_second_step": with_second_step(staff),
        "invitations": invitations,
        "failed": letters_that_failed(invitations),
        "former": former_staff_of(organisation)[:FORMER_SHOWN],
        "now": timezone.now(),
        "today": today(),
    }
    return render(request, "people/organisation/staff_list.html", context)


def invite_staff(request: HttpRequest) -> HttpResponse:
    """Send a one-use link to somebody who will work here."""
    organisation = _own_organisation(request)
    form = InviteForm(request.POST if request.method == "POST" else None, organisation=organisation)
    if form.is_valid():
        try:
            actions.invite(organisation=organisation, actor=request.user, **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error("role", str(refusal))
        else:
            messages.success(
                request, _("The invitation goes to %(name)s.") % {"name": form.cleaned_data["name"]}
            )
            return redirect("people:staff_list")
    return render(request, "people/organisation/invite_staff.html", {"form": form})


def _own_invitation(request: HttpRequest, pk: int) -> Invitation:
    return get_object_or_404(open_invitations_of(_own_organisation(request)), pk=pk)


@require_POST
def resend_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a new link; the old one stops working."""
    invitation = _own_invitation(request, pk)
    try:
        actions.resend_invitation(invitation=invitation, actor=request.user)
        messages.success(request, _("A new link goes to %(name)s.") % {"name": invitation.name})
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    return redirect("people:staff_list")


@require_POST
def revoke_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back: its link stops working."""
    invitation = _own_invitation(request, pk)
    actions.revoke_invitation(invitation=invitation, actor=request.user)
    messages.success(request, _("The invitation is taken back."))
    return redirect("people:staff_list")


def _own_staff(request: HttpRequest, pk: int) -> Membership:
    return get_object_or_404(staff_of(_own_organisation(request)), pk=pk)


def change_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody another role or team from today."""
    membership = _own_staff(request, pk)
    form = ChangeRoleForm(request.POST if request.method == "POST" else None, membership=membership)
    if form.is_valid():
        try:
            actions.change_role(membership=membership, actor=request.user, **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error("role", str(refusal))
        else:
            messages.success(request, _("The role is changed."))
            return redirect("people:staff_list")
    context = {"form": form, "membership": membership}
    return render(request, "people/organisation/change_role.html", context)


def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    """End somebody's role, after asking once."""
    membership = _own_staff(request, pk)
    refused = ""
    if request.method == "POST":
        try:
            actions.end_role(membership=membership, actor=request.user)
        except NotAllowed as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("The role has ended."))
            return redirect("people:staff_list")
    context = {"membership": membership, "refused": refused}
    return render(request, "people/organisation/end_role.html", context)


def remove_second_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Help a colleague who lost phone and codes: take their second step away, after asking once."""
    membership = _own_staff(request, pk)
    require(can_remove_second_step(request.user, membership))
    refused = ""
    if request.method == "POST":
        try:
            actions.remove_second_step(membership=membership, actor=request.user)
        except NotAllowed as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("The second step is taken away. They are told."))
            return redirect("people:staff_list")
    context = {"membership": membership, "refused": refused}
    return render(request, "people/organisation/remove_second_step.html", context)


def choose_organisation(request: HttpRequest) -> HttpResponse:
    """Say for whom I act, where I have more than one role."""
    require(bool(request.memberships))
    if request.method == "POST":
        chosen = request.POST.get("membership", "")
        for membership in request.memberships:
            if str(membership.pk) == chosen:
                request.session[ACTING_KEY] = membership.pk
                messages.success(request, _("You now act for %s.") % membership.organisation)
                return redirect("staff_home")
    context = {"memberships": request.memberships, "missing": request.method == "POST"}
    return render(request, "people/organisation/choose_organisation.html", context)
