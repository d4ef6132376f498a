"""Input: what is asked for, in which words it is refused."""

import datetime as dt

import pytest

from charter.forms import (
    AnswerForm,
    CommitmentForm,
    ContributionForm,
    EnterAnswerForm,
    PledgesForm,
    ReadCommentForm,
    RespondForm,
    ReviewForm,
)
from coprod.lib.days import add_months, today
from coprod.lib.wording import day_in_full
from people.models import Person
from tests.factories import make_charter, make_contribution, make_person, make_response

DAY = dt.timedelta(days=1)
BEGUN = today() - 90 * DAY


def day(name, value):
    return {f"{name}_{part}": str(getattr(value, part)) for part in ("day", "month", "year")}


SAID = {
    "about": "The door",
    "what": "It is too heavy.",
    "said_at": "Tipton library",
    "people_count": "7",
    "channel": "in_person",
}


def contribution(people=None, **changes):
    when = changes.pop("said_on", today() - DAY)
    people = Person.objects.none() if people is None else people
    facts = {**SAID, **day("said_on", when), **changes}
    return ContributionForm(facts, people=people, begun_on=BEGUN)


def errors(form):
    return {name: [str(one) for one in found] for name, found in form.errors.items()}


def test_what_people_said(db):
    form = contribution()
    assert errors(form) == {}
    assert form.said == {**SAID, "people_count": 7, "said_on": today() - DAY}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"about": ""}, {"about": ["Say in a few words what it is about"]}),
        ({"what": " "}, {"what": ["Write down what people said"]}),
        ({"people_count": "0"}, {"people_count": ["At least one person said it"]}),
        ({"channel": ""}, {"channel": ["Choose how it reached you"]}),
        ({"said_on": today() + DAY}, {"said_on": ["Choose today or a day before today"]}),
    ],
)
def test_what_people_said_is_whole(db, changes, found):
    assert errors(contribution(**changes)) == found


@pytest.mark.parametrize("field", ["about", "what"])
def test_a_name_in_public_words_is_found(db, field):
    make_person("Amina Malik")
    form = contribution(Person.objects.all(), **{field: "AMINA MALIK cannot open it."})
    assert errors(form) == {"what": ["Take the name out: everybody can read this"]}


def test_more_people_ticked_than_there_were(db):
    people = [make_person(), make_person()]
    form = contribution(
        Person.objects.all(), people_count="1", voices=[str(one.pk) for one in people]
    )
    assert errors(form) == {"people_count": ["You ticked more people than you say there were"]}


def test_nobody_said_it_before_the_project_began(db):
    assert errors(contribution(said_on=BEGUN)) == {}
    assert errors(contribution(said_on=BEGUN - DAY)) == {
        "said_on": [f"The project began on {day_in_full(BEGUN)}: choose that day or a later one"]
    }


def test_words_that_stay_keep_their_day_too(host):
    said = make_contribution(said_on=BEGUN - DAY)
    form = ContributionForm(
        {}, instance=said, people=Person.objects.all(), begun_on=BEGUN, words_stay=True
    )
    assert errors(form) == {}


def test_only_people_of_the_project_can_be_ticked(db):
    stranger = make_person()
    form = contribution(Person.objects.none(), voices=[str(stranger.pk)])
    assert list(errors(form)) == ["voices"]


def test_a_correction_shows_who_agreed_and_may_keep_the_words(host):
    agreed = make_person()
    said = make_contribution(voices=(agreed,))
    form = ContributionForm(
        instance=said, people=Person.objects.all(), begun_on=BEGUN, words_stay=True
    )
    assert list(form.initial["voices"]) == [agreed]
    assert {name for name, field in form.fields.items() if field.disabled} == set(form._meta.fields)


