"""``make run``: the whole portal on one machine, in a folder of its own.

    python -m coprod.start --port 8000     start; Ctrl-C stops everything that was started
    python -m coprod.start --reset         forget database, files and settings of the folder

This is no management command, because those need settings and the first start writes them: a
secret key, the key of equality answers, and the demonstration mode.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import errno
import fcntl
import io
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

from coprod.lib import env as settings_env

BASE_DIR = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
ANSWERS_WITHIN = 60.0  # seconds
STOPS_WITHIN = 10.0  # seconds
# All that the portal itself writes into its folder; --reset removes these and nothing else.
OWN_FILES = (
    *("env", "running", "db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm"),
    "erasures.jsonl",
)
OWN_FOLDERS = ("media", "mail", "log", "staticfiles")

SCREEN = """
  The portal is running{kind}.

    Open it          {address}/
{roles}    Its e-mails      {data}/mail
    Its logs         {data}/log
    Stop             Ctrl-C. The data stays in {data}; “make reset” starts over.

"""
ROLES = """    Try each role    {address}/demo/
                     One button for each: two residents, an officer, an officer of another
                     organisation, a coordinator, a commissioner, an administrator.
"""


class CannotStart(Exception):  # noqa: N818 -- an answer to whoever started it, not a fault
    """The portal does not start. ``str(error)`` says why and what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Start or reset, and return the exit code."""
    options = _options(arguments)
    data = settings_env.data_dir(BASE_DIR)
    if options.stop_with_parent:
        end_with_parent()
    listen()
    try:
        with held(data):
            return reset(data) if options.reset else run(data, options.port)
    except CannotStart as reason:
        say(f"\n{reason}\n", to=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("\nStopped.")
        return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="coprod.start", description="Run the portal here.")
    parser.add_argument("--port", type=_port, default=8000)
    parser.add_argument("--reset", action="store_true", help="forget all data of the folder")
    parser.add_argument("--stop-with-parent", action="store_true", help="end when make ends")
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"“{text}” is no port. Give a number, like PORT=8123")
    return number


def listen() -> None:
    """Let Ctrl-C, a polite kill and a closed terminal stop everything in order.

    Ctrl-C also where a script started us in the background, which makes shells ignore it; a closed
    terminal not under nohup, which asks for that.
    """
    signal.signal(signal.SIGINT, _interrupt)
    signal.signal(signal.SIGTERM, _interrupt)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, _interrupt)


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def say(text: str, to: object = None) -> None:
    """Print a line for whoever started the portal."""
    print(text, file=to or sys.stdout, flush=True)


def run(data: Path, port: int) -> int:
    """Prepare everything, serve until somebody stops it, and return the exit code."""
    check_port(port)
    address = f"http://localhost:{port}"
    first = write_first_settings(data)
    os.environ["COPROD_DATA"] = str(data)
    os.environ.setdefault("SITE_URL", address)
    say("Making the first start ready: this takes a minute ..." if first else "Starting ...")
    demonstration = prepare()
    with running(data, port) as children:
        wait_until_it_answers(port, children, data)
        show(address, data, demonstration=demonstration)
        return watch(children, data)


def check_port(port: int) -> None:
    """Stop where something else already answers on the port.

    Raises:
        CannotStart: the port is taken, or nobody may use it.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OverflowError as fault:
            raise CannotStart(f"There is no port {port}. Choose one from 1024 to 65535.") from fault
        except OSError as fault:
            taken = fault.errno == errno.EADDRINUSE
            why = "is already in use" if taken else f"cannot be used ({fault.strerror})"
            raise CannotStart(
                f"Port {port} {why}. Stop the other program, or choose another port: "
                f"make run PORT={port + 1 if port < 65535 else 8000}"
            ) from fault


def write_first_settings(data: Path) -> bool:
    """Write ``data/env`` if it is not there, readable by its owner only; return whether it was so.

    It is written whole or not at all, so a start that is killed here begins again.
    """
    file = data / "env"
    if file.exists():
        return False
    draft = data / "env.new"
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(
        "# Written by the first start. Every setting is explained in .env.example.\n"
        "COPROD_MODE=demonstration\n"
        f"SECRET_KEY={secrets.token_urlsafe(50)}\n"
        f"EQUALITY_KEY={secrets.token_urlsafe(50)}\n"
    )
    draft.rename(file)
    return True


