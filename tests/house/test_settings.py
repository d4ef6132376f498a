"""Settings come from the environment; a missing one stops the start with a helpful sentence."""

from __future__ import annotations

import dataclasses
import functools
import os
import runpy
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from coprod.lib import env as settings_env
from tests import programs

SETTINGS = programs.ROOT / "coprod" / "settings.py"
PRODUCTION = {
    "COPROD_MODE": "production",
    "SECRET_KEY": "9tZ-a-long-and-random-text-for-the-test-of-settings-0123456789",
    "EQUALITY_KEY": "another-long-and-random-text-for-the-test",
    "ALLOWED_HOSTS": "involved.example.org",
    "EMAIL_URL": "smtp+tls://name:password@mail.example.org:587",
}
DEMONSTRATION = {
    "COPROD_MODE": "demonstration",
    "SECRET_KEY": "a-secret",
    "EQUALITY_KEY": "another-secret",
}


@pytest.fixture
def read(tmp_path, monkeypatch) -> Callable[..., dict[str, Any]]:
    """``read(KEY=value)`` runs the settings file in an environment of these values alone."""

    def run(**values: str) -> dict[str, Any]:
        with monkeypatch.context() as patch:
            patch.setattr(os, "environ", {"COPROD_DATA": str(tmp_path), **values})
            return runpy.run_path(str(SETTINGS))

    return run


@pytest.fixture
def manage(tmp_path):
    """``manage("check", KEY=value)`` runs manage.py in an environment of these values alone."""
    return functools.partial(programs.python, tmp_path, "manage.py")


def refusal(read, **values: str) -> str:
    """Return the sentence with which these settings stop the start."""
    with pytest.raises(ImproperlyConfigured) as stopped:
        read(**values)
    return str(stopped.value)


@pytest.mark.parametrize("name", ["SECRET_KEY", "EQUALITY_KEY", "ALLOWED_HOSTS", "EMAIL_URL"])
@pytest.mark.parametrize("value", [None, "  "])
def test_production_does_not_start_without(read, name, value):
    values = {key: text for key, text in PRODUCTION.items() if key != name}
    if value is not None:
        values[name] = value
    sentence = refusal(read, **values)
    assert f"{name} is not set, and the portal cannot start without it." in sentence
    assert f"for example {name}=" in sentence
    assert ".env.example" in sentence


def test_the_sentence_is_the_last_line_that_whoever_starts_it_sees(manage):
    done = manage("check", COPROD_MODE="production")
    assert done.returncode != 0
    assert "SECRET_KEY is not set" in done.stderr.strip().splitlines()[-1]


def test_production_is_clean_for_deployment(manage):
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_deployment_check_finds_a_weakness(manage):
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION, HTTPS="false")
    assert done.returncode != 0
    assert "security.W" in done.stderr


@pytest.mark.parametrize(
    "hosts",
    ["involved.example.org", "localhost,involved.example.org", "*", "192.0.2.1", ".localhost"],
)
def test_a_demonstration_refuses_every_other_machine(read, hosts):
    assert "lets anybody sign in as anybody" in refusal(read, **DEMONSTRATION, ALLOWED_HOSTS=hosts)


def test_a_demonstration_starts_on_this_machine(read):
    assert read(**DEMONSTRATION, ALLOWED_HOSTS="localhost,127.0.0.1")["DEMONSTRATION"]
    assert read(**DEMONSTRATION)["DEMONSTRATION"]


@pytest.mark.parametrize(
    ("hosts", "answer"),
    [
        (["localhost"], True),
        (["127.0.0.1", "[::1]"], True),
        (["127.8.9.1"], True),
        ([], False),
        (["192.168.0.4"], False),
        (["localhost.example.org"], False),
        (["127.0.0.1.example.org"], False),
    ],
)
def test_only_loopback(hosts, answer):
    assert settings_env.only_loopback(hosts) is answer


def test_an_unknown_mode_is_named(read):
    sentence = refusal(read, **{**PRODUCTION, "COPROD_MODE": "live"})
    assert "COPROD_MODE is “live”. Set it to one of: production," in sentence


