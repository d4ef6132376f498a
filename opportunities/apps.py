from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class OpportunitiesConfig(AppConfig):
    name = "opportunities"

    def ready(self) -> None:
        from opportunities import erasing  # noqa: F401 -- it listens from now on
        from opportunities.actions import holding  # noqa: F401 -- so does this

        # A migration that remakes the table on SQLite leaves its triggers behind.
        post_migrate.connect(_keep_search, sender=self)
        from people.about import name_with
        from people.openings import count_as_opening  # models are there once all apps are

        name_with("opportunity", _titles)
        count_as_opening("sign_up.opened", _("Opened what you shared with a project."))
        count_as_opening("support.opened", _("Read what support you need for a project."))


def _titles(keys: set[str]) -> dict[str, str]:
    from opportunities.models import Opportunity  # models are there once all apps are

    return {str(pk): brief.title for pk, brief in Opportunity.objects.in_bulk(keys).items()}


def _keep_search(using: str, **_kwargs: Any) -> None:
    from opportunities.models import SEARCHED  # models are there once all apps are

    SEARCHED.keep(using)
