"""Who else takes part: only what each chose to show the group, and only to those in it."""

import pytest
from django.urls import reverse

from opportunities.lifecycle import SignUpStatus as U
from opportunities.lifecycle import Status
from opportunities.models import Opportunity, SignUp
from opportunities.rules import can_see_companions
from people import actions
from people.models import Audience, Need
from tests.factories import make_need, make_opportunity, make_person, make_profile, make_sign_up

SHOWN, NEED = "What Bob Neighbour brings", "canary-need-9c1"


def page(row):
    return reverse("opportunities:companions", args=[row.pk])


@pytest.fixture
def brief(host):
    return make_opportunity(title="Clear letters", places=9)


@pytest.fixture
def mine(brief, resident):
    return make_sign_up(brief, resident.person)


@pytest.fixture
def theirs(brief, other_resident):
    person = other_resident.person
    make_profile(person)
    need = make_need(person, value="other", detail=NEED, audience=Audience.PROJECT)
    return make_sign_up(
        brief,
        person,
        shows=["experience"],
        needs=[need],
        group_needs=[need.pk],
        support_consent=True,
        support_text="my-own-words-for-staff",
    )


def seen(client, row):
    shown = client.get(page(row)).text
    return [words in shown for words in ("Bob Neighbour", SHOWN, NEED)]


def test_the_others_see_what_somebody_ticked_for_them_and_nothing_else(
    client_for, resident, mine, theirs
):
    client = client_for(resident)
    assert seen(client, mine) == [True, True, True]
    shown = client.get(page(mine)).text
    hidden = ("How to help Bob", "What matters to Bob", "my-own-words-for-staff", "bob-neighbour")
    assert [words in shown for words in hidden] == [False] * 4
    main = shown[shown.index("<main") : shown.index("</main>")]
    assert "Amina Resident" not in main


def test_by_default_nobody_is_shown(client_for, resident, mine, brief):
    make_sign_up(brief, make_person("Silent Sam"))
    shown = client_for(resident).get(page(mine)).text
    assert ("Silent Sam" in shown, "Nobody has chosen to show" in shown) == (False, True)


def test_whatever_closes_it_closes_it_at_once(client_for, resident, other_resident, mine, theirs):
    """Each step takes one thing away; before each of them it was there (the test above)."""
    client, person = client_for(resident), other_resident.person
    actions.set_audiences(person=person, actor=other_resident, audiences={"experience": "only_me"})
    assert seen(client, mine) == [True, False, True]
    actions.set_audiences(
        person=person, actor=other_resident, audiences={"experience": "coordinators"}
    )
    assert seen(client, mine) == [True, False, True]
    Need.objects.update(audience=Audience.COORDINATORS)
    assert seen(client, mine) == [True, False, False]
    Need.objects.update(audience=Audience.PROJECT)
    actions.delete_all_needs(person=person, actor=other_resident)
    assert seen(client, mine) == [True, False, False]
    SignUp.objects.filter(pk=theirs.pk).update(shows=[])
    assert seen(client, mine) == [False, False, False]


def test_only_who_holds_a_place_sees_them_until_it_is_over(client_for, resident, mine, theirs):
    """Control: with the place the page is there; rule and query agree at each step."""
    client = client_for(resident)

    def answers():
        row = SignUp.objects.select_related("opportunity", "person").get(pk=mine.pk)
        by_query = SignUp.objects.shown_to(resident).exists()
        assert can_see_companions(resident, row) == by_query
        return client.get(page(mine)).status_code, by_query

    assert answers() == (200, True)
    SignUp.objects.filter(pk=mine.pk).update(status=U.WAITING, waiting_number=1)
    assert answers() == (403, False)
    SignUp.objects.filter(pk=mine.pk).update(status=U.PLACE, waiting_number=None)
    Opportunity.objects.update(status=Status.COMPLETED)
    assert answers() == (403, False)


def test_it_is_nobody_elses_page(client_for, other_resident, officer, stranger, mine, theirs):
    for who in (other_resident, officer, stranger):
        assert client_for(who).get(page(mine)).status_code == 404
    assert not SignUp.objects.shown_to(officer)


def test_somebody_who_waits_is_not_shown(client_for, resident, mine, theirs):
    SignUp.objects.filter(pk=theirs.pk).update(status=U.WAITING, waiting_number=1)
    assert seen(client_for(resident), mine) == [False, False, False]


@pytest.mark.parametrize("number", [1, 3])
def test_one_or_three_people_cost_the_same(
    client_for, resident, mine, brief, number, django_assert_num_queries
):
    for _each in range(number):
        person = make_person()
        make_profile(person)
        make_sign_up(brief, person, shows=["experience"])
    client = client_for(resident)
    client.get(page(mine))
    with django_assert_num_queries(7):
        assert client.get(page(mine)).text.count("What Person") == number
