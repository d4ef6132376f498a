"""What the database refuses about a spreadsheet, its rows, and how its columns were matched."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from people.models import ColumnMatching, Decision, ImportRow, PoolImport, Verdict
from people.rules import can_import

HASH = "0" * 64


@pytest.fixture
def new(host) -> PoolImport:
    return PoolImport.objects.create(
        organisation=host, file_name="people.csv", file="imports/a.csv", sha256=HASH, rows_total=3
    )


def refused(constraint: str, rows: models.QuerySet, **fields: object) -> None:
    """Expect that ``constraint`` and no other refuses to change ``rows`` so."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        rows.update(**fields)


def refused_twice(row: models.Model) -> None:
    """Expect that a copy of ``row`` is refused, because it is there."""
    row.pk = None
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        row.save(force_insert=True)


def test_no_more_rows_are_done_than_there_are(new):
    rows = PoolImport.objects.filter(pk=new.pk)
    refused("pool_import_rows_done", rows, rows_done=4)
    refused("pool_import_rows_done", rows.filter(rows_done=0), rows_done=1, rows_total=0)
    assert rows.update(rows_done=3) == 1


@pytest.mark.parametrize("numbers", [{"rows_done": -1}, {"rows_done": -1, "rows_total": -1}])
def test_no_number_of_rows_is_below_nothing(new, numbers):
    refused("rows_(done|total)", PoolImport.objects.filter(pk=new.pk), **numbers)


def test_nobody_is_seen_of_an_import_that_nobody_confirmed(new):
    rows = PoolImport.objects.filter(pk=new.pk)
    refused("pool_import_seen_once_confirmed", rows, visible_at=timezone.now())
    assert rows.update(visible_at=timezone.now(), confirmed_at=timezone.now()) == 1


def test_an_import_that_is_done_is_seen(new):
    rows = PoolImport.objects.filter(pk=new.pk)
    now = timezone.now()
    refused("pool_import_done_is_seen", rows, status="done", confirmed_at=now)
    assert rows.update(status="done", confirmed_at=now, visible_at=now) == 1


def test_an_import_that_is_forgotten_has_no_file(new):
    rows = PoolImport.objects.filter(pk=new.pk)
    refused("pool_import_forgotten", rows, forgotten_at=timezone.now())
    assert rows.update(forgotten_at=timezone.now(), file="") == 1


def a_row(new: PoolImport, **fields: object) -> ImportRow:
    facts = {"number": 2, "key": HASH, "verdict": Verdict.DOUBTFUL} | fields
    return ImportRow.objects.create(pool_import=new, **facts)


def test_a_row_of_a_file_is_there_once(new, host):
    """Control: another row of it, and the same row of another file."""
    row = a_row(new)
    a_row(new, number=3)
    other = PoolImport.objects.create(organisation=host, file_name="b.csv", sha256=HASH)
    a_row(other)
    refused_twice(row)


def test_a_decision_has_its_time_and_no_time_is_without_one(new):
    rows = ImportRow.objects.filter(pk=a_row(new).pk)
    refused("import_row_decided_when", rows, decision=Decision.CREATE)
    refused("import_row_decided_when", rows, decided_at=timezone.now())
    assert rows.update(decision=Decision.CREATE, decided_at=timezone.now()) == 1


@pytest.mark.parametrize("verdict", [one for one in Verdict if one != Verdict.DOUBTFUL])
def test_only_a_doubtful_row_is_decided_about(new, verdict):
    rows = ImportRow.objects.filter(pk=a_row(new, verdict=verdict).pk)
    decided = {"decision": Decision.LEAVE_OUT, "decided_at": timezone.now()}
    refused("import_row_only_doubtful_is_decided", rows, **decided)
    assert rows.update(verdict=Verdict.DOUBTFUL, **decided) == 1


def test_an_organisation_has_one_matching_for_the_same_headings(host, trust):
    """Control: one for other headings, and one of a partner for the same."""
    mine = ColumnMatching.objects.create(organisation=host, fingerprint=HASH)
    ColumnMatching.objects.create(organisation=host, fingerprint="1" * 64)
    ColumnMatching.objects.create(organisation=trust, fingerprint=HASH)
    assert str(mine) == f"columns of {host.pk}"
    refused_twice(mine)


def test_each_rule_of_the_database_is_tried_here():
    """Whoever adds one adds its test: its name stands in this file."""
    named = {
        rule.name
        for model in (PoolImport, ImportRow, ColumnMatching)
        for rule in model._meta.constraints
    }
    assert named == {
        "pool_import_rows_done",
        "pool_import_seen_once_confirmed",
        "pool_import_done_is_seen",
        "pool_import_forgotten",
        "import_row_once",
        "import_row_decided_when",
        "import_row_only_doubtful_is_decided",
        "column_matching_once",
    }


def test_who_may_import_and_who_sees_an_import_agree(
    new, coordinator, administrator, officer, commissioner, resident, other_coordinator
):
    """The rule for one and its twin for many; a partner may import, and sees nothing of ours."""
    everybody = (coordinator, administrator, officer, commissioner, resident, other_coordinator)
    may = {user.name for user in everybody if can_import(user)}
    see = {user.name for user in everybody if PoolImport.objects.visible_to(user).exists()}
    assert may == {coordinator.name, administrator.name, other_coordinator.name}
    assert see == may - {other_coordinator.name}


def test_a_bar_of_progress_goes_from_nothing_to_all(new):
    shares = []
    for done, total in ((0, 0), (0, 3), (1, 3), (3, 3)):
        new.rows_done, new.rows_total = done, total
        shares.append(new.share_done)
    assert (shares, str(new), str(a_row(new))) == ([0, 0, 33, 100], f"import {new.pk}", "row 2")
