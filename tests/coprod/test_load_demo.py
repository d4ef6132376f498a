"""Loading the demonstration: into an empty portal, the same every time, on dates that fit."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from coprod.demo.load import load
from opportunities.models import Opportunity, SignUp
from people.models import EqualityAnswer, EqualityQuestion, Person

pytestmark = pytest.mark.django_db


def test_load_demo_only_into_an_empty_portal(host):
    with pytest.raises(CommandError, match="only loaded into an empty portal"):
        call_command("load_demo", verbosity=0)


def test_load_demo_is_the_same_every_time():
    """Also in a portal that was emptied, and has lost the questions of its first migration."""

    def everything():
        return (
            list(Person.objects.values_list("name", "email", "phone", "town__slug")),
            list(Opportunity.objects.order_by("slug").values_list("slug", "status", "closes_on")),
            list(
                SignUp.objects.order_by("opportunity__slug", "person__name").values_list(
                    "opportunity__slug", "person__name", "status", "waiting_number"
                )
            ),
        )

    with transaction.atomic():
        load(people=60)
        first, asked = everything(), EqualityQuestion.objects.count()
        transaction.set_rollback(True)
    assert everything() == ([], [], [])
    EqualityQuestion.objects.all().delete()
    assert asked > 0
    load(people=60)
    assert everything() == first
    assert EqualityQuestion.objects.count() == asked
    assert EqualityAnswer.objects.exists()


def test_dates_move_by_whole_weeks(time_machine):
    time_machine.move_to("2027-06-10 12:00")
    load(people=60)
    panel = Opportunity.objects.get(slug="interview-panel-for-a-social-work-manager")
    # Written for Friday 8 January 2027; 28 whole weeks later it is a Friday still.
    assert panel.closes_on.isoformat() == "2027-07-23"
    assert panel.closes_on.strftime("%A") == "Friday"
    assert "Thursday 12 August 2027" in panel.when
