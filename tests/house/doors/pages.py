"""Reads the forms of a page: what a browser would send, if nothing was touched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import html5lib

XHTML = "{http://www.w3.org/1999/xhtml}"
Data = dict[str, list[str]]


@dataclass
class PageForm:
    """One form: where it goes, how, its values as they stand, and what could be chosen."""

    action: str
    method: str
    data: Data = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    chosen: Data = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys((*self.written, *self.chosen)))


def forms_on(body: bytes, address: str) -> list[PageForm]:
    """Return the forms of the page at ``address``."""
    tree = html5lib.parse(body.decode())
    return [_form(element, address) for element in tree.iter(f"{XHTML}form")]


def _form(element: Any, address: str) -> PageForm:
    form = PageForm(element.get("action") or address, (element.get("method") or "get").upper())
    for control in _controls(element):
        _READ[control.tag.removeprefix(XHTML)](form, control)
    return form


def _controls(element: Any) -> Iterator[Any]:
    for one in element.iter():
        if str(one.tag).removeprefix(XHTML) in _READ and one.get("name"):
            yield one


def _input(form: PageForm, control: Any) -> None:
    name, kind, value = control.get("name"), control.get("type", "text"), control.get("value", "")
    if kind in {"checkbox", "radio"}:
        form.chosen.setdefault(name, []).append(value)
        if control.get("checked") is not None:
            form.data.setdefault(name, []).append(value)
    elif kind == "hidden":
        form.data.setdefault(name, []).append(value)
    elif kind not in {"file", "submit", "button", "image"}:
        form.written.append(name)
        form.data.setdefault(name, []).append(value)


def _text_area(form: PageForm, control: Any) -> None:
    form.written.append(control.get("name"))
    form.data.setdefault(control.get("name"), []).append("".join(control.itertext()))


def _select(form: PageForm, control: Any) -> None:
    options = list(control.iter(f"{XHTML}option"))
    name = control.get("name")
    form.chosen.setdefault(name, []).extend(one.get("value", "") for one in options)
    picked = [one for one in options if one.get("selected") is not None] or options[:1]
    form.data.setdefault(name, []).extend(one.get("value", "") for one in picked)


def _button(form: PageForm, control: Any) -> None:
    form.chosen.setdefault(control.get("name"), []).append(control.get("value", ""))


_READ = {"input": _input, "textarea": _text_area, "select": _select, "button": _button}
