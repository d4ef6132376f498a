"""What two pieces of HTML have to have in common to be the same control.

``alike(html)`` is a tree: elements, their attributes, their words. Ids and names are counted in the
order in which they come, so ``id_phone_error`` and ``phone-error`` are the same when both are the
second; whatever points to an id (a label, a description, a link) points to that number, or to
"nowhere".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.coprod.markup import fragment

Tree = list[Any]
DEFINES = "id"
POINTS = ("for", "aria-describedby", "aria-controls", "data-aria-controls", "aria-labelledby")
# On purpose ours alone: small bold labels, what is wrong is marked for screen readers, words for
# translators, a module of our own that reveals fields, and classes of the house.
OUR_CLASSES = {"govuk-label--s", "govuk-fieldset__legend--s"}
OUR_ATTRIBUTES = {"aria-invalid"}
THEIR_MODULES = {"govuk-radios", "govuk-checkboxes"}
OUR_WORDS = {
    "There is a problem": "Two things to put right",
    "You can enter up to 10 characters": "You can write up to 10 letters",
}


def alike(html: str, *, their_words: bool = False) -> Tree:
    """Return the tree; with ``their_words`` what govuk-frontend says becomes what we say."""
    tree = fragment(html)
    ids = _numbered(tree, DEFINES)
    names = _numbered(tree, "name")
    words = OUR_WORDS if their_words else {}
    return [_plain(part, ids, names, words) for part in tree]


def _numbered(tree: Tree, attribute: str) -> dict[str, str]:
    found = dict.fromkeys(value for value in _values(tree, attribute) if value)
    return {value: f"{attribute} {number}" for number, value in enumerate(found, start=1)}


def _values(tree: Tree, attribute: str) -> Iterator[str]:
    for part in tree:
        if not isinstance(part, str):
            _tag, attributes, inside = part
            yield attributes.get(attribute, "")
            yield from _values(inside, attribute)


def _plain(part: Any, ids: dict[str, str], names: dict[str, str], words: dict[str, str]) -> Any:
    if isinstance(part, str):
        return words.get(part, part)
    tag, attributes, inside = part
    kept = {name: _value(name, value, ids, names) for name, value in attributes.items()}
    kept = {name: value for name, value in kept.items() if _counts(name, value)}
    return (tag, kept, [_plain(one, ids, names, words) for one in inside])


def _value(name: str, value: Any, ids: dict[str, str], names: dict[str, str]) -> Any:
    if name == "class":
        return frozenset(one for one in value - OUR_CLASSES if not one.startswith("gi-"))
    if name in POINTS:
        pointed = value if isinstance(value, frozenset) else frozenset(value.split())
        return frozenset(ids.get(one, "nowhere") for one in pointed)
    if name == "href" and value.startswith("#"):
        return ids.get(value[1:], "nowhere")
    return {DEFINES: ids, "name": names}.get(name, {}).get(value, value)


def _counts(name: str, value: Any) -> bool:
    ours = name in OUR_ATTRIBUTES or name.startswith("data-i18n")
    return not ours and not (name == "data-module" and value in THEIR_MODULES)
