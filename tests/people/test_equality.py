"""Equality answers: voluntary, the person's own, under a pseudonym."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from coprod.lib.days import today
from people import actions
from people.bands import AgeBand, Bands, age_band_of, bands_of, disabled_of, ethnic_group_of
from people.equality import allowed_values, answers_of, label_of, questions_in_use
from people.models import PREFER_NOT_TO_SAY, AuditEvent, EqualityAnswer, EqualityQuestion
from people.pseudonyms import pseudonym_of
from people.reference import load_equality_questions


@pytest.fixture
def questions(db):
    load_equality_questions()
    return {question.code: question for question in questions_in_use()}


def save(person, **answers):
    return actions.save_equality_answers(person=person, answers=answers)


def test_the_questions_are_the_harmonised_ones_in_order(questions):
    assert list(questions) == [
        "year_of_birth",
        "sex",
        "gender_identity",
        "ethnicity",
        "religion",
        "sexual_orientation",
        "condition",
        "limits",
        "unpaid_carer",
    ]
    assert len(questions["ethnicity"].options) == 19
    assert questions["limits"].asked_if == {"condition": "yes"}
    for question in questions.values():
        assert question.source
        assert question.version
        assert PREFER_NOT_TO_SAY in allowed_values(question)
        assert PREFER_NOT_TO_SAY not in [option[0] for option in question.options]


def test_answers_are_kept_under_a_pseudonym_and_by_the_day(questions, resident):
    person = resident.person
    assert save(person, sex="female", religion="") == {"sex"}
    row = EqualityAnswer.objects.get()
    assert (row.pseudonym, row.answered_on) == (pseudonym_of(person), today())
    assert str(person.uuid) not in row.pseudonym
    assert str(person.pk) != row.pseudonym
    assert answers_of(person) == {"sex": "female"}


def test_nothing_in_the_log_says_who_answered_when(questions, resident):
    """Control: other actions of the same person do write lines."""
    actions.share_profile(person=resident.person, actor=resident)
    before = AuditEvent.objects.count()
    save(resident.person, sex="female")
    actions.delete_equality_answers(person=resident.person)
    assert (before, AuditEvent.objects.count()) == (1, 1)


def test_the_pseudonym_depends_on_a_key_outside_the_database(resident, settings):
    first = pseudonym_of(resident.person)
    settings.SECRET_KEY = "another"
    assert pseudonym_of(resident.person) == first
    settings.EQUALITY_KEY = "another"
    assert pseudonym_of(resident.person) != first
    assert len(first) == 64


def test_prefer_not_to_say_is_kept_and_blank_is_not(questions, resident):
    save(resident.person, sex=PREFER_NOT_TO_SAY, religion="")
    assert answers_of(resident.person) == {"sex": PREFER_NOT_TO_SAY}


def test_only_what_changed_is_written_again(questions, resident):
    person = resident.person
    save(person, sex="female", religion="sikh")
    EqualityAnswer.objects.update(answered_on=dt.date(2020, 1, 1))
    assert save(person, sex="female", religion="none") == {"religion"}
    days = dict(EqualityAnswer.objects.values_list("code", "answered_on"))
    assert days == {"sex": dt.date(2020, 1, 1), "religion": today()}


def test_blank_takes_an_answer_back(questions, resident):
    save(resident.person, sex="female")
    assert save(resident.person) == {"sex"}
    assert answers_of(resident.person) == {}


def test_the_second_question_goes_with_the_first(questions, resident):
    person = resident.person
    save(person, condition="yes", limits="a_lot")
    assert answers_of(person) == {"condition": "yes", "limits": "a_lot"}
    assert save(person, condition="no", limits="a_lot") == {"condition", "limits"}
    assert answers_of(person) == {"condition": "no"}


@pytest.mark.parametrize("answers", [{"sex": "x"}, {"year_of_birth": "1492"}])
def test_an_answer_that_nobody_offered_is_refused(questions, resident, answers):
    with pytest.raises(ValueError, match="is no answer"):
        save(resident.person, **answers)
    assert answers_of(resident.person) == {}


def test_deleting_takes_only_the_persons_own(questions, resident, other_resident):
    save(resident.person, sex="female", religion="sikh")
    save(other_resident.person, sex="male")
    assert actions.delete_equality_answers(person=resident.person) == 2
    assert answers_of(resident.person) == {}
    assert answers_of(other_resident.person) == {"sex": "male"}


def test_labels_are_the_questions_words_and_years_stand_for_themselves(questions):
    assert label_of(questions["sex"], "female") == "Female"
    assert label_of(questions["year_of_birth"], "1970") == "1970"


def test_a_new_wording_keeps_the_old_one_for_its_answers(questions, resident, tmp_path):
    save(resident.person, sex="female")
    file = tmp_path / "questions.json"
    file.write_text(
        '[{"code": "sex", "version": "2030-01", "position": 1, "wording": "Sex?",'
        ' "source": "test", "options": [["f", "F"]]}]'
    )
    assert load_equality_questions(file) == 1
    assert [question.wording for question in questions_in_use()] == ["Sex?"]
    assert EqualityAnswer.objects.get().question.version == "2026-11"
    assert EqualityQuestion.objects.filter(code="sex").count() == 2
    load_equality_questions()
    assert len(questions_in_use()) == 9


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_the_database_refuses_a_second_or_a_blank_answer(questions):
    row = {"pseudonym": "1" * 64, "question": questions["sex"], "code": "sex"}
    EqualityAnswer.objects.create(value="female", **row)
    refused(lambda: EqualityAnswer.objects.create(value="male", **row))
    refused(lambda: EqualityAnswer.objects.update(value=""))


def test_the_database_refuses_two_wordings_in_use_and_one_version_twice(questions):
    sex = questions["sex"]
    facts = {"code": "sex", "position": 2, "wording": "x", "source": "x"}
    refused(lambda: EqualityQuestion.objects.create(version="new", **facts))
    refused(lambda: EqualityQuestion.objects.create(version=sex.version, in_use=False, **facts))


@pytest.mark.parametrize(
    ("year", "on", "band"),
    [
        ("2016", 2026, ""),
        ("2015", 2026, "11-15"),
        ("2010", 2026, "16-24"),
        ("2010", 2025, "11-15"),
        ("2001", 2026, "25-34"),
        ("1991", 2026, "35-44"),
        ("1981", 2026, "45-54"),
        ("1971", 2026, "55-64"),
        ("1961", 2026, "65-74"),
        ("1951", 2026, "75-84"),
        ("1941", 2026, "85+"),
        (PREFER_NOT_TO_SAY, 2026, ""),
        ("", 2026, ""),
    ],
)
def test_age_band_on_a_day(year, on, band):
    assert age_band_of(year, dt.date(on, 6, 1)) == band
    assert band in {"", *AgeBand.values}


def test_nineteen_categories_fold_into_five_groups(questions):
    folded = {}
    for value, _label, heading in questions["ethnicity"].options:
        folded.setdefault(ethnic_group_of(value), set()).add(heading)
    assert {group: len(headings) for group, headings in folded.items()} == {
        "white": 1,
        "mixed": 1,
        "asian": 1,
        "black": 1,
        "other": 1,
    }
    assert ethnic_group_of(PREFER_NOT_TO_SAY) == ethnic_group_of("") == ""


@pytest.mark.parametrize(
    ("condition", "limits", "expected"),
    [
        ("yes", "a_lot", "yes"),
        ("yes", "a_little", "yes"),
        ("yes", "not_at_all", "no"),
        ("yes", PREFER_NOT_TO_SAY, ""),
        ("yes", "", ""),
        ("no", "", "no"),
        (PREFER_NOT_TO_SAY, "", ""),
        ("", "", ""),
    ],
)
def test_disabled_as_the_equality_act_means_it(condition, limits, expected):
    assert disabled_of(condition, limits) == expected


def test_bands_come_from_the_answers_of_one_pseudonym(questions, resident, other_resident):
    save(resident.person, year_of_birth="1970", ethnicity="asian_indian", condition="no")
    save(other_resident.person, year_of_birth="1940", ethnicity="white_irish")
    on = dt.date(2026, 11, 22)
    assert bands_of(pseudonym_of(resident.person), on=on) == Bands("55-64", "asian", "no")
    assert bands_of("0" * 64, on=on) == Bands()
