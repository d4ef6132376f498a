"""Closed by default: every address of the portal, walked by every role.

A new page needs nothing here. A new **public** page needs ``@login_not_required`` on its view and
a line in ``PUBLIC``; a new kind of argument needs a line in ``SAMPLES``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse

SIGN_IN = 0  # public, and sends on to signing in while nobody has asked for a code
# Name of the page -> what somebody who is not signed in gets there, with the samples below.
PUBLIC = {
    # The roof
    "home": 200,
    "how_it_works": 200,
    "contact": 200,
    "privacy": 200,
    "accessibility": 200,
    "glossary": 200,
    "concern": 200,
    "healthz": 200,
    "readyz": 503,  # no worker has been seen in a test
    "demo": 404,  # only in a demonstration
    "demo_sign_in": 405,  # pressed, never opened
    # Accounts
    "account_login": 200,
    "account_logout": 302,
    "account_inactive": 200,
    "account_signup": 200,
    "account_email_verification_sent": SIGN_IN,
    "account_confirm_login_code": SIGN_IN,
    "account_request_login_code": 200,
    "account_reset_password": 200,
    "account_confirm_password_reset_code": SIGN_IN,
    "account_complete_password_reset": 302,
    "account_password_reset_completed": 200,
    "mfa_authenticate": SIGN_IN,
    "mfa_login_webauthn": SIGN_IN,  # answers the script of the sign-in page
    "admin:login": SIGN_IN,
    # The rooms
    "people:accept_invitation": 404,  # the sample is nobody's invitation
    "opportunities:index": 200,
    "opportunities:detail": 404,  # the sample is no opportunity
    "opportunities:sign_up": 404,  # asks to sign in, or to ring, on its own page
    "opportunities:paper_form": 404,
    "charter:charter": 200,
    "charter:you_said_we_did": 200,
}
# Argument in an address -> a value of the right form; by its converter where it has no line.
SAMPLES = {
    "slug": "no-such-thing",
    "int": 999_999,
    "uuid": "00000000-0000-4000-8000-000000000000",
    "str": "no-such-thing",
    "path": "no-such-thing",
    "app_label": "auth",
}
ROLES = ("resident", "officer", "coordinator", "commissioner", "administrator")
STAFF_ONLY = ("/staff/", "/reporting/")


@dataclass(frozen=True)
class Door:
    """One address: its name (with namespaces), its view, and the arguments it asks for."""

    name: str
    view: object
    arguments: tuple[tuple[str, str], ...]

    @property
    def is_public(self) -> bool:
        """Whether the view carries ``login_not_required``."""
        return not getattr(self.view, "login_required", True)

    @property
    def address(self) -> str:
        """The address, with samples for its arguments."""
        samples = {name: self._sample(name, kind) for name, kind in self.arguments}
        return reverse(self.name, kwargs=samples)

    def _sample(self, name: str, kind: str) -> object:
        try:
            return SAMPLES[name] if name in SAMPLES else SAMPLES[kind]
        except KeyError:
            pytest.fail(f"{self.name}: add a sample for “{name}” to SAMPLES in {__file__}")


def doors() -> list[Door]:
    """Return every address of the portal."""
    return list(_walk(get_resolver().url_patterns, "", ()))


def _walk(patterns: list, space: str, outer: tuple[tuple[str, str], ...]) -> Iterator[Door]:
    for one in patterns:
        arguments = outer + _arguments(one)
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one.url_patterns, inner, arguments)
        elif one.name:
            yield Door(space + one.name, one.callback, arguments)
        elif not space.startswith("admin:"):
            pytest.fail(f"Give the address {one.pattern} a name, so that it can be walked")


def _arguments(one: URLPattern | URLResolver) -> tuple[tuple[str, str], ...]:
    kinds = {name: _kind(converter) for name, converter in one.pattern.converters.items()}
    named = one.pattern.regex.groupindex if hasattr(one.pattern, "regex") else {}
    return tuple({**dict.fromkeys(named, "none"), **kinds}.items())


def _kind(converter: object) -> str:
    word = type(converter).__name__.removesuffix("Converter").lower()
    return "str" if word == "string" else word


def leads_to_sign_in(response: HttpResponse) -> bool:
    """The administration sends on by a door of its own, which leads there."""
    target = response.headers.get("Location", "")
    doors_to_it = (reverse(settings.LOGIN_URL), "/admin/login/")
    return response.status_code == 302 and target.startswith(doors_to_it)


def open_to_anybody(client: Client, found: list[Door]) -> dict[str, int]:
    """Return the addresses that do not ask somebody without an account to sign in."""
    answers = {door.name: client.get(door.address) for door in found}
    return {name: one.status_code for name, one in answers.items() if not leads_to_sign_in(one)}


def test_only_what_is_listed_is_marked_public():
    marked = {door.name for door in doors() if door.is_public}
    assert marked == set(PUBLIC), "add it to PUBLIC, or take login_not_required away"


def test_only_public_pages_open_without_signing_in(client, db):
    """Proved by the control below, which leaves a page open."""
    expected = {name: code for name, code in PUBLIC.items() if code != SIGN_IN}
    assert open_to_anybody(client, doors()) == expected


def test_a_page_left_open_is_found(client, db, settings):
    def page(_request):
        return HttpResponse("a page")

    crooked = ModuleType("crooked")
    crooked.urlpatterns = [
        path("closed/", page, name="closed"),
        path("open/", login_not_required(lambda _request: HttpResponse("open")), name="open"),
    ]
    settings.ROOT_URLCONF = crooked
    settings.LOGIN_URL = "closed"
    assert open_to_anybody(client, doors()) == {"open": 200}


@pytest.mark.parametrize("role", ROLES)
def test_no_page_breaks_for(role, request, client_for):
    client = client_for(request.getfixturevalue(role))
    answers = {door.name: client.get(door.address).status_code for door in doors()}
    down = {name for name, code in answers.items() if code >= 500}
    assert down - {"readyz"} == set()  # which says 503 while no worker has been seen


def test_residents_never_stand_in_a_staff_room(client_for, resident):
    client = client_for(resident)
    rooms = [door for door in doors() if door.address.startswith(STAFF_ONLY)]
    answers = {door.name: client.get(door.address).status_code for door in rooms}
    assert {name: code for name, code in answers.items() if code not in {403, 404, 405}} == {}


def test_the_administration_has_no_sign_in_of_its_own(client, db):
    """A second one would be a second limit of tries."""
    response = client.get(reverse("admin:login"))
    assert (response.status_code, response["Location"].partition("?")[0]) == (
        302,
        "/account/login/",
    )


def test_no_role_opens_the_administration(request, client_for):
    """Only accounts marked for it do; a role in an organisation is not enough."""
    for role in ROLES:
        response = client_for(request.getfixturevalue(role)).get(reverse("admin:index"))
        assert response.status_code == 302, role
