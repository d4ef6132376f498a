"""What becomes of rows while they are brought in, when the pool is not as the dry run saw it."""

from __future__ import annotations

import pytest

from coprod.lib.lifecycle import NotAllowed
from people.actions import add_person, erase_person, imports
from people.actions.imports import leases, running
from people.models import AuditEvent, ContactBy, Person, PoolImport, Verdict
from tests import factories

from .lists import brought_in, checked, sheet

KIM = "Kim Known,kim@example.org,07700 900401,1 Example Road,"


@pytest.fixture
def kim(host) -> Person:
    """Somebody whom we know by e-mail alone."""
    rang = {"actor": None, "channel": "phone", "contact_by": "email"}
    return add_person(organisation=host, name="Kim Known", email="kim@example.org", **rang)


def run(ready: PoolImport, coordinator) -> PoolImport:
    return imports.finish(imports.confirm_import(pool_import=ready, actor=coordinator))


def what_became_of(done: PoolImport) -> dict[int, tuple[str, str]]:
    """Return of each row its verdict, and the name of its person."""
    rows = done.rows.select_related("person")
    return {row.number: (row.verdict, row.person.name if row.person else "") for row in rows}


def test_a_row_adds_to_the_person_of_a_row_that_is_written_already(host, coordinator, monkeypatch):
    """The second row comes in another transaction. What stands there is not written over."""
    monkeypatch.setattr(running, "CHUNK", 1)
    rows = (
        "Rita Row,rita@example.org,,,",
        "Rita Row,rita@example.org,07700 900777,,",
        "Rita Row,rita@example.org,07700 900778,,",
        "Rita Row,rita@example.org,,,",
    )
    done = brought_in(sheet(*rows), host, coordinator)
    rita = Person.objects.get()
    assert rita.phone == "07700900777"
    assert {row.person for row in done.rows.all()} == {rita}


def test_whom_a_partner_added_meanwhile_is_left_for_us_to_decide(host, trust, coordinator):
    """So is every further row of the same person. Control: the other one of the list is there."""
    rows = (
        "Tara Theirs,tara@example.org,07700 900501,,",
        "Tara Theirs,,07700 900501,,",
        "Nell New,nell@example.org,,,",
    )
    ready = checked(sheet(*rows), host, coordinator)
    assert [row.verdict for row in ready.rows.all()] == ["create", "merge", "create"]
    factories.make_person("Tara Theirs", email="tara@example.org", joined_through=trust)
    done = run(ready, coordinator)
    assert what_became_of(done) == {
        2: ("doubtful", ""),
        3: ("doubtful", ""),
        4: ("create", "Nell New"),
    }
    first, second, _nell = done.rows.all()
    assert "a partner added somebody like that" in first.problems[-1]["message"]
    assert second.problems[-1]["message"] == "Row 3 is the same person as row 2, which is doubtful."
    assert Person.everybody.filter(name="Tara Theirs").count() == 1


def test_it_is_left_to_us_in_another_chunk_as_well(host, trust, coordinator, monkeypatch):
    monkeypatch.setattr(running, "CHUNK", 1)
    rows = ("Tara Theirs,tara@example.org,07700 900501,,", "Tara Theirs,,07700 900501,,")
    ready = checked(sheet(*rows), host, coordinator)
    factories.make_person("Tara Theirs", email="tara@example.org", joined_through=trust)
    assert set(what_became_of(run(ready, coordinator)).values()) == {("doubtful", "")}


def test_whom_we_added_meanwhile_is_joined(host, coordinator):
    ready = checked(sheet(KIM, "Kim Known,kim@example.org,,,"), host, coordinator)
    added = factories.make_person("Kim Known", email="kim@example.org", joined_through=host)
    done = run(ready, coordinator)
    added.refresh_from_db()
    assert {row.person for row in done.rows.all()} == {added}
    assert (added.phone, done.result) == ("07700900401", {"created": 0, "filled": 1})


def test_a_second_row_does_not_bring_in_whom_a_partner_knows(host, trust, coordinator):
    """Neither with the same e-mail, nor with a phone of which only the first row tells.

    Control: the last row is the same as nobody's, and as sure as the first of them would be.
    """
    factories.make_person("Tara Theirs", email="tara@example.org", joined_through=trust)
    rows = (
        "Tara Theirs,tara@example.org,07700 900501,,",
        "Tara Theirs,tara@example.org,,,",
        "Tara Theirs,,07700 900501,,",
        "Nell New,nell@example.org,,,",
        "Nell New,nell@example.org,,,",
    )
    ready = checked(sheet(*rows), host, coordinator)
    codes = [row.verdict for row in ready.rows.all()]
    assert codes == ["doubtful", "doubtful", "doubtful", "create", "merge"]
    assert "doubtful" in ready.rows.get(number=4).problems[-1]["message"]
    run(ready, coordinator)
    assert Person.everybody.filter(name="Tara Theirs").count() == 1


def test_who_is_erased_before_the_run_is_not_brought_back_by_it(host, kim, coordinator):
    """Neither by a row that was sure, nor by a decision: both are emptied. Control: another."""
    rows = (KIM, "Bisi Vance,kim@example.org,,,", "Nell New,nell@example.org,,,")
    ready = checked(sheet(*rows), host, coordinator)
    assert [row.verdict for row in ready.rows.all()] == ["merge", "doubtful", "create"]
    imports.decide_row(row=ready.rows.get(number=3), decision="merge", actor=coordinator)
    erase_person(person=kim, actor=None)
    assert [row.facts.get("name") for row in ready.rows.all()] == [None, None, "Nell New"]
    done = run(ready, coordinator)
    assert done.status == "done"
    assert what_became_of(done) == {
        2: ("merge", ""),
        3: ("doubtful", ""),
        4: ("create", "Nell New"),
    }
    assert list(Person.everybody.values_list("name", flat=True)) == ["Nell New"]


