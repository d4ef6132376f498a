"""What every request gets: for whom a member of staff acts, and headers for private pages."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from people.models import Membership
from people.queries import memberships_in_force

GetResponse = Callable[[HttpRequest], HttpResponse]
ACTING_KEY = "acting"
STAFF_PAGES = ("/staff/", "/reporting/")


class ActingMiddleware:
    """Sets ``request.user.acting``: the membership in force that the user chose, or their only one.

    Read on every request, so a role that ends today is gone with the next click.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            in_force = list(memberships_in_force(request.user))
            request.memberships = in_force
            request.user.acting = _chosen(in_force, request.session.get(ACTING_KEY))
            if _has_to_choose(request):
                return redirect("people:choose_organisation")
        return self.get_response(request)


def _has_to_choose(request: HttpRequest) -> bool:
    """Return whether somebody with several roles opens a page of staff and has chosen none."""
    if request.user.acting or len(request.memberships) < 2:
        return False
    choosing = reverse("people:choose_organisation")
    return request.path.startswith(STAFF_PAGES) and request.path != choosing


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
