"""Somebody at a browser, who looks at every page they come to.

    officer = Visitor(page_at(320, user=officer), looks_right)
    officer.open("/staff/")
    officer.follow("Our briefs")
    officer.write("Title", "Help choose who runs our home care")
    officer.press("Save")
    officer.reads("Saved.")

What a visitor does waits until the next page is there; what a visitor reads has to be visible.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

expect.set_options(timeout=15_000)  # milliseconds; two cores are shared with another browser
# What a form would send now, without what is new on every page. Passwords are never shown again.
TYPED = """form => [...new FormData(form)].filter(([name]) =>
    !["csrfmiddlewaretoken", "token", "once"].includes(name)
    && form.elements[name]?.type !== "password"
).map(([name, value]) => `${name}=${value}`)"""
# Whether links lead to places that follow one another on the page.
IN_ORDER = """links => links.map((one) => document.getElementById(one.hash.slice(1))).every(
    (one, number, all) => number === 0 || all[number - 1] === one
        || all[number - 1].compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING
)"""
# Whether the focus can be seen where it is: in the window, and drawn otherwise than without it.
SEEN = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect();
    const drawn = () => {
        const styles = [getComputedStyle(one)];
        const label = one.matches("[type=radio], [type=checkbox]") && one.nextElementSibling;
        if (label) styles.push(getComputedStyle(label), getComputedStyle(label, "::before"));
        return styles.map((style) => [style.outline, style.boxShadow, style.backgroundColor,
            style.borderColor].join()).join();
    };
    const focused = drawn();
    one.blur();
    const plain = drawn();
    one.focus({preventScroll: true});
    const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
    return inside && focused !== plain;
}"""


class Visitor:
    """Somebody at a browser."""

    def __init__(self, page: Page, look: Callable[[Page], None]) -> None:
        self.page = page
        self._look = look

    # --- Coming to a page ------------------------------------------------------------------------
    def open(self, address: str) -> None:
        """Type an address."""
        self.page.goto(address)
        self.look()

    def follow(self, words: str, *, number: int = 0) -> None:
        """Press a link of the page itself."""
        self.go_by(self.main.get_by_role("link", name=words).nth(number))

    def press(self, words: str) -> None:
        """Press a button of the page itself, by its whole name."""
        self.go_by(self.button(words))

    def go_by(self, link: Locator) -> None:
        """Press whatever leads to another page, and look at that page."""
        with self.page.expect_navigation():
            link.click()
        self.look()

    def look(self) -> None:
        """Judge the page as it is now."""
        self._look(self.page)

    # --- What is on it ---------------------------------------------------------------------------
    @property
    def main(self) -> Locator:
        """The page without its header and footer."""
        return self.page.get_by_role("main")

    @property
    def path(self) -> str:
        """The address of the page, without the server's."""
        return re.sub(r"^https?://[^/]+", "", self.page.url)

    def button(self, words: str) -> Locator:
        """A button by its whole name."""
        return self.main.get_by_role("button", name=words, exact=True)

    def reads(self, *texts: str) -> None:
        """Every one of ``texts`` is there to be read."""
        for text in texts:
            expect(self.main.get_by_text(text).first).to_be_visible()

    def misses(self, *texts: str) -> None:
        """None of ``texts`` is on the page."""
        for text in texts:
            expect(self.page.get_by_text(text)).to_have_count(0)

    def is_at(self, heading: str) -> None:
        """The page has this heading."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)

    # --- Writing ---------------------------------------------------------------------------------
    def field(self, label: str) -> Locator:
        """The one box whose label begins so."""
        labelled = self.main.get_by_label(re.compile("^" + re.escape(label)))
        return labelled.and_(self.page.locator("input, textarea, select"))

    def write(self, label: str, text: str) -> None:
        """Write into a box."""
        self.field(label).fill(text)

    def choose(self, question: str, answer: str) -> None:
        """Choose or tick one of the answers to a question."""
        asked = self.main.get_by_role("group", name=question)
        asked.get_by_label(answer, exact=True).check()

    def tick(self, label: str) -> None:
        """Tick a box that stands alone."""
        self.main.get_by_label(label, exact=True).check()

    def write_day(self, question: str, day: dt.date | None) -> None:
        """Write a day into the three boxes of a question."""
        asked = self.main.get_by_role("group", name=question)
        parts = [str(day.day), str(day.month), str(day.year)] if day else [""] * 3
        for label, part in zip(("Day", "Month", "Year"), parts, strict=True):
            asked.get_by_label(label, exact=True).fill(part)

    # --- Being refused ---------------------------------------------------------------------------
    def typed(self, button: str) -> list[str]:
        """What the form of a button would send now."""
        return self.button(button).evaluate(f"one => ({TYPED})(one.form)")

    def is_refused(self, button: str, *errors: str) -> None:
        """Press ``button`` in vain: exactly ``errors`` are said, and everything typed is kept.

        The title says "Error: " first, the summary has the focus, and each of its links leads to a
        field that is marked, or stands in a group that is, in the order of the page.
        """
        before = self.typed(button)
        self.press(button)
        assert self.page.title().startswith("Error: "), self.page.title()
        summary = self.page.locator(".govuk-error-summary")
        expect(summary).to_be_focused()
        said = summary.locator("li").all_inner_texts()
        assert said == list(errors), f"{self.path} says {said}"
        assert self.typed(button) == before, f"{self.path} forgot what was typed"
        links = summary.locator("li a")
        assert links.evaluate_all(IN_ORDER), f"{self.path} says it in another order: {said}"
        for number in range(links.count()):
            self._leads_to_its_field(links.nth(number))

    def _leads_to_its_field(self, link: Locator) -> None:
        link.click()
        field = self.page.locator(":focus")
        expect(field).to_have_attribute("id", (link.get_attribute("href") or "")[1:])
        marked = field.evaluate(
            "one => one.getAttribute('aria-invalid') === 'true'"
            " || one.closest('.govuk-form-group--error') !== null"
        )
        assert marked, f"{self.path}: {link.inner_text()} leads to a field that is not marked"

    # --- By keyboard -----------------------------------------------------------------------------
    def tab_to(self, target: Locator, *, limit: int = 150) -> None:
        """Press Tab until ``target`` has the focus; each stop on the way has to be seen."""
        for _stop in range(limit):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("document.activeElement === document.body"):
                continue
            here = self.page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
            assert self.page.evaluate(SEEN), f"{self.path}: the focus is not seen on {here}"
            if target.evaluate("one => one === document.activeElement"):
                return
        raise AssertionError(f"{self.path}: Tab does not come to {target}")

    def enter(self) -> None:
        """Press Enter where the focus is, and look at the page that comes."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look()


def code_of(mailbox: list) -> str:
    """Return the code in the newest letter, as it is written there."""
    found = re.search(r"^\s*(\d{4}-?\d{4})\s*$", mailbox[-1].body, re.MULTILINE)
    assert found, mailbox[-1].body
    return found[1]


def sign_in_by_code(visitor: Visitor, address: str, mailbox: list) -> None:
    """Sign in with a code that comes by e-mail, from the page that asks for the address."""
    visitor.write("Your e-mail address", address)
    visitor.press("Sign in")
    assert mailbox[-1].to == [address]
    visitor.write("The code from the e-mail", code_of(mailbox))
    visitor.press("Go on")


def path_in(text: str, beginning: str) -> str:
    """Return the first address in a letter whose path begins so, without the server."""
    found = re.search(r"https?://[^/\s]+(" + re.escape(beginning) + r"\S*)", text)
    assert found, text
    return found[1]
