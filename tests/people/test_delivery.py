"""Owed once, handed to the relay at least once, lost never."""

import datetime as dt
import smtplib

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from people import actions
from people.delivery import FIRST_PAUSE, LEASE, MAX_ATTEMPTS, deliver, deliver_due, lease_next
from people.models import ContactBy, Notice, Person
from people.outbox import owe
from tests import factories


def owe_invitation(host, administrator):
    return actions.invite(
        organisation=host,
        name="O’Neil & Daughter",
        email="nia@example.org",
        role="officer",
        actor=administrator,
    )


@pytest.fixture
def owe_to(db):
    """``owe_to(person)`` owes a letter to a person; any template that is there will do."""

    def owe_letter(person=None, user=None, event="test:1", organisation=None):
        invitation = type("Facts", (), {"name": "O’Neil <b>", "organisation": None})()
        return owe(
            person=person,
            user=user,
            event=event,
            kind="test",
            template="people/invitation",
            context={"invitation": invitation, "link": "https://example.org/"},
            organisation=organisation,
        )

    return owe_letter


class RefusingBackend(EmailBackend):
    """A mail relay that says no: the errors that smtplib raises, without a socket."""

    error: Exception = smtplib.SMTPServerDisconnected("gone")

    def send_messages(self, _messages):
        raise self.error


@pytest.fixture
def relay_says(settings, monkeypatch):
    def say(error):
        monkeypatch.setattr(RefusingBackend, "error", error)
        settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"

    return say


def test_a_letter_is_text_and_html_with_its_fixed_message_id(owe_to, resident):
    notice = owe_to(resident.person)
    assert deliver_due() == 1
    (letter,) = mail.outbox
    assert letter.to == [resident.person.email]
    assert letter.extra_headers["Message-ID"] == notice.message_id
    assert letter.message()["Message-ID"] == notice.message_id
    assert letter.alternatives[0].mimetype == "text/html"
    notice.refresh_from_db()
    assert (notice.status, notice.attempts) == ("sent", 1)
    assert notice.settled_at is not None
    assert deliver_due() == 0


def test_names_are_escaped_in_html_and_in_html_alone(owe_to, resident):
    owe_to(resident.person)
    deliver_due()
    assert "O’Neil <b>" in mail.outbox[0].body
    assert "O’Neil &lt;b&gt;" in mail.outbox[0].alternatives[0].content


def test_who_chose_email_after_it_was_a_task_for_staff_gets_plain_text(owe_to, resident):
    """It was written for the phone, so there is no HTML of it."""
    Person.objects.update(contact_by=ContactBy.PHONE)
    notice = owe_to(Person.objects.get(user=resident))
    assert (notice.status, notice.html) == ("task", "")
    Person.objects.update(contact_by=ContactBy.EMAIL)
    Notice.objects.update(status="owed")
    deliver_due()
    assert mail.outbox[0].alternatives == []


def test_owing_twice_is_owing_once(owe_to, resident, other_resident):
    assert owe_to(resident.person) == owe_to(resident.person)
    owe_to(other_resident.person)
    owe_to(user=resident)
    assert deliver_due() == 3


def test_a_limit_leaves_the_rest_for_later(owe_to, resident):
    for number in range(3):
        owe_to(resident.person, event=f"test:{number}")
    assert deliver_due(limit=2) == 2
    assert [letter.to for letter in mail.outbox] == [[resident.person.email]] * 2
    assert deliver_due() == 1


def test_the_address_is_read_when_the_letter_leaves(owe_to, resident):
    owe_to(resident.person)
    Person.objects.update(email="new@example.org")
    deliver_due()
    assert mail.outbox[0].to == ["new@example.org"]


@pytest.mark.parametrize(
    ("change", "contact_by"),
    [({"contact_by": ContactBy.PHONE}, "phone"), ({"contact_by": "letter", "email": ""}, "letter")],
)
def test_who_chose_another_way_in_between_is_rung_or_written_to(
    owe_to, host, resident, change, contact_by
):
    notice = owe_to(resident.person, organisation=host)
    Person.objects.update(**change)
    deliver_due()
    notice.refresh_from_db()
    assert (notice.status, notice.contact_by) == ("task", contact_by)
    assert not notice.by_email_in_vain
    assert mail.outbox == []


def test_staff_get_letters_at_their_account(owe_to, officer):
    owe_to(user=officer)
    deliver_due()
    assert mail.outbox[0].to == [officer.email]


