"""Who may be invited to a project, and why them: what the coordinator's page is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import QueryDict

from coprod.lib.days import today
from opportunities.lifecycle import RequestStatus
from opportunities.models import Opportunity, PeopleRequest, ProjectInvitation, SignUp
from people.filters import PoolFilter
from people.finding import because, in_words, people_of
from people.load import Load, asked_of
from people.models import Person, PersonTopic, Topic

SHOWN = 50  # candidates on one page: nobody weighs more at once


@dataclass(frozen=True)
class Candidate:
    """Somebody who fits: what they told us that fits, and how much is asked of them already."""

    person: Person
    told: list[PersonTopic] = field(default_factory=list)
    load: str = Load.FREE
    wrote: bool = False  # about it, on a page that coordinators may read

    @property
    def because(self) -> list[str]:
        """Why this person, in words."""
        return in_words(self.told)

    @property
    def topics(self) -> list[Topic]:
        """What fits of the lists, to be kept with the invitation."""
        return [one.topic for one in self.told if one.topic is not None]

    @property
    def is_full(self) -> bool:
        """Whether to ask them takes a reason."""
        return self.load == Load.FULL

    @property
    def is_near(self) -> bool:
        """Whether they are near their limit, or at it."""
        return self.load != Load.FREE


def fresh_request(brief: Opportunity, key: str) -> PeopleRequest | None:
    """Return the open request of this brief with that key in its address, if there is one."""
    if not key.isascii() or not key.isdigit() or len(key) > 18:
        return None
    return brief.people_requests.filter(status=RequestStatus.OPEN, pk=int(key)).first()


def asked_first(query: QueryDict, asked: PeopleRequest | None) -> QueryDict:
    """Return what the page’s boxes show: what was ticked there, at first what was asked for."""
    if asked is None or "q" in query:
        return query
    boxes = query.copy()
    for topic in asked.topics.all():
        boxes.appendlist(topic.kind, str(topic.pk))
    boxes.setlist("town", [str(town.pk) for town in asked.towns.all()])
    boxes.setlist("day", asked.days)
    return boxes


def candidates(brief: Opportunity, pool: PoolFilter) -> list[Candidate]:
    """Return who fits and was neither invited nor came forward, with room first, at most ``SHOWN``.

    What is ticked on the page counts; at first that is what a request asked for.
    """
    wanted, fit = pool.wanted, pool.found
    there = {
        *ProjectInvitation.objects.filter(opportunity=brief).values_list("person_id", flat=True),
        *SignUp.objects.filter(opportunity=brief).values_list("person_id", flat=True),
    }
    keys = [key for key in fit.keys if key not in there]
    asked_now = asked_of(keys)
    keys.sort(key=lambda key: (-min(asked_now[key].room, 2), asked_now[key].in_window, key))
    keys = keys[:SHOWN]
    told, rows = because(keys, wanted), {row.pk: row for row in people_of(fit).filter(pk__in=keys)}
    by_words = bool(wanted.words)
    return [
        Candidate(
            rows[key],
            told.get(key, []),
            asked_now[key].load,
            wrote=by_words and key not in told,  # then it stands on their page
        )
        for key in keys
        if key in rows
    ]


def waiting_invitations(person: Person) -> list[ProjectInvitation]:
    """Return what the person was invited to and may still answer, newest first."""
    rows = ProjectInvitation.objects.unanswered().filter(
        person=person, opportunity__in=Opportunity.objects.open_on(today())
    )
    return list(rows.select_related("opportunity__organisation")[:SHOWN])
