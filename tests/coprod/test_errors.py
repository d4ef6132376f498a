"""When something goes wrong, the page says what to do, in our look, and breaks nothing more."""

from __future__ import annotations

import pytest
from allauth.core.ratelimit import respond_429
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
)
from django.db import OperationalError
from django.http import HttpResponse
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode
from django.test import Client, RequestFactory, override_settings
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from coprod import errors
from coprod.urls import urlpatterns as real_urlpatterns
from tests.coprod.markup import find_all, strictly, words


def breaks(_request):
    raise ZeroDivisionError


def forbids(_request):
    raise PermissionDenied


def suspects(_request):
    raise SuspiciousOperation


def without_database(_request):
    raise OperationalError("the server is gone")


@require_safe
def looked_at(_request):
    return HttpResponse()


urlpatterns = [
    path("no-database/", without_database),
    path("no-way-in/", looked_at),
    *real_urlpatterns,
    path("breaks/", breaks),
    path("forbids/", forbids),
    path("suspects/", suspects),
]
handler429 = "coprod.errors.too_often"
handler400, handler403 = errors.bad_request, errors.denied
handler404, handler500 = errors.not_found, errors.broken

with_faults = override_settings(ROOT_URLCONF=__name__)


@pytest.fixture
def browser(resident) -> Client:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    client.force_login(resident)
    return client


@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/suspects/", 400, "We did not understand that"),
        ("/forbids/", 403, "You cannot do this"),
        ("/no/such/page/", 404, "There is nothing here"),
        ("/breaks/", 500, "Something is broken on our side"),
    ],
)
@pytest.mark.filterwarnings("default::RuntimeWarning")
def test_each_fault_has_its_page(browser, address, status, heading):
    with with_faults:
        response = browser.get(address)
    document = strictly(response.content)
    assert (response.status_code, [words(one) for one in document.iter("h1")]) == (
        status,
        [heading],
    )
    assert find_all(document, "section", aria_labelledby="help")


def test_a_form_that_is_too_old_keeps_nothing_back(browser):
    response = browser.post(reverse("account_logout"))
    document = strictly(response.content)
    assert response.status_code == 403
    assert [words(one) for one in document.iter("h1")] == ["Please send that once more"]


def test_a_broken_database_does_not_break_the_page_for_it(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = errors.broken(RequestFactory().get("/"))
    assert response.status_code == 500
    assert b"0121 496 0123" in response.content


def test_staff_hear_that_it_may_be_their_role(officer, client_for):
    with with_faults:
        response = client_for(officer).get("/forbids/")
    assert "Your role may have changed" in response.content.decode()


@pytest.mark.parametrize(
    ("exception", "status", "heading"),
    [
        (SuspiciousOperation(), 400, "We did not understand that"),
        (RequestDataTooBig(), 413, "That is too much at once"),
        (TooManyFieldsSent(), 413, "That is too much at once"),
    ],
)
def test_what_is_too_much_is_said_to_be(exception, status, heading):
    response = errors.bad_request(RequestFactory().post("/"), exception)
    document = strictly(response.content)
    assert (response.status_code, [words(one) for one in document.iter("h1")]) == (
        status,
        [heading],
    )


def test_the_database_that_does_not_answer_is_no_fault_of_ours(browser):
    """Control: any other fault is a 500, as above."""
    with with_faults:
        response = browser.get("/no-database/")
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    document = strictly(response.content)
    assert [words(one) for one in document.iter("h1")] == ["We are not there for a moment"]


@pytest.mark.parametrize(("method", "address"), [("BOGUS", "/"), ("POST", "/no-way-in/")])
def test_a_method_that_is_not_taken_has_its_page(browser, method, address):
    """Whether the portal or the view refuses it."""
    browser.handler.enforce_csrf_checks = False
    with with_faults:
        response = browser.generic(method, address)
    document = strictly(response.content)
    allowed = "GET, HEAD, POST" if address == "/" else "GET, HEAD"
    assert (response.status_code, response["Allow"]) == (405, allowed)
    assert [words(one) for one in document.iter("h1")] == ["This page does not work that way"]


def test_too_often_has_its_page(db, rf):
    """allauth asks for it by the name in the addresses."""
    response = respond_429(rf.post("/account/login/"))
    assert (response.status_code, response["Retry-After"]) == (429, "300")
    assert [words(one) for one in strictly(response.content).iter("h1")] == ["That was very often"]


def test_our_own_faults_need_neither_base_nor_look(monkeypatch):
    """Control: with everything in order the page has its style sheets."""
    dressed = errors.broken(RequestFactory().get("/")).content.decode()
    assert "css/look.css" in dressed

    def missing(_name):
        raise ValueError("no list of files")

    monkeypatch.setattr(errors, "static", missing)
    bare = errors.broken(RequestFactory().get("/"))
    assert (bare.status_code, b"0121 496 0123" in bare.content) == (500, True)
    assert b"stylesheet" not in bare.content
    template = get_template("500.html").template
    assert not list(template.nodelist.get_nodes_by_type(ExtendsNode))
