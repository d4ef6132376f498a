"""My needs: one at a time, kept while I agree, looked at again once a year."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coprod.lib.lifecycle import NotAllowed
from people import actions
from people.actions.needs import CONSENT_WORDING, in_order
from people.forms.needs import QUESTIONS, NeedForm, sounds_like_a_diagnosis
from people.models import Need, Person, Subset

from .of_pool import of_pool

read_or_write = require_http_methods(["GET", "HEAD", "POST"])


def own_need(request: HttpRequest, pk: int) -> Need:
    """Return a need of the person who is signed in."""
    rows = Need.objects.agreed().select_related("person")
    return get_object_or_404(rows, person__user=request.user.pk, pk=pk)


@require_safe
@of_pool
def my_needs(request: HttpRequest, person: Person) -> HttpResponse:
    """List what I need, who may know it, and who told you when."""
    needs = list(Need.objects.agreed().filter(person=person).select_related("consent"))
    context = {
        "kinds": in_order(needs),
        "needs": needs,
        "any_due": any(need.is_due for need in needs),
        "consent": actions.consent_of(person),
        "consent_wording": CONSENT_WORDING,
        "questions": list(QUESTIONS.items()),
    }
    return render(request, "people/resident/my_needs.html", context)


@read_or_write
@of_pool
def add_need(request: HttpRequest, person: Person, subset: str) -> HttpResponse:
    """Say one thing that I need."""
    if subset not in Subset.values:
        raise Http404
    form = NeedForm(request.POST or None, person=person, subset=subset)
    return _asked(request, form)


@read_or_write
def change_need(request: HttpRequest, pk: int) -> HttpResponse:
    """Say it better, or choose anew who may know it."""
    need = own_need(request, pk)
    form = NeedForm(request.POST or None, person=need.person, subset=need.subset, need=need)
    return _asked(request, form)


def _asked(request: HttpRequest, form: NeedForm) -> HttpResponse:
    if form.is_valid():
        facts = form.facts()
        try:
            actions.save_need(person=form.person, actor=request.user, **facts)
        except NotAllowed as refusal:  # said in another window
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Saved. You can change or delete it at any time."))
            hint_at_diagnosis(request, facts["detail"])
        return redirect("people:my_needs")
    return render(request, "people/resident/need.html", {"form": form, "need": form.need})


def hint_at_diagnosis(request: HttpRequest, words: str) -> None:
    """Say kindly that what somebody has need not be told; it stays as it was written."""
    if sounds_like_a_diagnosis(words):
        messages.info(
            request,
            _("You need not tell us what you have. What helps is enough. You can change it."),
        )


@read_or_write
def delete_need(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then delete one need."""
    need = own_need(request, pk)
    if request.method == "POST":
        actions.delete_need(need=need, actor=request.user)
        messages.success(request, _("Deleted. Nobody can read it any more."))
        return redirect("people:my_needs")
    return render(request, "people/resident/delete_need.html", {"need": need})


@require_POST
@of_pool
def keep_needs(request: HttpRequest, person: Person) -> HttpResponse:
    """Say that nothing has changed."""
    actions.keep_needs(person=person, actor=request.user)
    messages.success(request, _("Thank you. We ask again in a year."))
    return redirect("people:my_needs")


@read_or_write
@of_pool
def stop_needs(request: HttpRequest, person: Person) -> HttpResponse:
    """Ask once, then take the consent back and delete all of it."""
    if request.method == "POST":
        actions.delete_all_needs(person=person, actor=request.user)
        messages.success(request, _("All of it is deleted. Nobody can read it any more."))
        return redirect("people:my_needs")
    return render(request, "people/resident/stop_needs.html")
