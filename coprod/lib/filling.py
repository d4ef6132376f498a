"""Fills what somebody typed before into the form of a finished page, as a browser would.

The page is drawn as always, and then the values of its controls are put in their places. So every
form can be filled, whoever drew it, and nothing is validated, sent or saved on the way.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

Typed = Mapping[str, list[str]]
# Never filled in: what is new on every page, what is not typed, and what no page shows again.
OWN = frozenset({"csrfmiddlewaretoken", "once"})
SKIPPED = frozenset({"submit", "button", "reset", "image", "file", "password"})
TICKED = frozenset({"checkbox", "radio"})
Attributes = dict[str, str | None]


def fill(page: str, *, stands_at: str, goes_to: str, typed: Typed) -> str | None:
    """Return ``page`` with ``typed`` in its form; None where it has no such form.

    Args:
        page: a whole page as HTML.
        stands_at: the address of the page.
        goes_to: the path that the form is sent to.
        typed: the values by the name of their control, as they were sent.
    """
    reader = _Reader(page, stands_at, goes_to, typed)
    reader.feed(page)
    reader.close()
    return reader.filled() if reader.found else None


class _Reader(HTMLParser):
    """Notes which pieces of the page to write anew; all others stay as they are, to the letter."""

    def __init__(self, page: str, stands_at: str, goes_to: str, typed: Typed) -> None:
        super().__init__(convert_charrefs=False)
        self.page, self.stands_at, self.goes_to = page, stands_at, goes_to
        self.left = {name: list(values) for name, values in typed.items() if name not in OWN}
        self.typed = typed
        self.found = self.inside = False
        self.select = ""
        self.text_from: int | None = None
        self.new_text = ""
        self.edits: list[tuple[int, int, str]] = []
        self.lines = list(_beginnings(page))

    def here(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def filled(self) -> str:
        pieces, at = [], 0
        for start, end, new in self.edits:
            pieces += [self.page[at:start], new]
            at = end
        return "".join([*pieces, self.page[at:]])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found: Attributes = dict(attrs)
        if tag == "form" and not self.found:
            self.found = self.inside = self._is_ours(found)
        elif self.inside and tag == "option":
            self._option(found)
        elif self.inside and tag in {"input", "textarea", "select"}:
            self._control(tag, found, found.get("name") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.select = ""
        elif tag == "textarea" and self.text_from is not None:
            self.edits.append((self.text_from, self.here(), "\n" + html.escape(self.new_text)))
            self.text_from = None

    def _is_ours(self, form: Attributes) -> bool:
        address = urljoin(self.stands_at, form.get("action") or self.stands_at)
        is_post = (form.get("method") or "").lower() == "post"
        return is_post and urlsplit(address).path == self.goes_to

    def _control(self, tag: str, found: Attributes, name: str) -> None:
        if not name or name in OWN or "disabled" in found:
            return
        if tag == "select":
            self.select = name
        elif tag == "textarea":
            self._text_area(name)
        else:
            self._input(found, name, (found.get("type") or "text").lower())

    def _text_area(self, name: str) -> None:
        if self.left.get(name):
            self.new_text = self.left[name].pop(0)
            self.text_from = self.here() + len(self.get_starttag_text() or "")

    def _input(self, found: Attributes, name: str, kind: str) -> None:
        if kind in TICKED:
            self._mark(found, "checked", (found.get("value") or "on") in self.typed.get(name, []))
        elif kind == "hidden" and len(self.typed.get(name, [])) != 1:
            return  # which of several belongs to which row, only the page knows
        elif kind not in SKIPPED and self.left.get(name):
            self._write("input", found | {"value": self.left[name].pop(0)})

    def _option(self, found: Attributes) -> None:
        if self.select and self.select in self.typed:
            self._mark(found, "selected", found.get("value") in self.typed[self.select], "option")

    def _mark(self, found: Attributes, word: str, on: bool, tag: str = "input") -> None:
        if on != (word in found):
            rest = {name: value for name, value in found.items() if name != word}
            self._write(tag, rest | ({word: None} if on else {}))

    def _write(self, tag: str, attributes: Attributes) -> None:
        words = (
            f" {name}" if value is None else f' {name}="{html.escape(value)}"'
            for name, value in attributes.items()
        )
        start = self.here()
        end = start + len(self.get_starttag_text() or "")
        self.edits.append((start, end, f"<{tag}{''.join(words)}>"))


def _beginnings(page: str) -> Iterator[int]:
    """Return where each line begins, as HTMLParser counts lines."""
    yield 0
    for at, letter in enumerate(page):
        if letter == "\n":
            yield at + 1
