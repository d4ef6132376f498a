"""The drill: somebody with a mark in every text is erased, and the mark is nowhere.

Control, in the drill itself: the mark is found before the erasing; on SQLite it is found in the
files of the database after the rows went and before free pages are overwritten; and it is found
when the walk leaves a table out.
"""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from coprod.integrity import CHECKS
from coprod.lib.personal import Erase, personal_tables
from coprod.lib.scrub import scrub
from opportunities.lifecycle import SignUpStatus
from opportunities.models import Participation, SignUp
from people import ledger
from people.actions import erase_person, erasing, replay_erasures, scrub_erased
from people.equality import answers_of
from people.models import AuditEvent, Erasure, Notice, Person, User
from people.subjects import subject_of
from tests import factories
from tests.everything import MARK, somebody

ON_FILES = connection.vendor == "sqlite"


def found_in_rows() -> list[str]:
    """Return the tables that hold the mark in any column, whatever its type."""
    found = []
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608 -- names are ours
            if any(MARK in repr(row).lower() for row in cursor.fetchall()):
                found.append(name)
    return found


def found_in_files() -> list[str]:
    """Return the files of database, pictures, copies and ledger that hold the mark."""
    places = [Path(settings.MEDIA_ROOT), Path(settings.ERASURE_LEDGER).parent]
    files = [file for place in places for file in place.rglob("*") if file.is_file()]
    if ON_FILES:
        base = Path(connection.settings_dict["NAME"])
        files += [one for one in base.parent.glob(f"{base.name}*") if one.is_file()]
    return sorted(one.name for one in files if MARK.encode() in read_apart(one).lower())


def read_apart(file: Path) -> bytes:
    """Read in a program of its own: this one would let go of SQLite's locks when it closes it."""
    return subprocess.run(["/bin/cat", file], check=True, capture_output=True).stdout


def copy_of_database(folder: Path) -> str | Path:
    """Return yesterday's copy: the file, or on PostgreSQL all rows."""
    if not ON_FILES:
        return connection.creation.serialize_db_to_string()
    assert scrub()
    copy = folder / "yesterday.copy"
    copy.write_bytes(read_apart(Path(connection.settings_dict["NAME"])))
    return copy


def put_back(copy: str | Path) -> None:
    """Restore it over what is there."""
    if ON_FILES:
        connection.ensure_connection()
        with contextlib.closing(sqlite3.connect(copy)) as yesterday:
            yesterday.backup(connection.connection)
        Path(copy).unlink()
    else:
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
        connection.creation.deserialize_db_from_string(copy)


