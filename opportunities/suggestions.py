"""Open briefs that a person may like, and why; everything else stays open to them as well.

A suggestion never hides anything: it stands on the person's own page, beside the way to the list.
"""

from __future__ import annotations

from dataclasses import dataclass

from coprod.lib.days import today
from coprod.lib.search import search
from opportunities.models import SEARCHED, Opportunity, ProjectInvitation, SignUp
from people.finding import in_words
from people.models import Person, PersonTopic, TopicKind

MOST = 3
LOOKED_AT = 6  # of what the person told us, so that their page asks no more of the database
KINDS = (TopicKind.EXPERIENCE, TopicKind.INTEREST, TopicKind.SKILL)


@dataclass(frozen=True)
class Suggestion:
    """A brief, and what the person had told us that it is about."""

    opportunity: Opportunity
    because: str


def suggestions(person: Person) -> list[Suggestion]:
    """Return at most ``MOST`` open briefs about what ``person`` knows, likes or can do."""
    told = PersonTopic.objects.filter(person=person, kind__in=KINDS).select_related("topic")
    told_first = sorted(told, key=lambda one: KINDS.index(TopicKind(one.kind)))[:LOOKED_AT]
    if not told_first:
        return []
    seen = set(SignUp.objects.filter(person=person).values_list("opportunity_id", flat=True))
    invited = ProjectInvitation.objects.filter(person=person)
    seen |= set(invited.values_list("opportunity_id", flat=True))
    found: list[Suggestion] = []
    for one in told_first:
        words = one.topic.name if one.topic else one.words
        fits = search(Opportunity.objects.open_on(today()), SEARCHED, words).exclude(pk__in=seen)
        for brief in fits.select_related("organisation").order_by("closing", "pk")[:MOST]:
            found.append(Suggestion(brief, in_words([one])[0]))
            seen.add(brief.pk)
        if len(found) >= MOST:
            break
    return found[:MOST]
