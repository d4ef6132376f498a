"""What every request gets: for whom a member of staff acts, and headers for private pages."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from coprod.lib.days import today
from people.models import Membership, Organisation

GetResponse = Callable[[HttpRequest], HttpResponse]
ACTING_KEY = "acting"


class ActingMiddleware:
    """Sets ``request.user.acting``: the membership in force that the user chose, or their only one.

    Read on every request, so a role that ends today is gone with the next click.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            in_force = list(
                Membership.objects.in_force_on(today())
                .filter(
                    user=request.user, organisation__in=Organisation.objects.in_force_on(today())
                )
                .select_related("organisation", "team")
            )
            request.memberships = in_force
            request.user.acting = _chosen(in_force, request.session.get(ACTING_KEY))
        return self.get_response(request)


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
