"""Pages that belong to people of the pool: others are asked first whether they want to be."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from people.queries import own_person

View = Callable[..., HttpResponse]


def of_pool(view: View) -> View:
    """Give the view the person who is signed in as its second argument."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        person = own_person(request.user)
        if person is None:
            return redirect("people:start_page")
        return view(request, person, *args, **kwargs)

    return guarded