def test_the_data_folder_s_own_file_is_read_and_the_environment_wins(read, tmp_path):
    lines = "".join(f"{key}={value}\n" for key, value in DEMONSTRATION.items())
    (tmp_path / "env").write_text(f"{lines}PLACE=Tipton\n")
    found = read()
    assert (found["MODE"], found["PLACE"]) == ("demonstration", "Tipton")
    assert read(PLACE="Oldbury")["PLACE"] == "Oldbury"


def test_the_data_folder_holds_everything(read, tmp_path):
    found = read(**DEMONSTRATION)
    database = found["DATABASES"]["default"]["NAME"]
    places = [str(found["MEDIA_ROOT"]), str(found["STATIC_ROOT"]), database]
    assert places == [str(tmp_path / name) for name in ("media", "staticfiles", "db.sqlite3")]


def test_database_url_moves_it_to_postgresql_with_nothing_else_changed(read):
    url = "postgres://name:password@127.0.0.1:5432/coprod"
    here, there = read(**PRODUCTION, DATABASE_URL=""), read(**PRODUCTION, DATABASE_URL=url)
    assert there["DATABASES"]["default"]["ENGINE"] == "django.db.backends.postgresql"
    assert there["DATABASES"]["default"]["NAME"] == "coprod"
    names = {name for name in here if name[0].isupper() and name.isupper()}
    changed = {name for name in names if here[name] != there[name]}
    assert changed == {"DATABASES"}


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://relay", ("relay", 25, "", "", False, False)),
        ("smtp+tls://a%40b:p%3Aw@relay", ("relay", 587, "a@b", "p:w", True, False)),
        ("smtp+ssl://a:b@relay:99", ("relay", 99, "a", "b", False, True)),
    ],
)
def test_the_mail_server_is_read_from_one_address(monkeypatch, url, server):
    monkeypatch.setenv("EMAIL_URL", url)
    found = settings_env.mail(settings_env.Env(), "EMAIL_URL")
    assert dataclasses.astuple(found) == server


@pytest.mark.parametrize("url", ["relay:25", "http://relay", "smtp://"])
def test_an_address_of_no_mail_server_stops_the_start(read, url):
    sentence = refusal(read, **{**PRODUCTION, "EMAIL_URL": url})
    assert "EMAIL_URL is no address of a mail server" in sentence


def test_debug_is_off_unless_asked_for(read):
    assert read(**PRODUCTION)["DEBUG"] is False
    assert read(**DEMONSTRATION, DEBUG="true")["DEBUG"] is True


@pytest.mark.parametrize("others", [PRODUCTION, DEMONSTRATION])
def test_only_tests_may_kill_the_portal(read, others):
    """Control: the same setting is taken in the mode of tests."""
    assert "FAILPOINT kills the portal" in refusal(read, **{**others, "FAILPOINT": "mail.leased"})
    test = {**DEMONSTRATION, "COPROD_MODE": "test", "FAILPOINT": "mail.leased"}
    assert read(**test)["FAILPOINT"] == "mail.leased"
    assert read(**others)["FAILPOINT"] == ""


def test_cookies_in_production_belong_to_this_host_alone(read):
    """Control: on this machine, without HTTPS, a browser would not take such names."""
    live, here = read(**PRODUCTION), read(**DEMONSTRATION)
    for cookie, name in (("SESSION", "sessionid"), ("CSRF", "csrftoken")):
        assert live[f"{cookie}_COOKIE_NAME"] == f"__Host-{name}"
        assert here[f"{cookie}_COOKIE_NAME"] == name
        assert live[f"{cookie}_COOKIE_SECURE"] is True
        assert f"{cookie}_COOKIE_DOMAIN" not in live
        assert f"{cookie}_COOKIE_PATH" not in live
    assert live["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert (live["SECURE_SSL_REDIRECT"], live["SECURE_HSTS_SECONDS"]) == (True, 31_536_000)