def test_failing_waits_longer_each_time_and_ends_as_a_task(owe_to, host, resident, relay_says):
    notice = owe_to(resident.person, organisation=host)
    relay_says(smtplib.SMTPServerDisconnected("gone"))
    now = timezone.now()
    pauses = []
    for _attempt in range(MAX_ATTEMPTS):
        with time_machine.travel(now, tick=False):
            assert deliver_due() == 1
        notice.refresh_from_db()
        pauses.append(notice.try_after - now)
        now = notice.try_after
    assert pauses[:3] == [FIRST_PAUSE, FIRST_PAUSE * 2, FIRST_PAUSE * 4]
    assert (notice.status, notice.attempts) == ("task", MAX_ATTEMPTS)
    assert notice.by_email_in_vain
    assert notice.settled_at is None


def test_a_refused_address_is_a_task_at_once(owe_to, resident, relay_says, caplog):
    """The log names the notice and never the address. Control: the error holds the address."""
    notice = owe_to(resident.person)
    relay_says(smtplib.SMTPRecipientsRefused({resident.email: (550, b"no such box")}))
    deliver_due()
    notice.refresh_from_db()
    assert (notice.status, notice.attempts) == ("task", 1)
    assert f"notice {notice.pk}" in caplog.text
    assert resident.email not in caplog.text


def test_a_letter_to_staff_that_never_arrives_has_failed(owe_to, officer, relay_says):
    notice = owe_to(user=officer)
    relay_says(smtplib.SMTPRecipientsRefused({}))
    deliver_due()
    notice.refresh_from_db()
    assert notice.status == "failed"
    assert notice.settled_at is not None


def test_a_worker_that_dies_after_sending_sends_the_same_message_id_again(owe_to, resident):
    """Killed between the relay's yes and the mark: the mark is what this test leaves out."""
    notice = owe_to(resident.person)
    leased = lease_next()
    from people.delivery import _message

    _message(leased).send()  # and here the worker dies
    assert deliver_due() == 0
    with time_machine.travel(timezone.now() + LEASE + dt.timedelta(seconds=1)):
        assert deliver_due() == 1
    ids = [letter.extra_headers["Message-ID"] for letter in mail.outbox]
    assert ids == [notice.message_id, notice.message_id]


def test_a_letter_that_kills_its_worker_again_and_again_is_not_tried_for_ever(owe_to, resident):
    notice = owe_to(resident.person)
    Notice.objects.update(attempts=MAX_ATTEMPTS)
    deliver_due()
    notice.refresh_from_db()
    assert notice.status == "task"
    assert mail.outbox == []


def test_what_is_leased_is_not_leased_again(owe_to, resident):
    owe_to(resident.person)
    assert lease_next() is not None
    assert lease_next() is None


def test_a_worker_that_outlived_its_lease_changes_nothing(owe_to, resident):
    """Control: the notice was passed on by staff while the slow worker slept."""
    notice = owe_to(resident.person)
    leased = lease_next()
    Notice.objects.update(status="done", settled_at=timezone.now())
    deliver(leased)
    notice.refresh_from_db()
    assert notice.status == "done"


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_never_hold_the_same_notice(owe_to):
    """Control: without ``select_for_update`` both take the same row on PostgreSQL."""
    import threading

    person = factories.make_person("Ann")
    for number in range(6):
        owe_to(person, event=f"test:{number}")
    held, gate = [], threading.Barrier(2)

    def work():
        gate.wait()
        try:
            while notice := lease_next():
                held.append(notice.pk)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(held) == sorted(Notice.objects.values_list("pk", flat=True))


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_the_database_refuses_a_notice_to_two_or_to_nobody(owe_to, resident):
    owe_to(resident.person)
    refused(lambda: Notice.objects.update(user=resident))
    refused(lambda: Notice.objects.update(address="a@example.org"))
    refused(lambda: Notice.objects.update(person=None))


def test_the_database_refuses_the_same_notice_twice(owe_to, resident, host, administrator):
    """Once for each kind of recipient."""
    owe_invitation(host, administrator)
    owe_to(resident.person)
    owe_to(user=resident)
    for notice in Notice.objects.all():
        notice.pk, notice.message_id = None, notice.message_id + "x"
        refused(notice.save)


def test_the_database_refuses_a_settled_notice_without_its_time(owe_to, resident):
    owe_to(resident.person)
    for status in ("sent", "done", "failed"):
        refused(lambda status=status: Notice.objects.update(status=status))