ANSWER = {"text": "A new door.", "owner_name": "Tom Reid"}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"kind": ""}, {"kind": ["Choose one answer"]}),
        ({"kind": "did"}, {"done_on": ["Enter the day when it was done"]}),
        (
            {"kind": "did", **day("done_on", today() + DAY)},
            {"done_on": ["It cannot be done on a day that is still to come"]},
        ),
        (
            {"kind": "did", "done_on_day": "31", "done_on_month": "2", "done_on_year": "2026"},
            {"done_on": ["Check the date: it is not in the calendar"]},
        ),
        ({"kind": "will"}, {"due_on": ["Enter the day by which you will do it"]}),
        (
            {"kind": "will", **day("due_on", today() - DAY)},
            {"due_on": ["Promise a day that is still to come"]},
        ),
        (
            {"kind": "will", "due_on_day": "x", "due_on_month": "2", "due_on_year": "2026"},
            {"due_on": ["Write the date in numbers, like 18 12 2026"]},
        ),
        (
            {"kind": "will", **day("due_on", add_months(today(), 60) + DAY)},
            {"due_on": ["Promise a day within the next five years"]},
        ),
        (
            {"kind": "will", **day("due_on", dt.date(2099, 1, 1))},
            {"due_on": ["Promise a day within the next five years"]},
        ),
        ({"kind": "will", **day("due_on", add_months(today(), 60))}, {}),
        ({"kind": "cannot", "text": ""}, {"text": ["Tell people in your own words"]}),
        ({"kind": "wrong", "owner_name": ""}, {"owner_name": ["Name somebody who looks after it"]}),
    ],
)
def test_each_answer_needs_its_own_day(changes, found):
    assert errors(RespondForm({**ANSWER, **changes}, before=None)) == found


@pytest.mark.parametrize(
    ("kind", "kept"),
    [("did", ("done_on",)), ("will", ("due_on",)), ("cannot", ()), ("wrong", ())],
)
def test_days_of_other_answers_are_forgotten(kind, kept):
    """Also half a date, typed before somebody thought of another answer."""
    days = {**day("done_on", today() - DAY), **day("due_on", today() + DAY)}
    form = RespondForm({"kind": kind, **days, **ANSWER}, before=None)
    assert form.is_valid(), form.errors
    assert {name for name in ("done_on", "due_on") if form.cleaned_data[name]} == set(kept)
    if kind in {"cannot", "wrong"}:
        half = {"due_on_day": "3", "done_on_day": "x"}
        assert RespondForm({"kind": kind, **half, **ANSWER}, before=None).is_valid()


def test_a_promise_that_is_put_off_says_why(host):
    before = make_response(kind="will", due_on=today())
    facts = {"kind": "will", **day("due_on", today() + DAY), **ANSWER}
    assert errors(RespondForm(facts, before=before)) == {
        "why_late": ["Say why it is later than you promised"]
    }
    assert RespondForm({**facts, "why_late": "It rained."}, before=before).is_valid()
    assert "why_late" not in RespondForm(before=make_response()).fields


def test_an_answer_says_yes_partly_or_no():
    assert errors(AnswerForm({})) == {"verdict": ["Choose yes, partly or no"]}
    form = AnswerForm({"verdict": "partly"})
    assert form.is_valid()
    assert form.cleaned_data == {"verdict": "partly", "comment": "", "may_show_comment": False}


def test_an_answer_that_staff_type_never_came_online():
    assert errors(EnterAnswerForm({"verdict": "no"})) == {"channel": ["Choose how they told you"]}
    assert list(errors(EnterAnswerForm({"verdict": "no", "channel": "online"}))) == ["channel"]
    assert EnterAnswerForm({"verdict": "no", "channel": "phone"}).is_valid()


@pytest.mark.parametrize(("decision", "because"), [("show", ""), ("names", "names")])
def test_a_comment_is_shown_or_says_why_not(decision, because):
    form = ReadCommentForm(
        {"decision": decision, "answered_at": "2026-05-01T10:00:00.000001+00:00"}
    )
    assert form.is_valid(), form.errors
    assert form.because == because


def test_pledges_are_nine_boxes_that_may_stay_empty(db):
    pledges = dict.fromkeys(make_charter().commitments.all(), "")
    form = PledgesForm({"pledge-honest": "We say no."}, pledges=pledges)
    assert form.is_valid()
    assert {one.slug: how for one, how in form.hows.items() if how} == {"honest": "We say no."}
    assert len(form.hows) == 9


def test_new_words_say_why():
    form = CommitmentForm({"heading": "a", "explanation": "b", "changes_seen": "0"})
    assert errors(form) == {"why": ["Say why you change it"]}


def test_a_review_is_not_in_the_future():
    assert errors(ReviewForm(day("reviewed_on", today() + DAY))) == {
        "reviewed_on": ["Choose today or a day before today"]
    }
    assert ReviewForm(day("reviewed_on", today())).is_valid()
