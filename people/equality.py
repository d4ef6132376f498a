"""Reading equality answers: the person's own, never by staff.

Pages of staff do not import this module: a house rule. Reports read the frozen bands of
participation rows, not these answers.
"""

from __future__ import annotations

from collections.abc import Mapping

from coprod.lib.days import today

from .models import PREFER_NOT_TO_SAY, EqualityAnswer, EqualityQuestion, Person
from .pseudonyms import pseudonym_of

OLDEST = 120


def questions_in_use() -> list[EqualityQuestion]:
    """Return the questions asked today, in their order."""
    return list(EqualityQuestion.objects.filter(in_use=True).order_by("position"))


def answers_of(person: Person) -> dict[str, str]:
    """Return ``{code: value}`` of what the person answered; what was left blank is not there."""
    rows = EqualityAnswer.objects.filter(pseudonym=pseudonym_of(person))
    return dict(rows.values_list("code", "value"))


def asked(question: EqualityQuestion, answers: Mapping[str, str]) -> bool:
    """Return whether ``question`` is asked of somebody who gave ``answers``."""
    return all(answers.get(code) == value for code, value in question.asked_if.items())


def allowed_values(question: EqualityQuestion) -> set[str]:
    """Return what may be answered: the question's values, or the years of living people."""
    if question.options:
        values = {option[0] for option in question.options}
    else:
        year = today().year
        values = {str(year - age) for age in range(OLDEST + 1)}
    return values | {PREFER_NOT_TO_SAY}


def label_of(question: EqualityQuestion, value: str) -> str:
    """Return the words of ``value``; a year stands for itself."""
    return {option[0]: option[1] for option in question.options}.get(value, value)
