"""What the portal's pages are compared with."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from opportunities.actions.sign_ups import sign_up
from opportunities.models import Opportunity
from people.models import Person

from .server import COUNT, COUNTED

BODY = b"<!DOCTYPE html><title>Nothing</title>" + b"<p>Nothing to see here.</p>" * 600


class CountQueries:
    """Says in a header how many queries a page took, where the request asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if COUNT not in request.headers:
            return self.get_response(request)
        asked: list[str] = []

        def note(execute, sql, *rest):
            asked.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(note):
            response = self.get_response(request)
        response[COUNTED] = str(len(asked))
        return response


@login_not_required
def nothing(_request: HttpRequest) -> HttpResponse:
    """A bare view: always the same words, behind the portal's own middleware.

    It says that it is packed already, so that packing it never makes it slower and the portal's
    pages look better.
    """
    return HttpResponse(BODY, headers={"Content-Encoding": "identity"})


@csrf_exempt
@login_not_required
def take(_request: HttpRequest, brief: int) -> HttpResponse:
    """The least that keeps within the places: one conditional update."""
    free = Opportunity.objects.filter(pk=brief, places_taken__lt=F("places"))
    taken = free.update(places_taken=F("places_taken") + 1)
    return HttpResponse("place" if taken else "waiting")


@csrf_exempt
@login_not_required
def come_forward(_request: HttpRequest, brief: int, person: int) -> HttpResponse:
    """The portal's own action, with its waiting list, its log and its letter."""
    who = Person.objects.select_related("user").get(pk=person)
    made = sign_up(
        opportunity=Opportunity(pk=brief),  # the action reads it, once it holds it
        person=who,
        actor=who.user,
        shares=[],
        contact_by=who.contact_by,
        contact_detail=who.email or who.phone,
        old_enough=True,
    )
    return HttpResponse(made.status)
