"""Who may, on the first floor; each rule's twin on a queryset is tested with its action."""

import pytest
from django.contrib.auth.models import AnonymousUser

from coprod.lib.days import today
from people.lifecycle import PoolStatus
from people.models import Person, Role
from people.rules import (
    acting,
    arranges,
    can_run_organisation,
    can_see_person,
    can_write_for,
    has_role,
    is_own_page,
    is_staff_member,
)
from tests import factories


def test_visitors_and_residents_act_for_nobody(resident, host):
    for user in (AnonymousUser(), resident):
        assert acting(user) is None
        assert not is_staff_member(user)
        assert not has_role(user, host, *Role.values)
        assert not arranges(user)
        assert not can_run_organisation(user, host)


def test_a_role_counts_in_its_own_organisation_by_row_or_by_key(officer, host, trust):
    assert has_role(officer, host, Role.OFFICER)
    assert has_role(officer, host.pk, Role.OFFICER, Role.FINANCE)
    assert not has_role(officer, host, Role.COORDINATOR)
    assert not has_role(officer, trust, Role.OFFICER)
    assert not has_role(officer, None, Role.OFFICER)


def test_officers_and_coordinators_arrange(officer, coordinator, commissioner, administrator, host):
    users = (officer, coordinator, commissioner, administrator)
    assert [arranges(user) for user in users] == [True, True, False, False]
    assert [can_run_organisation(user, host) for user in users] == [False, False, False, True]


def test_a_page_is_its_persons_own(resident, other_resident):
    assert is_own_page(resident, resident.person)
    assert not is_own_page(other_resident, resident.person)
    assert not is_own_page(AnonymousUser(), resident.person)
    assert not can_see_person(AnonymousUser(), resident.person)


def test_having_joined_through_somebody_opens_nothing_by_itself(resident, host, officer):
    person = resident.person
    person.joined_through = host
    person.save()
    assert not can_see_person(officer, person)
    factories.make_known(person, host)
    assert can_see_person(officer, person)


def test_a_partner_that_may_look_for_a_person_sees_them_through_its_coordinators_alone(
    host, trust, resident, other_resident, officer, coordinator, other_coordinator, commissioner
):
    """Control: the page of ``other_resident`` is open to the partner, and to its officers."""
    factories.let_look(resident.person, host)
    factories.make_known(other_resident.person, host)
    people = [resident.person, other_resident.person]
    expected = {
        officer: [False, True],
        coordinator: [True, True],
        other_coordinator: [False, False],
        commissioner: [False, False],
        resident: [True, False],
    }
    for user, seen in expected.items():
        assert [can_see_person(user, person) for person in people] == seen
        rows = set(Person.objects.visible_to(user))
        assert [person in rows for person in people] == seen


@pytest.mark.parametrize("status", PoolStatus)
def test_a_search_finds_those_who_let_the_partner_and_are_here_now(status, host, trust):
    """Control: the second person is found by the other partner, and by nobody else."""
    paused = today() if status == PoolStatus.PAUSED else None
    person, other = (factories.make_person(status=status, paused_until=paused) for _ in range(2))
    factories.let_look(person, host)
    factories.let_look(other, trust)
    here = status in (PoolStatus.WELCOMED, PoolStatus.ACTIVE)
    assert list(Person.objects.looked_for_by(host)) == [person] * here
    assert list(Person.objects.looked_for_by(trust)) == [other] * here


def test_staff_write_only_for_people_without_an_account_whom_they_may_see(
    host, trust, resident, officer, other_officer, commissioner
):
    person = factories.make_person("Joyce", joined_through=host)
    assert can_write_for(officer, person)
    assert not can_write_for(other_officer, person)
    assert not can_write_for(commissioner, person)
    assert not can_write_for(resident, resident.person)