def prepare() -> bool:
    """Bring database, cache and static files up to date; return whether it is a demonstration.

    Raises:
        CannotStart: a setting is missing or wrong; its own sentence says which.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coprod.settings")
    import django
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as reason:
        raise CannotStart(str(reason)) from reason
    _bring_up_to_date()
    if settings.DEMONSTRATION:
        _load_demonstration()
    return settings.DEMONSTRATION


def _bring_up_to_date() -> None:
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("replay_erasures", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    connections.close_all()


def _load_demonstration() -> None:
    """Load the made-up data, unless there is some: it is loaded whole or not at all."""
    from django.core.management import call_command
    from django.db import connections

    from people.models import Organisation

    if not Organisation.objects.exists():
        say("Loading the made-up people and projects ...")
        with contextlib.redirect_stdout(io.StringIO()):  # the screen stays clear
            call_command("load_demo", verbosity=0)
    connections.close_all()


@contextlib.contextmanager
def held(data: Path) -> Iterator[None]:
    """Hold the data folder for this one start.

    Raises:
        CannotStart: another start holds it.
    """
    data.mkdir(parents=True, exist_ok=True)
    with (data / "running").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise CannotStart(
                f"The portal is already running on {data}. Stop it first (Ctrl-C where it runs), "
                "or choose another folder: COPROD_DATA=another-folder make run"
            ) from fault
        yield


@contextlib.contextmanager
def running(data: Path, port: int) -> Iterator[dict[str, subprocess.Popen]]:
    """Start worker and web server, and stop them again, whatever happens."""
    python = sys.executable
    commands = {
        "worker": [python, "manage.py", "worker"],
        "web": [python, "-m", "gunicorn", "coprod.wsgi", *_web_options(port)],
    }
    children: dict[str, subprocess.Popen] = {}
    try:
        for name, command in commands.items():
            children[name] = _child(command, data / "log" / f"{name}.log")
        yield children
    finally:
        stop(list(children.values()))


def _web_options(port: int) -> list[str]:
    options = {"bind": f"{HOST}:{port}", "workers": 2, "threads": 4, "graceful-timeout": 5}
    return [f"--{name}={value}" for name, value in options.items()] + ["--no-control-socket"]


def _child(command: list[str], log: Path) -> subprocess.Popen:
    """Start ``command`` in a session of its own: Ctrl-C reaches us alone, and we stop it."""
    log.parent.mkdir(exist_ok=True)
    with log.open("a") as file:
        return subprocess.Popen(  # noqa: S603 -- our own commands, no shell
            command,
            cwd=BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=end_with_parent,  # noqa: PLW1509 -- no threads run yet
        )


def end_with_parent() -> None:
    """Ask Linux for a SIGTERM when the parent dies, even of SIGKILL; elsewhere do nothing."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(1, int(signal.SIGTERM))


def stop(children: list[subprocess.Popen], within: float = STOPS_WITHIN) -> None:
    """End the children and whatever they started."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for child in children:
        child.terminate()
    until = time.monotonic() + within
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, until - time.monotonic()))
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def wait_until_it_answers(port: int, children: dict[str, subprocess.Popen], data: Path) -> None:
    """Return when the web server answers.

    Raises:
        CannotStart: it does not within a minute, or one of the two ends.
    """
    until = time.monotonic() + ANSWERS_WITHIN
    while time.monotonic() < until:
        ended(children, data)
        if answers(port):
            return
        time.sleep(0.1)
    raise CannotStart(f"The web server does not answer. See {data}/log/web.log")


def answers(port: int) -> bool:
    """Return whether the web server on the port answers at all."""
    try:
        urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def ended(children: dict[str, subprocess.Popen], data: Path) -> None:
    """Return while all children run.

    Raises:
        CannotStart: one has ended by itself; the last lines of its log are in the message.
    """
    for name, child in children.items():
        if child.poll() is not None:
            log = data / "log" / f"{name}.log"
            last = "\n".join(log.read_text().splitlines()[-15:])
            raise CannotStart(f"The {name} process ended by itself. The end of {log}:\n\n{last}")


def show(address: str, data: Path, *, demonstration: bool) -> None:
    """Print the one screen that says where everything is."""
    roles = ROLES.format(address=address) if demonstration else ""
    kind = ", with made-up people" if demonstration else ""
    say(SCREEN.format(address=address, data=_near(data), roles=roles, kind=kind))


def _near(data: Path) -> str:
    return str(data.relative_to(BASE_DIR) if data.is_relative_to(BASE_DIR) else data)


def watch(children: dict[str, subprocess.Popen], data: Path) -> int:
    """Wait for Ctrl-C; a child that ends by itself is a fault."""
    while True:
        ended(children, data)
        time.sleep(0.3)


def reset(data: Path) -> int:
    """Remove what the portal wrote into its folder, and nothing else."""
    if "COPROD_MODE=production" in _text(data / "env"):
        raise CannotStart(
            f"{data}/env says COPROD_MODE=production: “make reset” only forgets demonstrations."
        )
    for name in OWN_FOLDERS:
        shutil.rmtree(data / name, ignore_errors=True)
    for name in OWN_FILES:
        (data / name).unlink(missing_ok=True)
    say(f"{_near(data)} is empty again. The next “make run” starts over.")
    return 0


def _text(file: Path) -> str:
    return file.read_text() if file.is_file() else ""


if __name__ == "__main__":
    sys.exit(main())
