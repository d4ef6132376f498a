"""The whole demonstration, in the order of the house: from the ground up."""

from __future__ import annotations

from django.core.management import call_command

from charter.models import Contribution
from coprod.lib.days import today
from opportunities.models import Opportunity, Participation, SignUp
from people.models import AuditEvent
from people.reference import load_equality_questions, load_topics, load_wards

from . import asking, belonging, helping, life, needs, organisations, taken_part
from .briefs import Briefs
from .crowd import Crowd
from .loop import Loop, load_pledges
from .many import Many
from .pool import Pool

SMALL = 120  # people who have a part in the small demonstration; the rest are a crowd


def load(*, people: int, opportunities: int = 0) -> dict[str, int]:
    """Store everything, and return what was stored: name and number.

    Args:
        people: how many there are in the pool.
        opportunities: how many briefs there are at least; the small demonstration has its own.
    """
    day = today()
    load_wards(say=lambda _town: None)
    load_equality_questions()  # a portal that was emptied has lost those of its first migration
    load_topics()
    call_command("load_charter", verbosity=0)
    partners = organisations.load()
    persons = Pool(partners, day).load(min(people, SMALL))
    briefs = Briefs(partners, day).load()
    helping.assess(day)
    life.SignUps(persons).load(briefs)
    needs.load(persons, day)
    life.load_taking_part(briefs, day)
    load_pledges()
    Loop(persons[:2], day).load()
    passing = belonging.load(persons, partners)
    passing += helping.load(persons, next(one for one in partners.values() if one.is_host))
    asking.load(persons, day)
    others = max(0, people - len(persons) - len(passing))
    crowd = Crowd(partners, day, len(persons)).load(others)
    many = Many(partners, crowd or persons[2:], day)
    taken_part.store(many.load(opportunities - len(briefs)))
    call_command("rebuild_counts", verbosity=0)
    return {
        "organisations": len(partners),
        "people": len(persons) + len(passing) + len(crowd),
        "briefs": Opportunity.objects.count(),
        "sign-ups": SignUp.objects.count(),
        "times somebody took part": Participation.objects.count(),
        "things people said": Contribution.objects.count(),
        "lines in the log": AuditEvent.objects.count(),
    }
