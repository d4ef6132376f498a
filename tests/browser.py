"""The Chromium that the journeys drive: found, or made ready.

In this order: ``CHROMIUM``; the distribution's headless shell, which draws no window around a page
and so takes a quarter less time; its whole browser; the npm package ``@sparticuz/chromium``. What
is missing is installed when we are root, or sudo asks no password.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "chromium"
SHELL = "chromium-headless-shell"
NPM_PACKAGE = "@sparticuz/chromium@153.0.0"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    # No page is kept warm beside the one that is looked at: it costs a third of each window.
    "--renderer-process-limit=1",
    # Whatever a page asks for, nothing leaves this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)


def find() -> str | None:
    """Return the path of a Chromium that starts; installs nothing."""
    installed = (shutil.which(SHELL), shutil.which("chromium"), _unpacked())
    candidates = (os.environ.get("CHROMIUM"), *installed)
    return next((one for one in candidates if one and _starts(one)), None)


def make_ready() -> str:
    """Return the path of a Chromium that starts, and install one if there is none.

    Raises:
        RuntimeError: every way failed.
    """
    for way in (_shell, _from_the_distribution, _from_npm):
        way()
        if found := find():
            return found
    raise RuntimeError(
        "There is no Chromium for the journeys. Install the package chromium, or set CHROMIUM to "
        "the path of one."
    )


def _starts(path: str) -> bool:
    # The snap placeholders of some distributions are there and do not start.
    try:
        done = subprocess.run([path, "--version"], capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and b"hromium" in done.stdout


def _shell() -> None:
    if not os.environ.get("CHROMIUM") and not shutil.which(SHELL):
        _apt_install(SHELL, within=120)  # the whole browser does as well


def _from_the_distribution() -> None:
    _apt_install("chromium")


def _from_npm() -> None:
    if not shutil.which("npm"):
        _apt_install("nodejs", "npm")
    # What the unpacked browser needs of the system; its other libraries come with it.
    _apt_install("libnss3", "fonts-dejavu-core")
    FOLDER.mkdir(parents=True, exist_ok=True)
    _quietly(["npm", "install", "--prefix", str(FOLDER), "--no-save", NPM_PACKAGE])
    # Unpacked by hand: the package's own code asks for a newer node than distributions have.
    unpack = (
        "const fs = require('fs');"
        "const packed = fs.readFileSync('node_modules/@sparticuz/chromium/bin/chromium.br');"
        "const whole = require('zlib').brotliDecompressSync(packed);"
        "fs.writeFileSync('chromium', whole, { mode: 0o755 });"
    )
    _quietly(["node", "-e", unpack], cwd=FOLDER)


def _unpacked() -> str | None:
    file = FOLDER / "chromium"
    return str(file) if file.is_file() else None


def _apt_install(*packages: str, within: int = 900) -> None:
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages]
    if _quietly([*prefix, "apt-get", "update", "-qq"], within):
        _quietly([*prefix, *install], within, env=environment)


def _quietly(command: list[str], within: int = 900, **options: object) -> bool:
    """Run a step that may fail: what counts is whether a browser starts in the end."""
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=within, **options)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
