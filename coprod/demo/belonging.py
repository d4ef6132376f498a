"""Who is new, who has a break, who left; and what a resident’s page may hold."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from coprod.lib.days import today
from people.lifecycle import PoolStatus
from people.models import (
    Channel,
    Cohort,
    CohortMember,
    ContactBy,
    HeardFrom,
    MayLookFor,
    Organisation,
    Person,
    PersonKind,
    Profile,
    SupportOffer,
    SupportWish,
    Tag,
    User,
)

from .organisations import persona_email
from .pool import join

# Name, status, days since, and how they are reached; they are in no project.
PASSING = (
    ("Nadia Newcomer", PoolStatus.INTERESTED, 1, ContactBy.EMAIL),
    ("Terry Telephone", PoolStatus.INTERESTED, 3, ContactBy.PHONE),
    ("Wilf Waiting", PoolStatus.INTERESTED, 15, ContactBy.LETTER),
    ("Precious Welcome", PoolStatus.WELCOMED, 6, ContactBy.EMAIL),
    ("Bina Break", PoolStatus.PAUSED, 10, ContactBy.EMAIL),
    ("Rashid Rest", PoolStatus.PAUSED, 30, ContactBy.TEXT),
    ("Lorna Left", PoolStatus.LEFT, 60, ContactBy.PHONE),
    ("Dora Departed", PoolStatus.DIED, 90, ContactBy.PHONE),
)


def load(people: list[Person], partners: dict[str, Organisation]) -> list[Person]:
    """Store those who come and go, and return them; fill in the page of the first resident."""
    host = next(one for one in partners.values() if one.is_host)
    passing = Person.objects.bulk_create([_passing(index, host) for index in range(len(PASSING))])
    join([person for person in passing if person.status != PoolStatus.LEFT])
    Profile.objects.bulk_create([Profile(person=person) for person in passing])
    _first_resident(people[0], host, list(partners.values()))
    return passing


def _passing(index: int, host: Organisation) -> Person:
    name, status, days, contact_by = PASSING[index]
    since = timezone.now() - dt.timedelta(days=days)
    is_new = status == PoolStatus.INTERESTED
    return Person(
        name=name,
        email=persona_email(f"passing{index}") if contact_by == ContactBy.EMAIL else "",
        phone=f"07700 900{700 + index}",
        address="1 Example Road\nTipton\nB70 0XX" if contact_by == ContactBy.LETTER else "",
        contact_by=contact_by,
        joined_through=host,
        joined_channel=Channel.ONLINE if contact_by == ContactBy.EMAIL else Channel.PHONE,
        joined_at=since if is_new else since - dt.timedelta(days=100),
        status=status,
        status_since=since,
        welcomed_at=None if is_new else since - dt.timedelta(days=98),
        paused_until=today() + dt.timedelta(days=20) if status == PoolStatus.PAUSED else None,
        heard_from=HeardFrom.values[index],
    )


def _first_resident(person: Person, host: Organisation, partners: list[Organisation]) -> None:
    """The resident of the demonstration has a contact, a group, a label, a wish and an offer."""
    roles = host.memberships.filter(role="coordinator").values("user")
    contact = User.objects.filter(pk__in=roles).first()
    Person.objects.filter(pk=person.pk).update(
        named_contact=contact,
        kind=PersonKind.REPRESENTATIVE,
        represents="Tipton Carers’ Voice",
        heard_from=HeardFrom.GROUP,
    )
    MayLookFor.objects.bulk_create(
        [MayLookFor(person=person, organisation=one) for one in (host, partners[1])],
        ignore_conflicts=True,
    )
    advisors = Cohort.objects.create(organisation=host, name="Community advisors of 2026")
    CohortMember.objects.create(cohort=advisors, person=person)
    person.tags.create(tag=Tag.objects.create(organisation=host, name="Likes to read drafts"))
    wish = SupportWish.objects.create(
        person=person, kind="training", what="How to lead a meeting on a screen"
    )
    SupportOffer.objects.create(
        person=person,
        organisation=host,
        wish=wish,
        kind="training",
        what="An afternoon about leading meetings on a screen, at the library. It costs nothing.",
        offered_on=today() - dt.timedelta(days=3),
        offered_by=contact,
    )