@pytest.fixture(autouse=True)
def own_pictures(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def world(transactional_db, host, officer) -> Person:
    return somebody()


def test_nothing_is_left_of_somebody_erased_nor_after_a_restore(world, tmp_path_factory, caplog):
    copy = copy_of_database(tmp_path_factory.mktemp("copies"))
    personal = {
        table.model_class._meta.db_table for table in personal_tables() if table.own_fields()
    }
    assert len(set(found_in_rows()) & personal) >= 15
    assert set(found_in_files()) >= {"copy.zip"}
    erase_person(person=world, actor=None)
    # FTS5 keeps old words inside of its own blocks until they are written anew.
    assert [name for name in found_in_rows() if not name.endswith("_data")] == []
    if ON_FILES:
        assert found_in_files() != []  # control: free pages, the log of writing, the old index
    assert scrub_erased() == 2  # the person, and the other page of theirs
    assert (found_in_rows(), found_in_files()) == ([], [])
    assert ledger.not_replayed() == set()

    put_back(copy)
    assert found_in_rows() != []  # control: the copy has them
    assert len(ledger.not_replayed()) == 2
    assert [one for one in CHECKS["erasures"]() if "older copy" in one] != []
    call_command("replay_erasures", verbosity=0)
    assert (found_in_rows(), found_in_files(), ledger.not_replayed()) == ([], [], set())
    assert list(CHECKS["erasures"]()) == []
    assert MARK not in caplog.text


@pytest.mark.parametrize(
    "forgotten", ["people.EqualityAnswer", "people.AuditEvent", "people.ImportRow"]
)
def test_a_table_that_is_left_out_is_found(db, host, officer, monkeypatch, forgotten):
    """Control of the drill, for tables that no key of the database takes along."""
    person = somebody()
    subject = subject_of(person)
    kept = [table for table in personal_tables() if table.model != forgotten]
    monkeypatch.setattr(erasing, "personal_tables", lambda: kept)
    erase_person(person=person, actor=None)
    table = next(one for one in personal_tables() if one.model == forgotten)
    named = table.model_class._meta.db_table in found_in_rows()
    assert named or table.rows_of(subject).exists()


def test_every_personal_table_has_a_row_of_somebody(db, host, officer):
    """The drill is as good as its world: no table in it may be empty."""
    person = somebody()
    without = {"people.User_groups", "people.User_user_permissions", "admin.LogEntry"}
    empty = {
        table.model for table in personal_tables() if not table.rows_of(subject_of(person)).exists()
    }
    assert empty - without == set()


def test_who_waits_moves_up_and_is_not_told_why(db, resident, other_resident, stranger, host):
    brief = factories.make_opportunity(places=1)
    factories.make_sign_up(brief, resident.person)
    waiting = factories.make_sign_up(brief, other_resident.person)
    assert waiting.status == SignUpStatus.WAITING
    erase_person(person=resident.person, actor=resident)
    waiting.refresh_from_db()
    assert waiting.status == SignUpStatus.PLACE
    letter = Notice.objects.get(person=other_resident.person, kind="moved_up")
    assert resident.person.name not in letter.text
    assert list(SignUp.objects.values_list("person_id", flat=True)) == [other_resident.person.pk]
    for name in ("places", "waiting order", "participation"):
        assert list(CHECKS[name]()) == []


def test_figures_stay_under_a_code_that_leads_to_nobody(db, resident, other_resident, host):
    brief = factories.make_opportunity()
    for number, person in enumerate([resident.person, other_resident.person]):
        factories.answer_equality(person, religion="none")
        code = int(subject_of(person).keys["pseudonym"], 16)
        factories.make_participation(brief, code, age_band="25-34" if number else "")
    before = subject_of(resident.person).keys["pseudonym"]
    erase_person(person=resident.person, actor=None)
    rows = Participation.objects.order_by("pk")
    assert [row.pseudonym.startswith(erasing.NOBODY) for row in rows] == [True, False]
    assert not rows.filter(pseudonym=before).exists()
    assert answers_of(other_resident.person) == {"religion": "none"}  # others keep theirs


def test_others_keep_everything(db, resident, other_resident, host):
    """Control: erasing the whole database would pass the drill."""
    brief = factories.make_opportunity()
    factories.make_sign_up(brief, other_resident.person)
    factories.make_sign_up(brief, resident.person)
    lines = AuditEvent.objects.filter(person=str(other_resident.person.pk)).count()
    letters = other_resident.person.notices.count()
    assert min(lines, letters) > 0
    erase_person(person=resident.person, actor=None)
    assert Person.objects.get() == other_resident.person
    assert User.objects.filter(pk=other_resident.pk).exists()
    assert AuditEvent.objects.filter(person=str(other_resident.person.pk)).count() == lines
    assert other_resident.person.notices.count() == letters


def test_the_log_says_what_was_done_and_not_to_whom(db, resident, host):
    brief = factories.make_opportunity()
    factories.make_sign_up(brief, resident.person, actor=resident)
    key = str(resident.person.pk)
    number = AuditEvent.objects.filter(person=key).count()
    erase_person(person=resident.person, actor=resident)
    assert not AuditEvent.objects.filter(person=key).exists()
    assert not AuditEvent.objects.filter(actor=str(resident.pk)).exists()
    assert AuditEvent.objects.filter(verb="sign_up.came_forward", person="", target="").count() == 1
    assert AuditEvent.objects.count() >= number
    assert AuditEvent.objects.get(verb="person.erased").target == str(Erasure.objects.get().pk)


def test_the_account_of_a_member_of_staff_stays(db, officer):
    person = factories.make_person("Dev Officer", user=officer, email=officer.email)
    erase_person(person=person, actor=None)
    assert User.objects.filter(pk=officer.pk).exists()
    assert not Person.everybody.exists()


def test_everything_that_stays_gives_its_reason_in_law():
    staying = [table for table in personal_tables() if table.erase is not Erase.ROW]
    assert len(staying) >= 4
    assert [table.model for table in staying if not table.because] == []


# --- The ledger ----------------------------------------------------------------------------------
def test_the_ledger_holds_no_name_no_key_and_no_address(db, resident):
    person = resident.person
    told = [person.name, person.email, str(person.uuid)]
    erase_person(person=person, actor=None)
    assert ledger.write_down() == 1
    assert ledger.write_down() == 0
    text = Path(settings.ERASURE_LEDGER).read_text()
    assert [word for word in told if word in text] == []
    assert ledger.codes() == {Erasure.objects.get().code}


def test_a_line_that_broke_off_is_no_line_and_spoils_no_other(db, resident):
    file = Path(settings.ERASURE_LEDGER)
    file.write_text('{"code": "abc", "at": "x"}\n{"code": "de')
    assert ledger.codes() == {"abc"}
    erase_person(person=resident.person, actor=None)
    ledger.write_down()
    assert ledger.codes() == {"abc", Erasure.objects.get().code}


def test_who_is_in_the_ledger_and_not_here_is_noted_once(db, resident):
    Path(settings.ERASURE_LEDGER).write_text('{"code": "abc", "at": "x"}\n')
    assert replay_erasures() == 0
    assert Erasure.objects.get().is_replayed
    assert (replay_erasures(), ledger.not_replayed()) == (0, set())
    assert Person.objects.count() == 1


def test_readyz_says_that_an_older_copy_was_put_back(client, db):
    assert "erasures: ok" in client.get("/readyz").content.decode()
    Path(settings.ERASURE_LEDGER).write_text('{"code": "abc", "at": "x"}\n')
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "erasures: 1 not made again after a restore" in answer.content.decode()


# --- The command ---------------------------------------------------------------------------------
@pytest.mark.parametrize("key", ["pk", "uuid"])
def test_erase_person_takes_either_key(db, resident, stranger, key, capsys):
    call_command("erase_person", str(getattr(resident.person, key)))
    assert list(Person.objects.all()) == [stranger.person]
    assert capsys.readouterr().out.startswith("Erased, number ")
    assert ledger.codes() == {Erasure.objects.get().code}


@pytest.mark.parametrize("words", ["999999", "nobody", "٣", "9" * 30, ""])
def test_erase_person_says_that_there_is_nobody(db, resident, words):
    with pytest.raises(CommandError, match=r"There is no person .*Nothing was erased\."):
        call_command("erase_person", words)
    assert Person.objects.count() == 1
