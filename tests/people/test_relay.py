"""Letters and a real relay, over a socket: refused, slow, broken off, and none of it twice."""

from __future__ import annotations

import datetime as dt
import itertools
import time
from email.header import decode_header, make_header

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from people import actions
from people.delivery import LEASE, LONGEST_PAUSE, MAX_ATTEMPTS, deliver_due
from people.models import Notice, Person, User
from people.outbox import owe
from tests import factories
from tests.relay import Relay

pytestmark = pytest.mark.django_db
LATER = ("owed", 1)
TASK = ("task", 1)


@pytest.fixture
def relay(settings):
    with Relay() as listening:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", listening.port
        settings.EMAIL_TIMEOUT = settings.EMAIL_TIMEOUT_IN_A_REQUEST = 0.4
        yield listening


def owed(person: Person, event: str = "test:1", **more: object) -> Notice:
    """Return a letter to a person; any template that is there will do."""
    invitation = type("Facts", (), {"name": "Nia", "organisation": None})()
    context = {"invitation": invitation, "link": "https://example.org/"}
    facts = {"kind": "test", "template": "people/invitation", "context": context}
    return owe(person=person, event=event, **facts, **more)


def standing(notice: Notice) -> tuple[str, int]:
    notice.refresh_from_db()
    return notice.status, notice.attempts


def in_a_while() -> None:
    """Let the time pass until the next try."""
    Notice.objects.update(try_after=timezone.now())


FAULTS = [  # what the relay says, what becomes of the letter, whether the address is marked
    ("421 at CONNECT", LATER, False),
    ("421 at MAIL", LATER, False),
    ("451 at RCPT", LATER, False),  # greylisting
    ("452 at RCPT", LATER, False),  # a full box
    ("550 at RCPT", TASK, True),
    ("551 at RCPT", TASK, True),
    ("552 at RCPT", TASK, False),
    ("530 at MAIL", LATER, False),  # our own password: it is put right, and the letter goes
    ("451 at DATA", LATER, False),
    ("554 at END", TASK, False),  # these words, not this address
    ("451 at END", LATER, False),
    ("break at END", LATER, False),
    ("hang at CONNECT", LATER, False),
    ("hang at RCPT", LATER, False),
    ("hang at END", LATER, False),
]


@pytest.mark.parametrize(("says", "expected", "marked"), FAULTS)
def test_what_becomes_of_a_letter(relay, resident, says, expected, marked, caplog):
    """In the end it arrives once, or staff have it. Control: the same letter with a good relay."""
    notice = owed(resident.person)
    relay.says = says
    began = time.monotonic()
    assert deliver_due() == 1
    assert time.monotonic() - began < 5
    assert standing(notice) == expected
    assert (Person.objects.get(user=resident).email_refused_at is not None) == marked
    assert resident.email not in caplog.text
    relay.says = "yes"
    in_a_while()
    deliver_due()
    assert standing(notice) == (TASK if expected == TASK else ("sent", 2))
    window = ["break at END"]  # the whole letter was there, and nobody said so: the one repeat
    times = 0 if expected == TASK else 1 + (says in window)
    assert relay.ids == [notice.message_id] * times


def test_nobody_listens(relay, resident, settings):
    settings.EMAIL_PORT = 1
    notice = owed(resident.person)
    deliver_due()
    assert standing(notice) == LATER


