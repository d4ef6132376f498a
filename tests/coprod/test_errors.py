"""When something goes wrong, the page says what to do, in our look, and breaks nothing more."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, RequestFactory, override_settings
from django.urls import path, reverse

from coprod import errors
from coprod.urls import urlpatterns as real_urlpatterns
from tests.coprod.markup import find_all, strictly, words


def breaks(_request):
    raise ZeroDivisionError


def forbids(_request):
    raise PermissionDenied


def suspects(_request):
    raise SuspiciousOperation


urlpatterns = [
    *real_urlpatterns,
    path("breaks/", breaks),
    path("forbids/", forbids),
    path("suspects/", suspects),
]
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
