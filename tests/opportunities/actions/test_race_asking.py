"""Nobody is asked beyond their limit, however many services invite at once.

Control: with the first statement of ``asking._locked`` (the write that holds the person) taken out,
both invitations count before either is made: on PostgreSQL two are made and this fails. SQLite
takes one writer at a time by itself.
"""

from __future__ import annotations

import threading

import pytest
from django.db import connections

from coprod.lib.lifecycle import NotAllowed
from opportunities.actions import invite
from opportunities.models import ProjectInvitation
from people.models import Availability, Role
from tests import factories as make
from tests.opportunities.actions.test_race import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_services_that_invite_at_once_keep_one_limit():
    partners = [make.make_organisation(slug=f"partner-{n}", is_host=n == 0) for n in range(3)]
    person = make.make_person(email="", contact_by="phone", phone="0121 496 0777")
    Availability.objects.create(person=person, invitations_a_month=1)
    begin = threading.Barrier(len(partners))

    def ask(brief, coordinator):
        def job():
            begin.wait()
            invite(opportunity=brief, people=[person], actor=coordinator, because={})

        return job

    jobs = []
    for partner in partners:
        make.let_look(person, partner)
        brief = make.make_opportunity(partner)
        jobs.append(ask(brief, make.make_staff(partner, Role.COORDINATOR)))
    connections.close_all()
    came = all_at_once(jobs)
    assert ProjectInvitation.objects.count() == 1
    assert [type(one) for one in came if one is not None] == [NotAllowed, NotAllowed]
