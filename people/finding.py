"""Finding people of the pool by what they told us, for a partner that they let look for them.

Who is found is decided here and nowhere else: the lists, the numbers that officers read, and the
people whom a coordinator may invite all start from ``found()``. Nobody is found by anything but
what they chose to be found by. Source: seeds 002 (matching) and 003 (community advisor network).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from coprod.lib.search import search, single_words
from people.models import (
    EXPERIENCE_SEARCHED,
    OWN_WORDS_SEARCHED,
    TOPICS_SEARCHED,
    Audience,
    Cohort,
    CohortMember,
    Organisation,
    Person,
    PersonTopic,
    Profile,
    Topic,
    TopicKind,
    Town,
)

# Of very many who fit, so many of the newest are looked at: a page costs no more for a large pool.
MOST = 300
LOOKED_AT = 2000
FEW = 5  # fewer are never counted aloud


@dataclass(frozen=True)
class Wanted:
    """Who is looked for: all of the topics and words, any of the places, days, times, cohorts."""

    words: str = ""
    topics: tuple[Topic, ...] = ()
    towns: tuple[Town, ...] = ()
    days: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    how_far: tuple[str, ...] = ()
    cohorts: tuple[Cohort, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked, so that everybody fits."""
        return self == Wanted()


@dataclass(frozen=True)
class Found:
    """The keys of those who fit, newest first; ``is_cut`` where there are more than ``MOST``."""

    keys: list[int] = field(default_factory=list)
    is_cut: bool = False

    def __len__(self) -> int:
        return len(self.keys)


def found(organisation: Organisation, wanted: Wanted) -> Found:
    """Return who fits, among those who let ``organisation`` look for them; one query."""
    rows = Person.objects.looked_for_by(organisation).filter(_conditions(wanted))
    keys = list(rows.order_by("-pk").values_list("pk", flat=True)[: MOST + 1])
    return Found(keys[:MOST], is_cut=len(keys) > MOST)


def _conditions(wanted: Wanted) -> Q:
    condition = Q()
    for topic in wanted.topics:
        condition &= Q(pk__in=PersonTopic.objects.filter(topic=topic).values("person"))
    for word in single_words(wanted.words):
        condition &= _word(word)
    if wanted.towns:
        condition &= Q(town__in=wanted.towns)
    if wanted.cohorts:
        members = CohortMember.objects.filter(cohort__in=wanted.cohorts)
        condition &= Q(pk__in=members.values("person"))
    if wanted.how_far:
        condition &= Q(availability__how_far__in=wanted.how_far)
    return condition & _any("days", wanted.days) & _any("times", wanted.times)


def _any(column: str, codes: Iterable[str]) -> Q:
    condition = Q()
    for code in codes:
        condition |= Q(**{f"availability__{column}__contains": code})
    return condition


def _word(word: str) -> Q:
    """Return the condition that somebody chose or wrote something with this word.

    Of a word that is everywhere the newest ``LOOKED_AT`` of each kind are looked at.
    """
    listed = search(Topic.objects.all(), TOPICS_SEARCHED, word)
    own = search(PersonTopic.objects.all(), OWN_WORDS_SEARCHED, word, newest=LOOKED_AT)
    chose = PersonTopic.objects.filter(topic__in=listed.values("pk")).order_by("-pk")[:LOOKED_AT]
    wrote = search(_open_pages(), EXPERIENCE_SEARCHED, word, newest=LOOKED_AT)
    return reduce(or_, (Q(pk__in=rows.values("person")) for rows in (own, chose, wrote)))


def _open_pages() -> QuerySet[Profile]:
    """Return the profiles whose part “the experience I bring” coordinators may read."""
    return Profile.objects.filter(audiences__experience=Audience.COORDINATORS.value)


def shared_topics(people: Collection[int]) -> dict[int, int]:
    """Return how many of these people chose each topic that any of them chose: key → number."""
    rows = PersonTopic.objects.filter(person__in=people, topic__isnull=False)
    return dict(rows.order_by().values_list("topic").annotate(n=Count("pk")))


def by_town(people: Collection[int]) -> dict[int, int]:
    """Return how many of these people live in each town: key → number."""
    rows = Person.objects.filter(pk__in=people, town__isnull=False)
    return dict(rows.order_by().values_list("town").annotate(n=Count("pk")))


def because(people: Collection[int], wanted: Wanted) -> dict[int, list[PersonTopic]]:
    """Return what these people told us that fits ``wanted``: key → their rows; one query."""
    if not (wanted.topics or wanted.words):
        return {}
    fits = Q(topic__in=wanted.topics)
    for word in single_words(wanted.words):
        listed = search(Topic.objects.all(), TOPICS_SEARCHED, word)
        own = search(PersonTopic.objects.all(), OWN_WORDS_SEARCHED, word)
        fits |= Q(topic__in=listed.values("pk")) | Q(pk__in=own.values("pk"))
    told: dict[int, list[PersonTopic]] = {}
    rows = PersonTopic.objects.filter(fits, person__in=people).select_related("topic")
    for row in rows:
        told.setdefault(row.person_id, []).append(row)
    return told


def in_words(told: Iterable[PersonTopic]) -> list[str]:
    """Return why somebody fits, to go on from “they said that they …” or “you said that you …”.

    One phrase for each kind, in the order of the first of its rows, with all that is of it.
    """
    phrases = {
        TopicKind.EXPERIENCE: _("know about: %(what)s"),
        TopicKind.SKILL: _("can help with: %(what)s"),
        TopicKind.INTEREST: _("are interested in: %(what)s"),
        TopicKind.LANGUAGE: _("speak: %(what)s"),
    }
    names: dict[TopicKind, list[str]] = {}
    for one in told:
        names.setdefault(TopicKind(one.kind), []).append(one.topic.name if one.topic else one.words)
    return [phrases[kind] % {"what": ", ".join(what)} for kind, what in names.items()]


def number_in_words(found_now: Found) -> str:
    """Return how many fit as officers may read it: never an exact number.

    Below ``FEW`` it is “fewer than 5”, above it goes in steps of five, so that no question about
    one person more or less can be answered by asking twice.
    """
    if found_now.is_cut:
        return _("more than %(n)s people") % {"n": MOST}
    if len(found_now) < FEW:
        return _("fewer than %(n)s people") % {"n": FEW}
    return _("about %(n)s people") % {"n": len(found_now) // FEW * FEW}


def what_they_share(found_now: Found, wanted: Wanted, most: int = 5) -> list[str]:
    """Return what at least half of those who fit have in common, in words; nothing of a few.

    Never what ``wanted`` asked for, and nothing that all have: it would be told of each of them.
    """
    if len(found_now) < 2 * FEW:
        return []
    asked = {topic.pk for topic in wanted.topics}
    numbers = shared_topics(found_now.keys)
    common = [
        (number, key)
        for key, number in numbers.items()
        if key not in asked and len(found_now) <= 2 * number and number <= len(found_now) - FEW
    ]
    keys = [key for _number, key in sorted(common, reverse=True)[:most]]
    names = Topic.objects.in_bulk(keys)
    return [names[key].name for key in keys]


def people_of(found_now: Found) -> QuerySet[Person]:
    """Return the rows of those who fit, with their towns."""
    return Person.objects.filter(pk__in=found_now.keys).select_related("town")
