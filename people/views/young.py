"""I am under 18: how old, my own yes, and the adult whom we ask."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from people import actions
from people.forms.young import AgeForm, GuardianForm, YesForm
from people.models import Relation, RelationKind
from people.queries import own_person
from people.young import standing_of, young_of


def my_age(request: HttpRequest) -> HttpResponse:
    """Ask for a date of birth; once it is known, say what is still missing."""
    person = own_person(request.user)
    if person is None:
        return redirect("people:start_page")
    young, stands = young_of(person), standing_of(person)
    if young is None:
        form = AgeForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            actions.note_age(person=person, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Saved. Your page is private: only you see it."))
            return redirect("people:my_age")
        return render(request, "people/resident/my_age.html", {"form": form})
    guardians = Relation.objects.not_over(today()).filter(person=person, kind=RelationKind.GUARDIAN)
    context = {"young": young, "standing": stands, "guardians": guardians}
    return render(request, "people/resident/my_age_known.html", context)


def say_yes(request: HttpRequest) -> HttpResponse:
    """Take the young person's own yes, and whom we ring."""
    person = own_person(request.user)
    if person is None or young_of(person) is None:
        return redirect("people:my_age")
    form = YesForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.say_yes(person=person, actor=request.user, **form.facts())
        messages.success(request, _("Thank you. You can change your mind at any time."))
        return redirect("people:my_age")
    return render(request, "people/resident/say_yes.html", {"form": form})


@require_POST
def take_back_yes(request: HttpRequest) -> HttpResponse:
    """Stop taking part, with this click."""
    person = own_person(request.user)
    if person is not None and young_of(person) is not None:
        actions.take_back_yes(person=person, actor=request.user)
        messages.success(
            request, _("You take part in nothing any more. That is fine. Nobody will be cross.")
        )
    return redirect("people:my_age")


def ask_guardian(request: HttpRequest) -> HttpResponse:
    """Say whom we ask for an adult's agreement."""
    person = own_person(request.user)
    stands = standing_of(person) if person else None
    if stands is None or stands.decides:
        return redirect("people:my_age")
    form = GuardianForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.ask_guardian(person=person, actor=request.user, **form.facts())
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("We ask them. You can go on meanwhile."))
            return redirect("people:my_age")
    return render(request, "people/resident/ask_guardian.html", {"form": form})
