"""Equality answers: written, corrected and deleted by the person alone.

No line goes to the audit log: its time, beside the person's key, would join the pseudonym to the
person. For the same reason an answer keeps its day and not its hour.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from people.equality import allowed_values, answers_of, asked, questions_in_use
from people.models import EqualityAnswer, Person
from people.pseudonyms import pseudonym_of


@transaction.atomic
def save_equality_answers(*, person: Person, answers: Mapping[str, str]) -> frozenset[str]:
    """Make ``answers`` what the person says now, and return the codes that changed.

    Args:
        answers: value by code of question; blank, or a code left out, means “left blank”. Answers
            to a question that is asked only after another answer are dropped with that answer.

    Raises:
        ValueError: a value is not among the answers of its question.
    """
    pseudonym = pseudonym_of(person)
    before = answers_of(person)
    changed = set()
    for question in questions_in_use():
        value = answers.get(question.code, "") if asked(question, answers) else ""
        if value and value not in allowed_values(question):
            raise ValueError(f"{value!r} is no answer to {question.code}")
        if value == before.get(question.code, ""):
            continue
        changed.add(question.code)
        EqualityAnswer.objects.filter(pseudonym=pseudonym, code=question.code).delete()
        if value:
            EqualityAnswer.objects.create(
                pseudonym=pseudonym, question=question, code=question.code, value=value
            )
    return frozenset(changed)


@transaction.atomic
def delete_equality_answers(*, person: Person) -> int:
    """Delete every answer of the person, and return how many there were."""
    return EqualityAnswer.objects.filter(pseudonym=pseudonym_of(person)).delete()[0]
