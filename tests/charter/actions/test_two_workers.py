"""Two workers at once, on real connections: every notice is owed once.

Proved with the condition taken out of ``_moved``: then a person has several audit lines, and the
count of moves is too high.
"""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.utils import timezone

from charter.actions import ask_due_check_backs
from charter.models import CheckBack
from people.models import AuditEvent, Notice
from tests.factories import make_contribution, make_organisation, make_person, make_response

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS, PEOPLE = 4, 12


def test_workers_at_once_ask_everybody_once():
    make_organisation(slug="example-council", is_host=True)
    people = tuple(make_person() for _ in range(PEOPLE))
    written = timezone.now() - dt.timedelta(days=60)
    make_response(make_contribution(voices=people), done_on=written.date(), written_at=written)
    together = threading.Barrier(WORKERS)

    def work(_number: int) -> int:
        together.wait()
        try:
            return ask_due_check_backs(timezone.localdate())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WORKERS) as pool:
        moved = list(pool.map(work, range(WORKERS)))
    assert sum(moved) == PEOPLE
    assert CheckBack.objects.filter(status="asked").count() == PEOPLE
    assert Notice.objects.count() == PEOPLE
    assert AuditEvent.objects.filter(verb="check_back.asked").count() == PEOPLE
