from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OpportunitiesConfig(AppConfig):
    name = "opportunities"

    def ready(self) -> None:
        from opportunities import erasing  # noqa: F401 -- it listens from now on

        # A migration that remakes the table on SQLite leaves its triggers behind.
        post_migrate.connect(_keep_search, sender=self)


def _keep_search(using: str, **_: Any) -> None:
    from opportunities.models import SEARCHED  # models are there once all apps are

    SEARCHED.keep(using)
