"""Rows for tests: one function per noun, with defaults that make sense on their own.

Every function takes what matters to the test by keyword and fills in the rest.
"""

from __future__ import annotations

import datetime as dt
import itertools

from django.utils import timezone
from django.utils.text import slugify

from charter.actions import load_charter
from charter.charter_file import read
from charter.lifecycle import CheckBackStatus, ResponseKind
from charter.models import Charter, CheckBack, Contribution, Response
from coprod.lib.days import add_months, today
from opportunities.actions.sign_ups import sign_up
from opportunities.levels import ActivityType, Level, PlacesGiven, Scope
from opportunities.lifecycle import Status
from opportunities.models import Opportunity, Participation
from people.actions import save_equality_answers
from people.equality import questions_in_use
from people.lifecycle import AgreementStatus, PoolStatus, RelationStatus
from people.models import (
    CAN,
    Agreement,
    AgreementKind,
    Audience,
    Authority,
    Channel,
    Consent,
    ContactBy,
    KnownTo,
    MayLookFor,
    Membership,
    Need,
    Organisation,
    OrganisationKind,
    Person,
    PersonTopic,
    Profile,
    Relation,
    RelationKind,
    Role,
    Subset,
    Team,
    Topic,
    TopicKind,
    Town,
    User,
    YoungPerson,
    next_review,
)
from people.reference import load_equality_questions

_numbers = itertools.count(1)

TOWNS = ("Oldbury", "Rowley Regis", "Smethwick", "Tipton", "Wednesbury", "West Bromwich")


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def make_town(name: str = "Tipton") -> Town:
    """Return the town called ``name``."""
    return Town.objects.get_or_create(slug=_slug(name), defaults={"name": name})[0]


def make_organisation(**fields: object) -> Organisation:
    """Return a new organisation; not the host unless asked."""
    number = next(_numbers)
    fields.setdefault("name", f"Example Partner {number}")
    defaults = {
        "slug": _slug(str(fields["name"])),
        "letters": "EP",
        "kind": OrganisationKind.VOLUNTARY,
        "valid_from": add_months(today(), -24),
    }
    return Organisation.objects.create(**(defaults | fields))


def make_team(organisation: Organisation, name: str = "Community services") -> Team:
    """Return a new team of ``organisation``."""
    return Team.objects.create(organisation=organisation, name=name)


def make_user(name: str = "", **fields: object) -> User:
    """Return a new account with a verified e-mail; ``password`` is optional."""
    number = next(_numbers)
    name = name or f"Account {number}"
    email = fields.pop("email", f"{_slug(name)}-{number}@example.org")
    user = User.objects.create_user(email=email, name=name, **fields)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def make_person(name: str = "", **fields: object) -> Person:
    """Return a new active member of the pool with an e-mail and no account.

    Whoever ``joined_through`` somebody is known to them, and lets them look for them.
    """
    number = next(_numbers)
    name = name or f"Person {number}"
    defaults = {
        "email": f"{_slug(name)}-{number}@example.org",
        "town": make_town(),
        "status": PoolStatus.ACTIVE,
    }
    person = Person.objects.create(name=name, **(defaults | fields))
    if person.joined_through:
        let_look(person, person.joined_through)
        make_known(person, person.joined_through)
    return person


def make_known(person: Person, organisation: Organisation) -> KnownTo:
    """Return that ``person`` is known to ``organisation``, as if they had rung."""
    return KnownTo.objects.create(
        person=person, organisation=organisation, reason=KnownTo.Reason.RANG_OR_WROTE
    )


def let_look(person: Person, organisation: Organisation) -> MayLookFor:
    """Return that ``organisation`` may look for ``person``."""
    return MayLookFor.objects.create(person=person, organisation=organisation)


def make_topic(kind: str = TopicKind.INTEREST, name: str = "Parks") -> Topic:
    """Return the line ``name`` of a list."""
    return Topic.objects.get_or_create(kind=kind, name=name)[0]


def choose_topic(person: Person, topic: Topic) -> PersonTopic:
    """Return that ``person`` chose ``topic``, with the agreement that lived experience needs."""
    agreed = None
    if topic.kind == TopicKind.EXPERIENCE:
        agreed = Consent.objects.get_or_create(
            person=person,
            purpose=Consent.Purpose.MATCHING,
            about="experience",
            defaults={"wording_version": "test"},
        )[0]
    return PersonTopic.objects.create(person=person, kind=topic.kind, topic=topic, consent=agreed)


def make_resident(name: str = "", **fields: object) -> User:
    """Return an account whose ``.person`` is in the pool; ``fields`` go to the person."""
    user = make_user(name)
    make_person(user.name, user=user, email=user.email, **fields)
    return user


