"""One click in a mail program ends the questions about a thing, and does nothing else."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from charter import notices
from charter.lifecycle import CheckBackStatus
from charter.models import Voice
from charter.stop_links import path_of
from people.delivery import deliver_due
from people.models import AuditEvent
from tests import factories


@pytest.fixture
def asked(host, resident):
    made = factories.make_check_back(person=resident.person)
    notices.check_back_asked(made)
    return made


def test_stop_asking_by_letter_as_a_mail_program_does(asked, settings):
    """No cookie, no key, no sign-in. Control: the letter named the address."""
    deliver_due()
    (letter,) = mail.outbox
    address = letter.extra_headers["List-Unsubscribe"]
    assert address == f"<{settings.SITE_URL}{path_of(asked)}>"
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert Voice.objects.filter(person=asked.person).count() == 1
    program = Client(enforce_csrf_checks=True)
    for _time in range(2):
        answer = program.post(path_of(asked), {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert "We will not ask you about this again" in answer.content.decode()
    asked.refresh_from_db()
    assert asked.status == CheckBackStatus.NOBODY
    assert Voice.objects.filter(person=asked.person).count() == 0
    assert AuditEvent.objects.filter(verb="check_back.stopped", actor="").exists()


def test_stop_asking_by_letter_only_when_it_is_pressed(asked, client):
    """Programs open every link of a letter to look for viruses."""
    page = client.get(path_of(asked))
    assert "Shall we stop asking you about this?" in page.content.decode()
    assert asked.person.name not in page.content.decode()
    assert Voice.objects.filter(person=asked.person).count() == 1


@pytest.mark.parametrize("token", ["1", "1:nonsense", "²"])
def test_stop_asking_by_letter_knows_no_made_up_address(db, client, token):
    assert client.post(f"/check-backs/stop/{token}/").status_code == 404
