"""``manage.py load_charter [FILE]``: make a charter the one in force."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from charter.actions import load_charter
from charter.charter_file import DEFAULT, CharterFileError, read


class Command(BaseCommand):
    help = "Load a charter from a TOML file and make it the one in force. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=DEFAULT)

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        try:
            charter = load_charter(source=read(file), actor=None)
        except CharterFileError as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"{charter}: in force, {charter.commitments.count()} commitments.")
