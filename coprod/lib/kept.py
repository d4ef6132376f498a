"""Pages and parts of pages that are the same for everybody, kept until something changes.

What is kept is named by everything that it says: the version of what everybody can read (it moves
in the same transaction as the change), the day, the language, the address and the release. So it
is never out of date, and nothing has to be thrown away. Nothing of a person who is signed in, and
nothing with a key of a form in it, is ever kept.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from threading import Lock
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags, quote_etag
from django.utils.translation import get_language

from coprod.lib.days import today

T = TypeVar("T")
MOST_PAGES, MOST_PARTS = 200, 200
SECRETS = (b"csrfmiddlewaretoken", b"nonce=")
# What a release is made of: what a browser has of an older one is no longer right.
ROOMS = ("coprod", "people", "opportunities", "charter", "templates", "requirements.txt")


class Shelf(Generic[T]):
    """Holds so many things; what nobody asked for the longest time goes first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._things: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def get(self, name: Hashable) -> T | None:
        """Return what is kept under ``name``, if it is."""
        with self._lock:
            if name not in self._things:
                return None
            self._things.move_to_end(name)
            return self._things[name]

    def put(self, name: Hashable, thing: T) -> None:
        """Keep ``thing``."""
        with self._lock:
            self._things[name] = thing
            if len(self._things) > self.most:
                self._things.popitem(last=False)

    def held(self) -> list[T]:
        """Return all that is kept."""
        with self._lock:
            return list(self._things.values())

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._things.clear()


@dataclass(frozen=True)
class _Page:
    plain: bytes
    packed: bytes
    kind: str


pages: Shelf[_Page] = Shelf(MOST_PAGES)
parts: Shelf[Any] = Shelf(MOST_PARTS)
Version = Callable[[], int]
View = Callable[..., HttpResponse]


def part(version: Version, name: Hashable, make: Callable[[], T]) -> T:
    """Return a part of a page, made only if it is not kept in this version, day and language.

    Args:
        version: reads the version of what everybody can read; asked before ``make`` reads anything.
        name: tells this part from all others.
    """
    if connection.in_atomic_block:
        return make()  # what was read here may never have been
    full = (version(), today(), get_language(), name)
    found = parts.get(full)
    if found is None:
        found = make()
        parts.put(full, found)
    return found


def kept_for_everybody(version: Version) -> Callable[[View], View]:
    """Keep the pages of a view for visitors who are nobody to us, and let browsers keep them, too.

    A browser asks each time whether its copy is still right; the answer takes one query. A visitor
    who has a session gets a page of their own, always.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not _may_be_kept(request):
                return view(request, *args, **kwargs)
            tag = _tag(request, version())
            if tag in parse_etags(request.headers.get("If-None-Match", "")):
                return _for_browsers(HttpResponseNotModified(), tag)
            kept = pages.get(tag)
            if kept is None:
                response = view(request, *args, **kwargs)
                if not _is_for_everybody(request, response):
                    return response
                kept = _pack(response)
                pages.put(tag, kept)
            return _for_browsers(_unpack(request, kept), tag)

        return answer

    return decorate


def _may_be_kept(request: HttpRequest) -> bool:
    is_nobody = settings.SESSION_COOKIE_NAME not in request.COOKIES
    return is_nobody and request.method in {"GET", "HEAD"} and not connection.in_atomic_block


def _is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    """Return whether a page tells everybody the same: it set nothing and holds no key of a form."""
    sets_something = (
        response.cookies or request.session.modified or "CSRF_COOKIE_NEEDS_UPDATE" in request.META
    )
    if response.status_code != 200 or response.streaming or sets_something:
        return False
    return not any(secret in response.content for secret in SECRETS)


def _pack(response: HttpResponse) -> _Page:
    """Return a page for the shelf. It holds no secret, so packing it tells none by its length."""
    packed = gzip.compress(response.content, compresslevel=6, mtime=0)
    return _Page(response.content, packed, response["Content-Type"])


def _unpack(request: HttpRequest, page: _Page) -> HttpResponse:
    takes_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(page.packed if takes_packed else page.plain, content_type=page.kind)
    if takes_packed:
        response["Content-Encoding"] = "gzip"
    return response


def _for_browsers(response: HttpResponse, tag: str) -> HttpResponse:
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
    return response


def _tag(request: HttpRequest, version: int) -> str:
    facts = (version, today().isoformat(), get_language(), request.get_full_path(), _release())
    name = hashlib.sha256(repr(facts).encode()).hexdigest()[:32]
    return f"W/{quote_etag(name)}"


@cache
def _release() -> str:
    """Return a name of this code with these settings, the same in every process that runs it."""
    told = hashlib.sha256()
    for room in ROOMS:
        top = settings.BASE_DIR / room
        for file in sorted([top, *top.rglob("*")]):
            if file.is_file() and file.suffix != ".pyc":
                told.update(file.read_bytes())
    told.update(_static_files())
    shown = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
    told.update(repr(sorted((name, repr(value)) for name, value in shown.items())).encode())
    return told.hexdigest()[:16]


def _static_files() -> bytes:
    """Return the list of the style sheets and scripts as they are served."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    return manifest.read_bytes() if manifest.is_file() else b""
