"""A demonstration of any size: the same borough with a crowd in it."""

from __future__ import annotations

import pytest
from django.db.models import Q

from coprod.demo.load import SMALL, load
from coprod.integrity import CHECKS
from opportunities.completeness import missing_parts
from opportunities.lifecycle import Status
from opportunities.models import Attendance, Opportunity, Participation, SignUp
from people.models import Person, User

pytestmark = pytest.mark.django_db


def test_a_crowd_keeps_what_must_hold():
    """tests/coprod/test_integrity.py shows that each of these checks finds its fault."""
    told = load(people=SMALL + 500, opportunities=120)
    assert (told["people"], told["briefs"]) == (620, 120)
    assert {name: list(check()) for name, check in CHECKS.items()} == {name: [] for name in CHECKS}
    assert set(Opportunity.objects.values_list("status", flat=True)) == set(Status)
    public = Opportunity.objects.public()
    assert [brief.slug for brief in public if missing_parts(brief)] == []
    # One project that everybody wants: several pages of people, nearly all of them waiting.
    wanted = Opportunity.objects.order_by("-last_waiting_number").first()
    assert (wanted.places, wanted.places_taken) == (20, 20)
    assert wanted.sign_ups.count() == 400
    crowd = Person.objects.order_by("pk")[SMALL:]
    assert SignUp.objects.filter(person__in=crowd).count() > 500
    assert Attendance.objects.filter(person__in=crowd).count() > 100
    bands = Participation.objects.filter(opportunity__attendances__person__in=crowd)
    assert bands.exclude(age_band="").exists()
    # Nobody in it can be reached, and those with an account sign in by no password.
    reachable = ~Q(email="") & ~Q(email__endswith="@example.org")
    assert not Person.objects.filter(reachable).exists()
    assert not Person.objects.exclude(phone__regex=r"^(07700 900|0121 496 0)\d{3}$").exists()
    assert User.objects.filter(person__in=crowd).count() > 100
    assert not User.objects.exclude(password__startswith="!").exists()
