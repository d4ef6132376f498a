"""Pages for when something went wrong. They ask nothing of the database: it may be what broke."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from coprod import nav
from coprod.kept import keep


def bad_request(_request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001 -- Django passes it by this name
    """400: the browser sent something that makes no sense."""
    return _page("400", status=400)


def denied(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001 -- Django passes it by this name
    """403: you may know that it is there, and may not do this."""
    return _page("403", status=403, request=request)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001 -- Django passes it by this name
    """404: not there, or not for you to know of."""
    return _page("404", status=404, request=request)


def broken(_request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    return _page("500", status=500)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django gives the reason; it means nothing to a visitor
    """A form whose hidden key is missing or old: back to the form with what was typed, or 403.

    Its one-use token says that we drew it for this very account, so it is no other site's form.
    """
    return keep(request) or _page("403_csrf", status=403)


def _page(name: str, *, status: int, request: HttpRequest | None = None) -> HttpResponse:
    context = nav.place_and_help()
    html = render_to_string(f"{name}.html", context, request=request)
    return HttpResponse(html, status=status)
