"""Bring wards from a file, such as the ones after a borough was redrawn."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from people.reference import BadFile, load_wards


class Command(BaseCommand):
    help = "Loads wards from a CSV file: code,name,town,valid_from,valid_to."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV file, days written as 2026-05-07")

    def handle(self, *_args: object, **options: Path) -> None:
        try:
            count = load_wards(options["file"], say=self.stdout.write)
        except (BadFile, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} wards loaded.")
