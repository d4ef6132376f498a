"""Who is found: only those who let the partner look for them, by what they told us."""

from __future__ import annotations

import pytest

from coprod.lib.days import today
from people.finding import (
    FEW,
    MOST,
    Found,
    Wanted,
    because,
    found,
    in_words,
    number_in_words,
    what_they_share,
)
from people.lifecycle import FINDABLE, PoolStatus
from people.models import Audience, Availability, Cohort, CohortMember, PersonTopic, TopicKind
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def respite():
    return make.make_topic(TopicKind.EXPERIENCE, "Respite care")


def _somebody(host, name="Jo Example", *topics, **fields):
    person = make.make_person(name, joined_through=host, **fields)
    for topic in topics:
        make.choose_topic(person, topic)
    return person


def test_found_asks_for_all_topics_and_any_town_day_or_cohort(host, towns, respite):
    urdu = make.make_topic(TopicKind.LANGUAGE, "Urdu")
    both = _somebody(host, "Both", respite, urdu, town=towns[0])
    one = _somebody(host, "One", respite, town=towns[1])
    Availability.objects.create(person=both, days="mon,tue", times="morning", how_far="home")
    cohort = Cohort.objects.create(organisation=host, name="Advisors")
    CohortMember.objects.create(cohort=cohort, person=one)
    table = [
        (Wanted(), [one, both]),
        (Wanted(topics=(respite,)), [one, both]),
        (Wanted(topics=(respite, urdu)), [both]),
        (Wanted(towns=(towns[1],)), [one]),
        (Wanted(towns=(towns[0], towns[1])), [one, both]),
        (Wanted(days=("tue", "sun")), [both]),
        (Wanted(days=("sun",)), []),
        (Wanted(times=("morning",)), [both]),
        (Wanted(how_far=("home",)), [both]),
        (Wanted(cohorts=(cohort,)), [one]),
        (Wanted(words="respite"), [one, both]),
        (Wanted(words="respites urdu"), [both]),
        (Wanted(words="nothing"), []),
    ]
    for wanted, people in table:
        assert found(host, wanted).keys == [person.pk for person in people], wanted


def test_found_knows_own_words_and_says_why_in_them(host, respite):
    person = _somebody(host, "Jo", respite)
    own = PersonTopic.objects.create(person=person, kind=TopicKind.SKILL, words="Reading drafts")
    assert found(host, Wanted(words="draft")).keys == [person.pk]
    told = because([person.pk], Wanted(words="draft", topics=(respite,)))[person.pk]
    assert in_words(told) == [
        "know about: Respite care",
        "can help with: Reading drafts",
    ]
    assert own in told
    assert because([person.pk], Wanted()) == {}


def test_reasons_of_one_kind_are_one_phrase(host, respite):
    buses = make.make_topic(TopicKind.INTEREST, "Buses")
    families = make.make_topic(TopicKind.INTEREST, "Children and families")
    person = _somebody(host, "Jo", buses, respite, families)
    told = PersonTopic.objects.filter(person=person).order_by("pk")
    assert in_words(told) == [
        "are interested in: Buses, Children and families",
        "know about: Respite care",
    ]
    assert in_words([]) == []


def test_what_a_page_says_is_found_only_where_coordinators_may_read_it(host):
    """Control: the same words behind a closed part are not found; without the condition of
    ``_open_pages`` they are, and this fails."""
    open_page, closed = _somebody(host, "Open"), _somebody(host, "Closed")
    for person, audience in ((open_page, Audience.COORDINATORS), (closed, Audience.ONLY_ME)):
        words = "I was a bus driver for 26 years"
        make.make_profile(person, experience=words, audiences={"experience": audience.value})
    wanted = Wanted(words="bus drivers")
    assert found(host, wanted).keys == [open_page.pk]


@pytest.mark.parametrize("status", PoolStatus.values)
def test_only_those_who_are_here_are_found(host, respite, status):
    until = today() if status == PoolStatus.PAUSED else None
    person = _somebody(host, "Jo", respite, status=status, paused_until=until)
    expected = [person.pk] if status in FINDABLE else []
    assert found(host, Wanted(topics=(respite,))).keys == expected


def test_a_partner_that_may_not_look_finds_nobody(host, trust, respite):
    """Control: the same search of the host finds the person; with the condition on MayLookFor taken
    out of ``Person.objects.looked_for_by`` the partner’s finds them, too, and this fails."""
    person = _somebody(host, "Jo", respite)
    make.make_known(person, trust)  # they came forward there, and still may not be looked for
    wanted = Wanted(topics=(respite,), words="respite")
    assert found(host, wanted).keys == [person.pk]
    assert found(trust, wanted).keys == []


def test_very_many_are_cut_and_said_to_be(host, monkeypatch):
    monkeypatch.setattr("people.finding.MOST", 2)
    people = [_somebody(host, f"Jo {n}") for n in range(3)]
    fit = found(host, Wanted())
    assert (fit.keys, fit.is_cut) == ([people[2].pk, people[1].pk], True)
    assert number_in_words(Found([1] * MOST, is_cut=True)) == "more than 2 people"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "fewer than 5 people"),
        (4, "fewer than 5 people"),
        (5, "about 5 people"),
        (9, "about 5 people"),
        (10, "about 10 people"),
    ],
)
def test_officers_never_read_an_exact_number(number, words):
    assert number_in_words(Found(list(range(number)))) == words


def test_what_they_share_is_said_of_many_and_never_of_all(host, respite):
    """A few in common would tell of each of them, and so would what everybody has."""
    urdu, all_have = make.make_topic("language", "Urdu"), make.make_topic("interest", "Parks")
    people = [_somebody(host, f"Jo {n}", respite, all_have) for n in range(3 * FEW)]
    for person in people[: 2 * FEW]:
        make.choose_topic(person, urdu)
    wanted = Wanted(topics=(respite,))
    assert what_they_share(found(host, wanted), wanted) == ["Urdu"]
    few = Wanted(topics=(respite,), words="urdu")
    make.choose_topic(people[-1], urdu)
    assert what_they_share(Found([p.pk for p in people[: 2 * FEW - 1]]), few) == []
