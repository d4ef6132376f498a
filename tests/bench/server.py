"""The web server as ``make run`` starts it, in the settings of real life, and what it uses up."""

from __future__ import annotations

import contextlib
import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coprod import start
from tests.programs import ROOT, environment, free_port

HOST = "127.0.0.1"
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
    "COPROD_MODE": "production",
    "SECRET_KEY": "only-for-the-bench-and-long-enough-to-be-one",
    "EQUALITY_KEY": "only-for-the-bench-as-well-and-long-enough",
    "ALLOWED_HOSTS": "127.0.0.1,localhost",
    "EMAIL_URL": "smtp://127.0.0.1:1025",
    "HTTPS": "false",  # what stands before it in real life speaks it
}
READY_WITHIN = 60
# A request asks with the one how many queries it took, and the other answers.
COUNT, COUNTED = "X-Count-Queries", "X-Queries"


@dataclass(frozen=True)
class Server:
    """A web server on a world: its port, its process, and what world.py told of its pages."""

    port: int
    process: subprocess.Popen[bytes]
    world: dict[str, Any]

    def cpu(self) -> float:
        """Return the seconds of processor that it used so far, its workers among them."""
        return sum(used(pid) for pid in family(self.process.pid))

    def ask(self, path: str, wire: http.client.HTTPConnection, **headers: str) -> Answer:
        """Ask for a page as a browser would, and return what came."""
        began = time.perf_counter()
        wire.request("GET", path, headers={"Accept-Encoding": "gzip", **headers})
        response = wire.getresponse()
        body = response.read()
        return Answer(response.status, dict(response.headers), body, time.perf_counter() - began)

    def wire(self) -> http.client.HTTPConnection:
        """Return a new connection."""
        return http.client.HTTPConnection(HOST, self.port, timeout=120)


@dataclass(frozen=True)
class Answer:
    """What came back, and how long it took in seconds."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


def family(pid: int) -> list[int]:
    """Return ``pid`` and all processes that it started, near and far."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            number = int(folder.name)
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(number)
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


def used(pid: int) -> float:
    """Return the seconds that the threads of a process ran: user and system, to the nanosecond."""
    total = 0
    for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        with contextlib.suppress(OSError):  # a thread may just end
            total += int(task.read_text().split()[0])
    return total / 1e9


def settings(data: Path, database_url: str = "") -> dict[str, str]:
    """Return the environment of a program on the world in ``data``."""
    values = {**SETTINGS, "DATABASE_URL": database_url} if database_url else SETTINGS
    return environment(data, **values)


def make_world(data: Path, people: int, briefs: int, database_url: str = "") -> dict[str, Any]:
    """Fill an empty database, and return what there is to look at in it."""
    data.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.bench.world", str(people), str(briefs)]
    done = subprocess.run(
        command, cwd=ROOT, env=settings(data, database_url), stdout=subprocess.PIPE, check=True
    )
    return json.loads(done.stdout)


@contextlib.contextmanager
def serving(data: Path, world: dict[str, Any], database_url: str = "") -> Iterator[Server]:
    """Yield a server on a world; it is gone afterwards."""
    port = free_port()
    run = [sys.executable, "-m", "gunicorn", "coprod.wsgi", *start._web_options(port)]
    with (data / "web.log").open("ab") as log:
        process = subprocess.Popen(
            [*run, "--timeout", "120"],
            cwd=ROOT,
            env=settings(data, database_url),
            stdout=log,
            stderr=log,
        )
    try:
        _wait(port, process, data)
        yield Server(port, process, world)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(port: int, process: subprocess.Popen[bytes], data: Path) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and process.poll() is None:
        if start.answers(port):
            return
        time.sleep(0.1)
    raise RuntimeError(f"The web server does not answer:\n{(data / 'web.log').read_text()}")
