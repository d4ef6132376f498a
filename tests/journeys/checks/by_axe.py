"""What axe finds, asked for six tags; and what it cannot tell, unless a reason stands here."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OPTIONS = {
    "runOnly": {"type": "tag", "values": list(TAGS)},
    "resultTypes": ["violations", "incomplete"],
}
# What axe is not sure of: rule and place, and why it is right there.
EXPLAINED = {
    ("color-contrast", ".gi-scroll *"): "cells beyond the edge of a scrolled table are like those "
    "inside it, which are measured",
    ("color-contrast", "dialog *"): "the browser draws an open dialog above the page, on white of "
    "its own; axe looks for the colour among what lies below",
    ("color-contrast", "svg text"): "ink on white paper, 15.8 to 1, in a drawing that is hidden "
    "from screen readers",
}
UNEXPLAINED = """([found, explained]) => found.filter(([rule, target]) => {
    const one = document.querySelector(target);
    return !explained.some(([known, place]) => known === rule && one?.matches(place));
})"""


class Judge:
    """axe, loaded once."""

    def __init__(self) -> None:
        self._axe = Axe()

    def __call__(self, page: Page) -> list[str]:
        """Return the accessibility faults of the page as it is now, one a line."""
        found = self._axe.run(page, options=OPTIONS).response
        faults = [
            f"{page.url}: {one['id']} ({one['help']}): {node['html']}"
            for one in found["violations"]
            for node in one["nodes"]
        ]
        unsure = [
            [one["id"], node["target"][0]] for one in found["incomplete"] for node in one["nodes"]
        ]
        if unsure:
            unsure = page.evaluate(UNEXPLAINED, [unsure, [list(key) for key in EXPLAINED]])
        return faults + [f"{page.url}: {rule} (axe cannot tell): {where}" for rule, where in unsure]
