"""Reads the forms of a page as a browser does, so that a test sends what a person would send."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

Data = dict[str, list[str]]
Attributes = dict[str, str | None]
PRESSED = frozenset({"submit", "button", "file", "image"})  # or chosen: nothing that a page says
TICKED = frozenset({"checkbox", "radio"})


@dataclass
class HtmlForm:
    """One form of a page: where it goes, and what it would send without another touch."""

    action: str
    method: str  # in small letters
    data: Data = field(default_factory=dict)
    written: list[str] = field(default_factory=list)  # the names of what one writes into
    chosen: Data = field(default_factory=dict)  # and of what one chooses from or presses
    buttons: set[str] = field(default_factory=set)

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys((*self.written, *self.chosen)))


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
        if not name or "disabled" in found:
            name = ""
        if tag == "button" and name:
            form.buttons.add(name)
            form.chosen.setdefault(name, []).append(found.get("value") or "")
        elif tag == "input" and name:
            self._input(form, found, name)
        elif tag == "textarea":
            form.written += [name] if name else []
            self.area, self.text = name, []
        elif tag == "select":
            self.select, self.options = name, []

    def _input(self, form: HtmlForm, found: Attributes, name: str) -> None:
        kind = found.get("type") or "text"
        value = found.get("value", "on" if kind in TICKED else "") or ""
        if kind in TICKED:
            form.chosen.setdefault(name, []).append(value)
        elif kind not in PRESSED and kind != "hidden":
            form.written.append(name)
        if kind not in PRESSED and (kind not in TICKED or "checked" in found):
            form.data.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "textarea" and self.form is not None:
            self._say(self.area, ["".join(self.text or []).removeprefix("\n")])
            self.text = None
        elif tag == "select" and self.form is not None and self.select:
            chosen = [one for one in self.options if "selected" in one] or self.options[:1]
            every = self.form.chosen.setdefault(self.select, [])
            every += [one.get("value") or "" for one in self.options]
            self._say(self.select, [one.get("value") or "" for one in chosen])

    def _say(self, name: str, values: list[str]) -> None:
        if self.form is not None and name and values:
            self.form.data.setdefault(name, []).extend(values)
