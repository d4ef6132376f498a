"""Nobody under 18 is found, and nobody under 16 opens their page to all coordinators."""

import datetime as dt
from contextlib import nullcontext

import pytest
import time_machine
from django.urls import reverse

from coprod.lib.lifecycle import NotAllowed
from opportunities.actions.sign_ups import change, sign_up
from people import actions
from people.finding import Wanted, found
from people.models import Audience, Person, Profile
from people.queries import agreements_to_see_to, profile_of, who_can_see
from people.rules import can_read_experience, can_see_person
from tests import factories

pytestmark = pytest.mark.django_db
OPEN = dict.fromkeys(Profile.PARTS, Audience.COORDINATORS.value)


def let(organisation, age):
    person = factories.make_person()
    factories.let_look(person, organisation)
    return factories.make_young(person, age=age).person


@pytest.mark.parametrize("age", [12, 15, 17])
def test_nobody_under_18_is_found_and_partners_see_none_of_them(
    age, host, trust, coordinator, other_coordinator, officer
):
    """Control: a grown-up with the same ticks is found and seen, and so is the young person once
    they came forward. Without the condition on age in ``looked_for_by`` and in
    ``_let_its_coordinators_look`` each of the four lists has them, and this fails."""
    young, grown = let(trust, age), factories.make_person("Gus Grown")
    factories.let_look(grown, trust)
    factories.let_look(young, host)
    assert list(Person.objects.looked_for_by(trust)) == [grown]
    assert found(trust, Wanted()).keys == [grown.pk]
    for user in (coordinator, other_coordinator, officer):
        assert young not in Person.objects.visible_to(user)
        assert not can_see_person(user, young)
        assert not can_read_experience(user, young)
    assert list(who_can_see(young)) == []
    assert can_see_person(other_coordinator, grown)
    assert grown in Person.objects.visible_to(other_coordinator)
    factories.make_known(young, trust)
    assert young in Person.objects.visible_to(other_coordinator)
    assert can_see_person(other_coordinator, young)
    assert not can_see_person(coordinator, young)
    assert list(Person.objects.looked_for_by(trust)) == [grown]


def test_whom_they_joined_through_welcomes_them_and_checks_what_the_adult_said(
    host, trust, coordinator, other_coordinator, officer
):
    """Nobody waits unseen: control is the partner, which may look and sees nothing."""
    young = let(host, 14)
    young.joined_through = host
    young.save()
    factories.let_look(young, trust)
    agreement = factories.make_agreement(young, status="given", checked_on=None, how_checked="")
    assert can_see_person(coordinator, young)
    assert can_read_experience(coordinator, young)
    assert young in Person.objects.visible_to(coordinator)
    assert agreements_to_see_to(host) == [agreement]
    assert list(who_can_see(young)) == [host]
    for user in (other_coordinator, officer):
        assert not can_see_person(user, young)
        assert young not in Person.objects.visible_to(user)
    assert agreements_to_see_to(trust) == []
    assert not Person.objects.looked_for_by(host).exists()


@pytest.mark.parametrize(
    ("born", "day", "is_found"),
    [
        ((2008, 6, 2), "2026-06-01", False),
        ((2008, 6, 2), "2026-06-02", True),
        ((2008, 2, 29), "2026-02-28", False),
        ((2008, 2, 29), "2026-03-01", True),
        ((2010, 3, 1), "2028-02-29", False),
        ((2010, 2, 28), "2028-02-29", True),
    ],
)
def test_on_the_18th_birthday_they_are_found(host, coordinator, born, day, is_found):
    person = factories.make_person()
    factories.let_look(person, host)
    with time_machine.travel(f"{day}T12:00:00+00:00", tick=False):
        factories.make_young(person, born_on=dt.date(*born))
        assert Person.objects.looked_for_by(host).exists() is is_found
        assert can_see_person(coordinator, person) is is_found
        assert (person in Person.objects.visible_to(coordinator)) is is_found


@pytest.mark.parametrize(("age", "stays_private"), [(12, True), (15, True), (16, False)])
@pytest.mark.parametrize("audience", ["project", "coordinators"])
def test_a_page_of_somebody_under_16_is_opened_to_nobody(resident, age, stays_private, audience):
    """Control: of somebody who is 16 it is."""
    person = factories.make_young(resident.person, age=age).person
    factories.make_profile(person, audiences={}, shared_at=None)
    said = {"experience": audience}
    refused = pytest.raises(NotAllowed, match="It stays private")
    with refused if stays_private else nullcontext():
        actions.set_audiences(person=person, actor=resident, audiences=said)
    opened = {part: who for part, who in profile_of(person).audiences.items() if who != "only_me"}
    assert opened == ({} if stays_private else said)


@pytest.mark.parametrize(("age", "shared"), [(14, []), (17, ["experience"])])
def test_a_project_sees_nothing_of_the_page_of_somebody_under_16(host, resident, age, shared):
    """At the sign-up and when it is changed; control: somebody who is 17 shares what they tick."""
    person = factories.make_young(resident.person, age=age).person
    factories.make_profile(person, audiences={}, shared_at=None)
    facts = {"contact_by": "email", "contact_detail": "x@example.org", "why": ""}
    ticked = {"shares": ["experience"], "shows": ["experience"], "actor": resident}
    brief = factories.make_opportunity(host, min_age=11)
    row = sign_up(opportunity=brief, person=person, old_enough=False, **facts, **ticked)
    assert row.shares == shared
    row = change(sign_up=row, **facts, **ticked)
    assert (row.shares, row.shows) == (shared, ["name", *shared] if shared else [])


def test_the_pages_say_so_in_plain_words(client_for, resident, coordinator, host):
    person = factories.make_young(resident.person, age=14).person
    factories.make_profile(person, audiences={}, shared_at=None)
    factories.make_known(person, host)
    mine, words = client_for(resident), "People under 16 keep their page to themselves."
    page = mine.get(reverse("people:profile")).text
    assert (words in page, "Share my page" in page) == (True, False)
    assert words in mine.post(reverse("people:share_profile"), follow=True).text
    assert words in mine.post(reverse("people:audiences"), OPEN).text
    typed = reverse("people:type_audiences", args=[person.uuid])
    assert words in client_for(coordinator).post(typed, OPEN | {"channel": "phone"}).text
    assert not profile_of(person).is_shared


def test_telling_that_one_is_under_18_closes_the_page(resident):
    person = resident.person
    factories.make_profile(person, audiences=OPEN)
    actions.note_age(person=person, actor=resident, born_on=dt.date(2012, 1, 1))
    assert not profile_of(person).is_shared
