"""120 made-up people: no faces, no real addresses, numbers that ring nowhere."""

from __future__ import annotations

import datetime as dt
import random

from django.utils import timezone

from people.actions import PROFILE_PARTS
from people.lifecycle import PoolStatus
from people.models import (
    Audience,
    Channel,
    ContactBy,
    EqualityAnswer,
    EqualityQuestion,
    KnownTo,
    MayLookFor,
    Organisation,
    Person,
    Profile,
    Town,
    User,
)
from people.pseudonyms import pseudonym_of

from . import knowing, pictures
from .files import read
from .organisations import persona_email

IMPORTANT = [
    "My grandchildren, my allotment and being on time.",
    "That people speak to me and not to the person who pushes my chair.",
    "My faith, my street and a proper cup of tea.",
    "Being asked before, and not told after.",
    "Music. I sing in a choir on Thursdays.",
    "Rest. I have good days and bad days, and I plan around them.",
]
EXPERIENCE = [
    "I have had home care for four years. I know most people in my block.",
    "I look after my son, who is autistic. I am in two parents’ groups.",
    "I had a stroke and learnt to talk again. I visit others on the ward.",
    "I was a bus driver for 26 years. I know every stop in the borough.",
    "I live with depression. I help to run a walking group.",
    "I am Deaf and use British Sign Language. I know the Deaf club well.",
]
HELP = [
    "Send me papers a week before, in large print.",
    "Meet me at the door. I get lost in big buildings.",
    "Ask me what I think: I wait for a gap that never comes.",
    "A break every 40 minutes, please.",
    "Do not use short forms such as ICB unless you say what they mean.",
]
CONTACT = [
    "Ring me after 10am. Let it ring for a while.",
    "A text message is best. I answer in the evening.",
    "A letter, please. I do not use a computer.",
    "E-mail. I read it every day.",
]
ETHNICITIES = [
    *["white_british"] * 9,
    *["asian_indian"] * 4,
    *["asian_pakistani"] * 3,
    "asian_bangladeshi",
    *["black_african", "black_caribbean"] * 2,
    "mixed_caribbean",
    "other_arab",
    *["white_other"] * 2,
]


class Pool:
    """Makes the people, always the same ones for the same seed and day."""

    def __init__(self, organisations: dict[str, Organisation], day: dt.date) -> None:
        self.random = random.Random(20_26)  # noqa: S311 -- the same people every time, not a secret
        self.organisations = list(organisations.values())
        self.towns = list(Town.objects.order_by("slug"))
        self.day = day
        self.names = read("names")
        self.questions = {q.code: q for q in EqualityQuestion.objects.filter(in_use=True)}

    def load(self, number: int) -> list[Person]:
        """Store ``number`` people with profiles and, for most, equality answers."""
        people = Person.objects.bulk_create([self._person(index) for index in range(number)])
        join(people)
        Profile.objects.bulk_create([self._profile(person) for person in people])
        answers = [answer for person in people for answer in self._answers(person)]
        EqualityAnswer.objects.bulk_create(answers, batch_size=2000)
        knowing.give(people, random.Random("what they know"))  # noqa: S311 -- the same each time
        _give_accounts(people[:2])
        pictures.give([person for person in people[1:8] if person.profile.is_shared])
        return people

    def _person(self, index: int) -> Person:
        contact_by = self._contact_by(index)
        by_email = contact_by == ContactBy.EMAIL
        town = self.random.choices(self.towns, weights=[5, 2, 6, 4, 3, 7])[0]
        return Person(
            name=self._name(index),
            email=_email(index) if by_email else "",
            phone=f"07700 900{index % 1000:03d}" if index % 4 else f"0121 496 0{index % 1000:03d}",
            address=f"{index + 1} Example Road\n{town.name}\nB70 0XX"
            if contact_by == ContactBy.LETTER
            else "",
            contact_by=contact_by,
            town=town,
            joined_through=self.organisations[index % 4],
            joined_channel=Channel.ONLINE if by_email else Channel.PHONE,
            joined_at=(joined := timezone.now() - dt.timedelta(days=40 + index * 3 % 700)),
            status=PoolStatus.ACTIVE,
            status_since=joined,
            welcomed_at=joined + dt.timedelta(days=2),
        )

    def _name(self, index: int) -> str:
        first, last = self.names["first"], self.names["last"]
        return f"{first[index % len(first)]} {last[(index * 7 + index // len(first)) % len(last)]}"

    def _contact_by(self, index: int) -> str:
        # A third has no e-mail. The first two are the residents of the demonstration.
        if index < 2 or index % 3:
            return ContactBy.EMAIL
        return [ContactBy.PHONE, ContactBy.TEXT, ContactBy.LETTER][index // 3 % 3]

    def _profile(self, person: Person) -> Profile:
        full = self.random.random() < 0.7
        return Profile(
            person=person,
            important_to_me=self.random.choice(IMPORTANT),
            experience=self.random.choice(EXPERIENCE),
            how_to_help=self.random.choice(HELP) if full else "",
            best_contact=self.random.choice(CONTACT) if full else "",
            audiences=dict.fromkeys(
                Profile.PARTS if full else PROFILE_PARTS,
                Audience.COORDINATORS if full else Audience.PROJECT,
            ),
            shared_at=timezone.now() if full else None,
        )

    def _answers(self, person: Person) -> list[EqualityAnswer]:
        if self.random.random() < 0.15:
            return []
        condition = self.random.choice(["yes", "yes", "no", "prefer_not_to_say"])
        values = {
            "year_of_birth": str(self.day.year - self.random.randint(19, 88)),
            "sex": self.random.choice(["female", "female", "male", "prefer_not_to_say"]),
            "ethnicity": self.random.choice(ETHNICITIES),
            "condition": condition,
            "limits": self.random.choice(["a_lot", "a_little", "not_at_all"]),
            "unpaid_carer": self.random.choice(["no", "no", "up_to_9", "50_or_more"]),
        }
        if condition != "yes":
            values.pop("limits")
        pseudonym = pseudonym_of(person)
        return [
            EqualityAnswer(
                pseudonym=pseudonym, question=self.questions[code], code=code, value=value
            )
            for code, value in values.items()
            if code in self.questions
        ]


def join(people: list[Person]) -> None:
    """Let those reach and look for people through whom they joined."""
    for model, more in ((MayLookFor, {}), (KnownTo, {"reason": KnownTo.Reason.RANG_OR_WROTE})):
        model.objects.bulk_create(
            model(person=person, organisation=person.joined_through, since=person.joined_at, **more)
            for person in people
        )


def _email(index: int) -> str:
    return persona_email({0: "resident", 1: "resident-2"}.get(index, f"person{index}"))


def _give_accounts(people: list[Person]) -> None:
    for person in people:
        user = User.objects.create_user(email=person.email, name=person.name)
        user.emailaddress_set.create(email=user.email, verified=True, primary=True)
        person.user = user
        person.save(update_fields=["user"])
