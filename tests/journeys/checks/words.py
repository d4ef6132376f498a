"""How many years of school a text asks for: Flesch and Kincaid's grade."""

from __future__ import annotations

import re

SENTENCE = re.compile(r"[.!?:;]+(?=\s|$)|\n+")
WORD = re.compile(r"[A-Za-z’']+")
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(r"(?<=[^aeiouyl])e$|(?<=[^aeioutd])ed$")
GRADE = 9  # a text of ours asks for no more


def syllables(word: str) -> int:
    """Return about how many syllables an English word has."""
    bare = re.sub(r"[^a-z]", "", word.lower())
    return max(1, len(VOWELS.findall(SILENT.sub("", bare))))


def grade(text: str) -> float:
    """Return the grade; 0 for a text without words."""
    sentences = [part for part in SENTENCE.split(text) if WORD.search(part)]
    words = WORD.findall(text)
    if not words:
        return 0
    return (
        0.39 * len(words) / len(sentences)
        + 11.8 * sum(syllables(word) for word in words) / len(words)
        - 15.59
    )
