"""The loop as pages show it: counts from three answers up, and sums that give nothing away."""

import datetime as dt

import pytest
from django.utils import timezone

from charter.lifecycle import Verdict
from charter.loop import ANSWERS, Tally, answered_with, loops, summary
from charter.models import Contribution
from coprod.lib.days import today
from tests.factories import make_check_back, make_contribution, make_response

DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.usefixtures("host")


def answered(*verdicts, kind="did", **fields):
    """Something said, answered by the team, and by as many people as there are verdicts."""
    response = make_response(make_contribution(), kind, **fields)
    for verdict in verdicts:
        make_check_back(response, verdict=verdict)
    return response.contribution


def the_loop(contribution):
    (loop,) = loops([contribution], today())
    return loop


@pytest.mark.parametrize(
    ("verdicts", "shown"), [("", False), ("y", False), ("yn", False), ("yyn", True)]
)
def test_counts_are_shown_from_three_answers_up(verdicts, shown):
    words = {"y": "yes", "n": "no"}
    assert the_loop(answered(*(words[one] for one in verdicts))).tally.is_shown is shown


@pytest.mark.parametrize(
    ("tally", "leans"),
    [
        (Tally(yes=3), "yes"),
        (Tally(yes=2, no=2), "mixed"),
        (Tally(yes=1, partly=2), "mixed"),
        (Tally(yes=1, no=3), "no"),
    ],
)
def test_most_means_more_than_half(tally, leans):
    assert tally.leans == leans


@pytest.mark.parametrize(
    ("tally", "words"),
    [
        (Tally(yes=4), "Yes, for all who answered."),
        (Tally(partly=4), "Partly, for all who answered."),
        (Tally(no=4), "No, for all who answered."),
        (Tally(yes=3, partly=1), "Yes, for most."),
        (Tally(yes=1, no=3), "No, for most."),
        (Tally(yes=2, no=2), "For some."),
        (Tally(yes=1, partly=3), "For some."),
    ],
)
def test_all_is_more_than_most(tally, words):
    assert tally.words == words


@pytest.mark.parametrize(
    ("verdicts", "words"),
    [
        (("yes", "no"), "Somebody who said it told us that it did not help."),
        (("no", "no"), "Somebody who said it told us that it did not help."),
        (("yes", "yes", "no"), "1 person told us that it did not help."),
        (("yes", "no", "no"), "2 people told us that it did not help."),
    ],
)
def test_how_many_said_no_only_where_counts_are_shown(verdicts, words):
    assert the_loop(answered(*verdicts)).who_said_no == words


def test_bars_are_shares_of_the_answers():
    rows = Tally(yes=1, partly=1, no=2).bars
    assert [(row["words"], row["share"], row["kind"]) for row in rows] == [
        ("1", 25, "you"),
        ("1", 25, "part"),
        ("2", 50, "no"),
    ]


def test_each_stage_of_did_it_help():
    made = {
        "unanswered": make_contribution(),
        "will": answered(kind="will"),
        "cannot": answered(kind="cannot"),
        "wrong": answered(kind="wrong"),
        "no_voices": answered(),
        "few": answered("yes", "no"),
        "counted": answered("yes", "no", "no"),
        "to_ask": answered(),
        "asked": answered(),
        "nobody": answered(),
    }
    made["to_ask"].voices.create(person=make_check_back().person)
    make_check_back(made["asked"].responses.get())
    make_check_back(made["asked"].responses.get(), status="unanswered")
    make_check_back(made["nobody"].responses.get(), status="unanswered")
    found = loops(made.values(), today())
    assert [loop.stage for loop in found] == list(made)


def test_a_no_opens_it_again_from_the_first_no_until_a_new_answer():
    said = answered("yes", "no", "no")
    first = timezone.now() - 5 * DAY
    noes = said.responses.get().check_backs.filter(verdict=Verdict.NO)
    noes.filter(pk=noes.first().pk).update(answered_at=first)
    loop = the_loop(said)
    assert (loop.opened_again_at, loop.needs_response) == (first, True)
    make_response(said, text="A better door.")
    loop = the_loop(said)
    assert (loop.opened_again_at, loop.needs_response) == (None, False)
    ((before, tally),) = loop.earlier
    assert (before.text, tally.no) == (f"What the team says about {said.about}", 2)


