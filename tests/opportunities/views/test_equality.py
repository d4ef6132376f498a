"""Asked apart, every question optional, seen by the person alone."""

import pytest
from django.urls import reverse

from coprod.lib.days import today
from opportunities.actions.attendance import record_took_part
from opportunities.models import Participation
from people import actions
from people.equality import answers_of
from people.models import PREFER_NOT_TO_SAY
from people.reference import load_equality_questions
from tests.factories import make_opportunity


@pytest.fixture
def mine(client_for, resident):
    load_equality_questions()
    return client_for(resident)


def get(client, name):
    return client.get(reverse(f"opportunities:{name}")).content.decode()


def post(client, name="equality_edit", **data):
    return client.post(reverse(f"opportunities:{name}"), data, follow=True).content.decode()


def test_equality_asks_first_and_offers_to_skip(mine):
    page = get(mine, "equality")
    assert "Do you want to answer the equality questions?" in page
    assert "No, skip the questions" in page


def test_equality_edit_asks_every_question_with_prefer_not_to_say(mine):
    page = get(mine, "equality_edit")
    assert page.count(f'value="{PREFER_NOT_TO_SAY}"') == 8
    assert 'name="year_of_birth_not_said"' in page
    assert "Why are you changing your answers?" not in page
    for heading in ("White", "Asian or Asian British", "Other ethnic group"):
        assert f'aria-label="{heading}"' in page


def test_equality_edit_saves_what_was_said_and_nothing_else(mine, resident):
    page = post(mine, sex="female", ethnicity="asian_indian", religion=PREFER_NOT_TO_SAY)
    assert answers_of(resident.person) == {
        "sex": "female",
        "ethnicity": "asian_indian",
        "religion": PREFER_NOT_TO_SAY,
    }
    assert "What you told us" in page
    assert "Indian" in page
    assert "Prefer not to say" in page
    assert "sexual orientation" not in page


def test_equality_edit_may_be_sent_empty(mine, resident):
    page = post(mine)
    assert "You left all questions empty. Nothing is kept about you." in page
    assert "Your answers are saved" not in page
    assert "Do you want to answer" not in page
    assert answers_of(resident.person) == {}


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (
            "wrong",
            "You left all questions empty. What was counted with your answers is put right.",
        ),
        ("changed", "You left all questions empty. What was counted before stays counted."),
    ],
)
def test_equality_edit_can_be_emptied_again(mine, resident, kind, words):
    post(mine, sex="female")
    assert words in post(mine, sex="leave_out", kind=kind)
    assert answers_of(resident.person) == {}


def test_equality_edit_leaves_one_out_and_keeps_the_others(mine, resident):
    assert get(mine, "equality_edit").count("Leave this one out</label>") == 8
    post(mine, sex="female", religion="sikh")
    page = post(mine, sex="leave_out", religion=PREFER_NOT_TO_SAY, kind="wrong")
    assert "Your answers are saved" in page
    assert answers_of(resident.person) == {"religion": PREFER_NOT_TO_SAY}


def test_equality_edit_keeps_the_choice_while_something_is_missing(mine):
    post(mine, sex="female")
    page = post(mine, sex="leave_out")
    assert 'value="leave_out" checked' in page
    assert page.count(" checked") == 1


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        ({"year_of_birth": "1970"}, {"year_of_birth": "1970"}),
        ({"year_of_birth": " 1970 "}, {"year_of_birth": "1970"}),
        ({"year_of_birth_not_said": "on"}, {"year_of_birth": PREFER_NOT_TO_SAY}),
    ],
)
def test_equality_edit_takes_a_year_or_prefer_not_to_say(mine, resident, data, kept):
    post(mine, **data)
    assert answers_of(resident.person) == kept


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"year_of_birth": "70"}, "Enter the year with four digits"),
        ({"year_of_birth": "1492"}, "Enter the year with four digits"),
        (
            {"year_of_birth": "1970", "year_of_birth_not_said": "on"},
            "Enter a year, or tick “Prefer not to say”",
        ),
    ],
)
def test_equality_edit_says_what_a_year_is(mine, resident, data, message):
    page = post(mine, **data)
    assert message in page
    assert 'href="#id_year_of_birth"' in page
    assert answers_of(resident.person) == {}


