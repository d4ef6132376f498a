"""The demonstration's front door: one button for each person you can be."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from coprod.lib.env import only_loopback
from people.models import User

from .organisations import persona_email


@dataclass(frozen=True)
class Persona:
    """Somebody to be in the demonstration, and what to try as them."""

    key: str
    label: object
    tries: object
    lands_on: str


PERSONAS = (
    Persona(
        "resident",
        _("A resident"),
        _("Look for a brief, come forward, answer “did it help?”."),
        "my",
    ),
    Persona("resident-2", _("Another resident"), _("See that each sees only their own."), "my"),
    Persona(
        "supporter",
        _("Somebody who helps the first resident"),
        _("See whom you help, and do what they ticked."),
        "people_i_help",
    ),
    Persona("young", _("Somebody who is 14"), _("See that your page stays private."), "my"),
    Persona(
        "guardian",
        _("Their parent"),
        _("See when and where, and nothing that they say."),
        "people_i_help",
    ),
    Persona(
        "officer",
        _("An officer of Example Council"),
        _("Write a brief, send it for review, tick who took part, answer what people said."),
        "staff_home",
    ),
    Persona(
        "other-officer",
        _("An officer of Example Hospital Trust"),
        _("See another organisation’s work stay out of sight."),
        "staff_home",
    ),
    Persona(
        "coordinator",
        _("A coordinator of Example Council"),
        _("Publish or return a brief, read comments, look after the charter."),
        "staff_home",
    ),
    Persona(
        "commissioner",
        _("A commissioner of Example Council"),
        _("See who has been involved, and who has not."),
        "reporting:who_has_been_involved",
    ),
    Persona(
        "administrator",
        _("An administrator of Example Council"),
        _("Invite staff, change and end roles."),
        "people:staff_list",
    ),
)


def refuse_outside_demonstration() -> None:
    """Hide these doors everywhere but in a demonstration on this very machine.

    Raises:
        Http404: the portal is not in demonstration mode, or can be reached from elsewhere.
    """
    if not (settings.DEMONSTRATION and only_loopback(settings.ALLOWED_HOSTS)):
        raise Http404


@login_not_required
@require_safe
def demo(request: HttpRequest) -> HttpResponse:
    """Show one button for each persona."""
    refuse_outside_demonstration()
    return render(request, "coprod/public/demo.html", {"personas": PERSONAS})


@login_not_required
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as the persona whose button was pressed."""
    refuse_outside_demonstration()
    personas = {persona.key: persona for persona in PERSONAS}
    persona = personas.get(request.POST.get("persona", ""))
    if persona is None:
        raise Http404
    user = get_object_or_404(User, email=persona_email(persona.key))
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    UserSession.objects.create_from_request(request)
    return redirect(persona.lands_on)