def make_profile(person: Person, **fields: object) -> Profile:
    """Return the one-page profile of ``person``, filled in and private; shared, it is whole."""
    if fields.get("shared_at"):
        fields.setdefault("audiences", dict.fromkeys(Profile.PARTS, Audience.COORDINATORS))
    defaults = {
        "important_to_me": f"What matters to {person.name}",
        "experience": f"What {person.name} brings",
        "how_to_help": f"How to help {person.name}",
        "best_contact": f"How to reach {person.name}",
    }
    return Profile.objects.create(person=person, **(defaults | fields))


def make_need(person: Person, **fields: object) -> Need:
    """Return a need of ``person`` that coordinators may read, kept under their consent."""
    consent, _new = Consent.objects.get_or_create(
        person=person,
        purpose=Consent.Purpose.NEEDS,
        about="needs",
        withdrawn_at=None,
        defaults={"wording_version": "2026-11"},
    )
    reviewed = fields.setdefault("reviewed_on", today())
    defaults = {
        "subset": Subset.PROFESSIONAL,
        "value": "bsl",
        "audience": Audience.COORDINATORS,
        "told_channel": Channel.ONLINE,
        "review_due": next_review(reviewed),
        "consent": consent,
    }
    return Need.objects.create(person=person, **(defaults | fields))


def make_membership(user: User, organisation: Organisation, role: str, **fields: object):
    """Return a new role of ``user`` in ``organisation``, in force since a year ago."""
    fields.setdefault("valid_from", add_months(today(), -12))
    return Membership.objects.create(user=user, organisation=organisation, role=role, **fields)


def make_staff(organisation: Organisation, role: str = Role.OFFICER, name: str = "") -> User:
    """Return an account with one role; ``.acting`` is set to it, as on a request."""
    user = make_user(name)
    user.acting = make_membership(user, organisation, role)
    return user


def make_opportunity(organisation: Organisation | None = None, **fields: object) -> Opportunity:
    """Return a brief that is published, complete, open for a month, and first come with 3 places.

    ``organisation`` is the host of the cast unless given; ``towns`` is a list of rows.
    """
    number = next(_numbers)
    fields.setdefault("title", f"Brief {number}")
    towns = fields.pop("towns", [])
    start = today()
    defaults = {
        "slug": f"{slugify(str(fields['title']))}-{number}",
        "organisation": organisation or Organisation.objects.get(slug="example-council"),
        "status": Status.PUBLISHED,
        "published_at": timezone.now(),
        "what": "Help us make letters clear. It matters.",
        "experience": "None. You live here.",
        "commitment": "Two hours.",
        "when": "In the afternoon.",
        "how": "Press the button.",
        "level": Level.PARTICIPATION,
        "scope": Scope.OPERATIONAL,
        "activity_types": [ActivityType.CODESIGN],
        "can_change": "The words.",
        "cannot_change": "The law, because Parliament makes it.",
        "who_decides": "The team.",
        "lead_name": "Lena Lead",
        "lead_phone": "0121 496 0101",
        "safeguarding_name": "Sam Safe",
        "safeguarding_phone": "0121 496 0102",
        "places": 3,
        "places_given": PlacesGiven.FIRST_COME,
        "closes_on": add_months(start, 1),
        "starts_on": add_months(start, 2),
        "ends_on": add_months(start, 3),
        "is_borough_wide": not towns,
        "reward": "No payment.",
        "expenses": "Bus fares.",
        "access": "Step-free.",
    }
    if fields.get("places", 3) is None:
        fields.setdefault("places_are_open", True)
    if fields.get("is_rolling"):
        fields.setdefault("closes_on", None)
    made = Opportunity.objects.create(**(defaults | fields))
    made.towns.set(towns)
    return made


def make_sign_up(opportunity: Opportunity, person: Person | None = None, **fields: object):
    """Return a person's sign-up to ``opportunity``, made by the action that everybody uses."""
    person = person or make_person()
    by_email = person.contact_by == ContactBy.EMAIL
    defaults = {
        "actor": None,
        "shares": ["experience"],
        "contact_by": person.contact_by,
        "contact_detail": person.email if by_email else "07700 900111",
        "old_enough": True,
    }
    return sign_up(opportunity=opportunity, person=person, **(defaults | fields))


def answer_equality(person: Person, **answers: str) -> None:
    """Answer equality questions as ``person``: value by code; the rest is left blank."""
    if not questions_in_use():
        load_equality_questions()
    save_equality_answers(person=person, answers=answers)


