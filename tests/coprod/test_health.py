"""What a watcher sees: the process, and why the portal is not ready."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from coprod import health
from people.models import Heartbeat


@pytest.fixture
def worker(db) -> Heartbeat:
    return Heartbeat.objects.create(name="worker", seen_at=timezone.now())


def test_the_process_answers_without_a_query(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


def test_ready_when_everything_is_well(client, worker):
    response = client.get("/readyz")
    assert response.content == b"database: ok\nmigrations: ok\nworker: ok\nerasures: ok\n"
    assert (response.status_code, response["Content-Type"]) == (200, "text/plain; charset=utf-8")


def test_readiness_costs_few_queries_and_no_session(client, worker, django_assert_max_num_queries):
    with django_assert_max_num_queries(4) as asked:
        client.get("/readyz")
    assert not any("session" in query["sql"] for query in asked.captured_queries)


def test_not_ready_while_no_worker_was_ever_seen(client, db):
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "worker: never seen: start “manage.py worker”" in response.content.decode()


def test_not_ready_when_the_worker_has_gone(client, worker, settings):
    worker.seen_at = timezone.now() - settings.WORKER_SEEN_WITHIN - dt.timedelta(seconds=1)
    worker.save()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "worker: not seen since" in response.content.decode()


def test_not_ready_before_a_migration_is_applied(client, worker):
    MigrationRecorder.Migration.objects.filter(app="people", name="0001_first_floor").delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "migrations: 1 not applied: run “manage.py migrate”" in response.content.decode()


def test_not_ready_without_a_database(client, db, monkeypatch):
    def silent() -> str:
        raise OperationalError("could not connect to server at db.internal as coprod")

    monkeypatch.setitem(health.CHECKS, "database", silent)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "database: the database does not answer\n" in response.content.decode()
    assert "db.internal" not in response.content.decode()


def test_nothing_can_be_sent_there(client, db):
    assert client.post("/healthz").status_code == client.post("/readyz").status_code == 405
