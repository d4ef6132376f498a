"""``make screenshots``: the eight most important pages, at 320 and 1280 pixels, for the README.

Starts the demonstration in a folder of its own on a free port, and writes ``.github/screenshots/``.
The demonstration banner is part of the picture: nobody should take what is shown for real.
"""

from __future__ import annotations

import io
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests import browser

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / ".github" / "screenshots"
WIDTHS = (320, 1280)
TALLEST = 1600  # pixels: what lies below is more of the same
QUALITY = 50  # of WebP
PATIENCE = 180  # seconds until the demonstration answers
BRIEF = "help-choose-who-runs-our-home-care"
# File, who looks, address.
PAGES = (
    ("home", "", "/"),
    ("list", "", "/opportunities/"),
    ("brief", "", f"/opportunities/{BRIEF}/"),
    ("sign-up", "resident-2", f"/opportunities/{BRIEF}/sign-up/"),
    ("my-involvement", "resident", "/my/"),
    ("staff-home", "officer", "/staff/"),
    ("staff-sign-ups", "officer", f"/staff/opportunities/{BRIEF}/people/"),
    ("who-has-been-involved", "commissioner", "/reporting/who-has-been-involved/"),
)


def main() -> int:
    """Take all of them; return 1 where a page does not answer with 200."""
    OUT.mkdir(parents=True, exist_ok=True)
    with demonstration() as base, sync_playwright() as engines:
        program = engines.chromium.launch(
            executable_path=browser.make_ready(), args=list(browser.FLAGS)
        )
        wrong = [
            fault
            for name, persona, address in PAGES
            for fault in take(
                program.new_context(reduced_motion="reduce"), base, name, persona, address
            )
        ]
        program.close()
    for fault in wrong:
        sys.stderr.write(f"{fault}\n")
    total = sum(file.stat().st_size for file in OUT.glob("*.webp"))
    sys.stdout.write(
        f"{len(PAGES) * len(WIDTHS)} pictures in {OUT.relative_to(ROOT)}: {total // 1024} KB\n"
    )
    return 1 if wrong else 0


def take(window: BrowserContext, base: str, name: str, persona: str, address: str) -> list[str]:
    """Photograph one page at both widths, and return what is wrong with its answer."""
    page = window.new_page()
    if persona:
        sign_in(page, base, persona)
    wrong = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        answer = page.goto(base + address)
        if answer is None or answer.status != 200:
            wrong.append(f"{address}: {answer.status if answer else 'no answer'}")
        keep(page.screenshot(full_page=True), OUT / f"{name}-{width}.webp")
    window.close()
    return wrong


def sign_in(page: Page, base: str, persona: str) -> None:
    """Press the button of a persona on the page of the demonstration."""
    page.goto(f"{base}/demo/")
    form = page.locator("form", has=page.locator(f'input[name="persona"][value="{persona}"]'))
    form.get_by_role("button").click()


def keep(picture: bytes, file: Path) -> None:
    """Write a picture small: its upper part, as WebP."""
    with Image.open(io.BytesIO(picture)) as whole:
        upper = whole.convert("RGB").crop((0, 0, whole.width, min(whole.height, TALLEST)))
        upper.save(file, "WEBP", quality=QUALITY, method=6)


@contextmanager
def demonstration() -> Iterator[str]:
    """Run the portal with its made-up borough, and give its address."""
    port = free_port()
    base = f"http://localhost:{port}"
    with tempfile.TemporaryDirectory() as data:
        settings = {
            name: value
            for name, value in os.environ.items()
            if not re.match(r"COPROD_|SECRET_KEY$|EQUALITY_KEY$|DATABASE_URL$|DJANGO_", name)
        }
        running = subprocess.Popen(
            [sys.executable, "-m", "coprod.start", "--port", str(port)],
            cwd=ROOT,
            env={**settings, "COPROD_DATA": data},
            stdout=subprocess.DEVNULL,
        )
        try:
            wait_for(f"{base}/readyz", running)
            yield base
        finally:
            running.terminate()
            running.wait(timeout=30)


def free_port() -> int:
    """Return a port on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, running: subprocess.Popen[bytes]) -> None:
    """Return when the address answers with 200.

    Raises:
        RuntimeError: the portal ended, or does not answer in time.
    """
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and running.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 -- the portal that we started
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    raise RuntimeError("The demonstration does not answer.")


if __name__ == "__main__":
    sys.exit(main())
