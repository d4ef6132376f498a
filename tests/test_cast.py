"""The cast is what its names promise."""

from people.models import Role
from people.rules import has_role, is_staff_member


def test_staff_act_for_their_organisation_and_for_no_other(officer, other_officer, host, trust):
    assert has_role(officer, host, Role.OFFICER)
    assert not has_role(officer, trust, Role.OFFICER)
    assert has_role(other_officer, trust, Role.OFFICER)


def test_residents_are_in_the_pool_and_act_for_nobody(resident, other_resident, stranger):
    names = [user.person.name for user in (resident, other_resident, stranger)]
    assert names == ["Amina Resident", "Bob Neighbour", "Chris Stranger"]
    assert not any(is_staff_member(user) for user in (resident, other_resident, stranger))


def test_a_client_is_signed_in_as_the_user(client_for, coordinator):
    assert client_for(coordinator).session["_auth_user_id"] == str(coordinator.pk)


def test_acting_as_sets_the_only_role(acting_as, commissioner):
    commissioner.acting = None
    assert acting_as(commissioner).acting.role == Role.COMMISSIONER


def test_the_six_towns_are_in_order(towns):
    assert [town.name for town in towns] == sorted(town.name for town in towns)
