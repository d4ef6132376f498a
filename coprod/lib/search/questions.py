"""What somebody typed, as words to look for. Nothing of it is ever an operator of a database."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 200  # letters of a question; the rest is dropped
MOST_WORDS = 10
# What Unicode does not take apart, though people type it without. Apostrophes join: carer's is
# carers, O'Brien is obrien. The indexes replace the same letters.
ALIKE = {
    "ł": "l",
    "Ł": "L",
    "ø": "o",
    "Ø": "O",
    "đ": "d",
    "Đ": "D",
    "ı": "i",
    "ß": "ss",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "æ": "ae",
    "Æ": "AE",
    "œ": "oe",
    "Œ": "OE",
    "'": "",
    "’": "",
    "ʼ": "",
}
# Words that say nothing beside others; alone they are looked for like any other.
_FILLING = frozenset(
    re.findall(
        r"\w+",
        """
a an and are as at be been but by can could did do does for from had has have he her his
how i if in into is it its me my of on or our she so some such that the their them then
there these they this to us was we were what when where which who will with would you your
""",
    )
)
_TOGETHER = "co"  # co-production, coproduction
_SHORTEST_JOINED = 6


@dataclass(frozen=True)
class Word:
    """One typed word, in the parts that punctuation cuts it into: "co-design" has two."""

    parts: tuple[str, ...]

    @property
    def spellings(self) -> tuple[tuple[str, ...], ...]:
        """Each way in which it may be written, as parts that follow each other."""
        if len(self.parts) > 1:
            return (self.parts, ("".join(self.parts),))
        only = self.parts[0]
        if only.startswith(_TOGETHER) and len(only) >= _SHORTEST_JOINED:
            return (self.parts, (_TOGETHER, only.removeprefix(_TOGETHER)))
        return (self.parts, *_of_many(only))


def _of_many(word: str) -> tuple[tuple[str, ...], ...]:
    """Return what Porter does not know to be the same word: "bus" and "buses"."""
    if word.endswith("ses"):
        return ((word.removesuffix("es"),),)
    return ((word + "es",),) if word.endswith("s") and not word.endswith("ss") else ()


def clean(words: str) -> str:
    """Return the question as it is shown: no NUL (PostgreSQL refuses it), single spaces, capped."""
    return " ".join(words[:LONGEST].replace("\x00", " ").split())


def words_of(question: str, *, names: bool = False) -> list[Word]:
    """Return the words to look for, in order; those that say nothing only where all are such.

    In ``names`` every word says something: Will, An, My.
    """
    typed = [Word(parts) for one in clean(question).split() if (parts := _parts(one))]
    if names:
        return typed[:MOST_WORDS]
    telling = [word for word in typed if word.parts[0] not in _FILLING or len(word.parts) > 1]
    return (telling or typed)[:MOST_WORDS]


def single_words(question: str) -> list[str]:
    """Return the words that are looked for, as they were typed."""
    wanted = {word.parts for word in words_of(question)}
    return [typed for typed in dict.fromkeys(clean(question).split()) if _parts(typed) in wanted]


def _parts(typed: str) -> tuple[str, ...]:
    apart = unicodedata.normalize("NFKD", typed)
    folded = "".join(ALIKE.get(letter, letter) for letter in apart)
    return tuple("".join(_kept(letter) for letter in folded).lower().split())


def _kept(letter: str) -> str:
    if "\u0300" <= letter <= "\u036f":
        return ""  # an accent
    return letter if unicodedata.category(letter)[0] in "LMN" else " "
