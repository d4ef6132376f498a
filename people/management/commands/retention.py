"""Keep data no longer than declared, for operators."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from coprod.lib.days import today
from people.actions import keep_no_longer
from people.retention import Act, Step, due_on

WORDS = {
    Step.WARN_30: "would be warned, 30 days before",
    Step.WARN_7: "would be warned, 7 days before",
}
ACTS = {Act.PAUSE: "would be paused", Act.ERASE: "would be erased"}


class Command(BaseCommand):
    help = (
        "Warns people whose data has been kept long enough, 30 and 7 days before; then pauses or "
        "erases them, as declared in people/retention.py. The worker does the same once a day."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would go, do nothing")

    def handle(self, *_args: object, **options: Any) -> None:
        if options["dry_run"]:
            self._say()
            return
        done = keep_no_longer(today())
        self.stdout.write(
            f"{done['warned']} people warned, {done['paused']} paused, {done['erased']} erased."
        )

    def _say(self) -> None:
        """Print a line for each person, by number alone, and how many there are."""
        counted: Counter[str] = Counter()
        for due in due_on(today()):
            what = WORDS.get(due.step) or ACTS[due.rule.act]
            counted[what] += 1
            self.stdout.write(
                f"Person {due.person.pk}: {due.rule.words}; {what}; the day is {due.due_on}."
            )
        self.stdout.write(
            "; ".join(f"{number} {what}" for what, number in sorted(counted.items()))
            or "Nobody’s data has been kept long enough."
        )
        self.stdout.write("Nothing was changed.")
