"""The worker is killed, for real, at each place where it could leave something half done."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from people.actions.imports import confirm_import
from people.delivery import deliver_due
from people.lifecycle import ImportStatus
from people.models import ImportRow, Notice, Person, PoolImport
from people.outbox import owe
from tests import factories, programs
from tests.people.imports.lists import checked, sheet

# Where it dies -> letters that are out by then, and in the end. Twice is the one window there is.
PLACES = {"mail.leased": (0, 1), "mail.handed_over": (1, 2), "mail.marked": (1, 1)}


def database() -> str:
    """Return the address of this test's database, for another process."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    login = f"{told['USER']}:{told['PASSWORD']}".rstrip(":")
    host = f"{told['HOST'] or 'localhost'}:{told['PORT'] or 5432}"
    if told["HOST"].startswith("/"):
        host = f"{told['HOST'].replace('/', '%2F')}:{told['PORT'] or 5432}"
    return f"postgres://{login}@{host}/{told['NAME']}"


def owed() -> Notice:
    """Return a letter that is to leave; any template that is there will do."""
    invitation = type("Facts", (), {"name": "Ann", "organisation": None})()
    context = {"invitation": invitation, "link": "https://example.org/"}
    facts = {"kind": "test", "template": "people/invitation", "context": context}
    return owe(person=factories.make_person("Ann"), event="test:1", **facts)


def worker(data: Path, **values: str) -> int:
    """Run one round of the worker in a process of its own; return how it ended."""
    facts = {"COPROD_MODE": "test", "SECRET_KEY": "x", "EQUALITY_KEY": "y", "LOG_LEVEL": "ERROR"}
    done = programs.python(
        data, "manage.py", "worker", "--once", DATABASE_URL=database(), **facts, **values
    )
    assert done.returncode in {0, -signal.SIGKILL}, done.stderr
    return done.returncode


def out(data: Path) -> list[str]:
    """Return the Message-IDs of what has left, as the relay got them."""
    texts = [file.read_text() for file in sorted(data.glob("mail/*"))]
    lines = "\n".join(texts).splitlines()
    return [line.partition(": ")[2] for line in lines if line.startswith("Message-ID: ")]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", PLACES)
def test_a_letter_is_lost_never_and_repeated_in_one_window_alone(place, tmp_path):
    """Killed at ``place``, then a second worker. Control: without it one run sends one letter."""
    notice = owed()
    then, in_the_end = PLACES[place]
    assert worker(tmp_path, FAILPOINT=place) == -signal.SIGKILL
    assert len(out(tmp_path)) == then
    assert deliver_due() == 0  # too early: the lease of the first one still holds
    Notice.objects.update(try_after=timezone.now())  # as if its minutes had gone by
    assert worker(tmp_path) == 0
    assert out(tmp_path) == [notice.message_id] * in_the_end
    notice.refresh_from_db()
    assert notice.status == "sent"
    call_command("verify_integrity")


@pytest.mark.django_db(transaction=True)
def test_who_is_not_killed_sends_once(tmp_path):
    notice = owed()
    assert worker(tmp_path) == 0
    assert deliver_due() == 0
    assert out(tmp_path) == [notice.message_id]


@pytest.mark.django_db(transaction=True)
def test_an_import_is_seen_whole_or_not_at_all_whenever_it_is_killed(tmp_path, host, coordinator):
    """Killed after each of its transactions, again and again: each life does one of them.

    Control: rows are there from the first death on, and nobody sees one before the last.
    """
    rows = [f"Nell Number{number},nell{number}@example.org,,," for number in range(250)]
    ready = checked(sheet(*rows), host, coordinator)
    before = Person.objects.count()
    confirm_import(pool_import=ready, actor=coordinator)
    seen, kept = [], []
    while PoolImport.objects.get().status == ImportStatus.RUNNING and len(seen) < 9:
        assert worker(tmp_path, FAILPOINT="import.chunk") in {0, -signal.SIGKILL}
        PoolImport.objects.update(leased_until=timezone.now())  # as if its minute had gone by
        seen.append(Person.objects.count() - before)
        kept.append(ImportRow.objects.filter(is_done=True).count())
    assert kept[:3] == [100, 200, 250]
    assert seen == [0, 0, 0, 250, 250]
    assert PoolImport.objects.get().status == ImportStatus.DONE
    assert Person.everybody.filter(came_with=ready).values("email").distinct().count() == 250
    call_command("verify_integrity")
