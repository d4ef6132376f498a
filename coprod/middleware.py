"""What every request gets: known methods, for whom staff act, and headers for private pages."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from coprod import errors
from coprod.lib import session_time
from people import second_step
from people.models import Membership
from people.queries import memberships_in_force
from people.rules import must_take_second_step

GetResponse = Callable[[HttpRequest], HttpResponse]
ACTING_KEY = "acting"
METHODS = ("GET", "HEAD", "POST")
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
            if (in_force or request.user.is_staff) and not _is_in_time(request):
                return self.get_response(request)
            request.memberships = in_force
            chosen = _chosen(in_force, request.session.get(ACTING_KEY))
            request.step_missing = _step_missing(request, chosen)
            request.user.acting = None if request.step_missing else chosen
            if (sent_on := _sent_on(request)) is not None:
                return sent_on
        return self.get_response(request)


def _is_in_time(request: HttpRequest) -> bool:
    """Return whether a member of staff is still signed in, and note the click; else sign out."""
    asks_only = request.method == "GET" and request.path == reverse("people:time_left")
    if not session_time.time_left(request.session, request.user).seconds:
        logout(request)
        if not asks_only:
            messages.info(request, _("You were signed out, to keep what people told us safe."))
        return False
    if not asks_only:
        session_time.note_click(request.session, request.user)
    return True


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
    """What belongs to one visitor is never kept by a cache on the way, a shared browser or a robot.

    That is every answer to a browser with a session, and every answer that sets a cookie. It
    stands outside of the middleware that opens sessions, so that it sees both.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        personal = settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies
        if personal and "private" not in response.get("Cache-Control", ""):
            response["Cache-Control"] = "private, no-store"
        if personal:
            response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        if _signs_out(request):
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response


def _signs_out(request: HttpRequest) -> bool:
    """Return whether somebody left: the next person at this computer finds nothing."""
    match = request.resolver_match
    return request.method == "POST" and match is not None and match.url_name == "account_logout"


class MethodsMiddleware:
    """Takes only what browsers send; says so in our look, also where a view said it.

    Without it a function view would answer TRACE, PUT or any invented method as if it were GET.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return errors.not_this_way(", ".join(METHODS))
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            return errors.not_this_way(response["Allow"])
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
