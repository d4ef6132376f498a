"""The worker does its jobs in turn, survives a job that fails, and stops when it is told to."""

from __future__ import annotations

import datetime as dt
import logging

import pytest
from django.core.management import call_command

from coprod.jobs import JOBS, Job
from coprod.management.commands import worker as command
from people.models import Heartbeat

SECOND = dt.timedelta(seconds=1)


def job(name: str, done: list[str]) -> Job:
    def run() -> int:
        done.append(name)
        return 1

    return Job(name, run, SECOND * 60)


def broken() -> int:
    raise ValueError("the relay is on fire")


@pytest.fixture(autouse=True)
def keep_the_connection(monkeypatch):
    """A test's transaction lives on the connection that a real worker may drop between rounds."""
    monkeypatch.setattr(command, "close_old_connections", lambda: None)


def test_a_round_does_every_job_and_says_that_a_worker_lives(db):
    done: list[str] = []
    command.Worker((job("one", done), job("two", done))).round()
    assert done == ["one", "two"]
    assert Heartbeat.objects.get().name == "worker"


def test_a_job_waits_for_its_turn(db, time_machine):
    done: list[str] = []
    worker = command.Worker((job("one", done),))
    worker.round()
    worker.round()
    assert done == ["one"]


def test_a_job_that_fails_is_logged_and_stops_no_other(db, caplog):
    done: list[str] = []
    with caplog.at_level(logging.ERROR):
        command.Worker((Job("mail", broken, SECOND), job("counts", done))).round()
    assert done == ["counts"]
    assert "the job “mail” failed" in caplog.text
    assert "the relay is on fire" in caplog.text


def test_it_stops_after_the_job_in_hand(db):
    done: list[str] = []
    worker = command.Worker((Job("last", lambda: worker.stop() or 1, SECOND), job("never", done)))
    worker.run()
    assert done == []
    assert Heartbeat.objects.count() == 1


def test_once_does_every_registered_job(db):
    call_command("worker", once=True)
    assert Heartbeat.objects.count() == 1
    assert len({one.name for one in JOBS}) == len(JOBS)
