"""Walking through the doors: one request for each cell, as little around it as possible.

The requests go to the portal's own stack of middleware, without the test client (which copies the
context of every template). Whatever a request writes is undone after it, and remembered: the names
of the tables that it wrote to. Who somebody is, is looked up once for each of them, not once for
each cell (``known_once``): that it is looked up at every request is proved in
``tests/attacks/test_access.py``.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection, transaction
from django.http import HttpResponse

from coprod import middleware
from coprod.lib import session_time
from people.models import User

CSRF = "c" * 32
WRITES = re.compile(r'^(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers, and the tables that were written to meanwhile."""

    status: int
    location: str
    headers: dict[str, str]
    cookies: frozenset[str]
    body: bytes
    wrote: frozenset[str]


class Walker:
    """Sends requests as somebody."""

    def __init__(self) -> None:
        self._handler = BaseHandler()
        self._handler.load_middleware()

    def ask(
        self,
        method: str,
        address: str,
        session: str = "",
        before_undoing: Callable[[], object] | None = None,
        **more: Any,
    ) -> Answer:
        """Return the answer to one request; nothing that it wrote stays.

        Args:
            session: of whoever asks, from ``sign_in``.
            before_undoing: looks at what the request has written.
            more: ``data`` to post, ``csrf=False`` to leave its token out, ``headers``.
        """
        request = WSGIRequest(self._environ(method, address, session, **more))
        wrote: set[str] = set()
        with _undone(), connection.execute_wrapper(_remembering(wrote)):
            response = self._handler.get_response(request)
            if before_undoing is not None:
                before_undoing()
        return _answer(response, frozenset(wrote))

    def _environ(
        self,
        method: str,
        address: str,
        session: str,
        data: dict[str, Any] | None = None,
        csrf: bool = True,
        headers: dict[str, str] | None = None,
    ) -> dict[str, Any]:
        path, _, query = address.partition("?")
        body = urlencode(data or {}, doseq=True).encode() if method == "POST" else b""
        cookies = {settings.CSRF_COOKIE_NAME: CSRF} if csrf else {}
        if session:
            cookies[settings.SESSION_COOKIE_NAME] = session
        found = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path.encode("utf-8", "surrogatepass").decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            **(headers or {}),
        }
        return found | ({"HTTP_X_CSRFTOKEN": CSRF} if csrf else {})


def sign_in(user: User | None) -> str:
    """Return the key of a session in which ``user`` is signed in; "" for nobody."""
    if user is None:
        return ""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session_time.begin(session)
    session.create()
    return session.session_key


@contextmanager
def known_once() -> Iterator[None]:
    """Keep what middleware reads of whoever asks: the session, the account, the roles."""
    known: dict[tuple[str, Any], Any] = {}
    load, get_user, in_force = SessionStore.load, auth.get_user, middleware.memberships_in_force

    def kept(what: str, key: Any, look_up: Callable[[], Any]) -> Any:
        if (what, key) not in known:
            known[what, key] = look_up()
        return known[what, key]

    def one_load(session: SessionStore) -> dict[str, Any]:
        return dict(kept("session", session.session_key, lambda: load(session)))

    def one_user(request: WSGIRequest) -> Any:
        user = kept("user", request.session.session_key, lambda: get_user(request))
        found = copy.copy(user)
        if user.is_authenticated:  # what hangs on the account is read anew
            found._state = copy.copy(user._state)
            found._state.fields_cache = {}
        return found

    def one_list(user: User) -> list[Any]:
        return kept("roles", user.pk, lambda: list(in_force(user)))

    with (
        mock.patch.object(SessionStore, "load", one_load),
        mock.patch.object(auth, "get_user", one_user),
        mock.patch.object(middleware, "memberships_in_force", one_list),
        # A walk may take longer than a minute; noting that somebody is there is not its business.
        mock.patch.object(session_time, "NOTED_EVERY", 3600),
    ):
        yield


def _answer(response: HttpResponse, wrote: frozenset[str]) -> Answer:
    body = b"".join(response) if response.streaming else response.content
    if file := getattr(response, "file_to_stream", None):
        file.close()
    return Answer(
        response.status_code,
        response.headers.get("Location", ""),
        dict(response.items()),
        frozenset(response.cookies),
        body,
        wrote,
    )


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _remembering(wrote: set[str]) -> Callable[..., Any]:
    def remember(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if found := WRITES.match(sql):
            wrote.add(found[1])
        return execute(sql, *rest)

    return remember
