"""The pledges of a project, and the wording and review of the charter."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from charter import actions, rules
from charter.forms import CommitmentForm, PledgesForm, ReviewForm
from charter.models import Charter, CommitmentKind
from charter.queries import charter_in_force, commitments_of, pledges_by_commitment
from coprod.lib.access import require
from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from coprod.lib.wording import day_in_full

from .feedback import GET_POST, project_of


@require_http_methods(GET_POST)
def pledges(request: HttpRequest, slug: str) -> HttpResponse:
    """Say, promise by promise, how one project keeps the charter."""
    project = project_of(request, slug)
    found = charter_in_force()
    asked = pledges_by_commitment(project, found) if found else {}
    form = PledgesForm(request.POST if request.method == "POST" else None, pledges=asked)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_pledges(
                opportunity=project,
                actor=request.user,
                hows=form.hows,
                began_with=form.began_with,
            )
        except actions.PledgedMeanwhile as meanwhile:
            form.show_both(meanwhile.theirs, pledges_by_commitment(project, found))
        else:
            done = _("Saved. Everybody reads the pledges on the page of the brief.")
            messages.success(request, done)
            return redirect("charter:pledges", slug=slug)
    context = {"opportunity": project, "form": form, "charter": found}
    return render(request, "charter/staff/pledges.html", context)


def _charter_to_edit(request: HttpRequest) -> Charter:
    require(rules.can_edit_charter(request.user))
    found = charter_in_force()
    if found is None:
        raise Http404
    return found


@require_http_methods(GET_POST)
def edit_charter(request: HttpRequest) -> HttpResponse:
    """List what can be worded anew; POST marks the charter as reviewed."""
    found = _charter_to_edit(request)
    form = ReviewForm(
        request.POST if request.method == "POST" else None, initial={"reviewed_on": today()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            reviewed = actions.mark_reviewed(
                charter=found, actor=request.user, reviewed_on=form.cleaned_data["reviewed_on"]
            )
        except NotAllowed as refusal:
            form.add_error("reviewed_on", str(refusal))
        else:
            day = day_in_full(reviewed.review_due_on)
            messages.success(request, _("Saved. The next review is due by %(day)s.") % {"day": day})
            return redirect("charter:edit_charter")
    commitments = list(commitments_of(found))
    context = {
        "charter": found,
        "form": form,
        "days_overdue": found.days_overdue(today()),
        "lists": [
            (kind, [one for one in commitments if one.kind == kind]) for kind in CommitmentKind
        ],
    }
    return render(request, "charter/staff/edit_charter.html", context)


@require_http_methods(GET_POST)
def edit_commitment(request: HttpRequest, slug: str) -> HttpResponse:
    """Word one promise anew; the old words stay to be read."""
    found = _charter_to_edit(request)
    commitment = get_object_or_404(found.commitments, slug=slug)
    changes = list(commitment.changes.all())
    form = CommitmentForm(
        request.POST if request.method == "POST" else None,
        initial={
            "heading": commitment.heading,
            "explanation": commitment.explanation,
            "changes_seen": len(changes),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_commitment(commitment=commitment, actor=request.user, **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. The old words stay to be read."))
            return redirect(reverse("charter:edit_charter") + f"#{slug}")
    context = {"commitment": commitment, "changes": changes, "form": form}
    return render(request, "charter/staff/edit_commitment.html", context)
