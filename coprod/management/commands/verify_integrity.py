"""``manage.py verify_integrity``: counts again what must hold, and says what does not."""

import sys

from django.core.management.base import BaseCommand

from coprod.integrity import CHECKS


class Command(BaseCommand):
    """Exits with 1 when something is wrong, after a sentence for each thing."""

    help = "Check places, waiting order, notices, participation, verdicts, search, pictures."

    def handle(self, *_args: object, **_options: object) -> None:
        wrong = 0
        for name, check in CHECKS.items():
            problems = list(check())
            wrong += len(problems)
            self.stdout.write(f"{name}: {'all well' if not problems else len(problems)}")
            for problem in problems:
                self.stdout.write(f"  {problem}")
        if wrong:
            sys.exit(1)
