"""Who is looked for, and who was invited: one open request, and two invitations a resident has."""

from __future__ import annotations

import datetime as dt

from opportunities.models import Opportunity, PeopleRequest, ProjectInvitation, SignUp
from people.models import Membership, Person, Role, Topic

INVITED = 3  # residents of the demonstration and one of the crowd
INVITING = 2  # organisations that look for people


def load(people: list[Person], day: dt.date) -> None:
    """Store a request for people in every organisation with an open brief, and invitations."""
    looking: dict[int, Opportunity] = {}
    for brief in Opportunity.objects.open_on(day).order_by("pk"):
        looking.setdefault(brief.organisation_id, brief)
    topics = list(Topic.objects.filter(is_active=True).order_by("pk")[:2])
    for brief in list(looking.values())[:INVITING]:
        asked = PeopleRequest.objects.create(
            opportunity=brief,
            number=4,
            words="People who have lived it, please.",
            asked_by=_staff(brief, Role.OFFICER),
        )
        asked.topics.set(topics)
        _invite(brief, people)


def _invite(brief: Opportunity, people: list[Person]) -> None:
    came = SignUp.objects.filter(opportunity=brief).values_list("person", flat=True)
    came_keys = set(came)
    free = [person for person in people if person.pk not in came_keys]
    ProjectInvitation.objects.bulk_create(
        ProjectInvitation(
            opportunity=brief, person=person, invited_by=_staff(brief, Role.COORDINATOR)
        )
        for person in free[:INVITED]
    )


def _staff(brief: Opportunity, role: str) -> object:
    roles = Membership.objects.filter(organisation=brief.organisation, role=role)
    membership = roles.select_related("user").order_by("pk").first()
    return membership.user if membership else None
