"""What may be kept for everybody, and what never: pages made for the purpose, without a database.

Each page that must not be kept is the kept one of the first test with one thing added.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory

from coprod.lib import kept
from coprod.lib.kept import Shelf, kept_for_everybody

WORDS = "The same for everybody. " * 20


class Maker:
    """Makes the page, and knows how often."""

    def __init__(self, add: Callable[[HttpRequest, HttpResponse], HttpResponse] | None = None):
        self.add, self.made, self.version = add, 0, 1

    def ask(self, method: str = "get", path: str = "/page/", **headers: str) -> HttpResponse:
        request = getattr(RequestFactory(), method)(path, headers=headers)
        request.session = SimpleNamespace(modified=False)
        return self.view(request)

    @property
    def view(self):
        return kept_for_everybody(lambda: self.version)(self.make)

    def make(self, request: HttpRequest) -> HttpResponse:
        self.made += 1
        response = HttpResponse(WORDS)
        return self.add(request, response) if self.add else response


def test_a_page_is_made_once_for_each_version_and_address():
    maker = Maker()
    assert [maker.ask().content.decode() for _ in range(3)] == [WORDS] * 3
    assert maker.made == 1
    maker.ask(path="/page/?town=tipton")
    assert maker.made == 2
    maker.version = 2
    maker.ask()
    assert maker.made == 3


def test_browsers_keep_it_and_ask_each_time():
    maker = Maker()
    answer = maker.ask()
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Vary"] == "Accept-Encoding, Cookie"
    again = maker.ask(**{"if-none-match": f'W/"other", {answer["ETag"]}'})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])
    maker.version = 2
    changed = maker.ask(**{"if-none-match": answer["ETag"]})
    assert (changed.status_code, changed["ETag"] == answer["ETag"]) == (200, False)


def test_it_goes_packed_to_those_who_take_it_packed():
    maker = Maker()
    packed = maker.ask(**{"accept-encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content).decode() == WORDS
    plain = maker.ask()
    assert (plain.content.decode(), plain.has_header("Content-Encoding")) == (WORDS, False)
    assert maker.made == 1


def sets_a_cookie(_request: HttpRequest, response: HttpResponse) -> HttpResponse:
    response.set_cookie("seen", "yes")
    return response


def begins_a_session(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    request.session.modified = True
    return response


def asks_for_a_key(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    get_token(request)
    return response


def holds_a_key(_request: HttpRequest, _response: HttpResponse) -> HttpResponse:
    return HttpResponse(WORDS + '<input name="csrfmiddlewaretoken" value="abc">')


def holds_a_nonce(_request: HttpRequest, _response: HttpResponse) -> HttpResponse:
    return HttpResponse(WORDS + '<script nonce="abc" src="/x.js"></script>')


def is_not_there(_request: HttpRequest, _response: HttpResponse) -> HttpResponse:
    return HttpResponse(WORDS, status=404)


def streams(_request: HttpRequest, _response: HttpResponse) -> StreamingHttpResponse:
    return StreamingHttpResponse(iter([WORDS]))


@pytest.mark.parametrize(
    "add",
    [
        sets_a_cookie,
        begins_a_session,
        asks_for_a_key,
        holds_a_key,
        holds_a_nonce,
        is_not_there,
        streams,
    ],
)
def test_never_kept(add):
    maker = Maker(add)
    answers = [maker.ask(), maker.ask()]
    assert maker.made == 2
    assert [answer.has_header("ETag") for answer in answers] == [False, False]


def test_a_visitor_with_a_session_gets_a_page_of_their_own():
    maker = Maker()
    maker.ask()
    answer = maker.ask(cookie="sessionid=abc")
    assert (maker.made, answer.has_header("ETag")) == (2, False)


def test_only_reading_is_kept():
    maker = Maker()
    maker.ask("head")
    maker.ask("get")
    assert maker.made == 1
    maker.ask("post")
    assert maker.made == 2


def test_a_shelf_forgets_what_nobody_asked_for_the_longest_time():
    shelf: Shelf[str] = Shelf(2)
    shelf.put("a", "A")
    shelf.put("b", "B")
    assert shelf.get("a") == "A"
    shelf.put("c", "C")
    assert [shelf.get(name) for name in "abc"] == ["A", None, "C"]


def test_another_release_is_another_page(settings):
    maker = Maker()
    before = maker.ask()["ETag"]
    kept._release.cache_clear()
    settings.PLACE = "Elsewhere"
    try:
        assert maker.ask()["ETag"] != before
    finally:
        kept._release.cache_clear()
