"""``manage.py worker``: does the background jobs, and says that it is alive."""

from __future__ import annotations

import logging
import signal
import threading
import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from coprod.jobs import JOBS, Job
from people.models import Heartbeat

logger = logging.getLogger(__name__)
PAUSE = 2.0  # seconds between two looks at what is due
SEEN_EVERY = 15.0  # seconds between two heartbeats


class Command(BaseCommand):
    """Runs the jobs of ``coprod.jobs`` one after the other until it is told to stop."""

    help = "Do the background jobs: send what is owed, ask whether it helped, count."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do every job once and end")

    def handle(self, *_args: object, **options: object) -> None:
        worker = Worker(JOBS)
        if options["once"]:
            worker.round()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop())
        worker.run()


class Worker:
    """Knows which job is due; a job that fails is logged and tried again at its next turn."""

    def __init__(self, jobs: tuple[Job, ...]) -> None:
        self._jobs = jobs
        self._next: dict[str, float] = {}
        self._stopped = threading.Event()

    def run(self) -> None:
        """Do what is due until ``stop`` is called; the job in hand is finished first."""
        while not self._stopped.is_set():
            self.round()
            self._stopped.wait(PAUSE)

    def stop(self) -> None:
        """End after the job in hand."""
        self._stopped.set()

    def round(self) -> None:
        """Do every job that is due now."""
        close_old_connections()
        self._when_due("heartbeat", SEEN_EVERY, seen)
        for job in self._jobs:
            if not self._stopped.is_set():
                self._when_due(job.name, job.every.total_seconds(), job.run)

    def _when_due(self, name: str, every: float, run: object) -> None:
        now = time.monotonic()
        if now < self._next.get(name, 0.0):
            return
        self._next[name] = now + every
        try:
            run()
        except Exception:
            logger.exception("the job “%s” failed; it is tried again in %.0f seconds", name, every)


def seen() -> None:
    """Write down that a worker is alive (``/readyz`` reads it)."""
    Heartbeat.objects.update_or_create(name="worker", defaults={"seen_at": timezone.now()})
