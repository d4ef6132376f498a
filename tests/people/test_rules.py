"""Who may, on the first floor; each rule's twin on a queryset is tested with its action."""

from django.contrib.auth.models import AnonymousUser

from people.models import Role
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


def test_whom_a_person_joined_through_may_see_them(resident, host, officer, other_officer):
    person = resident.person
    person.joined_through = host
    person.save()
    assert can_see_person(officer, person)
    assert not can_see_person(other_officer, person)


def test_staff_write_only_for_people_without_an_account_whom_they_may_see(
    host, trust, resident, officer, other_officer, commissioner
):
    person = factories.make_person("Joyce", joined_through=host)
    assert can_write_for(officer, person)
    assert not can_write_for(other_officer, person)
    assert not can_write_for(commissioner, person)
    assert not can_write_for(resident, resident.person)
