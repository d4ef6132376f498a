"""The copy of everything: complete by a walk over the tables, readable, and nobody else's."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from coprod.lib.personal import personal_tables
from people import exporting
from people.actions import forget_exports, make_export
from people.exporting import as_html, as_json, as_zip, parts_of
from people.models import AuditEvent, DataExport, Notice, Person
from tests import factories
from tests.everything import MARK, somebody


def opened(packed: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(packed))


def tables_that_lead_to_people() -> set[str]:
    """Return every table with a key of a person or account that is not “who typed it”.

    Read from the models, not from the declarations.
    """
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for one in model._meta.local_fields:
            related = one.related_model and one.related_model._meta.label_lower
            if related in {"people.person", "people.user"} and _is_owner(one):
                found.add(model._meta.label_lower)
    return found


def _is_owner(one) -> bool:
    return one.remote_field.on_delete.__name__ == "CASCADE"


def test_every_table_with_the_persons_key_is_in_it(db, host, officer):
    person = somebody()
    written = json.loads(as_json(person))["tables"]
    names = {one["table"] for one in written if one["rows"]}
    assert len(tables_that_lead_to_people()) >= 15
    without = {"admin.logentry", "people.user_groups", "people.user_user_permissions"}
    assert tables_that_lead_to_people() - names - without == set()
    assert {"people.equalityanswer", "people.auditevent", "opportunities.participation"} <= names


def test_a_table_that_is_left_out_is_seen(db, host, officer, monkeypatch):
    """Control of the walk."""
    person = somebody()
    kept = [table for table in personal_tables() if table.model != "people.KnownTo"]
    monkeypatch.setattr(exporting, "personal_tables", lambda: kept)
    names = {one["table"] for one in json.loads(as_json(person))["tables"]}
    assert tables_that_lead_to_people() - names == {"people.knownto"}


def test_the_zip_has_a_page_json_and_the_picture(db, host, officer):
    person = somebody()
    archive = opened(as_zip(person))
    assert sorted(archive.namelist()) == ["everything.html", "everything.json", "picture.jpg"]
    assert archive.read("picture.jpg") == MARK.encode()
    page = archive.read("everything.html").decode()
    assert page.count(MARK) >= 30
    assert "Your one-page profile" in page


def test_nothing_of_others_and_no_secret_is_in_it(db, host, officer):
    """Control: what is looked for is in the database, and the mark is in the file."""
    factories.make_resident("Norman Neighbour")
    person = somebody()
    person.user.set_password("a-long-password-of-mine")
    person.user.save()
    text = as_json(person) + as_html(person)
    assert MARK in text
    assert "Norman" not in text
    assert person.user.password not in text
    assert str(officer.name) not in text


def test_what_staff_print_leaves_out_what_is_kept_apart(db, host, officer):
    person = somebody()
    everything = {part.table.model for part in parts_of(person)}
    printed = {part.table.model for part in parts_of(person, for_staff=True)}
    assert everything - printed == {"people.EqualityAnswer", "opportunities.Participation"}


def test_words_are_escaped(db, resident):
    factories.make_profile(resident.person, experience="<script>alert(1)</script>")
    assert "<script>" not in as_html(resident.person)
    assert "&lt;script&gt;" in as_html(resident.person)


def test_a_new_copy_takes_the_place_of_the_old_one(
    db, resident, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        first = make_export(person=resident.person, actor=resident)
        second = make_export(person=resident.person, actor=resident)
    assert list(DataExport.objects.all()) == [second]
    assert not default_storage.exists(first.file.name)
    assert default_storage.exists(second.file.name)
    assert AuditEvent.objects.filter(verb="person.copied").count() == 2


def test_a_copy_goes_when_its_link_dies(db, resident, django_capture_on_commit_callbacks):
    made = make_export(person=resident.person, actor=resident)
    assert forget_exports() == 0
    early = made.made_at - dt.timedelta(days=8)
    DataExport.objects.update(made_at=early, expires_at=early + dt.timedelta(days=7))
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_exports() == 1
    assert not default_storage.exists(made.file.name)


def test_export_person_writes_the_zip_for_its_owner_alone(db, resident, tmp_path):
    out = tmp_path / "out.zip"
    call_command("export_person", str(resident.person.uuid), str(out))
    assert "everything.json" in opened(out.read_bytes()).namelist()
    assert out.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("words", ["999999", "nobody", ""])
def test_export_person_says_that_there_is_nobody(db, words, tmp_path):
    with pytest.raises(CommandError, match=r"There is no person .*Nothing was written\."):
        call_command("export_person", words, str(tmp_path / "out.zip"))
    assert list(tmp_path.glob("*.zip")) == []
    assert Person.objects.count() == 0


def test_export_person_says_where_it_cannot_write(db, resident, tmp_path):
    with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
        call_command("export_person", str(resident.person.pk), str(tmp_path / "no" / "out.zip"))


def test_the_page_is_readable_and_the_json_whole(db, host, resident):
    """Control: the source of the letter and the number of the partner are in the JSON."""
    person = resident.person
    letter = {"person": person, "contact_by": "email", "kind": "k", "message_id": "<a@x>"}
    Notice.objects.create(**letter, event="a", subject="s", text="t", html="<p>a source</p>")
    AuditEvent.objects.create(
        verb="x.y", organisation=str(host.pk), target_type="t", person=str(person.pk), role="gone"
    )
    page, written = as_html(person), as_json(person)
    assert "<p>a source</p>" in written
    assert "a source" not in page
    assert f"<dt>Organisation</dt><dd>{host.name}</dd>" in page
    assert f'"organisation": "{host.pk}"' in written
    assert "<dd>gone</dd>" in page
