from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self) -> None:
        # A migration that remakes the table on SQLite leaves its triggers behind.
        post_migrate.connect(_keep_search, sender=self)


def _keep_search(using: str, **_: Any) -> None:
    # Models are there once all apps are.
    from people.models import SEARCHED

    for index in SEARCHED:
        index.keep(using)
