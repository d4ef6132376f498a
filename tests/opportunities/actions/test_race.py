"""Nobody over capacity, ever: real connections, many at once, on whichever database is configured.

How the check was proved: ``test_control_…`` runs the same action with the conditional update
replaced by count-then-insert and the CHECK dropped, and must oversell: on PostgreSQL inside its
transaction, on SQLite in autocommit (SQLite’s IMMEDIATE transactions would hide it).
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.db.models import F

from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from opportunities.actions import places
from opportunities.actions.attendance import record_took_part
from opportunities.actions.decisions import choose
from opportunities.actions.sign_ups import fill_free_places, sign_up, withdraw
from opportunities.levels import PlacesGiven
from opportunities.lifecycle import SignUpStatus as U
from opportunities.models import Opportunity, SignUp
from people.models import Notice, Organisation, Person
from tests.factories import make_opportunity, make_organisation

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 50
CHECK = "opportunity_never_over_capacity"
FACTS = {
    "actor": None,
    "shares": [],
    "contact_by": "phone",
    "contact_detail": "07700 900111",
    "old_enough": True,
}


@pytest.fixture
def host(transactional_db) -> Organisation:
    return make_organisation(slug="example-council", is_host=True)


@pytest.fixture(autouse=True)
def _room_for_all() -> Iterator[None]:
    """Let every thread have its own connection; the settings’ pool holds four."""
    options = connection.settings_dict["OPTIONS"]
    if "pool" not in options:
        yield
        return
    before = options["pool"]
    connections.close_all()
    connection.close_pool()
    options["pool"] = {"min_size": 1, "max_size": AT_ONCE + 5, "timeout": 60}
    yield
    connections.close_all()
    connection.close_pool()
    options["pool"] = before


def people(number: int) -> list[Person]:
    made = [Person(name=f"Person {n}", email=f"p{n}@example.org") for n in range(number)]
    return Person.objects.bulk_create(made)


def all_at_once(jobs: list[Callable[[], object]]) -> list[object]:
    """Run the jobs, AT_ONCE at a time, each thread with its own connection; faults are results."""

    def run(job: Callable[[], object]) -> object:
        try:
            return job()
        except Exception as error:  # noqa: BLE001 -- every fault is a result that the test counts
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(min(AT_ONCE, len(jobs))) as pool:
        return list(pool.map(run, jobs))


def come(brief: Opportunity, person: Person) -> Callable[[], SignUp]:
    return lambda: sign_up(opportunity=brief, person=person, **FACTS)


def counted(brief: Opportunity) -> Counter:
    return Counter(brief.sign_ups.values_list("status", flat=True))


def assert_consistent(brief: Opportunity) -> None:
    """The counter is the truth, nobody waits beside a free place, and the order was kept."""
    brief.refresh_from_db()
    assert brief.places_taken == brief.sign_ups.holding().count() <= brief.places
    waiting = list(brief.sign_ups.waiting().values_list("waiting_number", flat=True))
    if waiting:
        assert brief.places_taken == brief.places
    moved_up = brief.sign_ups.filter(status=U.PLACE, waiting_number__isnull=False)
    assert all(
        number < min(waiting, default=10**9)
        for number in moved_up.values_list("waiting_number", flat=True)
    )
    told = Notice.objects.filter(kind="moved_up", person__sign_ups__in=moved_up)
    assert sorted(told.values_list("person", flat=True)) == sorted(
        moved_up.values_list("person", flat=True)
    )


def test_five_hundred_for_twenty_places(host):
    brief = make_opportunity(places=20)
    results = all_at_once([come(brief, person) for person in people(500)])
    assert [one for one in results if isinstance(one, Exception)] == []
    assert counted(brief) == {U.PLACE: 20, U.WAITING: 480}
    numbers = brief.sign_ups.waiting().values_list("waiting_number", flat=True)
    assert list(numbers) == list(range(1, 481))
    assert Counter(Notice.objects.values_list("kind", flat=True)) == {
        "place_given": 20,
        "on_waiting_list": 480,
    }
    assert_consistent(brief)


def test_the_same_person_ten_times_at_once_is_one_sign_up(host):
    brief = make_opportunity(places=20)
    (person,) = people(1)
    results = all_at_once([come(brief, person)] * 10)
    assert {one.pk for one in results} == {SignUp.objects.get().pk}
    assert Notice.objects.count() == 1
    assert_consistent(brief)


def test_whoever_leaves_while_others_come_frees_one_place_for_one(host):
    brief = make_opportunity(places=20)
    crowd = people(100)
    first = [come(brief, person)() for person in crowd[:50]]
    leave = [lambda row=row: withdraw(sign_up=row, actor=None) for row in first[:30]]
    enter = [come(brief, person) for person in crowd[50:]]
    mixed = [job for pair in zip(leave, enter[:30], strict=True) for job in pair] + enter[30:]
    results = all_at_once(mixed)
    assert [one for one in results if isinstance(one, Exception)] == []
    assert counted(brief) == {U.PLACE: 20, U.WAITING: 50, U.WITHDRAWN: 30}
    assert_consistent(brief)


def test_the_same_place_given_back_ten_times_at_once_is_one_place(host):
    brief = make_opportunity(places=1)
    first, *_others = [come(brief, person)() for person in people(5)]
    all_at_once([lambda: withdraw(sign_up=first, actor=None)] * 10)
    assert counted(brief) == {U.PLACE: 1, U.WAITING: 3, U.WITHDRAWN: 1}
    assert_consistent(brief)


def test_more_places_while_people_come(host):
    brief = make_opportunity(places=5)
    crowd = people(60)

    @transaction.atomic
    def raise_places() -> None:
        Opportunity.objects.filter(pk=brief.pk).update(places=F("places") + 5)
        fill_free_places(opportunity=brief, actor=None)

    jobs = [come(brief, person) for person in crowd]
    jobs[10:10] = jobs[30:30] = [raise_places]
    results = all_at_once([*jobs, raise_places])
    assert [one for one in results if isinstance(one, Exception)] == []
    assert counted(brief) == {U.PLACE: 20, U.WAITING: 40}
    assert_consistent(brief)


def test_ten_officers_choose_ten_people_for_three_places(host):
    brief = make_opportunity(places=3, places_given=PlacesGiven.WE_CHOOSE)
    rows = [come(brief, person)() for person in people(10)]
    results = all_at_once([lambda row=row: choose(sign_up=row, actor=None) for row in rows])
    assert sum(isinstance(one, NotAllowed) for one in results) == 7
    assert counted(brief) == {U.CHOSEN: 3, U.HEARD: 7}
    brief.refresh_from_db()
    assert brief.places_taken == 3


def test_ten_officers_tick_the_same_people_once(host):
    brief = make_opportunity(starts_on=today())
    crowd = people(5)
    tick = {"opportunity": brief, "day": today(), "came": crowd, "actor": None}
    results = all_at_once([lambda: record_took_part(**tick)] * 10)
    assert sorted(one.added for one in results) == [0] * 9 + [5]
    assert brief.attendances.count() == brief.participations.count() == 5


# --- The control -----------------------------------------------------------------------------

CONTENDERS = 10


@pytest.fixture
def naive(monkeypatch) -> Callable[..., SignUp]:
    """The action with its conditional update replaced: all count, and only then all insert."""
    everybody_counted = threading.Barrier(CONTENDERS, timeout=30)

    def only_read(opportunity: Opportunity) -> Opportunity:
        return Opportunity.objects.select_related("organisation").get(pk=opportunity.pk)

    def count_then_take(opportunity: Opportunity) -> bool:
        free = opportunity.sign_ups.holding().count() < opportunity.places
        everybody_counted.wait()
        if free:
            rows = Opportunity.objects.filter(pk=opportunity.pk)
            rows.update(places_taken=F("places_taken") + 1)
        return free

    monkeypatch.setattr(places, "lock", only_read)
    monkeypatch.setattr(places, "claim", count_then_take)
    in_autocommit = sign_up.__wrapped__
    return in_autocommit if connection.vendor == "sqlite" else sign_up


def contend(naive: Callable[..., SignUp], *, check: bool) -> tuple[Opportunity, list[object]]:
    brief = make_opportunity(places=1)

    def job(person: Person) -> SignUp:
        if connection.vendor == "sqlite" and not check:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA ignore_check_constraints = ON")
        return naive(opportunity=brief, person=person, **FACTS)

    results = all_at_once([lambda person=person: job(person) for person in people(CONTENDERS)])
    return brief, results


@pytest.fixture
def without_check(transactional_db) -> Iterator[None]:
    """Drop the CHECK for one test (on SQLite each connection switches it off for itself)."""
    if connection.vendor == "sqlite":
        yield
        return
    rule = next(one for one in Opportunity._meta.constraints if one.name == CHECK)
    with connection.schema_editor() as editor:
        editor.remove_constraint(Opportunity, rule)
    yield
    Opportunity.objects.update(places_taken=0)
    with connection.schema_editor() as editor:
        editor.add_constraint(Opportunity, rule)


def test_control_count_then_insert_without_check_oversells(host, naive, without_check):
    brief, results = contend(naive, check=False)
    assert [one for one in results if isinstance(one, Exception)] == []
    assert counted(brief) == {U.PLACE: CONTENDERS}


def test_control_the_check_alone_stops_count_then_insert(host, naive):
    brief, results = contend(naive, check=True)
    refused = [one for one in results if isinstance(one, IntegrityError)]
    assert len(refused) == CONTENDERS - 1
    assert counted(brief) == {U.PLACE: 1}
