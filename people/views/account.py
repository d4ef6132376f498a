"""Everybody's own account: how they sign in, and what protects it."""

from __future__ import annotations

from dataclasses import asdict

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coprod.lib import session_time
from people import actions
from people.queries import own_person
from people.second_step import is_set_up


def account(request: HttpRequest) -> HttpResponse:
    """Show how somebody signs in, with a way to each page that changes it."""
    context = {
        "person": own_person(request.user),
        "has_second_step": is_set_up(request.user),
    }
    return render(request, "people/account/account.html", context)


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End every session of this account but this one."""
    user = actions.end_sessions(user=request.user)
    update_session_auth_hash(request, user)
    UserSession.objects.create_from_request(request)
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("usersessions_list")


def time_left(request: HttpRequest) -> JsonResponse:
    """Tell a page's script how long the session lasts; POST: somebody is there, so longer.

    Asking is no click (coprod.middleware): a page left open would stay signed in for ever.
    """
    return JsonResponse(asdict(session_time.time_left(request.session, request.user)))


def second_step_needed(request: HttpRequest) -> HttpResponse:
    """Say to staff without a second step why they see nothing yet, and help to make one."""
    if not request.step_missing or is_set_up(request.user):
        return redirect("staff_home" if request.memberships else "people:account")
    return render(request, "people/account/second_step_needed.html")
