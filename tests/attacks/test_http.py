"""What the portal withstands on the wire: methods, hosts, redirects, forged and huge forms."""

from __future__ import annotations

import ast
import logging

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from people import delivery
from people.models import Notice
from tests import factories
from tests.house.doors.addresses import doors
from tests.house.tree import modules

ELSEWHERE = [
    "//evil.example",
    "https://evil.example",
    "https:evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "///evil.example",
    "////evil.example",
    "%2f%2fevil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://testserver@evil.example",
    "https://testserver.evil.example",
    "http:///evil.example",
    "\t//evil.example",
    "//evil.example\\@testserver",
    "/%09/evil.example",
    "ftp://testserver/",
]


# --- Where a form leads --------------------------------------------------------------------------
@pytest.mark.parametrize("address", ELSEWHERE)
def test_signing_in_leads_nowhere_else(client, db, address):
    """Control: an address of the portal is followed, below."""
    user = factories.make_user("Ann Away", password="a long password indeed")
    response = client.post(
        reverse("account_login"),
        {"login": user.email, "password": "a long password indeed", "next": address},
    )
    assert response.status_code == 302
    assert not is_elsewhere(response["Location"]), response["Location"]


def test_signing_in_leads_back_to_where_somebody_was(client, db):
    user = factories.make_user("Ann Back", password="a long password indeed")
    response = client.post(
        reverse("account_login"),
        {"login": user.email, "password": "a long password indeed", "next": "/glossary/"},
    )
    assert response["Location"] == "/glossary/"


@pytest.mark.parametrize("address", ELSEWHERE)
def test_no_other_door_leads_elsewhere(client_for, officer, address):
    """Signing out, and doors that send on whoever is signed in already."""
    client = client_for(officer)
    for name in ("account_login", "account_signup", "account_request_login_code"):
        response = client.get(reverse(name), {"next": address})
        assert not is_elsewhere(response.get("Location", "")), name
    response = client.post(reverse("account_logout"), {"next": address})
    assert not is_elsewhere(response["Location"])


def is_elsewhere(location: str) -> bool:
    """Return whether a browser that follows ``location`` leaves the portal."""
    as_read = location.replace("\\", "/").replace("\t", "").replace("\n", "").strip()
    return as_read.startswith("//") or ":" in as_read.split("/")[0].split("?")[0]


@pytest.mark.parametrize(
    "address", ["//evil.example", "/\\evil.example", "https:evil", "javascript:x"]
)
def test_what_leads_elsewhere_is_seen(address):
    assert is_elsewhere(address)
    assert not is_elsewhere("/my/?next=https://evil.example")


# --- Hosts ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("HTTP_HOST", "evil.example"),
        ("HTTP_HOST", "testserver.evil.example"),
        ("HTTP_HOST", "testserver@evil.example"),
        ("HTTP_HOST", "testserver:80@evil.example"),
        ("HTTP_HOST", "testserver evil"),
        ("HTTP_HOST", ""),
    ],
)
def test_another_host_is_refused(client, db, header, value):
    """Control: what only pretends to be one changes nothing, below."""
    response = client.post(reverse("account_login"), {}, **{header: value})
    assert response.status_code == 400
    assert "evil" not in response.content.decode()


def test_what_pretends_to_be_a_host_or_an_address_changes_nothing(client, db):
    plain = client.get("/glossary/").content
    for header in ("X_FORWARDED_HOST", "X_HOST", "X_ORIGINAL_URL", "X_REWRITE_URL", "FORWARDED"):
        response = client.get("/glossary/", **{f"HTTP_{header}": "evil.example/admin/"})
        assert (response.status_code, response.content) == (200, plain), header


@pytest.fixture
def sent(settings) -> list:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.SITE_URL = "https://involved.example.org"
    settings.ALLOWED_HOSTS = ["testserver", "other.example.org"]
    mail.outbox = []
    return mail.outbox


def test_letters_name_the_portal_as_it_is_configured(client, db, sent):
    """Whatever host was asked. Control: the letter has a link to look at."""
    user = factories.make_user("Ann Letter")
    for name in ("account_request_login_code", "account_reset_password"):
        client.post(
            reverse(name),
            {"email": user.email},
            HTTP_HOST="other.example.org",
            HTTP_X_FORWARDED_HOST="evil.example",
        )
    client.post(
        reverse("account_signup"), {"email": user.email, "name": "x"}, HTTP_HOST="other.example.org"
    )
    assert sent
    text = "".join(str(one.message()) + one.body for one in sent)
    assert "other.example.org" not in text
    assert "evil.example" not in text


def test_an_invitation_names_the_portal_as_it_is_configured(client_for, administrator, sent):
    client_for(administrator).post(
        reverse("people:invite_staff"),
        {"name": "Ivy", "email": "ivy@example.org", "role": "officer"},
        HTTP_HOST="other.example.org",
    )
    delivery.deliver_due()
    (letter,) = sent
    assert "https://involved.example.org/invitation/" in letter.body
    assert "other.example.org" not in letter.body
    assert Notice.objects.get().status == "sent"


