"""The end of a project: only when everything that people said has a response."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from charter.models import Contribution
from coprod.lib.lifecycle import NotAllowed
from opportunities.actions import complete
from opportunities.models import Opportunity
from people.models import User


class SomethingIsOpen(NotAllowed):
    """Something that people said waits for a response. ``waiting`` lists it."""

    def __init__(self, waiting: list[Contribution]) -> None:
        super().__init__(_("Something that people said has no response yet."))
        self.waiting = waiting


@transaction.atomic
def complete_project(*, opportunity: Opportunity, actor: User | None) -> Opportunity:
    """Complete a project, and return it. Nothing else calls ``opportunities.actions.complete``.

    Raises:
        SomethingIsOpen: something said has no response, or a “no” opened it again.
        NotAllowed: the project is not in progress.
    """
    locked = Opportunity.objects.select_for_update().get(pk=opportunity.pk)
    waiting = list(Contribution.objects.filter(opportunity=locked).needing_response())
    if waiting:
        raise SomethingIsOpen(waiting)
    return complete(opportunity=locked, actor=actor)