def test_it_is_tried_for_nearly_three_days(relay, resident, time_machine):
    """With pauses that double up to half a day; then staff have it."""
    notice = owed(resident.person)
    relay.says = "451 at RCPT"
    start = timezone.now()
    tries = []
    while standing(notice)[0] == "owed":
        time_machine.move_to(notice.try_after, tick=False)
        tries.append(notice.try_after - start)
        assert deliver_due() == 1
    assert len(tries) == MAX_ATTEMPTS
    pauses = [after - before for before, after in itertools.pairwise(tries)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE
    assert dt.timedelta(hours=60) < tries[-1] <= dt.timedelta(hours=72)
    assert standing(notice)[0] == "task"


def test_who_has_no_such_address_is_rung_from_then_on(relay, resident, officer, client_for, host):
    person = resident.person
    actions.open_to(person=person, organisation=host, actor=resident)
    relay.says = "550 at RCPT"
    owed(person, organisation=host)
    deliver_due()
    page = client_for(officer).get(f"/staff/people/{person.uuid}/").content.decode()
    assert "E-mail does not arrive" in page
    assert person.name in client_for(officer).get("/staff/tasks/").content.decode()
    relay.says = "yes"
    second = owed(person, "test:2", organisation=host)
    deliver_due()
    assert (standing(second), relay.taken) == (("task", 1), [])
    actions.change_details(person=person, actor=resident, email="right@example.org")
    third = owed(Person.objects.get(pk=person.pk), "test:3")
    deliver_due()
    assert standing(third)[0] == "sent"
    assert [letter["To"] for letter in relay.taken] == ["right@example.org"]


def test_a_refused_address_that_changed_meanwhile_is_not_marked(relay, resident):
    notice = owed(resident.person)
    relay.says = "550 at RCPT"
    stale = Notice.objects.select_related("person").get(pk=notice.pk)
    Person.objects.filter(pk=resident.person.pk).update(email="right@example.org")
    from people.delivery import deliver

    deliver(stale)
    assert Person.objects.get(pk=resident.person.pk).email_refused_at is None


# --- The relay and the pages --------------------------------------------------------------------
def test_pages_do_not_wait_for_a_relay_that_hangs(relay, resident, host):
    """While a letter hangs in the worker a page comes; a code says in words that it did not go.

    Control: with a good relay the code arrives.
    """
    relay.says = "hang at CONNECT"
    owed(resident.person)
    client = Client(raise_request_exception=False)
    began = time.monotonic()
    assert client.get("/opportunities/").status_code == 200
    assert time.monotonic() - began < 1
    answer = client.post("/account/login/code/", {"email": resident.email})
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "We cannot send e-mail just now" in answer.content.decode()
    relay.says = "yes"
    assert client.post("/account/login/code/", {"email": resident.email}).status_code == 302
    assert [letter["To"] for letter in relay.taken] == [resident.email]


def test_codes_and_invitations_overtake_ten_thousand_letters(host, administrator, resident, client):
    """A code never waits in the outbox; what somebody waits for goes before what goes to many."""
    _ten_thousand(resident.person)
    actions.invite(
        organisation=host, name="Nia", email="nia@example.org", role="officer", actor=administrator
    )
    owed(resident.person, "test:usual")
    client.post("/account/login/code/", {"email": resident.email})
    assert [letter.to for letter in mail.outbox] == [[resident.email]]
    began = time.monotonic()
    assert deliver_due(limit=3) == 3
    assert time.monotonic() - began < 5
    to = [letter.to[0] for letter in mail.outbox[1:]]
    assert to == ["nia@example.org", resident.email, resident.email]
    left = Notice.objects.filter(status="owed")
    assert set(left.values_list("priority", flat=True)) == {Notice.Priority.TO_MANY}
    assert left.count() == 9_999


def _ten_thousand(person: Person) -> None:
    long_ago = timezone.now() - dt.timedelta(hours=1)
    Notice.objects.bulk_create(
        Notice(
            person=person, event=f"many:{number}", kind="test", contact_by="email",
            subject="News", text="News", message_id=f"<{number}@coprod.invalid>",
            priority=Notice.Priority.TO_MANY, try_after=long_ago,
        )
        for number in range(10_000)
    )  # fmt: skip


def test_a_lease_is_longer_than_the_longest_wait_for_a_relay():
    from coprod import settings as ours

    assert LEASE.total_seconds() > ours.EMAIL_TIMEOUT * 6
    assert ours.EMAIL_TIMEOUT_IN_A_REQUEST <= 5


# --- Headers ------------------------------------------------------------------------------------
INJECTED = "Hello\r\nBcc: all@example.org\n\nand a page"


def test_a_subject_is_one_line_of_two_hundred_letters(relay, resident, monkeypatch):
    """Whatever somebody wrote into a title. Control: the raw words would be refused."""
    with pytest.raises(mail.BadHeaderError):
        mail.EmailMessage(INJECTED, "", to=["a@example.org"]).message()
    for number, words in enumerate((INJECTED, "ß" * 2_000)):
        monkeypatch.setattr("people.outbox._in_plain_text", lambda *_args, words=words: words)
        owed(resident.person, f"test:{number}")
    assert deliver_due() == 2
    first, second = (make_header(decode_header(one["Subject"])) for one in relay.taken)
    assert str(first) == "Hello Bcc: all@example.org and a page"
    assert str(second) == "ß" * 199 + "…"
    assert relay.taken[0]["Bcc"] is None


def test_an_address_that_breaks_the_header_is_a_task_and_stops_nobody_else(
    relay, resident, other_resident
):
    bad = owed(resident.person)
    good = owed(other_resident.person)
    Person.objects.filter(pk=resident.person.pk).update(email="a@example.org\r\nBcc: b@example.org")
    assert deliver_due() == 2
    assert (standing(bad)[0], standing(good)[0]) == ("task", "sent")
    assert len(relay.taken) == 1


def test_the_name_of_the_sender_is_quoted(relay, resident, settings):
    """One that makes no sense is our fault, not the address of anybody: the letter waits."""
    settings.DEFAULT_FROM_EMAIL = '"Council" <x>, "Wé" <no-reply@example.org>'
    notice = owed(resident.person)
    deliver_due()
    assert standing(notice) == LATER
    settings.DEFAULT_FROM_EMAIL = '"Council, \\"Tipton\\"" <no-reply@example.org>'
    owed(resident.person, "test:2")
    deliver_due()
    assert relay.taken[-1]["From"] == '"Council, \\"Tipton\\"" <no-reply@example.org>'


def test_no_program_answers_our_letters(relay, resident, client):
    owed(resident.person)
    owed(resident.person, "test:2", priority=Notice.Priority.TO_MANY)
    deliver_due()
    client.post("/account/login/code/", {"email": resident.email})
    assert [letter["Auto-Submitted"] for letter in relay.taken] == ["auto-generated"] * 3
    assert [letter["X-Auto-Response-Suppress"] for letter in relay.taken] == ["All"] * 3
    assert [letter["Precedence"] for letter in relay.taken] == [None, "bulk", None]
    assert User.objects.filter(email=resident.email).exists()


def test_a_letter_that_is_not_owed_says_how_to_end_such_letters(relay, resident, settings):
    settings.SITE_URL = "https://involved.example.org"
    owed(resident.person, stop_path="/stop/abc/")
    owed(factories.make_person("Ann"), "test:2")
    deliver_due()
    first, second = relay.taken
    assert first["List-Unsubscribe"] == "<https://involved.example.org/stop/abc/>"
    assert first["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert second["List-Unsubscribe"] is None
