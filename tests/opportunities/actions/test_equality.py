"""“This was wrong” puts right what was counted, “this has changed” does not, deletion blanks it."""

import pytest

from coprod.lib.days import add_months, today
from opportunities.actions.attendance import record_took_part
from opportunities.actions.equality import CHANGED, WRONG, correct_equality, delete_equality
from opportunities.models import Participation
from people.models import AuditEvent, EqualityAnswer
from tests.factories import answer_equality, make_opportunity, make_person

BEFORE = {"year_of_birth": "1990", "ethnicity": "white_irish", "condition": "no"}
ASIAN = BEFORE | {"ethnicity": "asian_other"}
DISABLED = BEFORE | {"condition": "yes", "limits": "a_lot"}


@pytest.fixture
def brief(host):
    return make_opportunity(starts_on=add_months(today(), -40), ends_on=today())


@pytest.fixture
def person(brief):
    made = make_person()
    answer_equality(made, **BEFORE)
    record_took_part(opportunity=brief, day=today(), came=[made], actor=None)
    return made


def row(**facts):
    one = Participation.objects.get(**facts)
    return (one.ethnic_group, one.disabled)


def test_wrong_puts_right_what_was_counted(person):
    assert correct_equality(person=person, answers=ASIAN, kind=WRONG) == {"ethnicity"}
    assert row() == ("asian", "no")


def test_changed_leaves_what_was_counted(person):
    correct_equality(person=person, answers=DISABLED, kind=CHANGED)
    assert row() == ("white", "no")
    assert EqualityAnswer.objects.get(code="condition").value == "yes"


def test_deletion_blanks_what_was_counted(person):
    assert delete_equality(person=person) == 3
    one = Participation.objects.get()
    assert (one.age_band, one.ethnic_group, one.disabled) == ("", "", "")
    assert EqualityAnswer.objects.count() == 0


def test_a_wrong_year_is_put_right_for_the_age_on_each_day(brief, person):
    year = today().year
    earlier = add_months(today(), -36)
    record_took_part(opportunity=brief, day=earlier, came=[person], actor=None)
    born = str(year - 25)  # 25 now, 22 then
    correct_equality(person=person, answers=BEFORE | {"year_of_birth": born}, kind=WRONG)
    bands = dict(Participation.objects.values_list("took_part_on", "age_band"))
    assert bands == {today(): "25-34", earlier: "16-24"}


def test_wrong_leaves_rows_that_were_right_in_their_time(brief, person):
    """Not disabled, then disabled (a change), then that was wrong: only the later row moves."""
    correct_equality(person=person, answers=DISABLED, kind=CHANGED)
    later = make_opportunity(starts_on=today(), ends_on=today())
    record_took_part(opportunity=later, day=today(), came=[person], actor=None)
    assert row(opportunity=later) == ("white", "yes")
    correct_equality(person=person, answers=DISABLED | {"ethnicity": "mixed_other"}, kind=WRONG)
    assert row(opportunity=brief) == ("mixed", "no")
    assert row(opportunity=later) == ("mixed", "yes")


def test_wrong_about_nothing_that_is_counted_touches_no_row(person):
    before = Participation.objects.get().changed_at
    correct_equality(person=person, answers=BEFORE | {"sex": "female"}, kind=WRONG)
    assert Participation.objects.get().changed_at == before


def test_other_people_are_left_alone(brief, person):
    other = make_person()
    answer_equality(other, **BEFORE)
    record_took_part(opportunity=brief, day=today(), came=[other], actor=None)
    delete_equality(person=person)
    assert sorted(Participation.objects.values_list("ethnic_group", flat=True)) == ["", "white"]


def test_nothing_is_logged(person):
    before = AuditEvent.objects.count()
    correct_equality(person=person, answers=ASIAN, kind=WRONG)
    delete_equality(person=person)
    assert AuditEvent.objects.count() == before


def test_another_kind_of_change_is_a_fault(person):
    with pytest.raises(ValueError, match="no kind"):
        correct_equality(person=person, answers=ASIAN, kind="")
    assert row() == ("white", "no")
