"""What axe finds, asked for six tags; and what it cannot tell, unless a reason stands here."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OPTIONS = {
    "runOnly": {"type": "tag", "values": list(TAGS)},
    "resultTypes": ["violations", "incomplete"],
    # The one rule that would read every style sheet again is an experiment, in none of the tags.
    "preload": {"assets": ["media"]},
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
IS_LOADED = "typeof axe === 'object'"
# What axe says fills half a megabyte, and carrying it out of the page costs as much as finding it:
# only what is read below leaves the page.
ASK = """async ([options, explained]) => {
    const {violations, incomplete} = await axe.run(options);
    const isExplained = (rule, one) => explained.some(
        ([known, place]) => known === rule && one?.matches(place));
    return {
        faults: violations.flatMap((one) => one.nodes.map(
            (node) => `${one.id} (${one.help}): ${node.html}`)),
        unsure: incomplete.flatMap((one) => one.nodes.map((node) => node.target[0])
            .filter((target) => !isExplained(one.id, document.querySelector(target)))
            .map((target) => `${one.id} (axe cannot tell): ${target}`)),
    };
}"""


class Judge:
    """axe, asked on a page."""

    def __call__(self, page: Page) -> list[str]:
        """Return the accessibility faults of the page as it is now, one a line."""
        if not page.evaluate(IS_LOADED):
            page.evaluate(AXE_SCRIPT)
        found = page.evaluate(ASK, [OPTIONS, [list(key) for key in EXPLAINED]])
        return [f"{page.url}: {one}" for one in (*found["faults"], *found["unsure"])]
