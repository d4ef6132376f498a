"""As many briefs as anybody asks for, with the people who came forward and those who took part."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from opportunities.levels import ActivityType, Level, PlacesGiven, Scope
from opportunities.lifecycle import HOLDING, PUBLIC, Status
from opportunities.models import Opportunity, SignUp
from people.models import Organisation, Person, Town, User

from .briefs import MONEY, OFFICERS, people_in_charge
from .files import read
from .life import RUNNING, SignUps, make_known
from .organisations import persona_email
from .taken_part import Day

CHUNK = 500
WEEK = dt.timedelta(weeks=1)
# Out of a hundred briefs: most of what was ever asked is over.
MIX = {
    Status.PUBLISHED: 30,
    Status.CLOSED: 4,
    Status.IN_PROGRESS: 11,
    Status.COMPLETED: 48,
    Status.SUBMITTED: 2,
    Status.RETURNED: 1,
    Status.DRAFT: 2,
    Status.WITHDRAWN: 2,
}
# In how many weeks a brief starts.
STARTS = {Status.COMPLETED: (-200, -16), Status.IN_PROGRESS: (-9, -1)}
LATER = (2, 16)
# The first is a project that everybody wants: who came forward fills many pages.
WANTED, WANTED_PLACES = 400, 20
_MEANT = ("from_the_start", "decisions_shared", "open_to_change")
_CHOSEN = ("experience", "commitment", "who_decides", "can_change", "cannot_change")


class Many:
    """Makes briefs after those of the small demonstration, always the same for the same day."""

    def __init__(
        self, organisations: dict[str, Organisation], people: list[Person], day: dt.date
    ) -> None:
        self.random = random.Random("many")  # noqa: S311 -- the same every time, not a secret
        self.sign_ups = SignUps(people)
        self.organisations, self.people, self.day = list(organisations.values()), people, day
        self.words = read("crowd")
        self.towns = list(Town.objects.order_by("slug"))
        emails = [persona_email(persona) for persona in OFFICERS.values()]
        writers = User.objects.filter(email__in=emails)
        self.writers = dict(writers.values_list("memberships__organisation", "pk"))
        self.titles: Counter[str] = Counter()

    def load(self, number: int) -> Iterator[Day]:
        """Store ``number`` briefs and who came forward; yield who took part, day by day."""
        numbers = iter(range(number))
        while chunk := [self._brief(index) for index in islice(numbers, CHUNK)]:
            came = [self._who_came(brief) for brief in chunk]
            Opportunity.objects.bulk_create(chunk)
            self._place(chunk)
            SignUp.objects.bulk_create((row for rows in came for row in rows), batch_size=1000)
            for brief, rows in zip(chunk, came, strict=True):
                make_known(brief, [row.person for row in rows])
                yield from self._days(brief, rows)

    def _brief(self, index: int) -> Opportunity:
        chance, words = self.random, self.words
        status = chance.choices(list(MIX), MIX.values())[0] if index else Status.PUBLISHED
        subject = chance.choice(words["subjects"])
        partner = chance.choice(self.organisations) if index else self.organisations[0]
        level = chance.choice(list(Level))
        return Opportunity(
            **people_in_charge(status),
            **self._title(subject["title"]),
            **self._dates(status, may_roll=index > 0),
            **self._terms(),
            **{name: chance.choice(words[name]) for name in _CHOSEN},
            **dict.fromkeys(_MEANT, level == Level.COPRODUCTION),
            organisation=partner,
            created_by_id=self.writers.get(partner.pk),
            status=status,
            return_reason="Say who pays for the taxi." if status == Status.RETURNED else "",
            what=f"{subject['what']} {chance.choice(words['more'])}",
            how="Tap “I'm interested”, ring us or write to us.",
            level=level,
            scope=chance.choice(list(Scope)),
            activity_types=[chance.choice(list(ActivityType)).value],
            places=chance.choice([4, 6, 8, 8, 10, 12]) if index else WANTED_PLACES,
            places_given=chance.choice(list(PlacesGiven)) if index else PlacesGiven.FIRST_COME,
        )

    def _title(self, subject: str) -> dict[str, str]:
        title = f"{self.random.choice(self.words['begin'])} {subject}"
        self.titles[title] += 1
        return {"title": title, "slug": f"{slugify(title)}-{self.titles[title]}"}

    def _terms(self) -> dict[str, Any]:
        reward, expenses, flags = MONEY[self.random.choice(list(MONEY))]
        return {
            **dict.fromkeys(flags, True),
            "reward": reward,
            "expenses": expenses,
            "is_online": self.random.random() < 0.25,
            "is_borough_wide": self.random.random() < 0.3,
            "venue": "The library",
            "access": "Step-free, a hearing loop, breaks, and papers in large print",
        }

    def _dates(self, status: Status, *, may_roll: bool) -> dict[str, Any]:
        starts = self.day + self.random.randint(*STARTS.get(status, LATER)) * WEEK
        starts += dt.timedelta(days=self.random.randrange(5))
        ends = starts + self.random.randint(10, 14) * WEEK
        is_rolling = may_roll and status == Status.PUBLISHED and self.random.random() < 0.15
        days_ago = dt.timedelta(days=3, minutes=self.random.randrange(30_000))
        published = min(timezone.now() - days_ago, _noon(starts - 12 * WEEK))
        return {
            "starts_on": starts,
            "ends_on": ends,
            "is_rolling": is_rolling,
            "closes_on": None if is_rolling else starts - dt.timedelta(days=5),
            "when": f"From {starts.day} {starts:%B %Y} to {ends.day} {ends:%B %Y}.",
            "created_at": published - dt.timedelta(days=6),
            "published_at": published if status in PUBLIC else None,
            "submitted_at": published if status == Status.SUBMITTED else None,
            "completed_at": _noon(ends) if status == Status.COMPLETED else None,
        }

    def _place(self, briefs: list[Opportunity]) -> None:
        held_in = Opportunity.towns.through
        held_in.objects.bulk_create(
            held_in(opportunity=brief, town=self.random.choice(self.towns))
            for brief in briefs
            if not brief.is_borough_wide
        )

    def _who_came(self, brief: Opportunity) -> list[SignUp]:
        if brief.published_at is None:
            return []
        number = self.random.randint(0, brief.places * 3 // 2)
        number = WANTED if brief.places == WANTED_PLACES else number
        people = self.random.sample(self.people, min(number, len(self.people)))
        return self.sign_ups.rows_of(brief, people)

    def _days(self, brief: Opportunity, rows: list[SignUp]) -> Iterator[Day]:
        if brief.status not in RUNNING:
            return
        for number in range(3):
            day = brief.starts_on + number * 3 * WEEK
            if day <= min(self.day, brief.ends_on):
                holding = [row.person for row in rows if row.status in HOLDING]
                yield brief, day, [person for person in holding if self.random.random() < 0.8]


def _noon(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
