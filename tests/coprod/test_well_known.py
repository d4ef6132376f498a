"""What machines look for, and what they must not find."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import get_resolver, reverse
from django.utils import timezone

from coprod.well_known import NOT_FOR_ROBOTS


def test_somebody_who_finds_a_weakness_knows_where_to_write(client, settings):
    """RFC 9116: a contact, and a date in the future that is less than a year away."""
    settings.SECURITY_CONTACT = "mailto:safe@example.org"
    response = client.get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert set(lines) == {"Contact", "Expires", "Preferred-Languages", "Canonical"}
    assert lines["Contact"] == "mailto:safe@example.org"
    assert lines["Canonical"] == f"{settings.SITE_URL}/.well-known/security.txt"
    left = dt.datetime.fromisoformat(lines["Expires"]) - timezone.now()
    assert dt.timedelta(days=30) < left < dt.timedelta(days=365)


def test_robots_stay_out_of_what_belongs_to_people(client):
    """Every first part of an address that asks to sign in, or holds a secret, stands there."""
    text = client.get("/robots.txt").content.decode()
    assert text.splitlines() == [
        "User-agent: *",
        *(f"Disallow: {one}" for one in NOT_FOR_ROBOTS),
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    firsts = {route.split("/")[0] for route in map(str, _routes(get_resolver()))}
    private = {"account", "admin", "calendar", "invitation", "my", "reporting", "staff"}
    assert private <= firsts
    assert {one.strip("/") for one in NOT_FOR_ROBOTS} == private


def test_robots_stay_out_of_a_demonstration(client, settings):
    settings.DEMONSTRATION = True
    assert "Disallow: /" in client.get("/robots.txt").content.decode().splitlines()


def test_an_icon_is_found_without_reading_a_page(client):
    """Control: the file that it leads to is there."""
    address = client.get("/favicon.ico")["Location"]
    assert finders.find(address.removeprefix(settings.STATIC_URL))


def test_a_password_manager_finds_where_a_password_is_changed(client):
    response = client.get("/.well-known/change-password")
    assert (response.status_code, response["Location"]) == (302, reverse("account_change_password"))


def _routes(resolver, before=""):
    for one in resolver.url_patterns:
        whole = before + str(one.pattern)
        yield from _routes(one, whole) if hasattr(one, "url_patterns") else [whole]


@pytest.mark.parametrize(
    "address",
    [
        "/.git/config",
        "/.git/HEAD",
        "/.env",
        "/.env.example",
        "/env",
        "/var/db.sqlite3",
        "/db.sqlite3",
        "/coprod/settings.py",
        "/settings.py~",
        "/backup.zip",
        "/dump.sql",
        "/static/",
        "/static/css/",
        "/static/../coprod/settings.py",
        "/static/%2e%2e/coprod/settings.py",
        "/media/",
        "/server-status",
        "/phpinfo.php",
        "/.DS_Store",
    ],
)
def test_nothing_of_the_machine_is_found(client, db, address):
    """It is our page that says so, and no other server's list of a folder."""
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert "There is nothing here" in response.content.decode()
    assert str(settings.BASE_DIR) not in response.content.decode()
