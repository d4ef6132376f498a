"""The dry run, from one turn of the worker to the next, and where the file fails it."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from coprod.lib.lifecycle import NotAllowed
from people.actions import erase_person, imports
from people.actions.imports import checking, leases, work
from people.import_files import path_of
from people.importing import read
from people.models import AuditEvent, Organisation, PoolImport
from tests import factories

from .lists import checked, sheet

SECOND = dt.timedelta(seconds=1)
ROWS = [f"Person Number{n},person{n}@example.org,,," for n in range(5)]


@pytest.fixture(autouse=True)
def small_steps(monkeypatch) -> None:
    """Two rows in each transaction, and nothing left open by a test before."""
    monkeypatch.setattr(checking, "AT_ONCE", 2)
    monkeypatch.setattr(work, "_OPEN", {})


def to_check(host: Organisation, *rows: str) -> PoolImport:
    """Return an import whose rows are still to be looked through."""
    data = sheet(*rows)
    opened = read(data, "people.csv")
    opened.close()
    new = imports.begin_import(
        organisation=host,
        actor=None,
        file_name="people.csv",
        data=data,
        headings=opened.headings,
    )
    return imports.match_columns(pool_import=new, fields=new.columns, actor=None)


def one_step(new: PoolImport) -> PoolImport:
    """Give the worker time for one step, and return the import as it then is."""
    work._work_on(leases.take(only=new), until=0)
    return PoolImport.objects.get(pk=new.pk)


def another_worker(monkeypatch) -> None:
    """From now on somebody else works here; the lease of the first one has run out."""
    PoolImport.objects.update(leased_until=None)
    monkeypatch.setattr(leases, "me", lambda: "another worker")
    monkeypatch.setattr(work, "me", lambda: "another worker")


def test_a_turn_that_is_over_leaves_the_rest_for_the_next_one(host, monkeypatch):
    """The file is opened once for both."""
    opened = []
    monkeypatch.setattr(checking, "read", lambda *what: (opened.append(what), read(*what))[1])
    new = to_check(host, *ROWS)
    assert one_step(new).rows_done == 2
    assert one_step(new).rows_done == 4
    done = one_step(new)
    assert (done.status, done.rows.count(), len(opened)) == ("ready", 5, 1)
    assert [row.facts["name"] for row in done.rows.all()] == [f"Person Number{n}" for n in range(5)]
    assert work._OPEN == {}


def test_a_worker_without_time_does_nothing(host):
    to_check(host, *ROWS)
    assert imports.work_on_imports(seconds=0) == 0
    assert PoolImport.objects.get().status == "checking"


def test_a_turn_ends_when_its_time_is_over(host, monkeypatch):
    """Two files wait, and the first one takes all the time that there is."""
    for _file in range(2):
        to_check(host, *ROWS)
    seconds = iter(range(100))
    monkeypatch.setattr(work.time, "monotonic", lambda: next(seconds))
    assert imports.work_on_imports(seconds=3) == 2
    assert sorted(PoolImport.objects.values_list("rows_done", flat=True)) == [0, 4]


def test_another_worker_begins_anew_and_the_first_one_goes_on_from_there_no_more(host, monkeypatch):
    """It was at the same row, and knew less of the pool: the row of Nia was new to it."""
    new = to_check(host, *ROWS[:4], "Nia New,nia@example.org,,,")
    one_step(new)
    nia = factories.make_person("Nia New", email="nia@example.org", joined_through=host)
    with monkeypatch.context() as meanwhile:
        another_worker(meanwhile)
        assert one_step(new).known_up_to == nia.pk
    PoolImport.objects.update(leased_until=None)
    done = imports.finish(new)
    assert done.rows.count() == 5
    assert [(row.verdict, row.match) for row in done.rows.filter(number=6)] == [("merge", nia)]


def test_a_file_that_breaks_further_down_is_told_of_beside_its_columns(
    host, coordinator, client_for
):
    """Further than is looked at when it is sent."""
    new = to_check(host, *ROWS * 6, '"Ann,ann@example.org,,,')
    broken = imports.finish(new)
    assert (broken.status, broken.rows_done, broken.leased_until is None) == ("matching", 0, False)
    assert broken.lease == ""
    page = client_for(coordinator).get(reverse("people:import_columns", args=[broken.uuid]))
    assert "In row 32 a quotation mark" in page.content.decode()
    assert work._OPEN == {}


def test_a_file_that_is_gone_is_told_of_beside_its_columns(host, coordinator, client_for):
    new = to_check(host, *ROWS)
    path_of(new.file).unlink()
    assert imports.finish(new).status == "matching"
    page = client_for(coordinator).get(reverse("people:import_show", args=[new.uuid]), follow=True)
    assert page.redirect_chain != []
    assert "The file is not there any more. Bring it in anew." in page.content.decode()


def test_a_file_that_went_with_somebody_erased_leads_to_a_page_that_says_so(
    host, coordinator, client_for, monkeypatch
):
    """They were in it and known to us, and the worker was started anew meanwhile."""
    known = factories.make_person("Kim Known", email="kim@example.org", joined_through=host)
    new = to_check(host, "Kim Known,kim@example.org,,,", *ROWS)
    one_step(new)
    erase_person(person=known, actor=None)
    assert PoolImport.objects.get().file == ""
    another_worker(monkeypatch)
    assert imports.finish(new).status == "matching"
    desk = client_for(coordinator)
    page = desk.get(reverse("people:import_columns", args=[new.uuid]), follow=True)
    assert page.status_code == 200
    assert "The file is not there any more. Bring it in anew." in page.content.decode()


def test_what_is_stopped_while_it_is_looked_through_is_let_go(host, coordinator, monkeypatch):
    """The step finds out when it writes: nothing of it stays."""
    new = to_check(host, *ROWS)
    taken = leases.take(only=new)
    begun = checking.Checking.step

    def stopped_meanwhile(self):
        imports.cancel_import(pool_import=new, actor=coordinator)
        return begun(self)

    monkeypatch.setattr(checking.Checking, "step", stopped_meanwhile)
    assert work._work_on(taken, until=0) == 2
    assert (new.rows.count(), work._OPEN) == (0, {})
    assert imports.finish(new).status == "cancelled"


def test_a_file_that_is_gone_and_was_stopped_meanwhile_stays_stopped(host, coordinator):
    new = to_check(host, *ROWS)
    taken = leases.take(only=new)
    imports.cancel_import(pool_import=new, actor=coordinator)
    path_of(new.file).unlink()
    work._work_on(taken, until=0)
    stopped = PoolImport.objects.get()
    assert (stopped.status, stopped.problem) == ("stopping", "")


def test_what_breaks_off_in_the_middle_is_no_end_of_the_file(host, monkeypatch):
    """A fault of ours is not kept quiet; a minute later it begins again at the first row."""
    new = to_check(host, *ROWS)
    one_step(new)
    with monkeypatch.context() as broken:
        broken.setattr(checking, "said_of", lambda _facts: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            one_step(new)
    assert (PoolImport.objects.get().status, work._OPEN) == ("checking", {})
    assert imports.finish(new).status == "checking"
    with time_machine.travel(timezone.now() + leases.LEASE + SECOND):
        done = imports.finish(new)
    assert (done.status, done.rows.count()) == ("ready", 5)


def test_an_import_that_always_breaks_off_keeps_no_other_waiting(host, monkeypatch):
    """Control: without the rest it would be taken first at every turn."""
    broken, other = to_check(host, *ROWS), to_check(host, "Una Unreachable,,,,")
    begin = checking.Checking.begin

    def begun(self):
        assert self._import != broken, "it breaks off"
        begin(self)

    monkeypatch.setattr(checking.Checking, "begin", begun)
    with pytest.raises(AssertionError, match="it breaks off"):
        imports.work_on_imports()
    imports.work_on_imports()
    other.refresh_from_db()
    assert other.status == "ready"
    with monkeypatch.context() as impatient:
        impatient.setattr(leases, "RESTING", "")
        with time_machine.travel(timezone.now() + leases.LEASE + SECOND):
            for _turn in range(2):
                with pytest.raises(AssertionError, match="it breaks off"):
                    imports.work_on_imports()


def test_a_row_is_decided_while_it_waits_and_never_later(host, coordinator):
    """Control: before it is confirmed, the same decision is taken."""
    ready = checked(sheet("Una Unreachable,,,,"), host, coordinator)
    row = ready.rows.get()
    assert imports.decide_row(row=row, decision="create", actor=coordinator).decision == "create"
    imports.confirm_import(pool_import=ready, actor=coordinator)
    for late in (
        lambda: imports.decide_row(row=row, decision="leave_out", actor=coordinator),
        lambda: imports.undo_decision(row=row, actor=coordinator),
    ):
        with pytest.raises(NotAllowed, match="Nothing can be decided any more"):
            late()
    assert ready.rows.get().decision == "create"


def test_where_nothing_was_decided_nothing_is_taken_back(host, coordinator):
    row = checked(sheet("Una Unreachable,,,,"), host, coordinator).rows.get()
    imports.undo_decision(row=row, actor=coordinator)
    taken_back = AuditEvent.objects.filter(verb="import.decision_taken_back")
    assert not taken_back.exists()
    imports.decide_row(row=row, decision="create", actor=coordinator)
    assert imports.undo_decision(row=row, actor=coordinator).decided_at is None
    assert taken_back.count() == 1


def test_a_refusal_of_a_decision_says_why(host, coordinator):
    rows = ("Una Unreachable,,,,", ",no.name@example.org,,,", "Nell New,nell@example.org,,,")
    ready = checked(sheet(*rows), host, coordinator)
    ready.rows.filter(number=3).update(verdict="doubtful")
    una, nameless, nell = ready.rows.order_by("number")
    for row, decision, words in (
        (una, "create_two", "only one person"),
        (una, "merge", "We know nobody"),
        (una, "merge_row", "No other row"),
        (una, "dance", "Choose one of the buttons"),
        (nameless, "create", "has no name"),
        (nell, "create", "nothing to decide"),
        (nell, "leave_out", "nothing to decide"),
    ):
        with pytest.raises(NotAllowed, match=words):
            imports.decide_row(row=row, decision=decision, actor=coordinator)
    assert not ready.rows.exclude(decision="").exists()
