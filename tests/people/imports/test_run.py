"""The run: nobody sees a part of it, one who signs up waits for one chunk at most, none twice."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.urls import reverse

from people.actions import add_person, imports
from people.actions.imports import leases, running, work
from people.models import AuditEvent, ImportRow, Person, PoolImport, Profile
from people.queries import find_people, possible_duplicates
from tests import factories

from .lists import brought_in, checked, sheet


def many(count: int, name: str = "Person") -> bytes:
    return sheet(*(f"{name} Number{n},{name.lower()}{n}@example.org,,," for n in range(count)))


def some_steps(pool_import: PoolImport, steps: int) -> None:
    """Bring in some chunks, as a worker does that is then gone."""
    task = running.Running(leases.take(only=pool_import))
    for _step in range(steps):
        task.step()
    leases.let_go()


@pytest.fixture
def half(host, coordinator, monkeypatch) -> PoolImport:
    """An import of which two chunks of three are there, and the switch is off."""
    monkeypatch.setattr(running, "CHUNK", 2)
    new = checked(many(5), host, coordinator)
    imports.confirm_import(pool_import=new, actor=coordinator)
    some_steps(new, 2)
    assert Person.everybody.count() == 4
    return new


def test_nothing_of_it_is_seen_before_the_switch(half, coordinator, client_for):
    """Control: the same questions find them once the switch is on."""

    def seen() -> tuple[int, ...]:
        desk = client_for(coordinator)
        found = desk.get(reverse("people:people_list"), {"q": "Number"})
        person = Person.everybody.get(name="Person Number1")
        page = desk.get(reverse("people:show_person", args=[person.uuid]))
        return (
            Person.objects.count(),
            Person.objects.visible_to(coordinator).count(),
            find_people(Person.objects.all(), "Number").count(),
            Profile.objects.filter(person__in=Person.objects.all()).count(),
            len(possible_duplicates(name="Person Number1", email="person1@example.org", phone="")),
            len(found.context["page"].rows),
            page.status_code,
        )

    assert seen() == (0, 0, 0, 0, 0, 0, 404)
    half = imports.finish(half)
    assert half.status == "done"
    assert seen() == (5, 5, 5, 5, 1, 5, 200)


def test_another_organisation_sees_nothing_of_it(
    host, coordinator, other_coordinator, officer, client_for
):
    """Control: the coordinator whose list it is sees both pages, and the people."""
    new = brought_in(many(1), host, coordinator)
    pages = [
        reverse("people:import_show", args=[new.uuid]),
        reverse("people:import_columns", args=[new.uuid]),
        reverse("people:import_wrong_rows", args=[new.uuid]),
    ]
    codes = {
        user.name: [client_for(user).get(page).status_code for page in pages]
        for user in (coordinator, other_coordinator, officer)
    }
    assert codes == {
        coordinator.name: [200, 302, 200],
        other_coordinator.name: [404, 404, 404],
        officer.name: [403, 403, 403],
    }
    listed = client_for(other_coordinator).get(reverse("people:imports"))
    assert listed.context["page"].rows == []
    assert Person.objects.visible_to(other_coordinator).count() == 0
    assert Person.objects.visible_to(coordinator).count() == 1


def test_what_a_partner_knows_is_doubted_and_never_shown(host, trust, coordinator):
    """Control: the same row about somebody whom we know is merged."""
    rang = {"actor": None, "channel": "phone", "contact_by": "email"}
    add_person(organisation=trust, name="Tara Theirs", email="tara@example.org", **rang)
    add_person(organisation=host, name="Oona Ours", email="oona@example.org", **rang)
    rows = ("Tara Theirs,tara@example.org,,,", "Oona Ours,oona@example.org,07700 900301,,")
    new = checked(sheet(*rows), host, coordinator)
    theirs, ours = new.rows.order_by("number")
    assert (theirs.verdict, theirs.match) == ("doubtful", None)
    assert (ours.verdict, ours.match.name) == ("merge", "Oona Ours")


def test_a_worker_that_is_gone_leaves_whole_chunks_and_another_goes_on(half, monkeypatch):
    leases.take(only=half)
    monkeypatch.setattr(leases, "me", lambda: "another worker")
    assert leases.take() is None  # it waits for the lease to run out
    PoolImport.objects.update(leased_until=None)
    done = imports.finish(half)
    assert (done.result, Person.objects.count()) == ({"created": 5, "filled": 0}, 5)
    assert AuditEvent.objects.filter(verb="person.imported").count() == 5


def _elsewhere(what):
    try:
        return what()
    finally:
        connections.close_all()


def test_stopped_in_the_middle_nothing_stays(half, coordinator):
    imports.cancel_import(pool_import=half, actor=coordinator)
    half = imports.finish(half)
    assert (half.status, Person.everybody.count(), half.visible_at) == ("cancelled", 0, None)


def test_a_worker_that_lost_it_writes_nothing(half):
    task = running.Running(leases.take(only=half))
    PoolImport.objects.update(lease="somebody else")
    with pytest.raises(leases.Lost):
        task.step()
    assert Person.everybody.count() == 4


def test_no_transaction_holds_more_than_a_chunk(host, coordinator, monkeypatch):
    """Control: with a chunk as large as the list, one transaction writes them all."""
    monkeypatch.setattr(running, "PAUSE", 0)
    sizes = {}
    for chunk in (10, 60):
        monkeypatch.setattr(running, "CHUNK", chunk)
        new = checked(many(60, f"List{chunk}"), host, coordinator)
        imports.confirm_import(pool_import=new, actor=coordinator)
        sizes[chunk] = _largest_leap(new)
    assert sizes == {10: 10, 60: 60}


def _largest_leap(new: PoolImport) -> int:
    """Return by how many people at most the pool grew from one transaction to the next."""
    task, before, largest = running.Running(leases.take(only=new)), 0, 0
    people = Person.everybody.filter(came_with=new)
    while task.step():
        now = people.count()
        largest, before = max(largest, now - before), now
    return largest


@pytest.mark.django_db(transaction=True)
def test_a_sign_up_meanwhile_waits_for_one_chunk():
    """A real second connection writes while a list is brought in: each time under a second."""
    host = factories.make_organisation(slug="example-council", is_host=True)
    new = checked(many(600), host)
    imports.confirm_import(pool_import=new, actor=None)
    briefs = [factories.make_opportunity(host) for _n in range(5)]
    people = [factories.make_person() for _n in range(5)]
    waits, begun = [], threading.Event()

    def bring_in() -> None:
        begun.set()
        imports.finish(new)

    with ThreadPoolExecutor(1) as worker:
        run = worker.submit(_elsewhere, bring_in)
        begun.wait()
        for brief, person in zip(briefs, people, strict=True):
            before = time.monotonic()
            factories.make_sign_up(brief, person)
            waits.append(time.monotonic() - before)
        run.result()
    assert max(waits) < 1
    assert Person.objects.filter(came_with=new).count() == 600


@pytest.mark.django_db(transaction=True)
def test_two_who_import_at_once_create_nobody_twice():
    """Two lists with the same people, looked through before either is brought in."""
    host = factories.make_organisation(slug="example-council", is_host=True)
    lists = [checked(many(30) + extra, host) for extra in (b"", b"Last One,last@example.org,,,\n")]
    assert [new.rows.filter(verdict="create").count() for new in lists] == [30, 31]
    for new in lists:
        imports.confirm_import(pool_import=new, actor=None)
    with ThreadPoolExecutor(2) as workers:
        runs = [workers.submit(_elsewhere, _until_done) for _worker in "ab"]
        for run in runs:
            run.result()
    names = list(Person.objects.values_list("name", flat=True))
    assert len(names) == len(set(names)) == 31
    assert set(PoolImport.objects.values_list("status", flat=True)) == {"done"}


def _until_done() -> None:
    until = time.monotonic() + 60
    while PoolImport.objects.exclude(status="done").exists() and time.monotonic() < until:
        if not work.work_on_imports(seconds=1):
            time.sleep(0.02)


def test_blanks_of_people_we_know_are_filled_and_emptied_again(host, coordinator, resident):
    rang = {"actor": None, "channel": "phone", "contact_by": "email", "organisation": host}
    known = add_person(name="Kim Known", email="kim@example.org", **rang)
    rows = (
        "Kim Known,kim@example.org,07700 900401,1 Example Road,",
        "Kim Known,kim@example.org,,,",
    )
    new = brought_in(sheet(*rows), host, coordinator)
    known.refresh_from_db()
    assert (known.phone, known.address) == ("07700900401", "1 Example Road")
    assert (new.result, Person.objects.filter(name="Kim Known").count()) == (
        {"created": 0, "filled": 1},
        1,
    )
    Person.objects.filter(pk=known.pk).update(address="2 Example Road")
    imports.undo_import(pool_import=new, actor=coordinator)
    imports.finish(new)
    known.refresh_from_db()
    assert (known.phone, known.address) == ("", "2 Example Road")
    assert ImportRow.objects.exclude(before={}).count() == 0


def test_who_did_something_since_stays_when_it_is_undone(host, coordinator, client_for):
    new = brought_in(many(3), host, coordinator)
    stays = Person.objects.get(name="Person Number1")
    factories.make_sign_up(factories.make_opportunity(), stays)
    page = client_for(coordinator).get(reverse("people:undo_import", args=[new.uuid]))
    assert "1 person stays" in page.content.decode()
    imports.undo_import(pool_import=new, actor=coordinator)
    assert list(Person.objects.all()) == [stays]  # at once, before anything is deleted
    new = imports.finish(new)
    assert (new.result["stayed"], new.result["removed"], Person.everybody.count()) == (1, 2, 1)
