"""What ends on this floor when somebody leaves the pool or dies."""

from __future__ import annotations

from django.db import transaction

from opportunities.lifecycle import Status
from opportunities.models import SignUp
from people.models import Person, User

from .sign_ups import withdraw


@transaction.atomic
def take_out(*, person: Person, actor: User | None, channel: str) -> int:
    """Take a person out of everything that is not over, without a letter; return how many.

    What is over stays as it was: they took part. Briefs are held in the order of their keys, so
    that two people who leave at once do not wait for each other.
    """
    rows = SignUp.objects.live().filter(person=person)
    still = rows.exclude(opportunity__status=Status.COMPLETED).select_related("opportunity")
    ended = list(still.order_by("opportunity_id"))
    for sign_up in ended:
        withdraw(sign_up=sign_up, actor=actor, channel=channel, tell=False)
    return len(ended)
