"""The database goes away, is full, or has no room for one more: a page says so, and it passes.

On SQLite and on PostgreSQL each fault is a real one of that database.
"""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape

import psycopg
import pytest
from django.core.management import call_command
from django.db import OperationalError, close_old_connections, connection, connections
from django.http import HttpRequest
from django.test import Client, RequestFactory

from coprod import errors
from coprod.jobs import Job
from coprod.management.commands.worker import Worker
from people.models import Heartbeat, Organisation
from people.queries import profile_of

pytestmark = pytest.mark.django_db(transaction=True)
EDIT = "/my/profile/edit/"
SQLITE = connection.vendor == "sqlite"


@pytest.fixture
def mine(resident) -> Client:
    """A resident's browser, which is shown the page of a fault as anybody is."""
    profile_of(resident.person)
    client = Client(raise_request_exception=False)
    client.force_login(resident)
    return client


@pytest.fixture(autouse=True)
def everybody_leaves() -> Iterator[None]:
    """What a fault left of the connection is not for the next test."""
    yield
    connection.close()


# --- The faults ---------------------------------------------------------------------------------
def another() -> psycopg.Connection:
    """Return a connection beside Django's, to the same PostgreSQL database."""
    told = connection.settings_dict
    facts = {"dbname": told["NAME"], "user": told["USER"], "password": told["PASSWORD"]}
    place = {"host": told["HOST"], "port": told["PORT"]}
    given = {key: value for key, value in {**facts, **place}.items() if value}
    return psycopg.connect(**given, autocommit=True)


@contextmanager
def locked() -> Iterator[None]:
    """Somebody else holds what everybody needs: the file on SQLite, a table on PostgreSQL."""
    if SQLITE:
        with patience(0.2), sqlite3_beside() as other:
            other.execute("BEGIN EXCLUSIVE")
            yield
            other.execute("ROLLBACK")
        return
    with another() as other, patience(0.2), other.transaction():
        other.execute("LOCK TABLE people_person IN ACCESS EXCLUSIVE MODE")
        yield


@contextmanager
def sqlite3_beside() -> Iterator[sqlite3.Connection]:
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    try:
        yield other
    finally:
        other.close()


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Wait so long for a lock, and no longer: the 20 seconds of real life, made shorter."""
    connection.ensure_connection()
    options = connection.settings_dict["OPTIONS"]
    usual = dict(options)
    with connection.cursor() as cursor:
        if SQLITE:
            options["timeout"] = seconds  # for whoever begins to write
            cursor.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
        else:
            cursor.execute(f"SET lock_timeout = '{int(seconds * 1000)}ms'")
    yield
    options.update(usual)
    connection.close()


@contextmanager
def full() -> Iterator[None]:
    """There is no room for one more row."""
    connection.ensure_connection()
    with connection.cursor() as cursor:
        if SQLITE:
            cursor.execute("VACUUM")  # no page is free inside of the file either
            (pages,) = cursor.execute("PRAGMA page_count").fetchone()
            cursor.execute(f"PRAGMA max_page_count = {pages}")
        else:
            cursor.execute(NO_ROOM)
    yield
    with connection.cursor() as cursor:
        if SQLITE:
            cursor.execute("PRAGMA max_page_count = 1073741823")
        else:
            cursor.execute("DROP TRIGGER no_room ON people_profile; DROP FUNCTION no_room();")


# What the server says when the disk of a tablespace is full, said by the server.
NO_ROOM = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device'
USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER no_room BEFORE UPDATE ON people_profile
FOR EACH ROW EXECUTE FUNCTION no_room();
"""


def break_every_connection() -> None:
    """What a restart of the server does to its clients."""
    if SQLITE:
        connection.close()
        return
    with another() as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


# --- What people meet -----------------------------------------------------------------------------
LONG = "My garden. " * 60  # a page of the database at least, by the audit beside it


