"""Making the pool smaller: what a coordinator ticks, as ``people.finding.Wanted``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import django_filters
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from coprod.lib.filtering import KnownFilter, WordsFilter
from people.finding import Found, Wanted, by_town, found, shared_topics
from people.models import (
    Cohort,
    Day,
    HowFar,
    Organisation,
    Person,
    TimeOfDay,
    Topic,
    TopicKind,
    Town,
)

# In this order: what people have lived comes first.
LISTS = (TopicKind.EXPERIENCE, TopicKind.SKILL, TopicKind.INTEREST, TopicKind.LANGUAGE)


class PoolFilter(django_filters.FilterSet):
    """Words, what people know and like and speak, where, when, and which cohort.

    All that is ticked in the lists of topics has to fit; of places, days, times and cohorts any.
    """

    q = WordsFilter(label=_("Words"))
    experience = KnownFilter(label=_("Lived experience"), choices=[])
    skill = KnownFilter(label=_("Skills"), choices=[])
    interest = KnownFilter(label=_("Interests"), choices=[])
    language = KnownFilter(label=_("Languages"), choices=[])
    town = KnownFilter(label=_("Town"), choices=[])
    day = KnownFilter(label=_("Has time on"), choices=Day.choices)
    time = KnownFilter(label=_("At this time of day"), choices=TimeOfDay.choices)
    far = KnownFilter(label=_("How far they can go"), choices=HowFar.choices)
    cohort = KnownFilter(label=_("Cohort"), choices=[])

    class Meta:
        model = Person
        fields: list[str] = []

    def __init__(self, data: Any, organisation: Organisation) -> None:
        super().__init__(data, Person.objects.none())
        self.organisation = organisation
        self.topics = {topic.pk: topic for topic in Topic.objects.filter(is_active=True)}
        self.towns = {town.pk: town for town in Town.objects.all()}
        cohorts = Cohort.objects.filter(organisation=organisation, is_active=True)
        self.cohorts = {cohort.pk: cohort for cohort in cohorts}
        for kind in LISTS:
            rows = [topic for topic in self.topics.values() if topic.kind == kind]
            self._offer(kind, rows)
        self._offer("town", self.towns.values())
        self._offer("cohort", self.cohorts.values())
        self.chosen: dict[str, Any] = self.form.cleaned_data if self.form.is_valid() else {}

    def _offer(self, name: str, rows: Iterable[Any]) -> None:
        self.form.fields[name].choices = [(str(row.pk), str(row)) for row in rows]

    @cached_property
    def wanted(self) -> Wanted:
        """What is asked for, as the finder takes it."""
        ticked = self.chosen.get
        return Wanted(
            words=ticked("q") or "",
            topics=tuple(self.topics[int(key)] for kind in LISTS for key in ticked(kind) or ()),
            towns=tuple(self.towns[int(key)] for key in ticked("town") or ()),
            days=tuple(ticked("day") or ()),
            times=tuple(ticked("time") or ()),
            how_far=tuple(ticked("far") or ()),
            cohorts=tuple(self.cohorts[int(key)] for key in ticked("cohort") or ()),
        )

    @cached_property
    def found(self) -> Found:
        """Who fits, looked for once."""
        return found(self.organisation, self.wanted)

    def count_choices(self) -> None:
        """Write beside each topic and town how many of those who fit have it.

        Of those who fit now: to tick one more leaves exactly so many.
        """
        numbers = shared_topics(self.found.keys)
        for kind in LISTS:
            self._say(kind, numbers)
        self._say("town", by_town(self.found.keys))

    def _say(self, name: str, numbers: dict[int, int]) -> None:
        """Offer what anybody has, the most frequent first; what is ticked stays."""
        field, ticked = self.form.fields[name], self.chosen.get(name) or ()
        choices = [(key, label, numbers.get(int(key), 0)) for key, label in field.choices]
        field.choices = [
            (key, f"{label} ({number})")
            for key, label, number in sorted(choices, key=lambda one: -one[2])
            if number or key in ticked
        ]
