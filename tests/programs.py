"""Starting our own programs from a test, in an environment of their own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
# What a program needs to be found and measured; nothing of the test's own settings.
KEPT = ("PATH", "HOME", "LANG", "COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG")


def environment(data: Path, **values: str) -> dict[str, str]:
    """Return an environment of ``values`` and the data folder alone."""
    kept = {key: os.environ[key] for key in KEPT if key in os.environ}
    return {**kept, "COPROD_DATA": str(data), **values}


def python(data: Path, *arguments: str, **values: str) -> subprocess.CompletedProcess[str]:
    """Run our Python with ``arguments`` at the root of the tree, and return what it said."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(data, **values),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def free_port() -> int:
    """Return a port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def database_url() -> str:
    """Return the address of the test’s database, for another process."""
    from django.db import connection  # other programs start before there are settings

    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    host = quote(facts["HOST"] or "localhost", safe="")
    account = quote(facts["USER"], safe="")
    if facts["PASSWORD"]:
        account += f":{quote(facts['PASSWORD'], safe='')}"
    return f"postgres://{account}@{host}:{facts['PORT'] or 5432}/{facts['NAME']}"
