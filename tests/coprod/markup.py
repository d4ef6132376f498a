"""Reads HTML as a browser does, so that tests compare what is meant and not how it is laid out."""

from __future__ import annotations

from typing import Any

import html5lib

# Attributes that are sets of words: their order means nothing.
WORD_SETS = {"class", "aria-describedby"}


def strictly(page: bytes | str) -> Any:
    """Return the document.

    Raises:
        html5lib.html5parser.ParseError: a browser would have to guess what was meant.
    """
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    document = parser.parse(page)
    for element in document.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]  # a drawing comes with its namespace
    return document


def fragment(html: str) -> list[Any]:
    """Return the elements of a piece of HTML, without spaces between them."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return [_plain(element) for element in parser.parseFragment(html)]


def find_all(document: Any, tag: str, **attributes: str) -> list[Any]:
    """Return the elements ``tag`` whose attributes have these values."""
    wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    return [
        element
        for element in document.iter(tag)
        if all(element.get(name) == value for name, value in wanted.items())
    ]


def words(element: Any) -> str:
    """Return what the element says."""
    return " ".join(" ".join(element.itertext()).split())


def _plain(element: Any) -> tuple[str, dict[str, Any], list[Any]]:
    attributes = {
        name: frozenset(value.split()) if name in WORD_SETS else value
        for name, value in element.attrib.items()
    }
    inside: list[Any] = [" ".join((element.text or "").split())]
    for child in element:
        inside += [_plain(child), " ".join((child.tail or "").split())]
    return (element.tag, attributes, [part for part in inside if part])
