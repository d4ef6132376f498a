"""Who may do what with a brief; each rule agrees with its twin on the queryset."""

from __future__ import annotations

import itertools

import pytest
from django.contrib.auth.models import AnonymousUser

from opportunities import rules
from opportunities.lifecycle import PUBLIC, Status
from opportunities.models import Opportunity
from people.models import Role
from tests.factories import make_opportunity, make_organisation, make_resident, make_staff

WRITERS = {Role.OFFICER, Role.COORDINATOR}
FOR_WRITERS = ("edit", "submit", "close", "reopen", "start", "withdraw", "copy")
FOR_REVIEWERS = ("publish", "return")


@pytest.fixture
def house(db):
    """Two organisations with a brief in every state, and everybody who could ask."""
    ours, theirs = make_organisation(), make_organisation()
    briefs = [
        make_opportunity(one, status=status) for one in (ours, theirs) for status in Status.values
    ]
    users = [make_staff(one, role) for one in (ours, theirs) for role in Role.values]
    return briefs, [*users, make_resident(), AnonymousUser()]


@pytest.mark.parametrize(
    ("rule", "twin"),
    [
        (rules.can_see, Opportunity.objects.visible_to),
        (rules.can_follow, Opportunity.objects.of_organisation_of),
        *((getattr(rules, f"can_{verb}"), Opportunity.objects.arranged_by) for verb in FOR_WRITERS),
        *(
            (getattr(rules, f"can_{verb}"), Opportunity.objects.reviewed_by)
            for verb in FOR_REVIEWERS
        ),
    ],
)
def test_rules_and_querysets_agree(house, rule, twin):
    briefs, users = house
    for user in users:
        by_rule = {brief.pk for brief in briefs if rule(user, brief)}
        assert by_rule == set(twin(user).values_list("pk", flat=True))


def test_what_each_role_may(house):
    briefs, users = house
    for user, brief in itertools.product(users, briefs):
        acting = getattr(user, "acting", None)
        own = acting is not None and acting.organisation_id == brief.organisation_id
        role = acting.role if own else None
        assert rules.can_see(user, brief) is (own or brief.status in PUBLIC)
        assert rules.can_edit(user, brief) is (role in WRITERS)
        assert rules.can_publish(user, brief) is (role == Role.COORDINATOR)


def test_who_begins_a_brief(house):
    _briefs, users = house
    may = {user.acting.role for user in users if rules.can_write(user)}
    assert may == WRITERS
    assert not rules.can_write(AnonymousUser())


def test_somebody_with_two_roles_acts_under_one(db):
    ours, theirs = make_organisation(), make_organisation()
    user = make_staff(ours, Role.COORDINATOR)
    here, there = make_opportunity(ours), make_opportunity(theirs)
    assert [rules.can_publish(user, one) for one in (here, there)] == [True, False]
    user.acting = None  # has not chosen yet
    assert [rules.can_publish(user, one) for one in (here, there)] == [False, False]