def test_a_decision_for_somebody_who_is_gone_creates_nobody(host, coordinator):
    """They went with the list that they had come with. Control: a row that was sure comes in."""
    first = brought_in(sheet(KIM), host, coordinator)
    rows = ("Bisi Vance,kim@example.org,,,", "Kim Known,kim@example.org,,,")
    ready = checked(sheet(*rows), host, coordinator)
    imports.decide_row(row=ready.rows.get(number=2), decision="merge", actor=coordinator)
    imports.undo_import(pool_import=first, actor=coordinator)
    imports.finish(first)
    assert what_became_of(run(ready, coordinator)) == {
        2: ("doubtful", ""),
        3: ("merge", "Kim Known"),
    }


def half_way(ready: PoolImport, coordinator) -> PoolImport:
    """Bring the rows in and turn the switch; nothing is filled in yet."""
    imports.confirm_import(pool_import=ready, actor=coordinator)
    task = running.Running(leases.take(only=ready))
    task.step()
    task.step()
    leases.let_go()
    ready.refresh_from_db()
    assert (ready.status, ready.visible_at is None) == ("running", False)
    return ready


def test_once_the_switch_is_on_it_cannot_be_stopped(host, coordinator):
    ready = half_way(checked(sheet(KIM), host, coordinator), coordinator)
    with pytest.raises(NotAllowed, match="too late to stop"):
        imports.cancel_import(pool_import=ready, actor=coordinator)
    assert Person.objects.filter(name="Kim Known").exists()


def test_what_somebody_wrote_since_is_not_filled_in(host, kim, coordinator):
    """Control: the address, which is still blank."""
    ready = half_way(checked(sheet(KIM), host, coordinator), coordinator)
    Person.objects.filter(pk=kim.pk).update(phone="07700 900499")
    done = imports.finish(ready)
    kim.refresh_from_db()
    assert (kim.phone, kim.address) == ("07700 900499", "1 Example Road")
    assert done.rows.get().before == {"address": ["", "1 Example Road"]}


def test_nobody_is_filled_in_who_wrote_it_all_since_or_is_erased(host, kim, coordinator):
    """Nor does anything say that somebody was. Control: a third one, who is."""
    rang = {"actor": None, "channel": "phone", "contact_by": "email", "organisation": host}
    gone = add_person(name="Gia Gone", email="gia@example.org", **rang)
    add_person(name="Fay Filled", email="fay@example.org", **rang)
    rows = (
        KIM,
        "Gia Gone,gia@example.org,07700 900402,,",
        "Fay Filled,fay@example.org,07700 900403,,",
    )
    ready = half_way(checked(sheet(*rows), host, coordinator), coordinator)
    Person.objects.filter(pk=kim.pk).update(phone="07700 900499", address="9 Example Road")
    erase_person(person=gone, actor=None)
    done = imports.finish(ready)
    assert done.status == "done"
    told = AuditEvent.objects.filter(verb="person.filled_in").values_list("person", flat=True)
    assert list(told) == [str(Person.objects.get(name="Fay Filled").pk)]
    assert done.rows.exclude(before={}).count() == 1
    assert not done.rows.filter(is_filled=False).exists()


def test_many_people_are_filled_in_and_emptied_a_chunk_at_a_time(host, coordinator, monkeypatch):
    monkeypatch.setattr(running, "CHUNK", 2)
    rang = {"actor": None, "channel": "phone", "contact_by": "email", "organisation": host}
    names = [f"Person Number{n}" for n in range(4)]
    for n, name in enumerate(names):
        add_person(name=name, email=f"number{n}@example.org", **rang)
    rows = [f"{name},number{n}@example.org,07700 90041{n},," for n, name in enumerate(names)]
    done = brought_in(sheet(*rows), host, coordinator)
    assert sorted(Person.objects.values_list("phone", flat=True)) == [
        f"0770090041{n}" for n in range(4)
    ]
    imports.undo_import(pool_import=done, actor=coordinator)
    assert imports.finish(done).status == "undone"
    assert set(Person.objects.values_list("phone", flat=True)) == {""}


def test_nobody_with_an_account_is_filled_in(host, resident, coordinator):
    """They look after their details themselves. Control: the row is joined to them."""
    Person.objects.filter(pk=resident.person.pk).update(
        email="amina@example.org", phone="", joined_through=host
    )
    factories.make_known(resident.person, host)
    rows = sheet("Amina Resident,amina@example.org,07700 900601,,")
    done = brought_in(rows, host, coordinator)
    resident.person.refresh_from_db()
    assert (done.rows.get().person, resident.person.phone) == (resident.person, "")
    assert done.result == {"created": 0, "filled": 0}


def test_who_cannot_be_reached_is_brought_in_to_be_rung_once_somebody_decides_so(host, coordinator):
    ready = checked(sheet("Una Unreachable,,,,"), host, coordinator)
    row = ready.rows.get()
    assert row.verdict == Verdict.DOUBTFUL
    imports.decide_row(row=row, decision="create", actor=coordinator)
    run(ready, coordinator)
    una = Person.objects.get()
    assert (una.name, una.contact_by, una.phone) == ("Una Unreachable", ContactBy.PHONE, "")
