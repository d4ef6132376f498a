"""Rules about people of a project, and their twins on the queryset."""

import pytest
from django.contrib.auth.models import AnonymousUser

from opportunities import rules
from opportunities.models import SignUp
from tests.factories import make_opportunity, make_person, make_sign_up

CAST = (
    "resident",
    "other_resident",
    "officer",
    "coordinator",
    "commissioner",
    "administrator",
    "other_officer",
    "other_coordinator",
)
ARRANGING = {"officer", "coordinator"}


@pytest.fixture
def cast(request):
    users = {name: request.getfixturevalue(name) for name in CAST}
    return users | {"nobody": AnonymousUser()}


@pytest.fixture
def row(host, resident):
    return make_sign_up(make_opportunity(), resident.person)


def test_only_officers_and_coordinators_of_the_organisation_work_with_its_people(cast, row):
    brief = row.opportunity
    assert {who for who, user in cast.items() if rules.can_arrange(user, brief)} == ARRANGING
    assert {who for who, user in cast.items() if rules.can_read_support(user, row)} == ARRANGING


def test_the_rule_and_its_twin_agree(cast, row, trust):
    """Both organisations have a sign-up: each user’s answer is compared row by row."""
    rows = [row, make_sign_up(make_opportunity(trust))]
    for user in cast.values():
        by_rule = {one.pk for one in rows if rules.can_arrange(user, one.opportunity)}
        by_twin = set(SignUp.objects.arranged_by(user).values_list("pk", flat=True))
        assert by_rule == by_twin


def test_people_see_their_own_and_staff_those_they_work_with(cast, row):
    seeing = {who for who, user in cast.items() if row in SignUp.objects.visible_to(user)}
    assert seeing == ARRANGING | {"resident"}
    owning = {who for who, user in cast.items() if row in SignUp.objects.of(user)}
    assert owning == {"resident"}


def test_staff_who_come_forward_elsewhere_see_their_own(officer, trust):
    row = make_sign_up(make_opportunity(trust), make_person("Dev Officer", user=officer))
    assert list(SignUp.objects.visible_to(officer)) == [row]
