"""``import_pool``: the same run as the pages, for whoever has no browser at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from people.models import AuditEvent, ImportRow, Notice, Person, PoolImport
from tests.people.importing.sheets import MESSY, csv_of, workbook

pytestmark = pytest.mark.django_db
KEYS = {"rows", "create", "merge", "refuse", "doubtful", "people_before", "people_after"}


@pytest.fixture
def run(tmp_path, host):
    """Return what runs the command over a file and returns its report."""

    def run(data: bytes | Path, *words: str, name: str = "pool.csv", **options):
        file = data
        if isinstance(data, bytes):
            file = tmp_path / name
            file.write_bytes(data)
        report = tmp_path / "report.json"
        options.setdefault("organisation", host.slug)
        call_command("import_pool", str(file), *words, report=report, **options)
        return json.loads(report.read_text("utf-8"))

    return run


def counts(report) -> dict[str, int]:
    return {key: report[key] for key in ("rows", "create", "merge", "refuse", "doubtful", "same")}


def everything() -> list[int]:
    kinds = (Person, PoolImport, ImportRow, AuditEvent, Notice)
    return [getattr(kind, "everybody", kind.objects).count() for kind in kinds]


def test_a_dry_run_tells_all_and_writes_nothing(run, capsys):
    """Control: the next test, in which the same file makes people."""
    before = everything()
    report = run(MESSY, "--dry-run")
    assert counts(report) == {
        "rows": 8,
        "create": 2,
        "merge": 1,
        "refuse": 0,
        "doubtful": 5,
        "same": 0,
    }
    assert everything() == before
    assert report["people_before"] == report["people_after"]
    said = {(one["row"], one["column"]) for one in report["problems"]}
    assert {(9, "Date added"), (9, "E-mail"), (8, "NAME (first last)"), (2, "Ethnicity")} <= said
    assert all(one["message"] for one in report["problems"])
    printed = capsys.readouterr().out
    assert "Nothing was written: 8 rows: create 2, merge 1, refuse 0, doubtful 5" in printed
    assert "Row 9, E-mail: “olu@example..org” is not an e-mail address" in printed
    assert "heart condition" not in printed + json.dumps(report)


def test_what_is_sure_is_brought_in_and_twice_is_once(run):
    report = run(MESSY)
    assert counts(report)["create"] == 2
    assert report.keys() >= KEYS
    assert report["people_after"] - report["people_before"] == 2
    assert set(Person.objects.filter(came_with__isnull=False).values_list("name", flat=True)) == {
        "Jaswinder K. Example",
        "Amina Example",
    }
    again = run(MESSY)
    assert counts(again) == {
        "rows": 8,
        "create": 0,
        "merge": 0,
        "refuse": 0,
        "doubtful": 5,
        "same": 3,
    }
    assert again["people_after"] == again["people_before"]
    saved_anew = run(workbook([("Name", "Tel"), ("AMINA EXAMPLE", "07700900003")]), name="p.xlsx")
    assert (counts(saved_anew)["merge"], saved_anew["people_after"]) == (1, again["people_after"])


@pytest.mark.parametrize("words", [["--dry-run"], []])
@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7", "This is a PDF"),
        (b"", "This file is empty"),
        (b"Colour,Size\nred,3\n", "No column has the names"),
        (b'Name,Tel\nJo,1\n"Ann,2\n', "In row 3 a quotation mark"),
        (Path("/nowhere/pool.csv"), "There is no such file"),
    ],
)
def test_a_refused_file_is_one_sentence_and_an_exit_code(run, tmp_path, words, data, sentence):
    before = Person.everybody.count()
    with pytest.raises(CommandError, match=sentence) as no:
        run(data, *words)
    assert no.value.returncode == 2
    assert "\n" not in str(no.value)
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert (report["rows"], len(report["problems"])) == (0, 1)
    assert report["problems"][0]["message"] == str(no.value)
    assert Person.everybody.count() == before


def test_an_organisation_that_is_none_and_a_report_that_cannot_be_written(run, host, tmp_path):
    with pytest.raises(CommandError, match="There is no organisation “nobody”"):
        run(csv_of([("Name",), ("Jo",)]), organisation="nobody")
    with pytest.raises(CommandError, match="The report could not be written"):
        call_command(
            "import_pool", str(MESSY), "--dry-run", organisation=host.slug, report=tmp_path
        )


def test_many_rows_to_look_at_are_cut_on_the_screen_alone(run, capsys):
    report = run(csv_of([("Name", "Tel"), *[("Jo Example", "12")] * 30]), "--dry-run")
    assert len([one for one in report["problems"] if one["weight"] == "doubt"]) > 20
    assert "more: --report writes all of them" in capsys.readouterr().out
