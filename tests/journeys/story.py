"""Who is in the story of the main job, and what they have in hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from opportunities.models import Opportunity
from people.models import Notice, User
from tests.journeys.visitor import Visitor

NEWCOMER, NEWCOMERS_ADDRESS = "Nadia Newcomer", "nadia@example.org"
RINGS = "Rose Ringer"
WALKS_IN = "Winston Walker"


@dataclass
class Story:
    """One project, from its brief to its end."""

    visit: Callable[..., Visitor]
    mailbox: list
    brief: dict
    slug: str = ""

    def visit_as(self, persona: str) -> Visitor:
        """Return somebody of the demonstration, at a browser where they are signed in."""
        return self.visit(User.objects.get(email=f"{persona}@example.org"))

    @property
    def opportunity(self) -> Opportunity:
        """The project as it is stored now."""
        return Opportunity.objects.get(slug=self.slug)

    @property
    def desk(self) -> str:
        """The project's page for staff."""
        return f"/staff/opportunities/{self.slug}/"

    def told(self, name: str, kind: str) -> Notice:
        """Return the one notice of a kind to somebody."""
        return Notice.objects.get(person__name=name, kind=kind)
