"""My page, and my place in the pool: a break, leaving, partners, how I came, support."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coprod.lib.lifecycle import NotAllowed
from coprod.lib.wording import day_in_full
from people import actions
from people.forms.belonging import BreakForm, JoiningForm, LeaveForm, PartnersForm, WishForm
from people.forms.welcoming import AnswerForm
from people.models import Person, SupportOffer, SupportWish
from people.my_page import parts_of
from people.said import contact_of, joining_said, labels_of, offers_of, partners_said

from .own import kept, of_own_person, part, sent


@require_safe
@of_own_person
def my_page(request: HttpRequest, person: Person) -> HttpResponse:
    """Show what I may tell, what is there, who is there for me, and my place in the pool."""
    context = {
        "person": person,
        "parts": parts_of(person),
        "contact": contact_of(person),
        "labels": labels_of(person),
    }
    return render(request, "people/resident/my_page.html", context)


@of_own_person
def take_break(request: HttpRequest, person: Person) -> HttpResponse:
    """Have a break until a day that I choose; nobody asks why."""
    form = BreakForm(*sent(request))
    if form.is_valid():
        until = form.cleaned_data["until"]
        try:
            actions.pause(person=person, until=until, actor=request.user)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("You have a break until %(day)s. Take care.")
            return kept(request, words % {"day": day_in_full(until)})
    title = _("Have a break")
    return part(request, form, title, "", template="people/resident/take_break.html")


@require_POST
@of_own_person
def come_back(request: HttpRequest, person: Person) -> HttpResponse:
    """End my break, or join again after I left."""
    try:
        actions.come_back(person=person, actor=request.user)
    except NotAllowed:
        return redirect("people:my_page")  # I am back: there is nothing to put right
    return kept(request, _("It is good to have you back."))


@of_own_person
def leave(request: HttpRequest, person: Person) -> HttpResponse:
    """Leave the pool, after reading what happens to what is kept."""
    form = LeaveForm(*sent(request))
    if form.is_valid():
        try:
            actions.leave(person=person, actor=request.user)
        except NotAllowed:
            return redirect("people:my_page")
        words = _("You have left. Thank you for all that you did. You can come back at any time.")
        return kept(request, words)
    title = _("Leave the pool")
    return part(request, form, title, "", template="people/resident/leave.html", person=person)


@of_own_person
def partners(request: HttpRequest, person: Person) -> HttpResponse:
    """Say which partners may look for me."""
    form = PartnersForm(*sent(request), initial=partners_said(person))
    if form.is_valid():
        actions.choose_partners(person=person, actor=request.user, **form.cleaned_data)
        return kept(request, _("It is saved, and holds from now on."))
    title = _("Which partners may look for me")
    return part(request, form, title, "", template="people/resident/partners.html")


@of_own_person
def joining(request: HttpRequest, person: Person) -> HttpResponse:
    """Say for whom I speak, and where I heard of this."""
    form = JoiningForm(*sent(request), initial=joining_said(person))
    if form.is_valid():
        actions.set_joining(person=person, actor=request.user, **form.cleaned_data)
        return kept(request, _("It is saved."))
    lead = _("Most people are here for themselves. Some speak for a group that they belong to.")
    return part(request, form, _("Who I am here for"), lead)


@of_own_person
def support(request: HttpRequest, person: Person) -> HttpResponse:
    """Wish for support or training; read what I am offered."""
    form = WishForm(*sent(request))
    if form.is_valid():
        actions.wish_for(person=person, actor=request.user, **form.cleaned_data)
        return kept(request, _("We have your wish, and look what we can do."), "people:support")
    context = {"offers": offers_of(person), "wishes": person.wishes.all()}
    lead = _("Nobody should stay away because something is missing. Tell us, and we look for it.")
    template = "people/resident/support.html"
    return part(request, form, _("Support and training"), lead, template=template, **context)


@require_POST
def drop_wish(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a wish of mine back."""
    mine = SupportWish.objects.filter(person__user=request.user)
    actions.drop_wish(wish=get_object_or_404(mine, pk=pk), actor=request.user)
    return kept(request, _("The wish is taken back."), "people:support")


@require_POST
def answer_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes or no to what I am offered."""
    offer = get_object_or_404(SupportOffer.objects.filter(person__user=request.user), pk=pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        actions.answer_offer(offer=offer, actor=request.user, **form.cleaned_data)
        return kept(request, _("Your answer is sent. You can change it."), "people:support")
    return redirect("people:support")
