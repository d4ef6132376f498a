"""The list as councils have it, all the way through: seen, decided, brought in, undone, again."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from people.actions.imports import work_on_imports
from people.lifecycle import PoolStatus
from people.models import AuditEvent, ImportRow, Person, PoolImport

from .lists import MESSY

SECRETS = ("Asian", "Somali", "heart condition", "ESA", "hearing aids", "340.50", "Enhanced")


@pytest.fixture
def desk(client_for, coordinator, towns):
    return client_for(coordinator)


def send(desk, data: bytes, name: str = "messy-pool.csv") -> PoolImport:
    """Upload, accept what was suggested, and let the worker look through it."""
    file = SimpleUploadedFile(name, data)
    answer = desk.post(reverse("people:import_upload"), {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    new = PoolImport.objects.latest("pk")
    columns = reverse("people:import_columns", args=[new.uuid])
    assert answer["Location"] == columns
    page = desk.get(columns)
    fields = page.context["form"].fields
    answer = desk.post(columns, {name: field.initial for name, field in fields.items()})
    assert answer.status_code == 302
    assert b"progress" in desk.get(answer["Location"]).content
    work_on_imports()
    return PoolImport.objects.get(pk=new.pk)


def decide(desk, new: PoolImport, **decisions: str) -> None:
    for row, decision in decisions.items():
        address = reverse("people:decide_row", args=[new.uuid, int(row.removeprefix("row_"))])
        assert desk.post(address, {"decision": decision, "show": "open"}).status_code == 302


def press(desk, verb: str, new: PoolImport) -> PoolImport:
    assert desk.post(reverse(f"people:{verb}", args=[new.uuid])).status_code == 302
    work_on_imports()
    return PoolImport.objects.get(pk=new.pk)


def test_the_messy_list_is_seen_decided_brought_in_undone_and_brought_in_again(desk):
    new = send(desk, MESSY.read_bytes())
    page = desk.get(reverse("people:import_show", args=[new.uuid]))
    counts = page.context["counts"]
    assert {line.show: line.count for line in counts.lines} == {
        "open": 5,
        "decided": 0,
        "create": 2,
        "merge": 1,
        "same": 0,
        "refuse": 0,
        "left_out": 8,
    }
    assert (counts.rows, counts.people, counts.open) == (8, 2, 5)
    assert not Person.everybody.exists()

    decide(desk, new, row_3="create_two", row_6="leave_out", row_7="create", row_8="create")
    decide(desk, new, row_9="leave_out")
    undo = reverse("people:undo_decision", args=[new.uuid, 9])
    assert desk.post(undo, {"show": "open"})["Location"].endswith("?show=open#row-9")
    new = press(desk, "confirm_import", new)
    assert new.status == "done"
    assert sorted(Person.objects.values_list("name", flat=True)) == [
        "Amina Example",
        "Bob Test",
        "Example Youth Forum",
        "Jaswinder K. Example",
        "Linda",
        "Sam Sample",
    ]
    assert set(Person.objects.values_list("status", flat=True)) == {PoolStatus.NOT_CONFIRMED}
    page = desk.get(reverse("people:import_show", args=[new.uuid])).content.decode()
    assert "6 people came into the pool" in page
    assert "Nobody decided about this row: it was not brought in." in page

    again = send(desk, MESSY.read_bytes())
    words = desk.get(reverse("people:import_show", args=[again.uuid])).content.decode()
    assert "This very file was brought in on" in words
    assert list(again.rows.exclude(verdict="same").values_list("number", flat=True)) == [9]
    press(desk, "confirm_import", again)
    assert Person.everybody.count() == 6

    new = press(desk, "undo_import", new)
    assert (new.status, new.result["removed"], Person.everybody.count()) == ("undone", 6, 0)
    third = send(desk, MESSY.read_bytes())
    assert third.rows.filter(verdict="same").count() == 0


def test_nothing_that_must_stay_out_is_kept_anywhere(desk):
    """Control: each of these words stands in the file."""
    data = MESSY.read_bytes()
    assert [word for word in SECRETS if word.encode() not in data] == []
    new = send(desk, data)
    decide(desk, new, row_3="create", row_7="create", row_9="create")
    press(desk, "confirm_import", new)
    kept = [
        repr(list(model.objects.values())) for model in (PoolImport, ImportRow, Person, AuditEvent)
    ]
    assert [word for word in SECRETS for one in kept if word in one] == []


def test_the_rows_to_put_right_are_given_back_and_run_nowhere(desk, client_for, other_officer):
    """Only what may be brought in is in the download, and no spreadsheet runs it."""
    rows = b'Ref,Name,E-mail,Ethnicity\n=HYPERLINK("x"),Pat & Max Person,a@example.org,Pink\n1,,,\n'
    new = send(desk, rows, "x.csv")
    address = reverse("people:import_wrong_rows", args=[new.uuid])
    text = desk.get(address).content.decode("utf-8-sig")
    head, *lines = list(csv.reader(io.StringIO(text)))
    assert head == ["Row", "What to put right", "Ref", "Name", "E-mail"]
    assert [line[0] for line in lines] == ["2", "3"]
    assert lines[0][2] == '\'=HYPERLINK("x")'
    assert "Pink" not in text
    assert client_for(other_officer).get(address).status_code == 403


def test_a_file_that_cannot_be_read_is_said_beside_the_field(desk):
    for data, name, words in (
        (b"", "empty.csv", "empty"),
        (b"PK\x03\x04broken", "x.xlsx", "workbook"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old.xls", "xls"),
    ):
        page = desk.post(reverse("people:import_upload"), {"file": SimpleUploadedFile(name, data)})
        assert page.status_code == 200
        assert words in str(page.context["form"].errors["file"])
    page = desk.post(reverse("people:import_upload"), {})
    assert page.context["form"].errors["file"] == ["Choose the spreadsheet"]
    assert not PoolImport.objects.exists()
