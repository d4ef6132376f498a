"""Pages for when something went wrong. They ask nothing of the database: it may be what broke.

What is broken on our side (500, 503) is said by a page that stands by itself: neither the base nor
the look has to work for it.
"""

from __future__ import annotations

import sys
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static

from coprod import nav
from coprod.kept import APART, LARGEST, keep
from coprod.lib.letters import MailIsDown

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
NO_DATABASE = (OperationalError, InterfaceError)
PASSES = ((NO_DATABASE, "503"), (MailIsDown, "503_mail"))  # faults that end by themselves
TRY_AGAIN_IN = 60  # seconds: a database that starts again, or a long queue for it
WAIT_AFTER_TOO_OFTEN = 300  # seconds: the shortest of allauth's limits


def bad_request(_request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400: the browser sent something that makes no sense; 413 where it was too much at once."""
    if isinstance(exception, TOO_MUCH):
        return _page("413", status=413)
    return _page("400", status=400)


def denied(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001 -- Django passes it by this name
    """403: you may know that it is there, and may not do this."""
    return _page("403", status=403, request=request)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001 -- Django passes it by this name
    """404: not there, or not for you to know of."""
    return _page("404", status=404, request=request)


def not_this_way(allowed: str) -> HttpResponse:
    """405: the address is there, and takes other methods: ``allowed``, as in ``GET, HEAD``."""
    response = _page("405", status=405)
    response["Allow"] = allowed
    return response


def too_often(_request: HttpRequest) -> HttpResponse:
    """429: the same thing was tried too many times."""
    response = _page("429", status=429)
    response["Retry-After"] = str(WAIT_AFTER_TOO_OFTEN)
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault; 503 where the database does not answer, which passes."""
    name = next((name for kinds, name in PASSES if isinstance(sys.exc_info()[1], kinds)), "")
    if not name:
        return _alone("500", status=500)
    response = _alone(name, status=503, again=_again(request))
    response["Retry-After"] = str(TRY_AGAIN_IN)
    return response


def _again(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was typed, for a button that sends it once more; no passwords and codes.

    Its one-use token is among it: what did arrive after all counts once.
    """
    if request.method != "POST" or request.path.startswith(APART):
        return []
    pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    return pairs if sum(len(value) for _name, value in pairs) <= LARGEST else []


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django gives the reason; it means nothing to a visitor
    """A form whose hidden key is missing or old: back to the form with what was typed, or 403.

    Its one-use token says that we drew it for this very account, so it is no other site's form.
    """
    return keep(request) or _page("403_csrf", status=403)


def _page(name: str, *, status: int, request: HttpRequest | None = None) -> HttpResponse:
    html = render_to_string(f"{name}.html", nav.place_and_help(), request=request)
    return HttpResponse(html, status=status)


def _alone(name: str, *, status: int, **more: object) -> HttpResponse:
    """Return a page without header and footer, with the look if the look can be found."""
    context = {**nav.place_and_help(), "look": _style_sheets(), **more}
    return HttpResponse(render_to_string(f"{name}.html", context), status=status)


def _style_sheets() -> list[str]:
    try:
        return [static(name) for name in ("css/govuk.css", "css/look.css")]
    except ValueError:  # the list of collected files is not there
        return []
