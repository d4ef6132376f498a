"""Settings come from the environment; a missing one stops the start with a helpful sentence."""

from __future__ import annotations

import dataclasses
import functools

import pytest

from coprod.lib import env as settings_env
from tests import programs

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
def manage(tmp_path):
    """``manage("check", KEY=value)`` runs manage.py in an environment of these values alone."""
    return functools.partial(programs.python, tmp_path, "manage.py")


def setting(manage, expression: str, **values: str) -> str:
    """Return what ``expression`` on ``settings`` prints under these values."""
    code = f"from django.conf import settings; print({expression})"
    done = manage("shell", "--no-imports", "-c", code, **values)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1]


@pytest.mark.parametrize("name", ["SECRET_KEY", "EQUALITY_KEY", "ALLOWED_HOSTS", "EMAIL_URL"])
@pytest.mark.parametrize("value", [None, "  "])
def test_production_does_not_start_without(manage, name, value):
    values = {key: text for key, text in PRODUCTION.items() if key != name}
    if value is not None:
        values[name] = value
    done = manage("check", **values)
    assert done.returncode != 0
    sentence = done.stderr.strip().splitlines()[-1]
    assert f"{name} is not set, and the portal cannot start without it." in sentence
    assert f"for example {name}=" in sentence
    assert ".env.example" in sentence


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
def test_a_demonstration_refuses_every_other_machine(manage, hosts):
    done = manage("check", **DEMONSTRATION, ALLOWED_HOSTS=hosts)
    assert done.returncode != 0
    assert "lets anybody sign in as anybody" in done.stderr.strip().splitlines()[-1]


def test_a_demonstration_starts_on_this_machine(manage):
    assert manage("check", **DEMONSTRATION, ALLOWED_HOSTS="localhost,127.0.0.1").returncode == 0
    assert manage("check", **DEMONSTRATION).returncode == 0


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


def test_an_unknown_mode_is_named(manage):
    done = manage("check", **{**PRODUCTION, "COPROD_MODE": "live"})
    assert "COPROD_MODE is “live”. Set it to one of: production," in done.stderr


def test_the_data_folder_s_own_file_is_read_and_the_environment_wins(manage, tmp_path):
    lines = "".join(f"{key}={value}\n" for key, value in DEMONSTRATION.items())
    (tmp_path / "env").write_text(f"{lines}PLACE=Tipton\n")
    assert setting(manage, "settings.MODE, settings.PLACE") == "demonstration Tipton"
    assert setting(manage, "settings.PLACE", PLACE="Oldbury") == "Oldbury"


def test_the_data_folder_holds_everything(manage, tmp_path):
    places = "settings.MEDIA_ROOT, settings.STATIC_ROOT, settings.DATABASES['default']['NAME']"
    found = setting(manage, f"*map(str, ({places})), sep='|'", **DEMONSTRATION)
    assert found.split("|") == [
        str(tmp_path / name) for name in ("media", "staticfiles", "db.sqlite3")
    ]


def test_database_url_moves_it_to_postgresql(manage):
    url = "postgres://name:password@127.0.0.1:5432/coprod"
    expression = "settings.DATABASES['default']['ENGINE'], settings.DATABASES['default']['NAME']"
    found = setting(manage, expression, **PRODUCTION, DATABASE_URL=url)
    assert found == "django.db.backends.postgresql coprod"


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
def test_an_address_of_no_mail_server_stops_the_start(manage, url):
    done = manage("check", **{**PRODUCTION, "EMAIL_URL": url})
    assert "EMAIL_URL is no address of a mail server" in done.stderr.strip().splitlines()[-1]


def test_debug_is_off_unless_asked_for(manage):
    assert setting(manage, "settings.DEBUG", **PRODUCTION) == "False"
    assert setting(manage, "settings.DEBUG", **DEMONSTRATION, DEBUG="true") == "True"
