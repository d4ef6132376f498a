"""What every request gets: for whom a member of staff acts, and headers for private pages."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from people import second_step
from people.models import Membership
from people.queries import memberships_in_force
from people.rules import must_take_second_step

GetResponse = Callable[[HttpRequest], HttpResponse]
ACTING_KEY = "acting"
STAFF_PAGES = ("/staff/", "/reporting/")
ADMINISTRATION = "/admin/"


class ActingMiddleware:
    """Sets ``request.user.acting``: the membership in force that the user chose, or their only one.

    Read on every request, so a role that ends today is gone with the next click. A role that
    needs a second step is not acted under before this session has taken it: whoever has only the
    password or the code of the e-mail is, for every rule of the house, nobody's staff.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            in_force = list(memberships_in_force(request.user))
            request.memberships = in_force
            chosen = _chosen(in_force, request.session.get(ACTING_KEY))
            request.step_missing = _step_missing(request, chosen)
            request.user.acting = None if request.step_missing else chosen
            if (sent_on := _sent_on(request)) is not None:
                return sent_on
        return self.get_response(request)


def _step_missing(request: HttpRequest, chosen: Membership | None) -> bool:
    """Return whether work waits for a second step that this session has not taken."""
    if not must_take_second_step(request.user, chosen):
        return False
    return not (second_step.is_proved(request) and second_step.is_set_up(request.user))


def _sent_on(request: HttpRequest) -> HttpResponse | None:
    """Return the way to what has to be done before this page; None where nothing has."""
    choosing = reverse("people:choose_organisation")
    if request.path == choosing:
        return None
    if request.step_missing and request.path.startswith((*STAFF_PAGES, ADMINISTRATION)):
        return _to_second_step(request)
    if _has_to_choose(request):
        return redirect(choosing)
    return None


def _to_second_step(request: HttpRequest) -> HttpResponse:
    """Send on to take the second step, or to make one."""
    if not second_step.is_set_up(request.user):
        return redirect("people:second_step_needed")
    back = request.get_full_path() if request.method == "GET" else reverse("staff_home")
    return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': back})}")


def _has_to_choose(request: HttpRequest) -> bool:
    """Return whether somebody with several roles opens a page of staff and has chosen none."""
    if request.user.acting or request.step_missing or len(request.memberships) < 2:
        return False
    return request.path.startswith(STAFF_PAGES)


def _chosen(in_force: list[Membership], key: int | None) -> Membership | None:
    for membership in in_force:
        if membership.pk == key:
            return membership
    return in_force[0] if len(in_force) == 1 else None


class PrivatePagesMiddleware:
    """Pages for somebody who is signed in are never kept by a cache on the way."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response


class PackPublicPages(GZipMiddleware):
    """Makes pages small on the wire for visitors who are nobody to us.

    A page of somebody with a session is never packed: how small it gets could tell a listener what
    stands in it beside what they made it say. The keys of forms are masked anew for each page.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        name = settings.SESSION_COOKIE_NAME
        if name in request.COOKIES or name in response.cookies:
            return response
        return super().process_response(request, response)
