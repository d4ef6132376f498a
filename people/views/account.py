"""Everybody's own account: how they sign in, and what protects it."""

from __future__ import annotations

from dataclasses import asdict

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coprod.lib import session_time
from coprod.lib.lifecycle import NotAllowed
from people import actions
from people.email_links import find_change
from people.queries import own_person
from people.second_step import is_set_up

GONE = 410


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


@require_safe
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Ask who signs in by a code alone to do so once more, before something important changes."""
    after = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(after, allowed_hosts=None):
        after = reverse("people:account")
    login = f"{reverse('account_login')}?{urlencode({'next': after})}"
    return render(request, "people/account/sign_in_again.html", {"login": login})


@never_cache
@login_not_required
def undo_email_change(request: HttpRequest, token: str) -> HttpResponse:
    """Give an account its old address back, for whoever reads that address; once, on POST."""
    change = find_change(token)
    if change is None:
        raise Http404
    context = {"change": change, "open": change.can_be_undone(timezone.now())}
    if request.method == "POST":
        try:
            actions.undo_email_change(change=change)
        except NotAllowed as refusal:
            context |= {"open": False, "reason": str(refusal)}
        else:
            return render(request, "people/account/email_change_undone.html", context)
    status = 200 if context["open"] else GONE
    return render(request, "people/account/undo_email_change.html", context, status=status)


def second_step_needed(request: HttpRequest) -> HttpResponse:
    """Say to staff without a second step why they see nothing yet, and help to make one."""
    if not request.step_missing or is_set_up(request.user):
        return redirect("staff_home" if request.memberships else "people:account")
    return render(request, "people/account/second_step_needed.html")
