"""The lines of ``every_form`` about spreadsheets, whoever came with one, and people kept twice."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from opportunities.actions.merging import merge_people
from people.actions import ask_now, ask_people
from people.actions.imports import decide_row
from people.confirm_links import token_of
from people.models import AskStep, ConfirmationAsk, Person
from tests import factories as make
from tests.people.imports.lists import brought_in, checked, sheet

CAME = (
    "Ella Mail,ella@example.org,07700 900201,,",
    "Phil Phone,,07700 900202,,",
    "Sid Silent,,07700 900203,,",
)
# One whose phone somebody else of the same list has: for a human to decide.
DOUBTFUL = ("Ann One,,07700 900204,,", "Ben Two,,07700 900204,,", "Cy Three,,07700 900204,,")


def build_imports(world: SimpleNamespace) -> None:
    """Add lists at each step of the way, and two people who are one."""
    by = world.coordinator
    world.came = brought_in(sheet(*CAME), world.host, by)
    ask_now(pool_import=world.came, actor=by)
    ask_people()
    world.fresh_list = brought_in(sheet("Fay Fresh,fay@example.org,,,"), world.host, by)
    world.ready = checked(sheet("Ray Ready,ray@example.org,,,"), world.host, by)
    world.doubtful = checked(sheet(*DOUBTFUL), world.host, by)
    rows = list(world.doubtful.rows.filter(verdict="doubtful").order_by("number"))
    world.open_row, world.decided_row = rows[0], rows[-1]
    decide_row(row=world.decided_row, decision="leave_out", actor=by)
    ella, world.phil, world.sid = (
        Person.objects.get(name=name) for name in ("Ella Mail", "Phil Phone", "Sid Silent")
    )
    world.stay_link = token_of(ConfirmationAsk.objects.get(person=ella).seed)
    ConfirmationAsk.objects.filter(person=world.sid).update(step=AskStep.COORDINATOR)
    world.twin, gone = (make.make_person("Tia Twin", joined_through=world.host) for _ in range(2))
    world.other_twin = make.make_person("Tia Twin", joined_through=world.host)
    facts: dict[str, Any] = {"organisation": world.host, "actor": by}
    world.merge = merge_people(kept=world.twin, gone=gone, **facts)


def _file(_world: SimpleNamespace) -> dict[str, Any]:
    return {"file": [SimpleUploadedFile("more.csv", sheet("Mo More,mo@example.org,,,"))]}


STAYS = {"answer": "stay", "name": "Phil Post", "contact_by": "phone", "phone": "07700 900202"}
ELLA = {"answer": "stay", "name": "Ella Post", "contact_by": "email", "email": "ella@example.org"}
SHOW = {"page": "people:import_show"}
# As in ``pool_forms``: name of the address, who sends, what the address names, and more.
LINES: list[tuple[str, str, tuple[str, ...], dict[str, Any]]] = [
    ("people:import_upload", "coordinator", (), {"typed": _file}),
    ("people:import_columns", "coordinator", ("ready.uuid",), {}),
    (
        "people:decide_row",
        "coordinator",
        ("doubtful.uuid", "open_row.number"),
        SHOW | {"typed": {"decision": "leave_out"}},
    ),
    ("people:undo_decision", "coordinator", ("doubtful.uuid", "decided_row.number"), SHOW),
    ("people:confirm_import", "coordinator", ("ready.uuid",), SHOW),
    ("people:cancel_import", "coordinator", ("ready.uuid",), SHOW),
    ("people:undo_import", "coordinator", ("came.uuid",), {}),
    ("people:ask_now", "coordinator", ("fresh_list.uuid",), SHOW),
    ("people:keep_silent", "coordinator", ("sid.uuid",), {"page": "people:unconfirmed"}),
    (
        "people:type_confirmation",
        "coordinator",
        ("phil.uuid",),
        {"typed": STAYS | {"channel": "phone"}},
    ),
    ("people:confirm_details", "resident", ("stay_link",), {"typed": ELLA}),
    ("opportunities:merge_people", "coordinator", ("twin.uuid", "other_twin.uuid"), {}),
    (
        "opportunities:undo_merge",
        "coordinator",
        ("twin.uuid", "merge.pk"),
        {"page": "opportunities:merge_find"},
    ),
]
