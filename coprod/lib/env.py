"""Reads settings from the environment, and stops with a sentence that helps."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env

MODES = ("production", "demonstration", "test")
# How to reach a mail server, and its usual port.
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}
MAIL_EXAMPLE = "smtp+tls://name:password@mail.example.org:587"


@dataclass(frozen=True)
class MailServer:
    """A mail server, in the words of Django's EMAIL_… settings."""

    host: str
    port: int
    user: str
    password: str
    tls: bool
    ssl: bool


def load(data_dir: Path) -> Env:
    """Return the environment, completed by ``data_dir/env``; what is set outside wins."""
    env = Env()
    file = data_dir / "env"
    if file.is_file():
        env.read_env(str(file), recurse=False, override=False)
    return env


def data_dir(base: Path) -> Path:
    """Return the folder of database, media and own settings: COPROD_DATA, or ``var/``."""
    chosen = os.environ.get("COPROD_DATA", "")
    return (base / chosen if chosen else base / "var").resolve()


def mode(env: Env) -> str:
    """Return the mode that was asked for.

    Raises:
        ImproperlyConfigured: the word is not one of ``MODES``.
    """
    chosen = env.str("COPROD_MODE", "production")
    if chosen not in MODES:
        raise ImproperlyConfigured(
            f"COPROD_MODE is “{chosen}”. Set it to one of: {', '.join(MODES)}."
        )
    return chosen


def failpoint(env: Env, chosen: str) -> str:
    """Return where a test kills the process; nothing in every other mode.

    Raises:
        ImproperlyConfigured: it is set where people work.
    """
    name = env.str("FAILPOINT", "")
    if name and chosen != "test":
        raise ImproperlyConfigured("FAILPOINT kills the portal, for tests alone. Take it away.")
    return name


def needed(env: Env, name: str, *, example: str) -> str:
    """Return the setting ``name``.

    Raises:
        ImproperlyConfigured: it is missing or blank; the message says how to set it.
    """
    value = env.str(name, "").strip()
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set, and the portal cannot start without it. "
            f"Set it in the environment or in the file “env” of your data folder, "
            f"for example {name}={example} . Every setting is listed in .env.example."
        )
    return value


def mail(env: Env, name: str) -> MailServer:
    """Return the mail server in the setting ``name``.

    Raises:
        ImproperlyConfigured: it is missing, or no address of a mail server.
    """
    url = urlsplit(needed(env, name, example=MAIL_EXAMPLE))
    if url.scheme not in MAIL_PORTS or not url.hostname:
        raise ImproperlyConfigured(
            f"{name} is no address of a mail server. Write smtp://, smtp+tls:// or smtp+ssl://, "
            f"for example {name}={MAIL_EXAMPLE} ."
        )
    return MailServer(
        host=url.hostname,
        port=url.port or MAIL_PORTS[url.scheme],
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        tls=url.scheme == "smtp+tls",
        ssl=url.scheme == "smtp+ssl",
    )


def only_loopback(hosts: list[str]) -> bool:
    """Return whether every allowed host is this very machine."""
    return bool(hosts) and all(_is_loopback(host) for host in hosts)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def refuse_public_demonstration(hosts: list[str]) -> None:
    """Stop where anybody but this machine could reach the demonstration's sign-in buttons.

    Raises:
        ImproperlyConfigured: a host is not a loopback address.
    """
    if not only_loopback(hosts):
        raise ImproperlyConfigured(
            "COPROD_MODE=demonstration lets anybody sign in as anybody, so it runs on this machine "
            f"only. ALLOWED_HOSTS is {', '.join(hosts) or 'empty'}: set it to localhost,127.0.0.1,"
            "or use COPROD_MODE=production."
        )
