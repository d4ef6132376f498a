"""Answers that staff type for people without e-mail, and comments that a second person reads."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from charter import actions, rules
from charter.forms import AnswerForm, EnterAnswerForm, ReadCommentForm, StopAskingForm
from charter.models import CheckBack
from coprod.lib.access import require
from coprod.lib.lifecycle import NotAllowed
from coprod.lib.paper import printed, questions_of
from opportunities.models import Opportunity
from people.rules import is_staff_member
from people.twins import channel_before, typed_data

from .feedback import GET_POST, to_feedback


def _asked(request: HttpRequest, pk: int) -> CheckBack:
    """Return a question about a project of the organisation that the user acts for."""
    require(is_staff_member(request.user))
    mine = CheckBack.objects.of_organisation_of(request.user).select_related(
        "person", "response__contribution__opportunity__organisation"
    )
    return get_object_or_404(mine, pk=pk)


def _way(request: HttpRequest, project: Opportunity) -> dict[str, str]:
    back = reverse("charter:feedback", args=[project.slug])
    return {"back": back, "channel": channel_before(request)}


@require_http_methods(GET_POST)
def enter_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Type the answer of somebody who rang, wrote or said it."""
    asked = _asked(request, pk)
    require(rules.can_enter_answer(request.user, asked))
    project = asked.response.contribution.opportunity
    form = EnterAnswerForm(*typed_data(request)[:1], **_way(request, project))
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        channel = said.pop("channel")
        try:
            actions.enter_answer(
                check_back=asked,
                actor=request.user,
                channel=channel,
                said=actions.Answer(**said),
            )
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Saved. It cannot be changed here any more."))
        return to_feedback(project)
    return render(request, "charter/staff/enter_answer.html", {"check_back": asked, "form": form})


@require_http_methods(GET_POST)
def stop_asking_for(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that somebody does not want to be asked about this again."""
    asked = _asked(request, pk)
    require(rules.can_stop_asking_for(request.user, asked))
    project = asked.response.contribution.opportunity
    form = StopAskingForm(*typed_data(request)[:1], **_way(request, project))
    if form.is_valid():
        actions.stop_asking_for(check_back=asked, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Saved. Nobody asks them about this again."))
        return to_feedback(project)
    return render(
        request, "charter/staff/stop_asking_for.html", {"check_back": asked, "form": form}
    )


@require_safe
def check_back_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the question as a sheet to send: what was said, what was done, and the boxes."""
    asked = _asked(request, pk)
    require(rules.can_stop_asking_for(request.user, asked))
    context = printed(
        request,
        questions_of(AnswerForm()),
        typed_at=f"/staff/mark/A-{asked.pk}/",
        reference=f"A-{asked.pk}",
    )
    return render(request, "charter/staff/check_back_sheet.html", {"check_back": asked, **context})


@require_safe
def comments(request: HttpRequest) -> HttpResponse:
    """List the comments that people want to show and that this coordinator may read."""
    require(rules.reads_comments(request.user))
    waiting = CheckBack.objects.comments_for(request.user.acting).select_related(
        "response__contribution__opportunity"
    )
    context = {"waiting": waiting.order_by("answered_at", "pk")}
    return render(request, "charter/staff/comments.html", context)


@require_http_methods(GET_POST)
def read_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Read one comment beside what it is about, and decide whether everybody may."""
    require(rules.reads_comments(request.user))
    readable = CheckBack.objects.comments_for(request.user.acting).select_related(
        "response__contribution__opportunity__organisation", "person"
    )
    asked = get_object_or_404(readable, pk=pk)
    form = ReadCommentForm(
        request.POST if request.method == "POST" else None,
        initial={"answered_at": asked.answered_at.isoformat()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.read_comment(
                check_back=asked,
                actor=request.user,
                answered_at=form.cleaned_data["answered_at"],
                because=form.because,
            )
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect("charter:read_comment", pk=pk)
        messages.success(request, _("Thank you for reading it."))
        return redirect("charter:comments")
    return render(request, "charter/staff/read_comment.html", {"check_back": asked, "form": form})
