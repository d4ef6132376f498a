"""Erase somebody everywhere, for operators."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from people import ledger
from people.actions import erase_person, scrub_erased
from people.subjects import find_person


class Command(BaseCommand):
    help = (
        "Erases a person everywhere: rows, log, files, letters, search, copies. What the law "
        "asks for stays without a name. It cannot be undone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("id", help="primary key or uuid of the person")

    def handle(self, *_args: object, **options: Any) -> None:
        person = find_person(options["id"])
        if person is None:
            raise CommandError(f"There is no person {options['id']}. Nothing was erased.")
        proof = erase_person(person=person, actor=None)
        ledger.write_down()
        if scrub_erased():
            rest = "Nothing is left in the files of the database."
        else:
            rest = "The database is busy: the worker overwrites its free pages soon."
        self.stdout.write(f"Erased, number {proof.pk} in the ledger. {rest}")
