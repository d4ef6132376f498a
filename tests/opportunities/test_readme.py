"""The room's README says what the tables say."""

from __future__ import annotations

from pathlib import Path

from coprod.lib.lifecycle import diagram
from opportunities.lifecycle import MOVES

README = Path(__file__).resolve().parents[2] / "opportunities" / "README.md"


def test_the_readme_shows_the_life_of_a_brief_as_it_is():
    assert diagram(MOVES) in README.read_text()
