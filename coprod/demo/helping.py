"""Who helps whom, and young people: one who takes part, and one whom somebody waits for."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from coprod.lib.days import add_months, today
from opportunities.actions import sign_up
from opportunities.models import Opportunity
from people.lifecycle import AgreementStatus, PoolStatus, RelationStatus
from people.models import (
    CAN,
    Agreement,
    AgreementKind,
    Authority,
    ImpactAssessment,
    Organisation,
    Person,
    Profile,
    Relation,
    RelationKind,
    User,
    YoungPerson,
)
from people.models.kinds import GROWN_UP
from people.young import WORDING

from .organisations import persona_email
from .pool import join

CHECKED = "Spoke to the school, which knows them as the parent."


def assess(day: dt.date) -> None:
    """Note an assessment for each organisation that invites people under 18."""
    ImpactAssessment.objects.bulk_create(
        ImpactAssessment(
            organisation=one,
            reference=f"DPIA-{one.letters}-7",
            done_on=add_months(day, -2),
            done_by="Ivy Example, data protection officer",
        )
        for one in Organisation.objects.filter(opportunities__min_age__lt=GROWN_UP).distinct()
    )


def load(people: list[Person], host: Organisation) -> list[Person]:
    """Store who helps the first residents, and two young people; return the young people."""
    helper = _account("supporter", "Hanna Helper")
    _relation(people[0], RelationKind.ACTS_FOR, helper)
    _relation(people[0], RelationKind.SPEAKS_WITH, helper)
    _relation(people[1], RelationKind.RECEIVES, name="Carl Copies", phone="07700 900801")
    guardian = _account("guardian", "Gail Guardian")
    takes_part = _young("young", "Yusuf Young", 14, host)
    waits = _young("young-2", "Willa Waits", 13, host)
    _agreement(takes_part, guardian, AgreementStatus.CHECKED)
    _agreement(waits, guardian, AgreementStatus.GIVEN)
    for person in (takes_part, waits):
        _sign_up(person)
    return [takes_part, waits]


def _account(persona: str, name: str) -> User:
    user = User.objects.create_user(email=persona_email(persona), name=name)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def _relation(person: Person, kind: str, helper: User | None = None, **facts: str) -> Relation:
    rights: dict[str, str] = {
        RelationKind.ACTS_FOR: Authority.ASKED,
        RelationKind.GUARDIAN: Authority.PARENT,
    }
    known = {"name": helper.name, "email": helper.email} if helper else {}
    return Relation.objects.create(
        person=person,
        kind=kind,
        helper_user=helper,
        status=RelationStatus.IN_FORCE,
        valid_from=add_months(today(), -1),
        scope=list(CAN[kind]),
        authority=rights.get(kind, ""),
        **known,
        **facts,
    )


def _young(persona: str, name: str, age: int, host: Organisation) -> Person:
    joined = timezone.now() - dt.timedelta(days=30)
    person = Person.objects.create(
        user=_account(persona, name),
        name=name,
        email=persona_email(persona),
        phone=f"07700 900{800 + age}",
        joined_through=host,
        joined_at=joined,
        status=PoolStatus.ACTIVE,
        status_since=joined,
        welcomed_at=joined + dt.timedelta(days=1),
    )
    join([person])
    Profile.objects.create(person=person, important_to_me="My friends, football and my drawings.")
    YoungPerson.objects.create(
        person=person,
        born_on=add_months(today(), -12 * age - 2),
        yes_at=joined,
        yes_wording=WORDING,
        ring_name="Gail Guardian",
        ring_phone="07700 900803",
        ring_is_my="mum",
    )
    return person


def _agreement(person: Person, guardian: User, status: str) -> None:
    made = Agreement(
        person=person,
        kind=AgreementKind.ADULT,
        relation=_relation(person, RelationKind.GUARDIAN, guardian),
        status=status,
        given_at=timezone.now() - dt.timedelta(days=3),
        wording_version=WORDING,
    )
    if status == AgreementStatus.CHECKED:
        made.how_checked, made.checked_on = CHECKED, today()
        made.checked_by = User.objects.get(email=persona_email("coordinator"))
        made.ask_again_on = add_months(today(), 12)
    made.save()


def _sign_up(person: Person) -> None:
    wanted = Opportunity.objects.public().filter(min_age__lte=13).order_by("pk").first()
    if wanted is not None and wanted.is_open_on(today()):
        sign_up(
            opportunity=wanted,
            person=person,
            actor=person.user,
            shares=(),
            contact_by="email",
            contact_detail=person.email,
            old_enough=False,
            why="I know what our web page should say.",
        )
