"""What a consent is limited to, in words: a higher floor names its own things by ``name_with``."""

from __future__ import annotations

from collections.abc import Callable, Iterable

# The part before the colon of “opportunity:12” → keys to the names of what they are keys of.
Names = Callable[[set[str]], dict[str, str]]
_NAMES: dict[str, Names] = {}


def name_with(kind: str, names: Names) -> None:
    """From now on ``names`` gives the words for everything of this kind."""
    _NAMES[kind] = names


def names_of(abouts: Iterable[str]) -> dict[str, str]:
    """Return the name of each that has one, with one query for each kind."""
    keys: dict[str, set[str]] = {}
    for about in abouts:
        kind, colon, key = about.partition(":")
        if colon and kind in _NAMES and key.isdecimal():
            keys.setdefault(kind, set()).add(key)
    return {
        f"{kind}:{key}": name
        for kind, wanted in keys.items()
        for key, name in _NAMES[kind](wanted).items()
    }
