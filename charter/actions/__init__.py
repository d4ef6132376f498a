"""The verbs of the third floor. ``complete_project`` is the only door to a project’s end."""

from .asking import ask_due_check_backs
from .check_backs import (
    Answer,
    answer,
    answer_for,
    correct_answer,
    enter_answer,
    read_comment,
    stop_asking,
    stop_asking_by_letter,
    stop_asking_for,
)
from .completion import SomethingIsOpen, complete_project
from .feedback import add_contribution, correct_contribution, respond
from .promises import PledgedMeanwhile, edit_commitment, load_charter, mark_reviewed, save_pledges

__all__ = [
    "Answer",
    "PledgedMeanwhile",
    "SomethingIsOpen",
    "add_contribution",
    "answer",
    "answer_for",
    "ask_due_check_backs",
    "complete_project",
    "correct_answer",
    "correct_contribution",
    "edit_commitment",
    "enter_answer",
    "load_charter",
    "mark_reviewed",
    "read_comment",
    "respond",
    "save_pledges",
    "stop_asking",
    "stop_asking_by_letter",
    "stop_asking_for",
]
