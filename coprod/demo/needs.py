"""What some of the made-up people need, and what a project may know of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from opportunities.models import NAME, SignUp, SignUpNeed, SignUpSupport
from people.actions.needs import ABOUT, CONSENT_VERSION
from people.models import Audience, Channel, Consent, Need, Person, Subset, next_review

# Who by number, what, in which size or words, who may know, and how many months ago.
TOLD = (
    (0, Subset.FORMAT, "large_print", 18, "", Audience.COORDINATORS, 3),
    (0, Subset.SUPPORT, "breaks", None, "Ten minutes every hour.", Audience.PROJECT, 3),
    (1, Subset.PROFESSIONAL, "bsl", None, "", Audience.COORDINATORS, 13),
    (3, Subset.ACCESS, "step_free", None, "", Audience.COORDINATORS, 5),
    (3, Subset.PRACTICAL, "transport", None, "A taxi that takes my scooter.", Audience.PROJECT, 5),
    (6, Subset.PROFESSIONAL, "sttr", None, "", Audience.PROJECT, 2),
    (9, Subset.CONTACT, "letter", None, "", Audience.COORDINATORS, 8),
    (9, Subset.FORMAT, "large_print", 20, "", Audience.PROJECT, 8),
)


def load(people: list[Person], day: dt.date) -> None:
    """Store what the first few need, and let their projects know."""
    for number, subset, value, points, detail, audience, months in TOLD:
        if number < len(people):
            what = {"subset": subset, "value": value, "points": points, "detail": detail}
            said_on = day - dt.timedelta(days=months * 30)
            _need(people[number], said_on, audience=audience, **what)
    keys = [people[number].pk for number, *_rest in TOLD if number < len(people)]
    for row in SignUp.objects.filter(person__in=keys).holding().select_related("person"):
        _tell(row)


def _need(person: Person, day: dt.date, **what: Any) -> None:
    channel = Channel.ONLINE if person.email else Channel.PHONE
    facts = {"wording_version": CONSENT_VERSION, "channel": channel}
    purpose = Consent.Purpose.NEEDS
    agreed, _new = Consent.objects.get_or_create(
        person=person, purpose=purpose, about=ABOUT, withdrawn_at=None, defaults=facts
    )
    Need.objects.create(
        person=person,
        **what,
        told_channel=channel,
        told_on=day,
        reviewed_on=day,
        review_due=next_review(day),
        consent=agreed,
    )


def _tell(row: SignUp) -> None:
    agreed = Consent.objects.create(
        person=row.person,
        purpose=Consent.Purpose.SUPPORT_NEEDS,
        about=f"opportunity:{row.opportunity_id}",
        wording_version=CONSENT_VERSION,
    )
    support = SignUpSupport.objects.create(sign_up=row, consent=agreed, by_name=row.pk % 2 == 0)
    for need in row.person.needs.all():
        for_group = need.audience == Audience.PROJECT
        SignUpNeed.objects.create(support=support, need=need, for_group=for_group)
    row.shows = [NAME, "important_to_me"]
    row.save(update_fields=["shows"])
