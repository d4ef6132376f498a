"""What a first view costs somebody on an old phone: counted by a browser, on a server of real life.

Its files are packed as in real life, too. How it was proved: the control asks for the same things
unpacked, and they are more than the limit.
"""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Request

from tests.bench.server import HOST, Server, serving, settings
from tests.factories import make_charter, make_opportunity, make_organisation
from tests.programs import database_url, python

pytestmark = pytest.mark.django_db(transaction=True)

MOST_BYTES, MOST_REQUESTS = 60_000, 8


@pytest.fixture
def brief(transactional_db) -> str:
    """The address of a brief among enough of them to fill the list."""
    host = make_organisation(name="Example Council", slug="example-council", is_host=True)
    make_charter()
    rows = [make_opportunity(host, title=f"Project {number}") for number in range(21)]
    return rows[0].get_absolute_url()


@pytest.fixture
def server(brief, tmp_path: Path) -> Iterator[Server]:
    """A server of real life on the test’s database."""
    where = database_url()
    collected = python(tmp_path, "manage.py", "collectstatic", "--no-input", **settings(tmp_path))
    assert collected.returncode == 0, collected.stderr
    with serving(tmp_path, {}, where) as running:
        yield running


def first_view(browser: Browser, address: str) -> dict[str, int]:
    """Return what a fresh browser asked for, and the bytes of each answer, head and body."""
    asked: list[Request] = []
    context = browser.new_context()
    page = context.new_page()
    page.on("requestfinished", lambda one: asked.append(one))  # noqa: PLW0108 -- Playwright takes no built-in
    page.goto(address, wait_until="networkidle")
    sizes = {request.url: request.sizes() for request in asked}
    context.close()
    return {
        url: size["responseHeadersSize"] + size["responseBodySize"] for url, size in sizes.items()
    }


def unpacked(port: int, url: str) -> int:
    with closing(http.client.HTTPConnection(HOST, port)) as wire:
        wire.request("GET", urlsplit(url).path, headers={"Accept-Encoding": "identity"})
        with wire.getresponse() as answer:
            return len(answer.read())


def test_a_first_view_is_small(server, brief, browser):
    for path in ("/", "/opportunities/", brief, "/account/login/", "/account/signup/"):
        view = first_view(browser, f"http://{HOST}:{server.port}{path}")
        assert {urlsplit(url).hostname for url in view} == {HOST}
        assert (path, sum(view.values()) <= MOST_BYTES) == (path, True)
        assert (path, len(view) <= MOST_REQUESTS) == (path, True)
        assert sum(url.endswith(".css") for url in view) >= 2
        # The control: what came is what a page needs, and packed.
        assert sum(unpacked(server.port, url) for url in view) > MOST_BYTES
