"""What every kind of cell has in common: nothing written in words, faults, keys to compare by."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from people.importing.shapes import Problem, Weight

FAULTS = {"#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
_NOTHING = {
    *("", "-", "--", "–", "—", ".", "?", "??", "x", "none", "n/a", "na", "n.a.", "n\\a", "nil"),
    *("null", "nan", "no", "not known", "unknown", "not given", "not stated", "tbc", "tba", "tbd"),
    *("0", "same", "same as above", "as above", "ditto", '"', "#n/a", "blank", "(blank)", "empty"),
}
_TITLES = re.compile(
    r"^(?:(?:mr|mrs|ms|miss|mx|dr|prof|professor|rev|revd|reverend|cllr|councillor|sir|dame|lady"
    r"|lord|master|hon|sister|brother|father|imam)\b\.?\s*)+(?=\S)",
    re.IGNORECASE,
)
_GARBLED = re.compile("[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|\ufffd")


@dataclass
class Found:
    """What the cells of a row tell while they are read: problems, in the order of the columns."""

    row: int
    problems: list[Problem] = field(default_factory=list)

    def note(self, column: str, message: str, code: str) -> None:
        """Say something that changes nothing."""
        self.problems.append(Problem(self.row, column, message, code, Weight.NOTE))

    def doubt(self, column: str, message: str, code: str) -> None:
        """Say something that a human has to look at."""
        self.problems.append(Problem(self.row, column, message, code, Weight.DOUBT))

    def refuse(self, column: str, message: str, code: str) -> None:
        """Say why the row cannot be brought in."""
        self.problems.append(Problem(self.row, column, message, code, Weight.REFUSAL))

    def weighs(self, weight: str) -> bool:
        """Return whether there is a problem of this weight."""
        return any(problem.weight == weight for problem in self.problems)


def is_nothing(text: str) -> bool:
    """Return whether a cell says in words that there is nothing: none, n/a, -, tbc, 0."""
    return text.casefold() in _NOTHING


def short(text: str, most: int = 60) -> str:
    """Return ``text`` in one line, cut where it is long: to be quoted in a message."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def one_line(text: str) -> str:
    """Return ``text`` without ends of lines and double spaces."""
    return " ".join(text.split())


def is_garbled(text: str) -> bool:
    """Return whether letters went wrong when the file was saved ("SiobhÃ¡n")."""
    return not text.isascii() and bool(_GARBLED.search(text))


def without_title(name: str) -> str:
    """Return ``name`` without Mrs, Dr …; unchanged where nothing else would be left."""
    return _TITLES.sub("", name).strip() or name


def name_key(name: str) -> str:
    """Return what two ways of writing one name have in common: no case, accents, points, title."""
    folded = unicodedata.normalize("NFKD", without_title(name).casefold())
    letters = "".join(" " if not one.isalnum() else one for one in folded if _is_seen(one))
    return " ".join(letters.split())


def _is_seen(letter: str) -> bool:
    # Apostrophes join (O'Neill, ONeill); marks and what has no width go.
    return letter not in "'’‘`ʼ" and unicodedata.category(letter) not in {"Mn", "Cf"}


def parts_of(text: str) -> tuple[str, ...]:
    """Return what a list in one cell holds: "Carers; MiR board" is two."""
    parts = re.split(r"[;\n|]|,\s", text)
    return tuple(part for part in map(one_line, parts) if not is_nothing(part))
