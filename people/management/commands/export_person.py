"""Everything we hold about somebody, for operators."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from people.audit import record
from people.exporting import as_zip
from people.subjects import find_person


class Command(BaseCommand):
    help = "Writes everything that is held about a person into a zip: a page to read, and JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("id", help="primary key or uuid of the person")
        parser.add_argument("out", type=Path, help="the zip file to write")

    def handle(self, *_args: object, **options: Any) -> None:
        person = find_person(options["id"])
        if person is None:
            raise CommandError(f"There is no person {options['id']}. Nothing was written.")
        out: Path = options["out"]
        try:
            out.touch(mode=0o600)
            out.write_bytes(as_zip(person))
        except OSError as fault:
            raise CommandError(f"{out} cannot be written: {fault.strerror}.") from fault
        record(verb="person.copied", target=person, actor=None, person=person)
        self.stdout.write(
            f"Everything about this person is in {out}. Keep it where nobody reads it."
        )