# --- Forged forms --------------------------------------------------------------------------------
def test_no_form_is_taken_without_its_key(client_for, coordinator, resident):
    """One view is exempt, and every address refuses a form that another page sent.

    Control: the same request with the key is not refused for it.
    """
    exempt = [door.name for door in doors() if getattr(door.view, "csrf_exempt", False)]
    # Pressed by mail programs; its signed address is the key, and it shows nothing.
    assert exempt == ["opportunities:no_thanks_by_letter", "charter:stop_asking_by_letter"]
    for user in (None, resident, coordinator):
        client = Client(enforce_csrf_checks=True)
        if user:
            client.force_login(user)
        for door in doors():
            if door.arguments:
                continue
            response = client.post(reverse(door.name), {"a": "b"})
            assert response.status_code in {403, 302}, door.name
            if response.status_code == 302:
                assert "/account/login/" in response["Location"], door.name


def test_the_key_of_another_visitor_and_another_origin_are_refused(client_for, resident):
    client = Client(enforce_csrf_checks=True)
    client.force_login(resident)
    client.get("/my/details/")
    mine = client.cookies["csrftoken"].value
    address = reverse("people:share_profile")
    good = {"csrfmiddlewaretoken": mine}
    assert client.post(address, {"csrfmiddlewaretoken": "x" * 64}).status_code == 403
    assert client.post(address, {"csrfmiddlewaretoken": "x" * 32}).status_code == 403
    assert client.post(address, good, HTTP_ORIGIN="https://evil.example").status_code == 403
    assert client.post(address, good, HTTP_ORIGIN="null").status_code == 403
    assert client.post(address, good).status_code == 302


def test_nothing_else_in_the_house_is_exempt_from_the_key():
    names = [
        module.name
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Name | ast.alias)
        and "csrf_exempt" in (getattr(node, "id", ""), getattr(node, "name", ""))
    ]
    assert set(names) == {"charter.views.public", "opportunities.views.asking"}  # see above


# --- Methods -------------------------------------------------------------------------------------
def test_a_method_that_a_header_names_is_not_believed(client_for, resident):
    """GET stays GET. Control: POST does share the page."""
    factories.make_profile(resident.person)
    client = client_for(resident)
    address = reverse("people:share_profile")
    for header in ("HTTP_X_HTTP_METHOD_OVERRIDE", "HTTP_X_METHOD_OVERRIDE", "HTTP_X_HTTP_METHOD"):
        assert client.get(f"{address}?_method=POST", **{header: "POST"}).status_code == 405
    resident.person.profile.refresh_from_db()
    assert resident.person.profile.shared_at is None
    client.post(address)
    resident.person.profile.refresh_from_db()
    assert resident.person.profile.shared_at is not None


# --- Too much at once ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "body",
    [
        {f"k{number}": "1" for number in range(10_000)},
        {"name": "x" * 3_000_000},
        {"name": ["x"] * 10_000},
    ],
    ids=["10,000 fields", "3 MB", "one field 10,000 times"],
)
def test_too_much_at_once_has_its_page(client_for, resident, body):
    response = client_for(resident).post(reverse("people:details"), body)
    assert response.status_code == 413
    assert "That is too much at once" in response.content.decode()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"[" * 100_000),
        ("application/json", b'{"a": "\\ud800"}'),
        ("text/plain", b"\xff\xfe"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n"),
        ("multipart/form-data", b"no boundary"),
        ("application/x-www-form-urlencoded", b"name=%ff%fe&email=%ED%A0%80"),
        ("application/x-www-form-urlencoded; charset=utf-7", b"name=+ADw-script+AD4-"),
    ],
)
def test_a_body_that_makes_no_sense_breaks_nothing(client_for, resident, kind, body):
    response = client_for(resident).post(reverse("people:details"), body, content_type=kind)
    assert response.status_code in {200, 400, 413}


# --- Leaving -------------------------------------------------------------------------------------
def test_whoever_signs_out_leaves_nothing_in_the_browser(client_for, resident):
    """The session is gone from the server, too: its old key opens nothing."""
    client = client_for(resident)
    key = client.cookies["sessionid"].value
    response = client.post(reverse("account_logout"))
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    thief = Client()
    thief.cookies["sessionid"] = key
    assert thief.get(reverse("my")).status_code == 302
    assert "Clear-Site-Data" not in client.get("/")


# --- Logs ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("forged", ["x%0A2026-11-22 ERROR forged", "x%1B[31mred", "x%0D%0Aforged"])
def test_an_address_cannot_forge_a_line_of_the_log(client, db, caplog, forged):
    """Control: the address is in the log."""
    with caplog.at_level(logging.WARNING):
        client.get(f"/no-such-page/{forged}")
    (line,) = [one.getMessage() for one in caplog.records if one.name == "django.request"]
    assert "no-such-page" in line
    assert not {"\n", "\r", "\x1b"} & set(line)
