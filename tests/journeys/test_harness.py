"""The harness finds what it is there to find: each watch is shown something wrong."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Watch

pytestmark = pytest.mark.django_db(transaction=True)


def test_axe_finds_a_picture_without_words(page_at, axe):
    page = page_at(320)
    page.set_content("<html lang='en'><title>t</title><main><h1>x</h1><img src='data:,'></main>")
    assert any(": image-alt " in fault for fault in axe(page))


def test_axe_is_asked_for_the_size_of_targets(page_at, axe):
    """The tag wcag22aa is not among axe's defaults."""
    page = page_at(320)
    small = "<a href='#{0}' style='display:inline-block;width:9px;height:9px'>{0}</a>"
    links = "".join(small.format(number) for number in range(5))
    page.set_content(f"<html lang='en'><title>t</title><main><h1>x</h1><nav>{links}</nav></main>")
    assert any(": target-size " in fault for fault in axe(page))


SPY = "() => { new Image().src = 'http://example.org/spy.png'; }"


@pytest.fixture
def watched(new_context, live_server):
    """``watched(bypass_csp=True)`` returns a page and its own watch, which may see faults."""

    def open_window(**options: object) -> tuple[Page, Watch]:
        watch = Watch()
        page = new_context(base_url=live_server.url, **options).new_page()
        watch.over(page)
        page.goto("/healthz")
        return page, watch

    return open_window


def test_a_request_to_another_machine_is_found_and_fails(watched):
    page, watch = watched(bypass_csp=True)
    with page.expect_event("requestfailed"):
        page.evaluate(SPY)
    assert watch.faults == ["asked another machine: http://example.org/spy.png"]


def test_what_the_policy_refuses_is_found(watched):
    page, watch = watched()
    with page.expect_event("console"):
        page.evaluate(SPY)
    assert "Content Security Policy directive" in watch.faults[0]


def test_a_script_error_is_found(watched):
    page, watch = watched()
    with page.expect_event("pageerror"):
        page.evaluate("() => { setTimeout(() => { throw new Error('it broke'); }); }")
    assert watch.faults == ["script error: it broke"]


def test_a_missing_file_is_found(watched):
    page, watch = watched()
    page.goto("/static/no-such.css")
    assert [fault[:4] for fault in watch.faults] == ["404:"]


def test_somebody_is_signed_in(page_at, officer):
    page = page_at(1280, user=officer)
    page.goto("/account/email/")
    assert page.url.endswith("/account/email/")


def test_a_page_is_looked_at_with_and_without_scripts(page_at, looks_right):
    for javascript in (True, False):
        page = page_at(320, javascript=javascript)
        page.goto("/contact/")
        looks_right(page)
