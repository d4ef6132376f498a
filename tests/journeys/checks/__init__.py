"""What every page has to be, whatever it is about: families of checks, each a list of faults.

``cheap(page)`` reads a page as it is, in one go: every page that a journey passes is asked.
``thorough(page)`` does to it what people do: more room between letters, letters of twice the size,
their own colours, Tab from end to end. The crawl over every page asks it, at two widths.
``README.md`` says which numbers of the list of accessibility checks each family answers.
"""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page

from .focus import unseen, walked

HERE = Path(__file__).parent
AT_ONCE = (HERE / "page.js").read_text()
STRESS = (HERE / "stress.js").read_text()
FORCED = (HERE / "forced.js").read_text()
FAMILY = re.compile(r'\bsay\("([a-z ]+)"')  # the names of the families in page.js


def cheap(page: Page) -> list[str]:
    """Return the faults that can be read off the page as it is."""
    return _lines(page, page.evaluate(AT_ONCE))


def widen(page: Page, width: int) -> None:
    """Make the window as wide as this, and wait until it is laid out."""
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def stressed(page: Page) -> list[str]:
    """Return what breaks with room between letters, with large ones, and with forced colours."""
    faults = _lines(page, page.evaluate(STRESS))
    page.emulate_media(forced_colors="active")
    faults += [f"{page.url}: {fault}" for fault in page.evaluate(FORCED)]
    page.emulate_media(forced_colors="none")
    return faults


def thorough(page: Page, kinds_seen: set[str]) -> list[str]:
    """Return what breaks when the page is used by keyboard: order, traps, focus that hides.

    Args:
        page: at the width to be tried.
        kinds_seen: controls whose focus was looked at on pages before; each kind once is enough.
    """
    faults = [*walked(page), *unseen(page, kinds_seen)]
    return [f"{page.url}: {fault}" for fault in faults]


def _lines(page: Page, found: dict[str, list[str]]) -> list[str]:
    return [f"{page.url}: {family}: {one}" for family, several in found.items() for one in several]
