"""“Do something for them”: every twin and every sheet for one person, on the page of staff."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from charter.lifecycle import CheckBackStatus
from charter.models import CheckBack
from coprod.blanks import Words
from coprod.parity import JOURNEYS, Group, Journey, sheets
from opportunities.models import SignUp
from people.models import Person
from people.rules import can_read_experience, can_read_lists_of, can_write_for

SHOWN = 25
EXPERIENCE = "people:type_experience"  # read by coordinators who may look for the person


def for_them(request: HttpRequest) -> dict[str, Any] | None:
    """Return what can be typed for the person at this address, and printed: ``for_them.html``.

    None where the address is about nobody, or about somebody for whom the user does not type.
    """
    uuid = request.resolver_match.kwargs.get("uuid") if request.resolver_match else None
    person = Person.objects.visible_to(request.user).filter(uuid=uuid).first() if uuid else None
    if person is None or not can_write_for(request.user, person):
        return None
    offered = [one for one in JOURNEYS if one.label]
    if not can_read_experience(request.user, person):
        offered = [one for one in offered if one.twin != EXPERIENCE]
    reads = can_read_lists_of(person)
    groups = [group for group in Group if reads or group != Group.KNOWS]
    return {
        "person": person,
        "groups": [(group.label, _twins(offered, group, person)) for group in groups],
        "sign_ups": _sign_ups(request.user, person),
        "questions": _questions(request.user, person),
        "sheets": sheets(),
    }


def _twins(offered: list[Journey], group: Group, person: Person) -> list[tuple[Words, str]]:
    return [
        (one.label, reverse(one.twin, args=[person.uuid])) for one in offered if one.group == group
    ]


def _sign_ups(user: Any, person: Person) -> list[SignUp]:
    rows = SignUp.objects.arranged_by(user).filter(person=person).live()
    return list(rows.select_related("opportunity").order_by("-came_forward_at")[:SHOWN])


def _questions(user: Any, person: Person) -> list[CheckBack]:
    settled = (CheckBackStatus.DUE, CheckBackStatus.ANSWERED)
    rows = CheckBack.objects.of_organisation_of(user).filter(person=person)
    rows = rows.exclude(status__in=settled).select_related("response__contribution")
    return list(rows.order_by("asked_on", "pk")[:SHOWN])
