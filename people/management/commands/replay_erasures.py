"""After an old copy of the database was put back: erase again who was erased since."""

from typing import Any

from django.core.management.base import BaseCommand

from people import ledger
from people.actions import replay_erasures, scrub_erased


class Command(BaseCommand):
    help = "Erases again who is in the ledger of erasures and came back with a restored copy."

    def handle(self, *_args: object, **options: Any) -> None:
        waiting = len(ledger.not_replayed())
        found = replay_erasures()
        ledger.write_down()
        if waiting:
            scrub_erased()
        if options["verbosity"]:
            self.stdout.write(
                f"{waiting} lines of the ledger were new here, {found} people erased."
            )
