"""What may happen next to a check-back."""

import pytest

from charter.lifecycle import CHECK_BACK_MOVES, CheckBackStatus
from coprod.lib.lifecycle import NotAllowed, diagram, next_state

C = CheckBackStatus


def test_the_whole_table():
    assert diagram(CHECK_BACK_MOVES).splitlines() == [
        "due --ask--> asked",
        "asked --remind--> reminded",
        "asked --answer--> answered",
        "due --answer--> answered",
        "reminded --answer--> answered",
        "unanswered --answer--> answered",
        "answered --correct--> answered",
        "asked --give_up--> unanswered",
        "reminded --give_up--> unanswered",
    ]


@pytest.mark.parametrize("status", C)
@pytest.mark.parametrize("verb", CHECK_BACK_MOVES)
def test_whatever_is_not_in_the_table_is_refused_in_words(verb, status):
    move = CHECK_BACK_MOVES[verb]
    if status in move.sources:
        assert next_state(CHECK_BACK_MOVES, verb, status) == move.target
    else:
        with pytest.raises(NotAllowed, match=str(move.refusal)):
            next_state(CHECK_BACK_MOVES, verb, status)


def test_nothing_but_the_person_moves_an_answer():
    """Every verb that starts from an answer: only ``correct``, which the person alone may do."""
    starts = {verb for verb, move in CHECK_BACK_MOVES.items() if C.ANSWERED in move.sources}
    assert starts == {"correct"}
