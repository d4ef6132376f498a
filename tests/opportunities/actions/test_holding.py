"""Young people held without a place, and what becomes of them when agreements come and go."""

from __future__ import annotations

import datetime as dt

import pytest

from coprod.lib.days import add_months, today
from coprod.lib.lifecycle import NotAllowed
from opportunities.lifecycle import SignUpStatus as S
from opportunities.models import Opportunity
from people import actions
from people.models import Notice, YoungPerson
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def brief(host):
    return factories.make_opportunity(host, min_age=11, places=1)


def _young(years, *, says_yes=True):
    person = factories.make_resident(f"Yara Young {years}").person
    factories.make_young(person, years)
    if not says_yes:
        YoungPerson.objects.filter(person=person).update(yes_at=None, yes_wording="")
    return person


def _state(row):
    row.refresh_from_db()
    return row.status


def _taken(brief):
    brief.refresh_from_db()
    return brief.places_taken


def test_whoever_takes_their_yes_back_is_out_and_their_place_goes_on(brief, stranger):
    young = _young(17)
    row = factories.make_sign_up(brief, young)
    waiting = factories.make_sign_up(brief, stranger.person)
    assert (row.status, waiting.status) == (S.PLACE, S.WAITING)
    actions.take_back_yes(person=young, actor=young.user)
    assert (_state(row), _state(waiting), _taken(brief)) == (S.WITHDRAWN, S.PLACE, 1)


def test_the_last_agreement_gives_the_place_that_is_there(brief):
    young = _young(17, says_yes=False)
    row = factories.make_sign_up(brief, young)
    assert (row.status, _taken(brief)) == (S.HELD, 0)
    actions.say_yes(person=young, actor=young.user)
    assert (_state(row), _taken(brief)) == (S.PLACE, 1)


def test_who_is_let_in_too_late_hears_so_kindly(brief, stranger):
    young = _young(17, says_yes=False)
    row = factories.make_sign_up(brief, young)
    factories.make_sign_up(brief, stranger.person)
    yesterday = today() - dt.timedelta(days=1)
    Opportunity.objects.filter(pk=brief.pk).update(
        starts_on=yesterday, ends_on=None, closes_on=yesterday
    )
    actions.say_yes(person=young, actor=young.user)
    assert (_state(row), _taken(brief)) == (S.NOT_THIS_TIME, 1)
    assert "no place was left" in row.answer
    assert Notice.objects.filter(person=young, kind="not_this_time").count() == 1


def test_an_age_that_comes_late_holds_a_place_and_passes_it_on(brief, resident, stranger):
    first = factories.make_sign_up(brief, resident.person)
    second = factories.make_sign_up(brief, stranger.person)
    born = add_months(today(), -12 * 14)
    actions.note_age(person=resident.person, actor=resident, born_on=born)
    assert (_state(first), _state(second), _taken(brief)) == (S.HELD, S.PLACE, 1)


def test_an_age_that_comes_late_holds_who_waits_and_frees_nothing(brief, resident, stranger):
    first = factories.make_sign_up(brief, stranger.person)
    second = factories.make_sign_up(brief, resident.person)
    born = add_months(today(), -12 * 14)
    actions.note_age(person=resident.person, actor=resident, born_on=born)
    assert (_state(first), _state(second), _taken(brief)) == (S.PLACE, S.HELD, 1)


def test_nobody_comes_forward_who_is_too_young_for_it(host):
    brief = factories.make_opportunity(host, min_age=16)
    with pytest.raises(NotAllowed, match="16 or over"):
        factories.make_sign_up(brief, _young(12))
