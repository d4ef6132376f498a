"""The equality questions, asked apart from everything else, for the person alone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opportunities import actions
from opportunities.actions.equality import CHANGED, WRONG
from people.equality import answers_of, label_of, questions_in_use
from people.forms.equality import NOT_SAID, EqualityForm
from people.models import PREFER_NOT_TO_SAY, EqualityQuestion
from people.queries import own_person


@require_safe
def equality(request: HttpRequest) -> HttpResponse:
    """Ask whether to answer; show what was answered."""
    person = own_person(request.user)
    if person is None:
        return redirect("people:start_page")
    answers = answers_of(person)
    rows = [
        (question.wording, _said(question, answers[question.code]))
        for question in questions_in_use()
        if question.code in answers
    ]
    return render(request, "opportunities/resident/equality.html", {"rows": rows})


def _said(question: EqualityQuestion, value: str) -> str:
    return NOT_SAID if value == PREFER_NOT_TO_SAY else label_of(question, value)


def equality_edit(request: HttpRequest) -> HttpResponse:
    """Answer, correct, or say that something has changed."""
    person = own_person(request.user)
    if person is None:
        return redirect("people:start_page")
    form = EqualityForm(
        request.POST if request.method == "POST" else None,
        questions=questions_in_use(),
        answers=answers_of(person),
    )
    if form.is_valid():
        # Somebody who answers for the first time is not asked why: what was counted stays.
        kind = form.cleaned_data.get("kind", CHANGED)
        actions.correct_equality(person=person, answers=form.answers, kind=kind)
        if not answers_of(person):
            messages.success(request, _nothing_kept(form))
            return redirect("people:profile")
        messages.success(request, _("Thank you. Your answers are saved."))
        return redirect("opportunities:equality")
    return render(request, "opportunities/resident/equality_edit.html", {"form": form})


def _nothing_kept(form: EqualityForm) -> str:
    """Return what became of a form that was sent empty; what was counted before may stay."""
    kind = form.cleaned_data.get("kind")
    if kind == CHANGED:
        return _("You left all questions empty. What was counted before stays counted.")
    if kind == WRONG:
        return _("You left all questions empty. What was counted with your answers is put right.")
    return _("You left all questions empty. Nothing is kept about you.")


def equality_delete(request: HttpRequest) -> HttpResponse:
    """Delete every answer, after asking once."""
    person = own_person(request.user)
    if person is None:
        return redirect("people:start_page")
    if request.method == "POST":
        actions.delete_equality(person=person)
        messages.success(request, _("Your answers are deleted."))
        return redirect("opportunities:equality")
    return render(request, "opportunities/resident/equality_delete.html")
