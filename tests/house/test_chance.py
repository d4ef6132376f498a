"""No test fails by chance: a short word may stand in the random keys that every form carries."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.tree import ROOT

# Of the letters that keys are written in. One of three letters is in one of some hundred pages.
SHORT = re.compile(r"[A-Za-z0-9_-]{1,3}")
PAGE = re.compile(r"\b(page|html|shown|text)\b|\.content\b")


def sought(source: str) -> Iterator[str]:
    """Yield the short words that a test looks for in the whole of a page."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], (ast.In, ast.NotIn)):
            continue
        word = node.left.value if isinstance(node.left, ast.Constant) else ""
        if isinstance(word, bytes):
            word = word.decode(errors="replace")
        if (
            isinstance(word, str)
            and SHORT.fullmatch(word)
            and PAGE.search(ast.unparse(node.comparators[0]))
        ):
            yield word


def test_no_test_looks_for_a_short_word_in_a_whole_page():
    found = {
        str(file.relative_to(ROOT)): words
        for file in sorted((ROOT / "tests").rglob("test_*.py"))
        if (words := list(sought(file.read_text())))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("assert 'Di' not in text(shown)", ["Di"]),
        ("assert b'Zed' in answer.content", ["Zed"]),
        ("assert 'Di Withdrawn' not in text(shown)", []),
        ("assert 'new' not in {first.slug}", []),
    ],
)
def test_the_search_finds_such_words(line, words):
    assert list(sought(line)) == words