def test_a_database_that_is_locked_says_so_keeps_the_words_and_passes(mine, resident, caplog):
    """Control: the same form, sent by the page of the fault, is saved once the lock is gone."""
    with locked():
        answer = mine.post(EDIT, {"name": "Amina", "experience": "Ten “years” of buses"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    page = answer.content.decode()
    assert "Traceback" not in page
    assert "Ten “years” of buses" in unescape(page)
    assert profile_of(resident.person).experience == ""
    again = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    sent = {name: unescape(value) for name, value in again}
    assert mine.post(EDIT, sent).status_code == 302
    assert profile_of(resident.person).experience == "Ten “years” of buses"


def test_reading_goes_on_while_somebody_writes(mine):
    """On SQLite too: the write-ahead log lets everybody read."""
    with locked():
        assert mine.get("/how-it-works/").status_code == 200
    assert mine.get("/my/profile/").status_code == 200


@contextmanager
def all_taken() -> Iterator[None]:
    """Every connection that this process may have is in use; SQLite has one writer, and it is."""
    if SQLITE:
        with locked():
            yield
        return
    connection.close()
    pool = connection.pool
    usual, pool.timeout = pool.timeout, 0.3
    held = [pool.getconn() for _ in range(pool.max_size)]
    yield
    for one in held:
        pool.putconn(one)
    pool.timeout = usual


def test_no_connection_is_left_and_then_there_is(mine):
    typed = {"name": "Amina", "experience": "Ten years"}
    with all_taken():
        answer = mine.post(EDIT, typed)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert mine.post(EDIT, typed).status_code == 302


def test_a_full_disk_says_not_saved_and_breaks_nothing(mine, resident):
    """Somebody saves until nothing fits any more; what was saved before is whole."""
    with full():
        for number in range(100):
            before = profile_of(resident.person).experience
            words = f"{number} {LONG}"
            answer = mine.post(EDIT, {"name": "Amina Resident", "experience": words})
            if answer.status_code != 302:
                break
        assert answer.status_code == 503
        assert "is not saved yet" in answer.content.decode()
        assert words in unescape(answer.content.decode())
        assert mine.get("/healthz").status_code == 200
        assert profile_of(resident.person).experience == before
    if SQLITE:
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    call_command("verify_integrity")
    assert mine.post(EDIT, {"name": "Amina Resident", "experience": LONG}).status_code == 302
    assert profile_of(resident.person).experience == LONG.strip()


def fault_page(request: HttpRequest) -> str:
    """Return the page that a request gets which the database has failed."""

    def view(_request: HttpRequest) -> None:
        raise OperationalError("the server is gone")

    try:
        view(request)
    except OperationalError:
        return errors.broken(request).content.decode()
    return ""


@pytest.mark.parametrize(
    ("path", "typed", "stands"),
    [
        ("/my/profile/edit/", {"name": "canary"}, True),
        ("/account/login/", {"password": "canary"}, False),
        ("/my/equality/", {"sex": "canary"}, False),
        ("/my/profile/edit/", {"name": "canary" * 20_000}, False),
    ],
)
def test_what_stands_in_the_page_of_a_fault(path, typed, stands):
    """Words to send again; no passwords, no codes, no equality answers, and no endless text."""
    page = fault_page(RequestFactory().post(path, typed))
    assert ("canary" in page) == stands
    assert ("<form" in page) == stands


def test_every_process_comes_back_after_a_restart(resident):
    """Four readers under load, five restarts: pages or the page of the fault, and then pages."""
    stop, codes, faults = threading.Event(), [], []

    def reader(client: Client) -> None:
        try:
            while not stop.is_set():
                codes.append(_one(client))
            faults.extend(_one(client) for _ in range(3))
        finally:
            connections.close_all()

    clients = [Client(raise_request_exception=False) for _ in range(4)]
    for client in clients:
        client.force_login(resident)
    readers = [threading.Thread(target=reader, args=(client,)) for client in clients]
    for one in readers:
        one.start()
    for _restart in range(5):
        stop.wait(0.15)
        break_every_connection()
    stop.set()
    for one in readers:
        one.join()
    assert set(codes) <= {200, 503}
    assert 200 in codes
    assert faults.count(200) >= 8  # one connection each may still be a dead one


def _one(client: Client) -> int:
    """Ask for a page, with what a server does after each and Django’s test client leaves out."""
    try:
        return client.get("/my/profile/").status_code
    finally:
        close_old_connections()


def test_the_worker_comes_back_after_a_restart():
    worker = Worker((Job("count", Organisation.objects.count, dt.timedelta(0)),))
    worker.round()
    first = Heartbeat.objects.get().seen_at
    connection.close()
    break_every_connection()
    for _round in range(2):
        worker._next.clear()
        worker.round()
    close_old_connections()
    assert Heartbeat.objects.get().seen_at > first
