"""Every address of the portal, as Django's own table of addresses has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Door:
    """One address: its name (with namespaces), its view, its arguments, and how it is written."""

    name: str
    view: object
    arguments: tuple[str, ...]
    route: str

    @property
    def is_public(self) -> bool:
        """Whether the view carries ``login_not_required``."""
        return not getattr(self.view, "login_required", True)


def doors() -> list[Door]:
    """Return every address of the portal."""
    return list(_walk(get_resolver().url_patterns, "", (), ""))


def _walk(patterns: list, space: str, outer: tuple[str, ...], path: str) -> Iterator[Door]:
    for one in patterns:
        arguments, route = outer + _arguments(one), path + str(one.pattern)
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one.url_patterns, inner, arguments, route)
        elif one.name:
            yield Door(space + one.name, one.callback, arguments, route)
        elif not space.startswith("admin:"):
            pytest.fail(f"Give the address {one.pattern} a name, so that it can be walked")


def _arguments(one: URLPattern | URLResolver) -> tuple[str, ...]:
    named = one.pattern.regex.groupindex if hasattr(one.pattern, "regex") else {}
    return tuple({**dict.fromkeys(named), **dict.fromkeys(one.pattern.converters)})
