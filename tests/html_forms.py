"""Reads the forms of a page as a browser does, so that a test sends what a person would send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import html5lib

CONTROLS = {"input", "textarea", "select"}
Data = dict[str, list[str]]


@dataclass
class HtmlForm:
    """One form of a page: where it goes, and what it would send without another touch."""

    action: str
    method: str
    data: Data
    boxes: set[str]  # the names of what one writes into


def forms_of(page: bytes | str, address: str) -> list[HtmlForm]:
    """Return the forms of a page that stands at ``address``."""
    document = html5lib.parse(page, namespaceHTMLElements=False)
    return [
        HtmlForm(
            action=urljoin(address, form.get("action") or address),
            method=form.get("method", "get").lower(),
            data=_data(form),
            boxes={one.get("name") for one in form.iter() if _is_written_into(one)},
        )
        for form in document.iter("form")
    ]


def form_to(page: bytes | str, address: str, action: str) -> HtmlForm:
    """Return the one form of the page that is sent to ``action`` by POST."""
    found = [
        one
        for one in forms_of(page, address)
        if one.method == "post" and one.action.partition("?")[0] == action.partition("?")[0]
    ]
    assert found, f"{address} has no form that goes to {action}"
    return found[0]


def _is_written_into(control: Any) -> bool:
    written = control.tag == "input" and control.get("type", "text") in {"text", "email", "tel"}
    return control.tag == "textarea" or written


def _data(form: Any) -> Data:
    data: Data = {}
    for control in form.iter():
        if control.tag not in CONTROLS or control.get("disabled") is not None:
            continue
        for value in _values(control):
            if control.get("name"):
                data.setdefault(control.get("name"), []).append(value)
    return data


def _values(control: Any) -> list[str]:
    if control.tag == "textarea":
        return ["".join(control.itertext())]
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [one for one in options if one.get("selected") is not None]
        return [one.get("value", "") for one in (chosen or options[:1])]
    kind = control.get("type", "text")
    if kind in {"submit", "button", "file", "image"}:
        return []
    if kind in {"checkbox", "radio"}:
        return [control.get("value", "on")] if control.get("checked") is not None else []
    return [control.get("value", "")]
