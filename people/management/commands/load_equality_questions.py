"""Put the wording of the equality questions in use."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from people.reference import QUESTIONS, load_equality_questions


class Command(BaseCommand):
    help = "Loads the equality questions; an older wording stays for the answers given to it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, default=QUESTIONS, help="a JSON file")

    def handle(self, *_args: object, **options: Path) -> None:
        count = load_equality_questions(options["file"])
        self.stdout.write(f"{count} questions in use.")
