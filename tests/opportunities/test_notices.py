"""A message about a project goes in the way that the person chose for it."""

from __future__ import annotations

from django.core import mail

from opportunities import notices
from people.delivery import deliver_due
from people.models import ContactBy, Person
from tests.factories import make_opportunity, make_person, make_sign_up


def test_who_chose_the_phone_for_a_project_is_rung_and_gets_no_email(host, client_for, officer):
    """Control: the person's own way is e-mail, and their address is there to write to."""
    person = make_person(email="ann@example.org", phone="07700 900999")
    make_sign_up(
        make_opportunity(), person, contact_by=ContactBy.PHONE, contact_detail="0121 496 0456"
    )
    notice = person.notices.get()
    assert (notice.status, notice.contact_by, notice.html) == ("task", "phone", "")
    assert deliver_due() == 0
    assert mail.outbox == []
    shown = client_for(officer).get("/staff/tasks/").text
    assert "0121 496 0456" in shown
    assert "07700 900999" not in shown


def test_a_letter_goes_to_the_address_given_for_the_project(host, client_for, officer):
    person = make_person(address="9 Old Street")
    make_sign_up(
        make_opportunity(), person, contact_by=ContactBy.LETTER, contact_detail="1 New Road"
    )
    notice = person.notices.get()
    shown = client_for(officer).get(f"/staff/tasks/{notice.pk}/letter/").text
    assert "1 New Road" in shown
    assert "9 Old Street" not in shown


def test_who_chose_email_for_a_project_gets_it_whatever_their_own_way_is(host):
    person = make_person(email="ann@example.org", contact_by=ContactBy.PHONE)
    make_sign_up(
        make_opportunity(), person, contact_by=ContactBy.EMAIL, contact_detail="ann@example.org"
    )
    deliver_due()
    assert [letter.to for letter in mail.outbox] == [["ann@example.org"]]


def test_email_without_an_address_of_the_person_is_a_task(host):
    person = make_person(email="", contact_by=ContactBy.PHONE)
    row = make_sign_up(
        make_opportunity(), person, contact_by=ContactBy.EMAIL, contact_detail="a@example.org"
    )
    assert [(one.status, one.contact_by) for one in person.notices.all()] == [("task", "phone")]
    Person.objects.update(email="ann@example.org")
    row.person.refresh_from_db()
    notices.heard(row)
    owed = person.notices.get(kind="heard")
    Person.objects.update(email="")
    deliver_due()
    owed.refresh_from_db()
    assert (owed.status, owed.contact_by) == ("task", "phone")
