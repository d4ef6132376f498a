"""A coordinator looks for people."""

from __future__ import annotations

import pytest
from django.urls import reverse

from people.models import TopicKind
from tests import factories as make
from tests.people.test_load import _asked as ask

pytestmark = pytest.mark.django_db
HERE = "people:find_people"
QUESTIONS = 13


@pytest.fixture
def respite():
    return make.make_topic(TopicKind.EXPERIENCE, "Respite care")


def _knows(host, respite, name):
    person = make.make_person(name, joined_through=host, phone="0121 496 0777")
    make.choose_topic(person, respite)
    return person


def test_find_people_says_why_and_never_how_to_reach_them(
    client_for, coordinator, host, trust, respite
):
    person = _knows(host, respite, "Jo Example")
    for _ in range(6):
        ask(person, trust)
    stranger = make.make_person("Nobody Here")
    make.choose_topic(stranger, respite)
    page = client_for(coordinator).get(reverse(HERE), {"experience": respite.pk}).text
    assert "Jo Example" in page
    assert "They said that they know about: Respite care" in page
    assert "At their limit" in page
    assert "Respite care (1)" in page
    for secret in ("Nobody Here", "0121 496 0777", person.email, trust.name):
        assert secret not in page


@pytest.mark.parametrize("number", [1, 3])
def test_find_people_asks_as_often_for_three_as_for_one(
    client_for, coordinator, host, respite, django_assert_num_queries, number
):
    for n in range(number):
        _knows(host, respite, f"Jo {n}")
    browser = client_for(coordinator)
    with django_assert_num_queries(QUESTIONS):
        browser.get(reverse(HERE), {"experience": respite.pk, "q": "respite"})


def test_find_people_pages_and_keeps_what_is_ticked(client_for, coordinator, host, respite):
    for n in range(27):
        _knows(host, respite, f"Jo {n:02}")
    browser = client_for(coordinator)
    page = browser.get(reverse(HERE), {"experience": respite.pk, "town": "x"})
    assert (page.text.count("<h3>"), "27 people" in page.text) == (25, True)
    rest = browser.get(reverse(HERE) + page.context["following"].replace("&amp;", "&"))
    assert rest.text.count("<h3>") == 2


def test_find_people_says_what_to_do_where_nobody_fits(client_for, coordinator, respite):
    page = client_for(coordinator).get(reverse(HERE), {"q": "zebra"}).text
    assert "Nobody fits all of this" in page


def test_find_people_is_for_coordinators(client_for, officer, commissioner, resident):
    for user in (officer, commissioner, resident):
        assert client_for(user).get(reverse(HERE)).status_code == 403
