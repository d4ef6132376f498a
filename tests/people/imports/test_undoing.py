"""An import is undone while there is time, and what was in the file is forgotten after a month."""

from __future__ import annotations

import datetime as dt
import os

import pytest
import time_machine
from django.utils import timezone

from coprod.jobs import JOBS
from coprod.lib.lifecycle import NotAllowed
from people.actions import add_person, imports
from people.actions.imports import leases, running, undoing
from people.import_files import FOLDER, keep, path_of
from people.models import AuditEvent, ContactBy, ImportRow, Person, PoolImport
from people.models.imports import FILE_KEPT

from .lists import brought_in, checked, sheet

ROWS = (
    "Ann Example,ann@example.org,07700 900801,,gardens",
    "Kim Known,kim@example.org,07700 900802,1 Example Road,",
    "Una Unreachable,,,,",
    ",nobody@example.org,,,",
)
FORGOTTEN = ("facts", "second", "cells", "problems", "left_out", "before")
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def kim(host) -> Person:
    """Somebody whom we know by e-mail alone."""
    rang = {"actor": None, "channel": "phone", "contact_by": "email"}
    return add_person(organisation=host, name="Kim Known", email="kim@example.org", **rang)


def uploaded(before: dt.timedelta) -> None:
    """Let all files have been sent so long ago."""
    PoolImport.objects.update(uploaded_at=timezone.now() - before)


def said_in_rows() -> list[str]:
    """Return which of the fields that are to be forgotten still say something."""
    return [name for name in FORGOTTEN if any(ImportRow.objects.values_list(name, flat=True))]


def test_it_is_too_late_to_undo_after_fourteen_days(host, coordinator):
    """Control: an hour before it is not."""
    done = brought_in(sheet(*ROWS), host, coordinator)
    with time_machine.travel(done.undo_until + HOUR):
        assert not imports.can_be_undone(done)
        with pytest.raises(NotAllowed, match="too late to undo"):
            imports.undo_import(pool_import=done, actor=coordinator)
        assert Person.objects.count() == 2
    with time_machine.travel(done.undo_until - HOUR):
        imports.undo_import(pool_import=done, actor=coordinator)
        assert Person.objects.count() == 0


def test_what_is_brought_in_late_can_be_undone_as_long_as_its_rows_are_kept(host, coordinator):
    """What was there before is kept with the rows. Control: at first it is fourteen days."""
    done = brought_in(sheet(*ROWS), host, coordinator)
    assert (done.undo_until - done.visible_at, done.days_to_undo) == (dt.timedelta(days=14), 14)
    uploaded(dt.timedelta(days=25, hours=1))
    done.refresh_from_db()
    assert (done.undo_until, done.days_to_undo) == (done.forgotten_on, 4)
    uploaded(FILE_KEPT)
    done.refresh_from_db()
    assert (imports.can_be_undone(done), done.days_to_undo) == (False, 0)


@pytest.mark.parametrize(
    ("way", "left"),
    [
        (ContactBy.EMAIL, ("", "")),
        (ContactBy.PHONE, ("07700900802", "")),
        (ContactBy.TEXT, ("07700900802", "")),
        (ContactBy.LETTER, ("", "1 Example Road")),
    ],
)
def test_what_somebody_is_reached_by_since_is_not_emptied(host, kim, coordinator, way, left):
    """Control: what they are not reached by is, and the log says of which fields."""
    done = brought_in(sheet(*ROWS), host, coordinator)
    Person.objects.filter(pk=kim.pk).update(contact_by=way)
    imports.undo_import(pool_import=done, actor=coordinator)
    imports.finish(done)
    kim.refresh_from_db()
    assert (kim.phone, kim.address) == left
    emptied = AuditEvent.objects.get(verb="person.filling_undone").detail["changed"]
    kept = {name for name in ("phone", "address") if getattr(kim, name)}
    assert {*emptied, *kept} == {"phone", "address"}


def test_where_all_was_changed_since_nothing_is_emptied_and_nothing_said(host, kim, coordinator):
    done = brought_in(sheet(*ROWS), host, coordinator)
    Person.objects.filter(pk=kim.pk).update(phone="07700 900899", address="9 Example Road")
    imports.undo_import(pool_import=done, actor=coordinator)
    assert imports.finish(done).status == "undone"
    kim.refresh_from_db()
    assert (kim.phone, kim.address) == ("07700 900899", "9 Example Road")
    assert not AuditEvent.objects.filter(verb="person.filling_undone").exists()


def test_stopped_before_the_switch_nobody_whom_we_know_is_touched(host, kim, coordinator):
    """Even where just the same stands with them by now. Control: the row would have added it."""
    ready = checked(sheet(*ROWS), host, coordinator)
    imports.confirm_import(pool_import=ready, actor=coordinator)
    running.Running(leases.take(only=ready)).step()
    leases.let_go()
    row = ready.rows.get(number=3)
    assert (row.before["phone"], row.is_filled) == (["", "07700900802"], False)
    Person.objects.filter(pk=kim.pk).update(phone="07700900802")
    imports.cancel_import(pool_import=ready, actor=coordinator)
    assert imports.finish(ready).status == "cancelled"
    kim.refresh_from_db()
    assert (kim.phone, kim.address) == ("07700900802", "")
    assert list(Person.everybody.all()) == [kim]


