"""For whoever watches the portal: does the process live, and can it do its work?"""

from __future__ import annotations

import functools
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people import ledger
from people.models import Heartbeat


@login_not_required
@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of the database: a restart would not mend that."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@login_not_required
@never_cache
@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """200 when database, migrations and worker are well, else 503; a line for each says why."""
    faults = {name: _fault(check) for name, check in CHECKS.items()}
    lines = [f"{name}: {fault or 'ok'}\n" for name, fault in faults.items()]
    status = 503 if any(faults.values()) else 200
    return HttpResponse("".join(lines), content_type="text/plain; charset=utf-8", status=status)


def _fault(check: Callable[[], str]) -> str:
    try:
        return check()
    except DatabaseError:
        return "the database does not answer"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _migrations() -> str:
    missing = _known_migrations() - set(MigrationRecorder(connection).applied_migrations())
    return f"{len(missing)} not applied: run “manage.py migrate”" if missing else ""


@functools.cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    """Return the migrations on disk: read once, they do not change under a running process."""
    return frozenset(MigrationLoader(None).disk_migrations)


def _worker() -> str:
    last = Heartbeat.objects.filter(name="worker").values_list("seen_at", flat=True).first()
    if last is None:
        return "never seen: start “manage.py worker”"
    if timezone.now() - last > settings.WORKER_SEEN_WITHIN:
        return f"not seen since {timezone.localtime(last):%H:%M on %d %B %Y}: start it again"
    return ""


def _erasures() -> str:
    if number := len(ledger.not_replayed()):
        return f"{number} not made again after a restore: run “manage.py replay_erasures”"
    return ""


CHECKS = {
    "database": _database,
    "migrations": _migrations,
    "worker": _worker,
    "erasures": _erasures,
}
