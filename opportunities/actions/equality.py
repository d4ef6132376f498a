"""Equality answers that change after somebody took part: what was counted is put right, or not.

No line goes to the audit log, for the reason that people.actions.equality gives.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from opportunities.models import Participation
from people.actions import delete_equality_answers, save_equality_answers
from people.bands import Bands, bands_of
from people.equality import answers_of
from people.models import Person
from people.pseudonyms import pseudonym_of

# “This was wrong” puts right what was counted; “this has changed” leaves it as it was then.
WRONG, CHANGED = "wrong", "changed"


@transaction.atomic
def correct_equality(*, person: Person, answers: Mapping[str, str], kind: str) -> frozenset[str]:
    """Make ``answers`` what the person says now, and return the codes that changed.

    Args:
        answers: value by code of question, as people.actions.save_equality_answers takes them.
        kind: WRONG puts the frozen participation rows right as well: those that were frozen with
            the wrong answer, and no others. CHANGED leaves every row as it was.

    Raises:
        ValueError: ``kind`` is neither, or a value is not among the answers of its question.
    """
    if kind not in {WRONG, CHANGED}:
        raise ValueError(f"{kind!r} is no kind of change")
    pseudonym = pseudonym_of(person)
    rows = list(Participation.objects.filter(pseudonym=pseudonym)) if kind == WRONG else []
    days = {row.took_part_on for row in rows}
    before = {day: bands_of(pseudonym, on=day) for day in days}
    changed = save_equality_answers(person=person, answers=answers)
    after = {day: bands_of(pseudonym, on=day) for day in days}
    for row in rows:
        _put_right(row, before[row.took_part_on], after[row.took_part_on])
    return changed


@transaction.atomic
def add_to_equality(*, person: Person, answers: Mapping[str, str], kind: str) -> frozenset[str]:
    """Take what the person says now beside what was answered before; return the codes that changed.

    For staff who type while the person answers: they do not see what is there, so what they leave
    empty stays. ``answers`` and ``kind`` are those of ``correct_equality``.

    Raises:
        ValueError: as ``correct_equality``.
    """
    return correct_equality(person=person, answers={**answers_of(person), **answers}, kind=kind)


def _put_right(row: Participation, before: Bands, after: Bands) -> None:
    wrong = [
        name
        for name in ("age_band", "ethnic_group", "disabled")
        if getattr(row, name) == getattr(before, name) != getattr(after, name)
    ]
    if wrong:
        for name in wrong:
            setattr(row, name, getattr(after, name))
        row.changed_at = timezone.now()
        row.save(update_fields=[*wrong, "changed_at"])


@transaction.atomic
def delete_equality(*, person: Person) -> int:
    """Delete every answer, blank what was counted from them, and return how many there were."""
    Participation.objects.filter(pseudonym=pseudonym_of(person)).update(
        age_band="", ethnic_group="", disabled="", changed_at=timezone.now()
    )
    return delete_equality_answers(person=person)