def test_after_thirty_days_and_not_before_file_and_rows_are_forgotten(host, kim, coordinator):
    """What came into the pool stays, and so does what is needed to know a row again."""
    done = brought_in(sheet(*ROWS), host, coordinator)
    assert set(done.rows.values_list("verdict", flat=True)) == {
        "create",
        "merge",
        "doubtful",
        "refuse",
    }
    kept = list(done.rows.values("number", "key", "verdict", "person", "is_done"))
    path = path_of(done.file)
    uploaded(FILE_KEPT - HOUR)
    assert imports.forget_old_imports() == 0
    done.refresh_from_db()
    assert (path.is_file(), done.file != "", done.forgotten_at) == (True, True, None)
    assert {"facts", "cells", "problems", "before"} <= set(said_in_rows())

    uploaded(FILE_KEPT + HOUR)
    assert imports.forget_old_imports() == 1
    done.refresh_from_db()
    assert (done.file, done.remarks, done.status) == ("", [], "done")
    assert (said_in_rows(), done.forgotten_at is None) == ([], False)
    assert list(done.rows.values("number", "key", "verdict", "person", "is_done")) == kept
    kim.refresh_from_db()
    assert kim.phone == "07700900802"
    assert Person.objects.filter(name="Ann Example", email="ann@example.org").exists()
    assert AuditEvent.objects.filter(verb="import.forgotten").count() == 1
    assert imports.forget_old_imports() == 0  # and never twice
    again = checked(sheet(*ROWS), host, coordinator)
    assert list(again.rows.filter(verdict="same").values_list("number", flat=True)) == [2, 3]


@pytest.mark.django_db(transaction=True)
def test_the_file_leaves_the_disk_once_it_is_certain(host, coordinator):
    """Control: another file, which is not a month old."""
    old, young = (checked(sheet(row), host, coordinator) for row in ROWS[:2])
    PoolImport.objects.filter(pk=old.pk).update(uploaded_at=timezone.now() - FILE_KEPT - HOUR)
    assert imports.forget_old_imports() == 1
    assert (path_of(old.file).exists(), path_of(young.file).exists()) == (False, True)


def test_a_file_of_nobody_is_swept_with_the_old_ones(host, coordinator):
    """What broke off while it was sent. Control: a file of somebody, and one just being sent."""
    owned, nobodys, fresh = (
        path_of(name)
        for name in (
            checked(sheet(ROWS[0]), host, coordinator).file,
            keep(b"Name\nBo\n", "b.csv"),
            keep(b"Name\nCy\n", "c.csv"),
        )
    )
    long_ago = (timezone.now() - dt.timedelta(hours=4)).timestamp()
    for path in (owned, nobodys):
        os.utime(path, (long_ago, long_ago))
    assert imports.forget_old_imports() == 0
    assert [path.exists() for path in (owned, nobodys, fresh)] == [True, False, True]
    assert {path.parent.name for path in (owned, nobodys, fresh)} == {FOLDER}


def test_what_only_waited_for_somebody_is_stopped_when_it_is_forgotten(host, coordinator):
    """One has its columns to be matched, one has been looked through."""
    waiting = imports.begin_import(
        organisation=host,
        actor=coordinator,
        file_name="people.csv",
        data=sheet(*ROWS),
        headings=("Name", "E-mail", "Tel", "Address", "Interests"),
    )
    ready = checked(sheet(*ROWS), host, coordinator)
    assert (waiting.status, ready.status) == ("matching", "ready")
    uploaded(FILE_KEPT + HOUR)
    assert imports.forget_old_imports() == 2
    for one in (waiting, ready):
        one.refresh_from_db()
        assert (one.status, one.file, one.ended_at is None) == ("cancelled", "", False)
    with pytest.raises(NotAllowed):
        imports.confirm_import(pool_import=ready, actor=coordinator)
    assert said_in_rows() == []


def test_what_is_being_brought_in_is_forgotten_only_when_that_is_done(host, coordinator):
    """Also where somebody pressed the button while old imports were being looked for."""
    ready = checked(sheet(*ROWS), host, coordinator)
    uploaded(FILE_KEPT + HOUR)
    imports.confirm_import(pool_import=ready, actor=coordinator)
    assert ready.status == "ready"  # as it was found
    assert not undoing.forget_import(ready)
    assert imports.forget_old_imports() == 0
    assert "facts" in said_in_rows()
    assert imports.finish(ready).status == "done"
    assert Person.objects.filter(name="Ann Example").exists()
    assert imports.forget_old_imports() == 1
    assert said_in_rows() == []


def test_many_rows_are_forgotten_some_at_a_time(host, coordinator, monkeypatch):
    """To the last one, also where the numbers have gaps."""
    monkeypatch.setattr(undoing, "FORGOTTEN_AT_ONCE", 2)
    ready = checked(sheet(*ROWS), host, coordinator)
    ready.rows.filter(number=3).update(number=400)
    uploaded(FILE_KEPT + HOUR)
    assert imports.forget_old_imports() == 1
    assert (said_in_rows(), ImportRow.objects.count()) == ([], 4)


def test_old_imports_are_looked_for_every_day():
    job = next(job for job in JOBS if job.run is imports.forget_old_imports)
    assert job.every <= dt.timedelta(days=1)
