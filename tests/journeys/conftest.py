"""The browser: a real Chromium against a real server, watched for faults on every page.

``page_at(1280)`` opens a window of that width; ``page_at(320, user=officer)`` one in which somebody
is signed in; ``page_at(1280, javascript=False)`` one without JavaScript. At the end of the test
every page must have been free of script errors, of answers 5xx, of requests to other machines,
and of anything that the content security policy had to refuse.

``looks_right(page)`` asks axe (six tags) and reads the page (``checks/``); call it on every page
you pass.
``demonstration`` fills the database with the made-up borough.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

from people.models import User
from tests import browser
from tests.journeys import checks
from tests.journeys.checks import by_axe

# Playwright runs an event loop in the test's thread, where Django would refuse to query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PATIENCE = 15_000  # milliseconds; two cores are shared with another browser


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """The Chromium of this machine, with the flags that it needs in a container."""
    path = browser.find()
    if path is None:
        pytest.fail("There is no Chromium. Install the package chromium, or set CHROMIUM.")
    return {"executable_path": path, "args": list(browser.FLAGS), "headless": True}


@pytest.fixture(autouse=True)
def no_limit_from_before(transactional_db) -> None:
    """Forget how often others asked: the cache's table has no model, so no test empties it."""
    cache.clear()


@dataclass
class Watch:
    """What went wrong in the windows of one test."""

    faults: list[str] = field(default_factory=list)
    without_scripts: list[Page] = field(default_factory=list)

    def over(self, page: Page) -> None:
        """Listen to ``page``."""
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("request", self._asked)
        page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        # The browser itself reports every answer from 400 up; the test looks at those it means.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        host = urlsplit(request.url).hostname
        if host not in {"localhost", "127.0.0.1", None}:
            self.faults.append(f"asked another machine: {request.url}")

    def _answered(self, response: Response) -> None:
        is_missing_file = response.status == 404 and "/static/" in response.url
        if response.status >= 500 or is_missing_file:
            self.faults.append(f"{response.status}: {response.url}")


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fails the test at its end when a window had a fault."""
    watching = Watch()
    yield watching
    assert watching.faults == []


@pytest.fixture
def page_at(new_context, live_server, watch) -> Callable[..., Page]:
    """``page_at(width, user=None, javascript=True)`` returns a page in a window of its own."""

    def open_window(width: int, *, user: User | None = None, javascript: bool = True) -> Page:
        window = new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 800},
            java_script_enabled=javascript,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
        )
        window.set_default_timeout(PATIENCE)
        if user:
            sign_in(window, live_server.url, user)
        page = window.new_page()
        watch.over(page)
        watch.without_scripts += [] if javascript else [page]
        return page

    return open_window


def sign_in(window: BrowserContext, address: str, user: User) -> None:
    """Put the cookie of a fresh session of ``user`` into the window."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"]
    window.add_cookies([{"name": "sessionid", "value": cookie.value, "url": address}])


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """``axe(page)`` returns the accessibility faults of the page as it is now, one a line."""
    return by_axe.Judge()


@pytest.fixture
def looks_right(axe, watch) -> Callable[[Page], None]:
    """``looks_right(page)`` fails unless the page is accessible and fits its window.

    With JavaScript off axe cannot run; the rest is asked all the same.
    """

    def look(page: Page) -> None:
        faults = checks.cheap(page)
        faults += [] if page in watch.without_scripts else axe(page)
        assert not faults, "\n".join(faults)

    return look


@pytest.fixture
def demonstration(transactional_db, shelf) -> None:
    """The made-up borough of ``load_demo``: loaded once in a run, then copied."""
    shelf.ready("demonstration", lambda: call_command("load_demo", verbosity=0))
