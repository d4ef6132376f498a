"""``manage.py rebuild_counts``: counts who has been involved, again."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from charter.reporting.counts import rebuild


class Command(BaseCommand):
    """Counts at once, whether it is time or not."""

    help = "Count again who has been involved. The old figures are shown until it is done."

    def handle(self, *_args: object, **_options: object) -> None:
        count = rebuild()
        self.stdout.write(f"Counted {count.rows} times taken part: {count.cells.count()} figures.")
