"""Who may read the figures, and of whom."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from charter.reporting.rules import can_read_report, can_see_all_partners
from people.models import Role
from tests import factories


@pytest.mark.parametrize(
    ("role", "reads", "sees_all"),
    [
        (Role.OFFICER, False, False),
        (Role.FINANCE, False, False),
        (Role.COORDINATOR, True, False),
        (Role.ADMINISTRATOR, True, False),
        (Role.COMMISSIONER, True, True),
    ],
)
def test_roles_of_the_host(role, reads, sees_all, host):
    user = factories.make_staff(host, role)
    assert (can_read_report(user), can_see_all_partners(user)) == (reads, sees_all)


def test_commissioners_of_a_partner_see_their_own(trust):
    user = factories.make_staff(trust, Role.COMMISSIONER)
    assert (can_read_report(user), can_see_all_partners(user)) == (True, False)


def test_residents_and_strangers_see_nothing(resident):
    for user in (resident, AnonymousUser()):
        assert (can_read_report(user), can_see_all_partners(user)) == (False, False)
