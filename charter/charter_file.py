"""Reads the file that a charter is kept in (charter/data/charter.toml shows every key)."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coprod.lib.days import add_months

from .models import CommitmentKind

DEFAULT = Path(__file__).parent / "data" / "charter.toml"


class CharterFileError(Exception):
    """The file does not hold a charter; the message says what to put right."""


@dataclass(frozen=True)
class Promise:
    """One commitment as the file has it."""

    kind: str
    slug: str
    heading: str
    explanation: str


@dataclass(frozen=True)
class CharterFile:
    """What the file says. ``contributors``: [{"group": …, "names": […]}]."""

    version: str
    title: str
    definition: str
    published_on: dt.date
    review_due_on: dt.date
    contributors: list[dict[str, Any]]
    commitments: list[Promise]


def read(path: Path = DEFAULT) -> CharterFile:
    """Return the charter in ``path``.

    Raises:
        CharterFileError: a key is missing, or a month or a list is not one.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        return CharterFile(
            version=found["version"],
            title=found["title"],
            definition=found["definition"].strip(),
            published_on=first_day(found["published"]),
            review_due_on=last_day(found["review_due"]),
            contributors=[_group(one) for one in found["contributors"]],
            commitments=[_promise(one) for one in found["commitments"]],
        )
    except KeyError as missing:
        raise CharterFileError(f"{path} says nothing about {missing}.") from missing
    except (OSError, ValueError) as fault:
        raise CharterFileError(f"{path} cannot be read as a charter: {fault}") from fault


def first_day(month: str) -> dt.date:
    """Return the first day of a month like “2024-09”."""
    return dt.datetime.strptime(f"{month}-01", "%Y-%m-%d").date()  # noqa: DTZ007 -- a day, no time


def last_day(month: str) -> dt.date:
    """Return the last day of a month: what is due in June is late from the first of July."""
    return add_months(first_day(month), 1) - dt.timedelta(days=1)


def _group(entry: dict[str, Any]) -> dict[str, Any]:
    return {"group": entry["group"], "names": list(entry["names"])}


def _promise(entry: dict[str, Any]) -> Promise:
    return Promise(
        kind=CommitmentKind(entry["list"]).value,
        slug=entry["slug"],
        heading=entry["heading"].strip(),
        explanation=entry["explanation"].strip(),
    )
