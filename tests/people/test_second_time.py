"""Verbs that find nothing left to do, and what staff may not."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from people import actions, rules
from people.actions import erase_person, rights
from people.models import LARGE_PRINT, AuditEvent, DataComplaint
from tests import factories

pytestmark = pytest.mark.django_db


def test_choosing_the_same_again_leaves_no_line(resident):
    facts = {"person": resident.person, "actor": resident}
    rights.set_consents(**facts, purposes=())
    assert AuditEvent.objects.filter(verb="consents.changed").count() == 0


def test_a_complaint_is_acknowledged_once(officer, coordinator, host):
    rights.complain(
        words="You wrote to my old address", actor=officer, name="Jo", phone="0121 496 0777"
    )
    complaint = DataComplaint.objects.get()
    DataComplaint.objects.update(acknowledged_at=None)
    for _each in range(2):
        rights.acknowledge_complaint(complaint=complaint, actor=coordinator)
    assert AuditEvent.objects.filter(verb="data_complaint.acknowledged").count() == 1


def test_an_objection_is_taken_back_once(resident, host):
    made = rights.object_to(person=resident.person, actor=resident, to="figures")
    for _each in range(2):
        rights.take_back_objection(objection=made, actor=resident)
    assert AuditEvent.objects.filter(verb="objection.taken_back").count() == 1


def test_erasing_ends_the_sessions_of_the_account(client_for, resident, stranger, host):
    client_for(stranger)
    client_for(resident)
    erase_person(person=resident.person, actor=None)
    inside = [one.get_decoded().get("_auth_user_id") for one in Session.objects.all()]
    assert inside == [str(stranger.pk)]
    assert timezone.now() < Session.objects.get().expire_date


def test_a_page_with_an_account_is_not_the_one_that_goes(coordinator, officer, resident, host):
    kept = factories.make_person(joined_through=host)
    assert not rules.can_merge(coordinator, kept, resident.person)
    assert not rules.can_merge(officer, kept, factories.make_person(joined_through=host))
    assert not rules.can_merge(coordinator, kept, kept)
    assert rules.can_merge(coordinator, kept, factories.make_person(joined_through=host))


def test_staff_who_may_know_it_set_letters_in_the_size_that_was_asked_for(coordinator, host):
    person = factories.make_person(joined_through=host)
    assert actions.size_of_print(person=person, actor=coordinator) is None
    factories.make_need(person, subset="format", value=LARGE_PRINT, points=18)
    assert actions.size_of_print(person=person, actor=coordinator) == 18
    assert AuditEvent.objects.filter(verb="needs.opened").count() == 1
