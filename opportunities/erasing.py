"""Who is erased, leaves or died makes room: their places are passed on first."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from opportunities.actions import take_out, withdraw
from opportunities.models import SignUp
from people.models import Notice, Person, User
from people.signals import person_erased, person_gone


@receiver(person_erased)
def withdraw_everywhere(*, person: Person, actor: User | None, **_: Any) -> None:
    """Take the person out of every project; who moves up is told, and not why there is room."""
    for row in SignUp.objects.filter(person=person).live().select_related("opportunity"):
        withdraw(sign_up=row, actor=actor, tell=False)
    events = [f"sign-up:{key}" for key in person.sign_ups.values_list("pk", flat=True)]
    Notice.objects.filter(event__in=events).delete()  # to others, about them


@receiver(person_gone)
def take_out_of_projects(*, person: Person, actor: User | None, channel: str, **_: Any) -> None:
    """Take the person out of what is not over; nobody learns why there is room."""
    take_out(person=person, actor=actor, channel=channel)
