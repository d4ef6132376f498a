"""``manage.py load_demo``: a made-up borough in which every page has life."""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from coprod.demo.load import load
from people.models import Organisation


class Command(BaseCommand):
    """Loads the demonstration, whole or not at all. The same day gives the same data."""

    help = "Load the made-up demonstration data into an empty portal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, default=120, help="how many people")
        parser.add_argument(
            "--opportunities", type=int, default=0, help="how many briefs, if more than 42"
        )

    def handle(self, *_args: object, **options: object) -> None:
        if Organisation.objects.exists():
            raise CommandError(
                "There is data already. The demonstration is only loaded into an empty portal."
            )
        with transaction.atomic():
            counted = load(
                people=int(str(options["people"])),
                opportunities=int(str(options["opportunities"])),
            )
        for name, number in counted.items():
            self.stdout.write(f"{number:>7} {name}")