@pytest.mark.parametrize(
    ("verdicts", "says_no"),
    [
        (("yes", "yes", "yes"), False),
        (("yes", "yes", "no"), False),
        (("yes", "no", "no"), True),
        (("yes", "no"), True),
        (("yes", "partly"), False),
    ],
)
def test_no_is_loudest_unless_it_helped_most(verdicts, says_no):
    assert the_loop(answered(*verdicts)).says_no is says_no


def test_a_check_back_that_is_only_due_counts_as_nobody_asked():
    said = answered()
    make_check_back(said.responses.get(), status="due", asked_on=None)
    loop = the_loop(said)
    assert (loop.tally.asked, loop.stage) == (0, "to_ask")


def test_only_comments_that_were_read_and_may_be_shown_are_there():
    said = answered()
    response = said.responses.get()
    read = {"comment_read_at": timezone.now()}
    make_check_back(
        response,
        verdict="yes",
        comment="Shown.",
        may_show_comment=True,
        comment_fit_to_show=True,
        **read,
    )
    make_check_back(response, verdict="yes", comment="Not read yet.", may_show_comment=True)
    make_check_back(response, verdict="yes", comment="For the team.")
    make_check_back(
        response,
        verdict="no",
        comment="Mrs Malik.",
        may_show_comment=True,
        comment_fit_to_show=False,
        not_shown_because="names",
        **read,
    )
    assert [one.comment for one in the_loop(said).comments] == ["Shown."]


@pytest.mark.parametrize(
    ("count", "words"), [(1, "One or two people"), (2, "One or two people"), (3, "3 people")]
)
def test_one_or_two_people_are_not_told_apart(count, words):
    assert the_loop(make_contribution(people_count=count)).who == words


def test_how_long_people_wait_and_how_late_a_promise_is():
    said = make_contribution(said_on=today() - 40 * DAY)
    assert (the_loop(said).days_waiting, the_loop(said).days_late, the_loop(said).asks_on) == (
        40,
        0,
        None,
    )
    make_response(said, "will", due_on=today() - 53 * DAY)
    assert the_loop(said).days_late == 53


@pytest.fixture
def one_of_each():
    return {
        "done": answered("yes"),
        "no": answered("yes", "no", "no"),
        "promised": answered(kind="will"),
        "late": answered(kind="will", due_on=today() - DAY),
        "refused": answered(kind="cannot"),
        "wrong": answered(kind="wrong"),
        "waiting": make_contribution(),
    }


def test_each_question_of_a_reader(one_of_each):
    expected = {
        "done": {"done", "no"},
        "no": {"no"},
        "promised": {"promised", "late"},
        "late": {"late"},
        "refused": {"refused", "wrong"},
        "waiting": {"waiting"},
    }
    names = {said.pk: name for name, said in one_of_each.items()}
    for question in ANSWERS:
        found = answered_with(Contribution.objects.all(), question, today())
        assert {names[said.pk] for said in found} == expected[question], question


def test_the_sentence_above_the_list(one_of_each):
    found = summary(Contribution.objects.all(), today())
    assert (found.said, found.done, found.promised, found.late, found.on_time) == (7, 2, 2, 1, 1)
    assert (found.refused, found.waiting) == (2, 1)


def test_a_sum_never_gives_away_what_is_not_shown_one_by_one():
    """The “no” of the two hidden answers is in no sum, so no subtraction finds it.

    Proved by summing every answer: then the total is 5 and the difference shows the “no”.
    """
    answered("yes", "yes", "yes")
    answered("yes", "no")
    helped = summary(Contribution.objects.all(), today()).helped
    assert (helped.total, helped.yes, helped.no) == (3, 3, 0)


def test_an_old_answer_is_not_counted_with_the_new_one():
    said = answered("no", "no", "no")
    make_response(said)
    assert summary(Contribution.objects.all(), today()).helped == Tally()
    assert the_loop(said).tally.total == 0


def test_no_rows_at_all():
    found = summary(Contribution.objects.all(), today())
    assert (found.said, found.waiting, found.helped) == (0, 0, Tally())
    assert loops([], today()) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_three_queries_however_many(rows, django_assert_num_queries):
    for _ in range(rows):
        said = answered("yes", "no", "no")
        make_response(said)
    said = list(Contribution.objects.select_related("opportunity__organisation"))
    with django_assert_num_queries(3):
        loops(said, today())
