"""Who is old enough, and who waits for an agreement first."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from opportunities.models import Opportunity
from people.actions import note_age
from people.models import Channel, Person, User
from people.young import Standing, age_on, standing_of

ADULT = 18
UNDER_18 = _("Under 18? A parent, carer or youth worker rings us with you. Ring {phone}.")
TOO_YOUNG = _("This project is for people who are {age} or over.")
NO_BIRTHDAY = _("Enter the date of birth")


def about(brief: Opportunity) -> str:
    """Return the name under which people's floor keeps what is about this project."""
    return f"opportunity:{brief.pk}"


def invites_young(brief: Opportunity) -> bool:
    """Return whether people under 18 may come forward."""
    return brief.min_age < ADULT


def lowest_age(brief: Opportunity) -> int:
    """Return the age that is asked for: whoever is younger says when they were born."""
    return max(ADULT, brief.min_age)


def age_refusal(
    brief: Opportunity, *, old_enough: bool, channel: str, born_on: dt.date | None
) -> str:
    """Return why somebody of this age cannot come forward, or nothing."""
    if old_enough:
        return ""
    if not invites_young(brief):
        online = channel == Channel.ONLINE and brief.min_age == ADULT
        words = str(UNDER_18).format(phone=settings.HELP_PHONE)
        return words if online else str(TOO_YOUNG).format(age=brief.min_age)
    if born_on is None:
        return str(NO_BIRTHDAY)
    return too_young(brief, age_on(born_on, today()))


def too_young(brief: Opportunity, age: int) -> str:
    """Return that somebody of ``age`` is too young, or nothing."""
    return str(TOO_YOUNG).format(age=brief.min_age) if age < brief.min_age else ""


def admit(
    brief: Opportunity,
    person: Person,
    actor: User | None,
    channel: str,
    *,
    old_enough: bool,
    born_on: dt.date | None,
) -> Standing | None:
    """Return where a young person stands before this project; None for a grown-up.

    What we know of somebody counts, whatever is ticked.

    Raises:
        NotAllowed: too young, or the brief is for adults.
    """
    stands = standing_of(person, about(brief))
    if stands is None:
        refusal = age_refusal(brief, old_enough=old_enough, channel=channel, born_on=born_on)
        if refusal:
            raise NotAllowed(refusal)
        if old_enough or born_on is None:
            return None
        note_age(person=person, actor=actor, born_on=born_on, channel=channel)
        return standing_of(person, about(brief))
    if refusal := too_young(brief, stands.age):
        raise NotAllowed(refusal)
    return stands
