"""Who came forward, who took part, what they said, and whether it helped."""

from __future__ import annotations

import datetime as dt
import random

from django.utils import timezone

from opportunities.actions import record_took_part
from opportunities.levels import PlacesGiven
from opportunities.lifecycle import HOLDING, SignUpStatus, Status
from opportunities.models import SHAREABLE, Opportunity, SignUp
from people.models import Channel, ContactBy, KnownTo, Person

RUNNING = (Status.IN_PROGRESS, Status.COMPLETED)
CHANNELS = {
    ContactBy.EMAIL: Channel.ONLINE,
    ContactBy.PHONE: Channel.PHONE,
    ContactBy.TEXT: Channel.PHONE,
    ContactBy.LETTER: Channel.PAPER,
}
NOT_THIS_TIME = "We looked for a mix of experience, and had two people with yours."
KIND_ANSWER = "Thank you for coming forward. This time we chose others; please try the next one."
# How many come forward, for each place: some briefs overflow, some stay half empty.
DEMAND = (1.5, 0.4, 1.0, 0.7, 1.3, 0.2)


class SignUps:
    """Lets people come forward; the order in which they came is the order in which they wait."""

    def __init__(self, people: list[Person]) -> None:
        self.random = random.Random(7)  # noqa: S311 -- the same every time, not a secret
        self.people = people

    def load(self, opportunities: list[Opportunity]) -> None:
        """Store the sign-ups of every public brief, and its counters."""
        public = [row for row in opportunities if row.published_at]
        for index, opportunity in enumerate(public):
            wanted = int((opportunity.places or 20) * DEMAND[index % len(DEMAND)]) + 1
            people = self._chosen_people(index, min(wanted, 45))
            self._come_forward(opportunity, people)
            make_known(opportunity, people)

    def _chosen_people(self, index: int, number: int) -> list[Person]:
        others = self.random.sample(self.people[2:], number)
        # The two residents of the demonstration are in every third brief.
        if index % 3 == 0:
            others.insert(0, self.people[0])
        if index % 4 == 1:
            others.append(self.people[1])
        return others

    def _come_forward(self, opportunity: Opportunity, people: list[Person]) -> None:
        SignUp.objects.bulk_create(self.rows_of(opportunity, people))
        opportunity.save(update_fields=["places_taken", "last_waiting_number"])

    def rows_of(self, opportunity: Opportunity, people: list[Person]) -> list[SignUp]:
        """Return the sign-ups of ``people``, not stored yet, and set the brief's counters."""
        rows = [
            self._sign_up(opportunity, person, order)
            for order, person in enumerate(people, start=1)
        ]
        waiting = [row for row in rows if row.status == SignUpStatus.WAITING]
        for number, row in enumerate(waiting, start=1):
            row.waiting_number = number
        opportunity.places_taken = sum(row.status in HOLDING for row in rows)
        opportunity.last_waiting_number = len(waiting)
        return rows

    def _sign_up(self, opportunity: Opportunity, person: Person, order: int) -> SignUp:
        status = self._status(opportunity, order)
        decided = status in (SignUpStatus.CHOSEN, SignUpStatus.NOT_THIS_TIME)
        came = opportunity.published_at + dt.timedelta(hours=order * 3)
        return SignUp(
            opportunity=opportunity,
            person=person,
            status=status,
            shares=list(SHAREABLE)[: 1 + order % 4],
            why="I know this from my own life." if order % 2 else "",
            contact_by=person.contact_by,
            contact_detail=_reached_at(person),
            channel=CHANNELS[ContactBy(person.contact_by)],
            came_forward_at=min(came, timezone.now()),
            decided_at=timezone.now() if decided else None,
            decision_reason=NOT_THIS_TIME if status == SignUpStatus.NOT_THIS_TIME else "",
            answer=KIND_ANSWER if status == SignUpStatus.NOT_THIS_TIME else "",
            withdrawn_at=timezone.now() if status == SignUpStatus.WITHDRAWN else None,
        )

    def _status(self, opportunity: Opportunity, order: int) -> SignUpStatus:
        if order % 13 == 0:
            return SignUpStatus.WITHDRAWN
        gone = (order - 1) // 13
        fits = opportunity.places is None or order - gone <= opportunity.places
        if opportunity.places_given == PlacesGiven.FIRST_COME:
            return SignUpStatus.PLACE if fits else SignUpStatus.WAITING
        if opportunity.status in RUNNING:
            return SignUpStatus.CHOSEN if fits else SignUpStatus.NOT_THIS_TIME
        return SignUpStatus.HEARD


def _reached_at(person: Person) -> str:
    if person.contact_by == ContactBy.EMAIL:
        return person.email
    return person.address if person.contact_by == ContactBy.LETTER else person.phone


def make_known(opportunity: Opportunity, people: list[Person]) -> None:
    """Let the organisation that asks reach those who came forward."""
    KnownTo.objects.bulk_create(
        (
            KnownTo(
                person=person,
                organisation_id=opportunity.organisation_id,
                reason=KnownTo.Reason.CAME_FORWARD,
            )
            for person in people
        ),
        ignore_conflicts=True,
    )


def load_taking_part(opportunities: list[Opportunity], day: dt.date) -> None:
    """Store who took part in every project that has started, with their frozen rows."""
    chance = random.Random(11)  # noqa: S311 -- the same every time, not a secret
    for opportunity in opportunities:
        if opportunity.status in RUNNING:
            for number in range(4):
                when = opportunity.starts_on + dt.timedelta(weeks=number * 3)
                if when <= min(day, opportunity.ends_on):
                    _session(opportunity, when, chance)


def _session(opportunity: Opportunity, when: dt.date, chance: random.Random) -> None:
    signed_up = opportunity.sign_ups.holding().select_related("person").order_by("pk")
    came = [row.person for row in signed_up if chance.random() < 0.8]
    record_took_part(opportunity=opportunity, day=when, came=came, actor=opportunity.created_by)
