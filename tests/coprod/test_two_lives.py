"""The same life, once online and once by phone and paper: every report moves by the same figures.

Each life joins, tells where, answers the equality questions, signs up to two projects, leaves one,
takes part, answers “did it help?” and leaves. What the reports know is read before and after.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db.models import Count
from django.test import Client

from charter.models import CheckBack
from charter.reporting.counting import count_pool, count_years
from coprod.lib.days import add_months, today
from opportunities.actions import record_took_part
from opportunities.models import Opportunity, Participation, SignUp
from people.lifecycle import PoolStatus
from people.models import EqualityAnswer, Person, User
from people.reference import load_equality_questions
from tests.factories import (
    make_check_back,
    make_contribution,
    make_opportunity,
    make_response,
    make_town,
    make_user,
)

SAYS = {"year_of_birth": "1950", "sex": "female", "condition": "no"}
REACHED = {"contact_by": "phone", "phone": "0121 496 0777"}
FORWARD = {**REACHED, "why": "Buses", "old_enough": "yes"}


@dataclass
class Stage:
    """Two projects of ours, and who works for them."""

    begun: Opportunity
    other: Opportunity
    officer: User


@pytest.fixture
def stage(host, officer, towns) -> Stage:
    load_equality_questions()
    begun = make_opportunity(title="Clear letters", places=9, starts_on=add_months(today(), -1))
    other = make_opportunity(title="Quiet buses", places=9)
    return Stage(begun, other, officer)


def figures() -> Counter:
    """Return every figure that a report or a list counts people by, with its number."""
    found: Counter = Counter()
    for year, (_offer, counted) in count_years().items():
        found |= {("people", year, *map(str, cell)): n for cell, n in counted.people.items()}
        found |= {("times", year, *map(str, cell)): n for cell, n in counted.times.items()}
    _offer, pool = count_pool(today())
    found |= {("pool", *map(str, cell)): n for cell, n in pool.people.items()}
    for model, field in (
        (SignUp, "status"),
        (CheckBack, "verdict"),
        (EqualityAnswer, "value"),
        (Person, "status"),
        (Participation, "age_band"),
    ):
        rows = model.objects.order_by().values_list(field).annotate(n=Count("pk"))
        found |= {(model.__name__, field, value): n for value, n in rows}
    return found


def moved(live: Callable[[], object]) -> dict:
    before = figures()
    live()
    after = figures()
    keys = {key for key in (*before, *after) if after[key] != before[key]}
    return {key: after[key] - before[key] for key in keys}


def takes_part_and_is_asked(stage: Stage, person: Person) -> CheckBack:
    record_took_part(
        opportunity=stage.begun, day=today(), came=[person], listed=[person], actor=stage.officer
    )
    said = make_contribution(stage.begun)
    return make_check_back(make_response(said), person)


def lives_online(stage: Stage, browser: Client) -> None:
    user = make_user("Olive Online")
    browser.force_login(user)
    send(browser, "/my/start/", {})
    send(
        browser,
        "/my/details/",
        {"name": "Olive Online", "town": make_town("Tipton").pk, **REACHED},
    )
    send(browser, "/my/equality/edit/", SAYS)
    for brief in (stage.begun, stage.other):
        send(browser, f"/opportunities/{brief.slug}/sign-up/", FORWARD)
    person = Person.objects.get(user=user)
    left = SignUp.objects.get(person=person, opportunity=stage.other)
    send(browser, f"/my/sign-ups/{left.pk}/withdraw/", {})
    asked = takes_part_and_is_asked(stage, person)
    send(browser, f"/my/check-backs/{asked.pk}/", {"verdict": "partly"})
    send(browser, "/my/leave/", {"sure": "on"})


def lives_by_phone(stage: Stage, desk: Client, *, forgets: str = "") -> None:
    how = {"channel": "phone"}
    send(
        desk,
        "/staff/people/new/",
        {**how, "name": "Pat Phone", "town": make_town("Tipton").pk, **REACHED},
    )
    person = Person.objects.get(name="Pat Phone")
    page = f"/staff/people/{person.uuid}/"
    send(desk, f"{page}equality/", {**how, **SAYS, "kind": "first"})
    for brief in (stage.begun, stage.other):
        address = f"/staff/opportunities/{brief.slug}/people/add/{person.uuid}/"
        send(desk, address, {**how, **FORWARD})
    left = SignUp.objects.get(person=person, opportunity=stage.other)
    send(desk, f"/staff/opportunities/{stage.other.slug}/people/{left.pk}/withdraw/", how)
    asked = takes_part_and_is_asked(stage, person)
    if forgets != "answer":
        send(desk, f"/staff/check-backs/{asked.pk}/answer/", {**how, "verdict": "partly"})
    if forgets != "leave":
        send(desk, f"{page}leave/", {**how, "sure": "on"})


def send(browser: Client, address: str, data: dict) -> None:
    answer = browser.post(address, data)
    assert answer.status_code == 302, (address, answer.status_code)


def test_a_life_by_phone_is_counted_as_one_online(stage, client_for, officer):
    """Proved by the control below: what nobody typed makes another figure."""
    online = moved(lambda: lives_online(stage, Client()))
    phone = moved(lambda: lives_by_phone(stage, client_for(officer)))
    assert phone == online
    assert phone[("Person", "status", PoolStatus.LEFT)] == 1
    assert phone[("CheckBack", "verdict", "partly")] == 1
    typed = SignUp.objects.filter(person__name="Pat Phone")
    assert {(row.channel, row.typed_by) for row in typed} == {("phone", officer)}


@pytest.mark.parametrize("forgets", ["answer", "leave"])
def test_what_nobody_typed_is_missed(stage, client_for, officer, forgets):
    online = moved(lambda: lives_online(stage, Client()))
    desk = client_for(officer)
    assert moved(lambda: lives_by_phone(stage, desk, forgets=forgets)) != online
