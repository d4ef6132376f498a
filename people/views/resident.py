"""A person's own page: who I am, how to reach me, who may see it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coprod.lib.lifecycle import NotAllowed
from coprod.lib.once import prepared_by
from people import actions, pictures
from people.forms.audiences import part_label
from people.forms.pool import DetailsForm
from people.forms.profile import ProfileForm, look_at_picture
from people.models import Person, Profile
from people.openings import openings_of
from people.queries import (
    PARTS,
    own_person,
    profile_of,
    profile_parts_done,
    who_can_see,
)
from people.young import needs_an_adult


def start_page(request: HttpRequest) -> HttpResponse:
    """Offer an account without a person, such as a member of staff, a place in the pool."""
    if own_person(request.user) is not None:
        return redirect("people:profile")
    if request.method == "POST":
        name = request.user.name or request.user.email.partition("@")[0]
        actions.join_online(user=request.user, name=name, actor=request.user)
        return redirect("people:profile_edit")
    return render(request, "people/resident/start_page.html")


@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    """Show the page just as staff will see it, who may see it, and who has."""
    person = own_person(request.user)
    if person is None:
        return redirect("people:start_page")
    page = profile_of(person)
    context = {
        "person": person,
        "profile": page,
        "done": profile_parts_done(page),
        "parts": PARTS,
        "organisations": who_can_see(person),
        "openings": openings_of(person)[:5],
        "stays_private": needs_an_adult(person),
        "audiences": [(part_label(part), page.audience_of(part)) for part in Profile.PARTS],
    }
    return render(request, "people/resident/profile.html", context)


@prepared_by(look_at_picture)
def profile_edit(request: HttpRequest) -> HttpResponse:
    """Write the six parts, and choose a picture."""
    person = own_person(request.user)
    if person is None:
        return redirect("people:start_page")
    typed = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ProfileForm(*typed, profile=profile_of(person), sent=request.prepared)
    if form.is_valid():
        try:
            actions.save_profile(person=person, actor=request.user, **form.cleaned_data)
        except Person.DoesNotExist:  # deleted while the picture was made
            pictures.forget(form.cleaned_data["photo"])
            return redirect("home")
        messages.success(request, _("Your page is saved."))
        return redirect("people:profile")
    return render(request, "people/resident/profile_edit.html", {"form": form, "person": person})


@require_POST
def remove_picture(request: HttpRequest) -> HttpResponse:
    """Take my picture away, at once."""
    person = own_person(request.user)
    if person is not None:
        actions.remove_picture(person=person, actor=request.user)
        messages.success(request, _("Your picture is deleted. Nobody can open it any more."))
    return redirect("people:profile_edit")


@require_POST
def share_profile(request: HttpRequest) -> HttpResponse:
    """Let those whom I come forward to read my page."""
    person = own_person(request.user)
    if person is not None:
        try:
            actions.share_profile(person=person, actor=request.user)
        except NotAllowed as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Your page is shared with those you come forward to."))
    return redirect("people:profile")


@require_POST
def stop_sharing_profile(request: HttpRequest) -> HttpResponse:
    """Make my page private again."""
    person = own_person(request.user)
    if person is not None:
        actions.stop_sharing_profile(person=person, actor=request.user)
        messages.success(
            request,
            _("Your page is private, in every project too."),
        )
    return redirect("people:profile")


def details(request: HttpRequest) -> HttpResponse:
    """Say how I am called and reached."""
    person = own_person(request.user)
    if person is None:
        return redirect("people:start_page")
    form = DetailsForm(request.POST if request.method == "POST" else None, person=person)
    if form.is_valid():
        actions.change_details(person=person, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Your details are saved."))
        return redirect("people:profile")
    return render(request, "people/resident/details.html", {"form": form, "person": person})
