"""Copies of everything we hold about somebody: made, and forgotten when their link dies."""

from __future__ import annotations

from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from people.audit import record
from people.exporting import as_zip
from people.models import DataExport, Person, User
from people.models.rights import EXPORT_LASTS

FOLDER = "exports"


def make_export(*, person: Person, actor: User | None) -> DataExport:
    """Make a copy of everything, for a week; the one before goes. Return its row."""
    packed = as_zip(person)
    made = DataExport(person=person, expires_at=timezone.now() + EXPORT_LASTS)
    made.file.name = default_storage.save(f"{FOLDER}/{made.key}.zip", ContentFile(packed))
    with transaction.atomic():
        _forget(list(DataExport.objects.filter(person=person)))
        made.save()
        record(verb="person.copied", target=made, actor=actor, person=person)
    return made


def forget_exports() -> int:
    """Delete copies whose link has died, and files that no row knows; return how many."""
    old = list(DataExport.objects.filter(expires_at__lte=timezone.now()))
    with transaction.atomic():
        _forget(old)
    return len(old)


def _forget(exports: list[DataExport]) -> None:
    names = [one.file.name for one in exports if one.file.name]
    DataExport.objects.filter(pk__in=[one.pk for one in exports]).delete()
    transaction.on_commit(partial(_delete, names))


def _delete(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)
