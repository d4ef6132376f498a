"""“Did it help?”: the pages of those who said it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from charter import actions, rules
from charter.forms import AnswerForm
from charter.lifecycle import CheckBackStatus
from charter.models import CheckBack
from coprod.lib.access import require
from coprod.lib.lifecycle import NotAllowed


def _own(request: HttpRequest, pk: int) -> CheckBack:
    rows = CheckBack.objects.visible_to(request.user).exclude(status=CheckBackStatus.DUE)
    return get_object_or_404(
        rows.select_related("person", "response__contribution__opportunity__organisation"), pk=pk
    )


@require_http_methods(["GET", "HEAD", "POST"])
def check_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask one person whether it helped; once answered, show the answer or let them change it."""
    asked = _own(request, pk)
    may_correct = rules.can_correct_answer(request.user, asked, timezone.now())
    may_answer = rules.can_answer(request.user, asked)
    form = (
        AnswerForm(request.POST if request.method == "POST" else None, initial=_answered(asked))
        if (may_answer or may_correct)
        else None
    )
    if request.method == "POST":
        require(form is not None)
        if form.is_valid():
            return _take(request, asked, actions.Answer(**form.cleaned_data))
    context = {
        "check_back": asked,
        "form": form,
        "may_correct": may_correct,
        "correct_until": asked.answered_at + rules.CORRECT_WITHIN if may_correct else None,
    }
    return render(request, "charter/resident/check_back.html", context)


def _answered(asked: CheckBack) -> dict[str, object]:
    return {name: getattr(asked, name) for name in ("verdict", "comment", "may_show_comment")}


def _take(request: HttpRequest, asked: CheckBack, said: actions.Answer) -> HttpResponse:
    verb = actions.correct_answer if asked.answered_at else actions.answer
    try:
        verb(check_back=asked, actor=request.user, said=said)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("charter:check_back", pk=asked.pk)
    return redirect("charter:check_back_thanks", pk=asked.pk)


@require_safe
def check_back_thanks(request: HttpRequest, pk: int) -> HttpResponse:
    """Say thank you, and what happens with the answer."""
    asked = _own(request, pk)
    if not asked.answered_at:
        return redirect("charter:check_back", pk=pk)
    return render(request, "charter/resident/check_back_thanks.html", {"check_back": asked})


@require_POST
def stop_asking(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that we may ask about this."""
    actions.stop_asking(check_back=_own(request, pk), actor=request.user)
    messages.success(request, _("We will not ask you about this again."))
    return redirect("/my/")
