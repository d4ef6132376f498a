"""An import is stopped, undone, and forgotten."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coprod.lib.lifecycle import NotAllowed, next_state
from people import import_files
from people.audit import record
from people.lifecycle import IMPORT_MOVES, ImportStatus
from people.models import AuditEvent, ContactBy, ImportRow, KnownTo, Person, PoolImport, User
from people.models.imports import FILE_KEPT

from .creating import FILLED_IN
from .leases import WORKED_ON, hold
from .running import save_rows

CHUNK = 100  # people in one transaction: what belongs to them goes, too
FORGOTTEN_AT_ONCE = 1_000  # rows
NOT_IN_TIME = _("It is too late to undo this. Change or remove people one by one.")
# Whatever else hangs on somebody who came with an import was added since.
THEIR_OWN = frozenset(
    {
        "people.availability",
        "people.confirmationask",
        "people.importrow",
        "people.notice",
        "people.persontopic",
        "people.profile",
    }
)
# What others did, and what changed nothing about the person.
NOT_THEIR_DOING = (
    "confirmation.asked",
    "needs.opened",
    "notice.passed_on",
    "notice.taken_back",
    "person.imported",
    "person.opened",
    "profile.opened",
)


@transaction.atomic
def cancel_import(*, pool_import: PoolImport, actor: User | None) -> PoolImport:
    """Stop an import before anybody sees it; what it wrote is taken away again.

    Raises:
        NotAllowed: the switch is on: then it can be undone.
    """
    fresh = PoolImport.objects.select_for_update().get(pk=pool_import.pk)
    if fresh.visible_at is not None:
        raise NotAllowed(IMPORT_MOVES["cancel"].refusal)
    fresh.status = next_state(IMPORT_MOVES, "cancel", fresh.status)
    fresh.lease, fresh.rows_done = "", 0
    fresh.rows_total = Person.everybody.filter(came_with=fresh).count()
    fresh.save()
    record(verb="import.cancelled", target=fresh, actor=actor, organisation=fresh.organisation)
    return fresh


@transaction.atomic
def undo_import(*, pool_import: PoolImport, actor: User | None) -> PoolImport:
    """Turn the switch off: who came with it is gone at once, but for ``staying``.

    Raises:
        NotAllowed: it never ran, it was undone, or it is too late.
    """
    fresh = PoolImport.objects.select_for_update().get(pk=pool_import.pk)
    status = next_state(IMPORT_MOVES, "undo", fresh.status)
    if not can_be_undone(fresh):
        raise NotAllowed(NOT_IN_TIME)
    stay = staying(fresh)
    Person.everybody.filter(pk__in=stay).update(came_with=None)
    fresh.status, fresh.visible_at, fresh.asking_from = status, None, None
    fresh.lease, fresh.rows_done = "", 0
    fresh.rows_total = Person.everybody.filter(came_with=fresh).count()
    fresh.result = fresh.result | {"stayed": len(stay), "removed": fresh.rows_total}
    fresh.save()
    record(
        verb="import.undone",
        target=fresh,
        actor=actor,
        organisation=fresh.organisation,
        people=fresh.rows_total,
        stayed=len(stay),
    )
    return fresh


def can_be_undone(pool_import: PoolImport) -> bool:
    """Return whether it is brought in, and not for too long."""
    until = pool_import.undo_until
    return pool_import.status == ImportStatus.DONE and until is not None and timezone.now() < until


def staying(pool_import: PoolImport) -> set[int]:
    """Return the keys of those who came with it, and have since confirmed, come forward, changed.

    Whatever an upper floor hangs on a person counts: it is found by its relation.
    """
    people = Person.everybody.filter(came_with=pool_import)
    stay = set(people.filter(user__isnull=False).values_list("pk", flat=True))
    stay |= set(people.filter(merged_here__isnull=False).values_list("pk", flat=True))
    stay |= set(
        people.exclude(confirmation=None)
        .exclude(confirmation__answer="")
        .values_list("pk", flat=True)
    )
    for relation in Person._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        if model._meta.label_lower in THEIR_OWN or model is Person:
            continue
        rows = _since(model).filter(**{f"{name}__came_with": pool_import})
        stay |= set(rows.values_list(relation.field.attname, flat=True))
    return stay | _with_events(pool_import, set(people.values_list("pk", flat=True)))


def _since(model: type[Model]) -> QuerySet[Any]:
    """Return the rows of ``model`` but those that an import itself writes."""
    rows = model._base_manager.all()  # noqa: SLF001 -- no row may hide from this
    if model is KnownTo:
        rows = rows.exclude(reason=KnownTo.Reason.IN_THEIR_LIST)
    return rows


def _with_events(pool_import: PoolImport, people: set[int]) -> set[int]:
    since = AuditEvent.objects.filter(at__gte=pool_import.visible_at).exclude(person="")
    keys = since.exclude(verb__in=NOT_THEIR_DOING).order_by().values_list("person", flat=True)
    return people.intersection(int(key) for key in keys.distinct() if key.isdigit())


def step_back(pool_import: PoolImport) -> bool:
    """Take away one more chunk of what an import wrote; return whether there is more.

    Raises:
        Lost: another process took over.
    """
    with transaction.atomic():
        hold(pool_import)
        if _empty_some(pool_import):
            return True
        people = Person.everybody.filter(came_with=pool_import).order_by("pk")
        keys = list(people.values_list("pk", flat=True)[:CHUNK])
        if keys:
            Person.everybody.filter(pk__in=keys).delete()
            hold(pool_import, rows_done=pool_import.rows_done + len(keys))
            return True
        verb = "undone" if pool_import.status == ImportStatus.UNDOING else "stopped"
        status = next_state(IMPORT_MOVES, verb, pool_import.status)
        hold(pool_import, status=status, ended_at=timezone.now(), lease="")
    return False


def _empty_some(pool_import: PoolImport) -> bool:
    """Make blank again what rows filled in, where nobody changed it since."""
    filled = ImportRow.objects.filter(pool_import=pool_import, is_done=True).exclude(before={})
    rows = list(filled.order_by("number")[:CHUNK])
    people = Person.objects.select_for_update().in_bulk([row.person_id for row in rows])
    for row in rows:
        person = people.get(row.person_id or 0)
        if person is not None and row.is_filled:
            _empty(person, row, pool_import)
        row.before = {}
    save_rows(rows, "before")
    return bool(rows)


def _empty(person: Person, row: ImportRow, pool_import: PoolImport) -> None:
    names = [
        name
        for name, (_before, after) in row.before.items()
        if name in FILLED_IN and getattr(person, name) == after and name != _needed(person)
    ]
    for name in names:
        setattr(person, name, "")
    if names:
        person.save(update_fields=names)
        record(
            verb="person.filling_undone",
            target=person,
            actor=None,
            organisation=pool_import.organisation,
            person=person,
            changed=names,
        )


def _needed(person: Person) -> str:
    """Return the name of what ``person`` is reached by."""
    return {ContactBy.EMAIL: "email", ContactBy.LETTER: "address"}.get(
        ContactBy(person.contact_by), "phone"
    )


def forget_old_imports() -> int:
    """Empty the rows, and delete the files, of imports that are a month old; return how many."""
    old = PoolImport.objects.filter(
        uploaded_at__lt=timezone.now() - FILE_KEPT, forgotten_at__isnull=True
    ).exclude(status__in=WORKED_ON)
    forgotten = sum(forget_import(pool_import) for pool_import in old)
    import_files.sweep()
    return forgotten


def forget_import(pool_import: PoolImport) -> bool:
    """Empty what the rows say, some at a time, and then let go of the file; return whether so.

    What is left: numbers, verdicts, and a code of each row by which it is known again. Where
    somebody has just set it to work, all of it stays until that is done.
    """
    if not _is_at_rest(pool_import):
        return False
    rows = ImportRow.objects.filter(pool_import=pool_import)
    last = rows.order_by("-number").values_list("number", flat=True).first() or 0
    for begin in range(0, last + 1, FORGOTTEN_AT_ONCE):
        rows.filter(number__range=(begin, begin + FORGOTTEN_AT_ONCE - 1)).update(
            facts={}, second={}, cells={}, problems=[], left_out=[], before={}
        )
    with transaction.atomic():
        fresh = PoolImport.objects.select_for_update().get(pk=pool_import.pk)
        file, fresh.file, fresh.forgotten_at = fresh.file, "", timezone.now()
        fresh.remarks, fresh.problem = [], ""
        fresh.save()
        record(verb="import.forgotten", target=fresh, actor=None, organisation=fresh.organisation)
        transaction.on_commit(lambda: import_files.forget(file))
    return True


@transaction.atomic
def _is_at_rest(pool_import: PoolImport) -> bool:
    """Return whether nothing works on it; what only waited for a human is stopped for good."""
    fresh = PoolImport.objects.select_for_update().get(pk=pool_import.pk)
    if fresh.status in {ImportStatus.MATCHING, ImportStatus.READY}:
        fresh.status, fresh.ended_at = ImportStatus.CANCELLED, timezone.now()
        fresh.save(update_fields=["status", "ended_at"])
    return fresh.status not in WORKED_ON
