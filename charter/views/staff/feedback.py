"""The feedback loop of a project: what people said, the answers, the end of the project."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from charter import actions, rules
from charter.actions.feedback import was_asked_about
from charter.forms import ContributionForm, RespondForm
from charter.loop import SHOWN_FROM, loops
from charter.models import Contribution
from charter.queries import answers_to_enter, begun_on, people_of
from coprod.lib.access import require
from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from opportunities.lifecycle import MOVES
from opportunities.models import Opportunity
from people.rules import is_staff_member

GET_POST = ["GET", "HEAD", "POST"]


def project_of(request: HttpRequest, slug: str) -> Opportunity:
    """Return the project of the organisation that the user acts for, or stop with 403 or 404."""
    require(is_staff_member(request.user))
    mine = Opportunity.objects.of_organisation_of(request.user).select_related("organisation")
    project = get_object_or_404(mine, slug=slug)
    require(rules.can_keep_promises(request.user, project))
    return project


def _contribution(request: HttpRequest, pk: int) -> Contribution:
    require(is_staff_member(request.user))
    mine = Contribution.objects.visible_to(request.user)
    found = get_object_or_404(mine.select_related("opportunity__organisation"), pk=pk)
    require(rules.can_keep_promises(request.user, found.opportunity))
    return found


def to_feedback(project: Opportunity, contribution: Contribution | None = None) -> HttpResponse:
    anchor = f"#said-{contribution.pk}" if contribution else ""
    return redirect(reverse("charter:feedback", args=[project.slug]) + anchor)


@require_safe
def feedback(request: HttpRequest, slug: str) -> HttpResponse:
    """List what people said with its answers and verdicts, and the next step of each."""
    project = project_of(request, slug)
    said = project.contributions.select_related("opportunity__organisation")
    found = loops(said, today())
    context = {
        "opportunity": project,
        "loops": found,
        "open_count": sum(one.needs_response for one in found),
        "to_ring": list(answers_to_enter(project, request.user)),
        "may_complete": project.status in MOVES["complete"].sources,
        "shown_from": SHOWN_FROM,
    }
    return render(request, "charter/staff/feedback.html", context)


@require_http_methods(GET_POST)
def add_contribution(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down what people said."""
    project = project_of(request, slug)
    form = ContributionForm(
        request.POST if request.method == "POST" else None,
        people=people_of(project),
        begun_on=begun_on(project),
    )
    if request.method == "POST" and form.is_valid():
        voices = form.cleaned_data["voices"]
        try:
            added = actions.add_contribution(
                opportunity=project, actor=request.user, voices=voices, **form.said
            )
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. Now answer it."))
            return to_feedback(project, added)
    context = {"opportunity": project, "form": form}
    return render(request, "charter/staff/add_contribution.html", context)


@require_http_methods(GET_POST)
def correct_contribution(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right what was written down, or who agreed to be asked."""
    said = _contribution(request, pk)
    words_stay = was_asked_about(said)
    form = ContributionForm(
        request.POST if request.method == "POST" else None,
        instance=said,
        people=people_of(said.opportunity),
        begun_on=begun_on(said.opportunity),
        words_stay=words_stay,
    )
    if request.method == "POST" and form.is_valid():
        voices = form.cleaned_data["voices"]
        try:
            actions.correct_contribution(
                contribution=said, actor=request.user, voices=voices, **form.said
            )
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return to_feedback(said.opportunity, said)
    context = {"contribution": said, "form": form, "words_stay": words_stay}
    return render(request, "charter/staff/correct_contribution.html", context)


@require_http_methods(GET_POST)
def respond(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer what people said."""
    said = _contribution(request, pk)
    (loop,) = loops([said], today())
    form = RespondForm(
        request.POST if request.method == "POST" else None,
        before=loop.response,
        initial={"owner_name": said.opportunity.lead_name},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.respond(contribution=said, actor=request.user, **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Everybody can read your answer now."))
            return to_feedback(said.opportunity, said)
    context = {"loop": loop, "form": form, "shown_from": SHOWN_FROM}
    return render(request, "charter/staff/respond.html", context)


@require_http_methods(GET_POST)
def complete(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask once more, then end the project; say what is missing where something is."""
    project = project_of(request, slug)
    if request.method == "POST":
        try:
            actions.complete_project(opportunity=project, actor=request.user)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect("charter:complete", slug=slug)
        messages.success(request, _("This project is completed. Thank everybody who took part."))
        return to_feedback(project)
    waiting = Contribution.objects.visible_to(request.user).filter(opportunity=project)
    context = {
        "opportunity": project,
        "waiting": loops(waiting.needing_response(), today()),
        "may_complete": project.status in MOVES["complete"].sources,
    }
    return render(request, "charter/staff/complete.html", context)
