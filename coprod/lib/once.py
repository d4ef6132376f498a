"""The token that a form carries, so that it counts once however often it is sent.

The token is signed: it says for whom the page was drawn, and nobody can make one up. What has been
sent is remembered by ``coprod.once``.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

FIELD = "once"
LASTS = dt.timedelta(days=14)  # as long as a session: no page that can be sent is older
_SIGNER = signing.TimestampSigner(salt="coprod.once")


@dataclass(frozen=True)
class Token:
    """What a token says: the account that the form was drawn for, and a number used once."""

    user_pk: int
    number: str


def new(user_pk: int) -> str:
    """Return a token for a form that is drawn for this account."""
    return _SIGNER.sign(f"{user_pk}.{secrets.token_urlsafe(12)}")


def read(text: str) -> Token | None:
    """Return what a token says, or None where it is missing, made up or too old."""
    try:
        user_pk, _dot, number = _SIGNER.unsign(text, max_age=LASTS).partition(".")
    except signing.BadSignature:
        return None
    return Token(int(user_pk), number)


# --- What takes long ------------------------------------------------------------------------------
View = Callable[..., HttpResponse]


def prepared_by(work: Callable[[HttpRequest], Any]) -> Callable[[View], View]:
    """Do ``work(request)`` before the form's transaction begins; ``request.prepared`` holds it.

    For what takes seconds and writes nothing: on SQLite nobody else could write meanwhile.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def prepared(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            if not hasattr(request, "prepared"):  # a form without a token
                request.prepared = work(request)
            return view(request, *args, **kwargs)

        vars(prepared)["prepare"] = work  # where ``prepare`` finds it
        return prepared

    return decorate


def prepare(request: Any) -> None:
    """Do what the view of this request wants done before a transaction begins."""
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return
    if work := getattr(view, "prepare", None):
        request.prepared = work(request)