def test_equality_edit_refuses_an_answer_that_nobody_offered(mine, resident):
    post(mine, sex="x")
    assert answers_of(resident.person) == {}


def test_equality_edit_asks_why_when_something_was_answered_before(mine, resident):
    post(mine, sex="female", year_of_birth_not_said="on")
    page = get(mine, "equality_edit")
    assert "This was wrong" in page
    assert "This has changed" in page
    assert page.count(" checked") == 2
    assert "Choose why you are changing your answers" in post(mine, sex="male")
    assert answers_of(resident.person)["sex"] == "female"
    post(mine, sex="male", kind="wrong")
    assert answers_of(resident.person) == {"sex": "male"}


def test_equality_delete_asks_once_and_forgets(mine, resident, other_resident):
    for person in (resident.person, other_resident.person):
        actions.save_equality_answers(person=person, answers={"sex": "female"})
    assert "Delete all your answers?" in get(mine, "equality_delete")
    assert answers_of(resident.person) == {"sex": "female"}
    post(mine, "equality_delete")
    assert answers_of(resident.person) == {}
    assert answers_of(other_resident.person) == {"sex": "female"}


def test_staff_see_no_answer_anywhere(mine, resident, host, officer, coordinator, client_for):
    """Control: the answer is there, in words that stand on no page of staff otherwise."""
    post(mine, religion="sikh", ethnicity="asian_indian")
    actions.open_to(person=resident.person, organisation=host, actor=resident)
    actions.share_profile(person=resident.person, actor=resident)
    assert "Sikh" in get(mine, "equality")
    for user in (officer, coordinator):
        client = client_for(user)
        for address in (
            reverse("people:people_list"),
            reverse("people:show_person", args=[resident.person.uuid]),
            reverse("people:tasks"),
        ):
            page = client.get(address).content.decode()
            assert "Sikh" not in page
            assert "Indian" not in page


@pytest.mark.parametrize("name", ["equality", "equality_edit", "equality_delete"])
def test_staff_without_a_page_are_offered_one(client_for, officer, name):
    answer = client_for(officer).get(reverse(f"opportunities:{name}"))
    assert (answer.status_code, answer.url) == (302, "/my/start/")


# --- What was counted before ---------------------------------------------------------------------
@pytest.fixture
def counted(mine, resident, host):
    """``counted()`` is the ethnic group of the row of a day on which the person took part."""
    post(mine, ethnicity="white_irish")
    brief = make_opportunity(starts_on=today())
    record_took_part(opportunity=brief, day=today(), came=[resident.person], actor=None)
    return lambda: Participation.objects.get().ethnic_group


@pytest.mark.parametrize(("kind", "expected"), [("wrong", "asian"), ("changed", "white")])
def test_equality_edit_puts_right_what_was_wrong_and_leaves_what_has_changed(
    mine, counted, kind, expected
):
    assert counted() == "white"
    post(mine, ethnicity="asian_indian", kind=kind)
    assert counted() == expected


def test_equality_edit_without_saying_why_changes_nothing(mine, counted, resident):
    assert "Choose why you are changing" in post(mine, ethnicity="asian_indian")
    assert counted() == "white"
    assert answers_of(resident.person) == {"ethnicity": "white_irish"}


def test_equality_delete_blanks_what_was_counted(mine, counted):
    post(mine, "equality_delete")
    assert counted() == ""


def test_equality_edit_for_the_first_time_leaves_what_was_counted(mine, resident, host):
    brief = make_opportunity(starts_on=today())
    record_took_part(opportunity=brief, day=today(), came=[resident.person], actor=None)
    post(mine, ethnicity="asian_indian")
    assert Participation.objects.get().ethnic_group == ""
