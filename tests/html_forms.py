"""Reads the forms of a page as a browser does, so that a test sends what a person would send."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

Data = dict[str, list[str]]
Attributes = dict[str, str | None]
WRITTEN_INTO = frozenset({"text", "email", "tel"})
PRESSED = frozenset({"submit", "button", "file", "image"})  # or chosen: nothing that a page says
TICKED = frozenset({"checkbox", "radio"})


@dataclass
class HtmlForm:
    """One form of a page: where it goes, and what it would send without another touch."""

    action: str
    method: str
    data: Data = field(default_factory=dict)
    boxes: set[str] = field(default_factory=set)  # the names of what one writes into
    buttons: set[str] = field(default_factory=set)  # the names of what one presses


def forms_of(page: bytes | str, address: str) -> list[HtmlForm]:
    """Return the forms of a page that stands at ``address``."""
    reader = _Reader(address)
    reader.feed(page if isinstance(page, str) else page.decode())
    reader.close()
    return reader.forms


def form_to(page: bytes | str, address: str, action: str) -> HtmlForm:
    """Return the one form of the page that is sent to ``action`` by POST."""
    found = [
        one
        for one in forms_of(page, address)
        if one.method == "post" and one.action.partition("?")[0] == action.partition("?")[0]
    ]
    assert found, f"{address} has no form that goes to {action}"
    return found[0]


class _Reader(HTMLParser):
    """Notes the controls of each form. That pages are well made, others test."""

    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.forms: list[HtmlForm] = []
        self.form: HtmlForm | None = None
        self.area = ""  # the name of the box that is being read
        self.text: list[str] | None = None
        self.select = ""
        self.options: list[Attributes] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found: Attributes = dict(attrs)
        if tag == "form":
            action = urljoin(self.address, found.get("action") or self.address)
            self.form = HtmlForm(action, (found.get("method") or "get").lower())
            self.forms.append(self.form)
        elif tag == "option":
            self.options.append(found)
        elif self.form is not None and tag in {"button", "input", "textarea", "select"}:
            self._control(self.form, tag, found, found.get("name") or "")

    def _control(self, form: HtmlForm, tag: str, found: Attributes, name: str) -> None:
        if tag == "button":
            form.buttons.add(name)
        elif tag == "input":
            self._input(form, found, name)
        elif tag == "textarea":
            form.boxes.add(name)
            self.area, self.text = name if "disabled" not in found else "", []
        else:
            self.select, self.options = name if "disabled" not in found else "", []

    def _input(self, form: HtmlForm, found: Attributes, name: str) -> None:
        kind = found.get("type") or "text"
        if kind in WRITTEN_INTO:
            form.boxes.add(name)
        off = kind in TICKED and "checked" not in found
        if name and "disabled" not in found and kind not in PRESSED and not off:
            value = found.get("value", "on" if kind in TICKED else "")
            form.data.setdefault(name, []).append(value or "")

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "textarea" and self.form is not None:
            self._say(self.area, ["".join(self.text or []).removeprefix("\n")])
            self.text = None
        elif tag == "select" and self.form is not None:
            chosen = [one for one in self.options if "selected" in one] or self.options[:1]
            self._say(self.select, [one.get("value") or "" for one in chosen])

    def _say(self, name: str, values: list[str]) -> None:
        if self.form is not None and name and values:
            self.form.data.setdefault(name, []).extend(values)
