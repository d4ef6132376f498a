"""The words by which columns and private things are recognised: readable files in people/data."""

from __future__ import annotations

import tomllib
from pathlib import Path

_DATA = Path(__file__).resolve().parent.parent / "data"


def vocabulary(name: str) -> dict[str, dict[str, list[str]]]:
    """Return the tables of ``name``.toml."""
    return tomllib.loads((_DATA / f"{name}.toml").read_text("utf-8"))
