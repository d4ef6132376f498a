"""Erasing a person everywhere, by the declarations of every room (coprod.lib.personal)."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q, QuerySet

from coprod.lib.personal import Erase, Kind, Subject, Table, personal_tables
from coprod.lib.scrub import scrub
from people import ledger, pictures
from people.audit import record
from people.models import AuditEvent, Erasure, ImportRow, Person, PoolImport, User
from people.signals import person_erased
from people.subjects import has_work, subject_of

# Of a row for figures: no hash of anything, so no key leads back.
NOBODY = "erased-"


@transaction.atomic
def erase_person(
    *, person: Person, actor: User | None, channel: str = "online", is_replayed: bool = False
) -> Erasure:
    """Erase ``person`` everywhere but where the law asks for what is left; return the proof of it.

    Places that come free are passed on first, and nobody hears why. An account that is needed for
    a role stays. Files go, and the ledger is written, when the transaction has held; what is left
    in free pages of the database goes with ``scrub``.

    Args:
        actor: who asked for it: the person, staff for them, None for the operator and retention.
        channel: people.models.Channel, how they asked.
        is_replayed: they were erased before, and a copy of the database had brought them back.
    """
    for other in Person.everybody.filter(merged_into=person):
        erase_person(person=other, actor=actor, channel=channel, is_replayed=is_replayed)
    held = Person.everybody.select_for_update().get(pk=person.pk)
    person_erased.send(sender=Person, person=held, actor=actor)
    subject = subject_of(held, with_account=not has_work(held))
    files = sorted(_files_of(subject))
    _forget_sessions(subject)
    code = f"{NOBODY}{secrets.token_hex(28)}"
    for table in reversed(personal_tables()):
        _erase_rows(table, subject, code)
    proof = Erasure.objects.get_or_create(
        code=ledger.code_of(held.uuid), defaults={"is_replayed": is_replayed}
    )[0]
    by = None if actor is None or actor.pk == held.user_id else actor
    record(verb="person.erased", target=proof, actor=by, channel=channel)
    transaction.on_commit(partial(_afterwards, files))
    return proof


def _afterwards(files: list[str]) -> None:
    for name in files:
        pictures.forget(name) if name.startswith(f"{pictures.FOLDER}/") else _delete(name)
    ledger.write_down()


def _delete(name: str) -> None:
    default_storage.delete(name)


def _erase_rows(table: Table, subject: Subject, code: str) -> None:
    rows = table.rows_of(subject)
    if special := _SPECIAL.get(table.model.lower()):
        special(rows, subject)
        return
    if table.erase is Erase.ROW:
        _forget_in_log_of(rows)
        rows.delete()
    else:
        values = {name: value() if callable(value) else value for name, value in _blank(table)}
        if table.erase is Erase.CUT:
            values |= dict.fromkeys(_pseudonyms_of(table), code)
        rows.update(**values)


def _blank(table: Table) -> Iterator[tuple[str, Any]]:
    yield from table.blank.items()


def _pseudonyms_of(table: Table) -> Iterator[str]:
    return (name for name, kind in table.kinds.items() if kind is Kind.PSEUDONYMOUS)


# --- The log -------------------------------------------------------------------------------------
def _forget_in_log(rows: QuerySet[AuditEvent], subject: Subject) -> None:
    """Leave that something was done and when; take away to whom, and every detail of it."""
    person = subject.keys["people.person.text"]
    about = Q(person=person) | Q(on_behalf_of=person)
    rows.filter(about).update(person="", on_behalf_of="", target="", detail={})
    if "people.user.text" in subject.keys:
        rows.filter(actor=subject.keys["people.user.text"]).update(actor="")
        AuditEvent.objects.filter(actor=subject.keys["people.user.text"]).update(actor="")


def _forget_in_log_of(rows: QuerySet[Any]) -> None:
    """Take the keys of rows that go out of the log, whoever it says that they belonged to."""
    keys = [str(key) for key in rows.values_list("pk", flat=True)]
    label = rows.model._meta.label_lower
    for start in range(0, len(keys), 500):
        lines = AuditEvent.objects.filter(target_type=label, target__in=keys[start : start + 500])
        lines.update(target="", detail={})


_SPECIAL: Mapping[str, Callable[[QuerySet[Any], Subject], None]] = {
    "people.auditevent": _forget_in_log
}


# --- What is found otherwise ---------------------------------------------------------------------
def _forget_sessions(subject: Subject) -> None:
    """Delete every session of the account, also those in which somebody only began to sign in."""
    if "people.user.text" not in subject.keys:
        return
    theirs = [one.pk for one in Session.objects.iterator() if _is_theirs(one, subject)]
    Session.objects.filter(pk__in=theirs).delete()


def _is_theirs(session: Session, subject: Subject) -> bool:
    inside = session.get_decoded()
    if inside.get("_auth_user_id") == subject.keys["people.user.text"]:
        return True
    return subject.keys["email"] in str(inside).lower()


def _files_of(subject: Subject) -> Iterator[str]:
    """Yield the files of the person: pictures, copies of their data, spreadsheets with them."""
    for table in personal_tables():
        for one in table.model_class._meta.local_fields:
            if isinstance(one, models.FileField):
                names = table.rows_of(subject).values_list(one.name, flat=True)
                yield from (name for name in names if name)
    yield from _spreadsheets_of(subject)


def _spreadsheets_of(subject: Subject) -> Iterator[str]:
    """Let go of uploaded spreadsheets that have been read and hold a row of the person."""
    key = subject.keys["people.person"]
    rows = ImportRow.objects.filter(Q(person=key) | Q(second_person=key) | Q(match=key))
    imports = PoolImport.objects.filter(pk__in=rows.values("pool_import"), rows_done__gt=0)
    yield from [name for name in imports.values_list("file", flat=True) if name]
    imports.update(file="")


@transaction.atomic
def replay_erasures() -> int:
    """Erase again who is in the ledger and came back with a copy of the database.

    Returns:
        How many people were there. Lines of people who are not there are noted as done.
    """
    waiting = ledger.not_replayed()
    found = 0
    for person in Person.everybody.only("pk", "uuid").iterator() if waiting else ():
        if ledger.code_of(person.uuid) in waiting:
            erase_person(person=person, actor=None, is_replayed=True)
            found += 1
    done = set(Erasure.objects.filter(code__in=waiting).values_list("code", flat=True))
    Erasure.objects.bulk_create(
        Erasure(code=code, is_replayed=True) for code in sorted(waiting - done)
    )
    return found


def scrub_erased() -> int:
    """Overwrite what erasing left in the files of the database.

    Returns:
        How many erasures are now done to the end; 0 also where somebody else uses the database
        just now, and the worker tries again.
    """
    waiting = list(Erasure.objects.filter(is_scrubbed=False).values_list("pk", flat=True))
    if not waiting or not scrub():
        return 0
    return Erasure.objects.filter(pk__in=waiting).update(is_scrubbed=True)