def make_charter() -> Charter:
    """Return the charter of the file, in force."""
    return load_charter(source=read(), actor=None)


def make_contribution(
    opportunity: Opportunity | None = None, voices: tuple[Person, ...] = (), **fields: object
) -> Contribution:
    """Return something that people said to a public project; ``voices`` agreed to be asked."""
    number = next(_numbers)
    defaults = {
        "about": f"The door of room {number}",
        "what": f"The door of room {number} is too heavy.",
        "said_at": "Tipton library",
        "said_on": add_months(today(), -3),
        "people_count": 12,
        "channel": "in_person",
    }
    made = Contribution.objects.create(
        opportunity=opportunity or make_opportunity(), **(defaults | fields)
    )
    for person in voices:
        made.voices.create(person=person)
    return made


def make_response(
    contribution: Contribution | None = None, kind: str = ResponseKind.DID, **fields: object
) -> Response:
    """Return the current answer of a contribution; the one before is no longer current."""
    contribution = contribution or make_contribution()
    contribution.responses.update(is_current=False)
    days = {
        ResponseKind.DID: {"done_on": add_months(today(), -2)},
        ResponseKind.WILL: {"due_on": add_months(today(), 1)},
    }
    defaults = {
        "text": f"What the team says about {contribution.about}",
        "owner_name": "Tom Reid",
        "written_at": timezone.now() - dt.timedelta(days=60),
        **days.get(ResponseKind(kind), {}),
    }
    return contribution.responses.create(kind=kind, **(defaults | fields))


def make_check_back(
    response: Response | None = None, person: Person | None = None, **fields: object
) -> CheckBack:
    """Return a question that was put to a person; with ``verdict`` it is answered."""
    response = response or make_response()
    person = person or make_person()
    response.contribution.voices.get_or_create(person=person)
    defaults = {
        "status": CheckBackStatus.ASKED,
        "due_on": add_months(today(), -1),
        "asked_on": add_months(today(), -1),
    }
    if fields.get("verdict"):
        defaults |= {"status": CheckBackStatus.ANSWERED, "answered_at": timezone.now()}
    return CheckBack.objects.create(response=response, person=person, **(defaults | fields))


def make_participation(opportunity: Opportunity, pseudonym: object = None, **fields: object):
    """Return that somebody took part; ``pseudonym`` may be a number: the same one, the same person.

    Today, in Tipton, with nothing said about themselves, unless ``fields`` say more.
    """
    number = next(_numbers) if pseudonym is None else pseudonym
    defaults = {
        "organisation": opportunity.organisation,
        "level": opportunity.level,
        "town": make_town(),
        "took_part_on": today(),
    }
    return Participation.objects.create(
        opportunity=opportunity, pseudonym=f"{number:064x}", **(defaults | fields)
    )


_RIGHTS = {RelationKind.ACTS_FOR: Authority.ASKED, RelationKind.GUARDIAN: Authority.PARENT}


def make_relation(
    person: Person, helper: User | None = None, kind: str = RelationKind.ACTS_FOR, **fields: object
) -> Relation:
    """Return a relation in force since yesterday, with the whole scope of its kind."""
    defaults = {
        "status": RelationStatus.IN_FORCE,
        "name": helper.name if helper else "Hanna Helper",
        "email": helper.email if helper else "",
        "scope": list(CAN[kind]),
        "authority": _RIGHTS.get(RelationKind(kind), ""),
        "valid_from": today() - dt.timedelta(days=1),
    }
    return Relation.objects.create(
        person=person, helper_user=helper, kind=kind, **(defaults | fields)
    )


def make_young(person: Person | None = None, age: int = 15, **fields: object) -> YoungPerson:
    """Return a young person whose birthday was a month ago, and who said yes."""
    defaults = {
        "born_on": add_months(today(), -12 * age - 1),
        "yes_at": timezone.now(),
        "yes_wording": "2026-11",
    }
    return YoungPerson.objects.create(person=person or make_person(), **(defaults | fields))


def make_agreement(person: Person, relation: Relation | None = None, **fields: object) -> Agreement:
    """Return an adult's agreement, checked today, that is asked again in a year."""
    defaults = {
        "kind": AgreementKind.ADULT,
        "status": AgreementStatus.CHECKED,
        "relation": relation or make_relation(person, kind=RelationKind.GUARDIAN),
        "given_at": timezone.now(),
        "wording_version": "2026-11",
        "how_checked": "Birth certificate seen",
        "checked_on": today(),
        "ask_again_on": add_months(today(), 12),
    }
    return Agreement.objects.create(person=person, **(defaults | fields))
