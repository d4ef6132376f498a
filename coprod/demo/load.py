"""The whole demonstration, in the order of the house: from the ground up."""

from __future__ import annotations

from django.core.management import call_command

from charter.models import Contribution
from coprod.lib.days import today
from opportunities.models import Participation, SignUp
from people.models import AuditEvent
from people.reference import load_equality_questions, load_wards

from . import life, organisations
from .briefs import Briefs
from .loop import Loop, load_pledges
from .pool import Pool


def load(*, people: int) -> dict[str, int]:
    """Store everything, and return what was stored: name and number."""
    day = today()
    load_wards(say=lambda _town: None)
    load_equality_questions()  # a portal that was emptied has lost those of its first migration
    call_command("load_charter", verbosity=0)
    partners = organisations.load()
    persons = Pool(partners, day).load(people)
    briefs = Briefs(partners, day).load()
    life.SignUps(persons).load(briefs)
    life.load_taking_part(briefs, day)
    load_pledges()
    Loop(persons[:2], day).load()
    call_command("rebuild_counts", verbosity=0)
    return {
        "organisations": len(partners),
        "people": len(persons),
        "briefs": len(briefs),
        "sign-ups": SignUp.objects.count(),
        "times somebody took part": Participation.objects.count(),
        "things people said": Contribution.objects.count(),
        "lines in the log": AuditEvent.objects.count(),
    }
