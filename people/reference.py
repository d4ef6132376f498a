"""Loads reference data from readable files: towns and wards, equality questions, topics."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from .models import EqualityQuestion, Topic, Town, Ward

DATA = Path(__file__).resolve().parent / "data"
# The six towns stay; these wards ended when the borough was redrawn. The ones after them are not
# in this file, because no list of them with codes was at hand: bring one with ``load_wards FILE``.
WARDS = DATA / "wards_2004_2026.csv"
QUESTIONS = DATA / "equality_questions.json"
TOPICS = DATA / "topics.json"
COLUMNS = {"code", "name", "town", "valid_from", "valid_to"}


class BadFile(ValueError):  # noqa: N818 -- an answer to a person, not a fault of the program
    """The file cannot be read as it stands. ``str(error)`` says which line, and what to do."""


@transaction.atomic
def load_wards(file: Path = WARDS, *, say: Callable[[str], object] = print) -> int:
    """Write the wards of ``file`` and their towns, or correct them; return how many there are.

    Args:
        file: CSV with the columns code, name, town, valid_from and valid_to (days as 2026-05-07;
            town and valid_to may be empty).
        say: told about each town that is new.

    Raises:
        BadFile: a column is missing, or a line cannot be read; nothing is written then.
    """
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        missing = COLUMNS - set(rows.fieldnames or [])
        if missing:
            raise BadFile(f"The first line lacks: {', '.join(sorted(missing))}.")
        count = 0
        for row in rows:
            _load_ward(row, rows.line_num, say)
            count += 1
    return count


def _load_ward(row: dict[str, str], line: int, say: Callable[[str], object]) -> None:
    try:
        dates = {
            "valid_from": dt.date.fromisoformat(row["valid_from"]),
            "valid_to": dt.date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        }
    except ValueError as error:
        raise BadFile(f"Line {line}: write days as 2026-05-07 ({error}).") from error
    if not row["code"] or not row["name"]:
        raise BadFile(f"Line {line}: fill in code and name.")
    Ward.objects.update_or_create(
        code=row["code"],
        defaults={"name": row["name"], "town": _town(row["town"], say), **dates},
    )


def _town(name: str, say: Callable[[str], object]) -> Town | None:
    if not name:
        return None
    town, created = Town.objects.get_or_create(slug=slugify(name), defaults={"name": name})
    if created:
        say(f"New town: {name}")
    return town


@transaction.atomic
def load_equality_questions(file: Path = QUESTIONS, *, model: type[Any] = EqualityQuestion) -> int:
    """Put the wording of ``file`` in use and return how many questions there are.

    A wording that was in use and is not in the file stays for the answers given to it.

    Args:
        model: the model to write; a migration passes its own.
    """
    questions = json.loads(file.read_text(encoding="utf-8"))
    wanted = {(question["code"], question["version"]) for question in questions}
    for row in model.objects.filter(in_use=True):
        if (row.code, row.version) not in wanted:
            row.in_use = False
            row.save(update_fields=["in_use"])
    for question in questions:
        facts = {"asked_if": {}, **question, "in_use": True}
        model.objects.update_or_create(
            code=facts.pop("code"), version=facts.pop("version"), defaults=facts
        )
    return len(questions)


@transaction.atomic
def load_topics(file: Path = TOPICS, *, model: type[Any] = Topic) -> int:
    """Add the lines of ``file`` that no list has yet; return how many were added.

    What administrators changed or took out of use stays as it is.

    Args:
        model: the model to write; a migration passes its own.
    """
    lists = json.loads(file.read_text(encoding="utf-8"))
    there = set(model.objects.values_list("kind", "name"))
    wanted = [(kind, name) for kind, names in lists.items() for name in names]
    new = [model(kind=kind, name=name) for kind, name in wanted if (kind, name) not in there]
    model.objects.bulk_create(new)
    return len(new)
