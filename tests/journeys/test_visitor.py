"""A visitor sees what it is there to see: each check is shown a page that is wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.visitor import Visitor

FORM = """<html lang="en"><title>{title}</title><style>:focus {{ {focus} }}</style><main>
<h1>x</h1>{summary}<form method="post" action="/contact/">{fields}<button>Save</button></form>
</main>"""
SUMMARY = """<div class="govuk-error-summary" tabindex="-1"><ul><li><a href="#a">Enter a</a></li>
<li><a href="#b">Enter b</a></li></ul></div><script>document.querySelector("[tabindex]").focus()
</script>"""
A, B = (
    f'<label for="{name}">{name}</label><input id="{name}" name="{name}" aria-invalid="true">'
    for name in "ab"
)
ERRORS = ("Enter a", "Enter b")


@pytest.fixture
def at_form(new_context) -> Callable[..., Visitor]:
    """``at_form(title="Error: x")`` is somebody before a form that answers with that title."""

    def come(*, title: str = "Error: x", focus: str = "outline: 3px solid", fields: str = A + B):
        page: Page = new_context(base_url="http://localhost").new_page()
        html = FORM.format(title=title, focus=focus, summary=SUMMARY, fields=fields)
        page.route("**/contact/", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto("/contact/")
        return Visitor(page, lambda _page: None)

    return come


def test_a_form_that_says_what_to_put_right(at_form):
    at_form().is_refused("Save", *ERRORS)


def test_a_form_that_forgets_is_found(at_form):
    visitor = at_form()
    visitor.write("a", "typed")
    with pytest.raises(AssertionError, match="forgot what was typed"):
        visitor.is_refused("Save", *ERRORS)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": "x"}, "x"),
        ({"fields": B + A}, "in another order"),
        ({"fields": A + B.replace(' aria-invalid="true"', "")}, "that is not marked"),
    ],
)
def test_a_form_that_does_not_lead_to_what_is_wrong_is_found(at_form, wrong, said):
    with pytest.raises(AssertionError, match=said):
        at_form(**wrong).is_refused("Save", *ERRORS)


def test_other_words_are_found(at_form):
    with pytest.raises(AssertionError, match="says"):
        at_form().is_refused("Save", "Enter a")


def test_focus_that_cannot_be_seen_is_found(at_form):
    seen = at_form()
    seen.tab_to(seen.button("Save"))
    unseen = at_form(focus="outline: none")
    with pytest.raises(AssertionError, match="the focus is not seen on <a"):
        unseen.tab_to(unseen.button("Save"))


def test_what_no_key_comes_to_is_found(at_form):
    visitor = at_form(fields='<a id="a">a</a>' + B)
    with pytest.raises(AssertionError, match="Tab does not come to"):
        visitor.tab_to(visitor.page.locator("#a"), limit=9)
