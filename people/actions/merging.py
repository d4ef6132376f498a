"""Two pages of one person become one, and two again.

What points at a person is found by its relations, so no floor is named here. Whatever cannot move,
because the page that stays has the same already, stays with the page that went: nobody sees it,
nothing is lost, and undoing brings it back. What an upper floor has to say first, it says in a verb
of its own that calls this one (``opportunities.actions.merge_people``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import ManyToOneRel, Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coprod.lib.lifecycle import NotAllowed
from people.audit import record
from people.lifecycle import PoolStatus
from people.models import Consent, Organisation, Person, PersonMerge, Profile, User
from people.models.merges import UNDO_MERGE_WITHIN

from .pool import PROFILE_PARTS, reachable_by

CHOSEN = ("name", "email", "phone", "address", "contact_by", "town", "ward")
NOT_TWO = _("These are not two pages of the pool any more.")
HAS_ACCOUNT = _(
    "The page that would go has an account. Keep that one; where both have one, ask the person "
    "which of them they use, and to close the other."
)
NOT_HERE = _("One of the two has left or died. Find out first which is right.")
NOT_REACHABLE = _("With these choices they cannot be reached in the way that is chosen.")
TOO_LATE = _("This can no longer be undone.")
GONE = frozenset({PoolStatus.LEFT, PoolStatus.DIED})
# They tell of the merging itself.
APART = frozenset({"people.person", "people.personmerge"})


@transaction.atomic
def merge_people(
    *,
    kept: Person,
    gone: Person,
    organisation: Organisation,
    actor: User,
    take: frozenset[str] = frozenset(),
) -> PersonMerge:
    """Make one page of two; return what was done, by which it can be undone.

    Whoever has an account looks after their details themselves: of theirs nothing is changed.

    Args:
        take: which of ``CHOSEN`` are those of ``gone``.

    Raises:
        NotAllowed: they are not two any more, the one that would go has an account, one of them has
            left or died, or nobody could be reached afterwards.
    """
    kept, gone = _locked(kept, gone)
    _refuse(kept, gone)
    before = {name: _plain(kept, name) for name in CHOSEN}
    if kept.user_id is None:
        _choose(kept, gone, take)
    before |= _status_of(kept, gone)
    kept.save()
    moved = [*_move_all(gone, kept), *_agree_all(gone, kept)]
    before |= _fill_profile(kept, gone)
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    changed = {name: value for name, value in before.items() if value != _now(kept, name)}
    merge = PersonMerge.objects.create(
        kept=kept,
        gone=gone,
        organisation=organisation,
        merged_by=actor,
        before=changed,
        after={name: _now(kept, name) for name in changed},
        moved=moved,
    )
    _note("person.merged", merge, actor)
    return merge


def _locked(kept: Person, gone: Person) -> tuple[Person, Person]:
    """Return both rows as they are, locked in the order of their keys."""
    rows = Person.everybody.select_for_update().filter(pk__in=(kept.pk, gone.pk)).order_by("pk")
    found = {row.pk: row for row in rows}
    if len(found) != 2:
        raise NotAllowed(NOT_TWO)
    return found[kept.pk], found[gone.pk]


def _refuse(kept: Person, gone: Person) -> None:
    if kept.merged_into_id is not None or gone.merged_into_id is not None:
        raise NotAllowed(NOT_TWO)
    if gone.user_id is not None:
        raise NotAllowed(HAS_ACCOUNT)
    if kept.status != gone.status and GONE & {kept.status, gone.status}:
        raise NotAllowed(NOT_HERE)


def _choose(kept: Person, gone: Person, take: frozenset[str]) -> None:
    for name in CHOSEN:
        if name in take:
            setattr(kept, name, getattr(gone, name))
    known = {"email": kept.email, "phone": kept.phone, "address": kept.address}
    if not reachable_by(kept.contact_by, **known):
        raise NotAllowed(NOT_REACHABLE)


def _status_of(kept: Person, gone: Person) -> dict[str, Any]:
    """Where only the page that goes was confirmed, the page that stays is, too."""
    names = ("status", "status_since", "welcomed_at", "paused_until")
    if kept.status != PoolStatus.NOT_CONFIRMED or gone.status == PoolStatus.NOT_CONFIRMED:
        return {}
    before = {name: _plain(kept, name) for name in names}
    for name in names:
        setattr(kept, name, getattr(gone, name))
    return before


def _plain(person: Person, name: str) -> Any:
    """Return a value as it is kept: a key for a relation, text for a moment."""
    field: Any = person._meta.get_field(name)
    value = getattr(person, field.attname)
    return value.isoformat() if isinstance(value, dt.date) else value


def _now(person: Person, name: str) -> Any:
    if not name.startswith("profile."):
        return _plain(person, name)
    return getattr(Profile.objects.get(person=person), name.removeprefix("profile."))


def _move_all(gone: Person, kept: Person) -> Iterator[list[Any]]:
    """Move what points at ``gone``, row by row; yield [model, field, key] of what could."""
    for relation in Person._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        if model._meta.label_lower in APART:
            continue
        rows = model._base_manager.filter(**{name: gone})  # noqa: SLF001 -- hidden rows move, too
        for key in list(rows.values_list("pk", flat=True)):
            if _pointed(model, key, name, gone, kept):
                yield [model._meta.label_lower, name, key]


def _agree_all(gone: Person, kept: Person) -> Iterator[list[Any]]:
    """Let what moved rest on the agreement of ``kept`` where that of ``gone`` had to stay.

    Yield [model, field, key, agreement before, agreement now].
    """
    mine = Consent.objects.filter(person=kept, withdrawn_at__isnull=True)
    theirs = Consent.objects.filter(person=gone, withdrawn_at__isnull=True)
    now = {(one.purpose, one.about): one.pk for one in mine}
    for relation in Consent._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel):
            continue
        model, name = relation.related_model, relation.field.name
        of_people = hasattr(model, "person")  # what hangs on a sign-up goes with its sign-up
        for agreed in theirs if of_people else ():
            rows = model._base_manager.filter(person=kept, **{name: agreed})  # noqa: SLF001 -- hidden rows move, too
            to = now[agreed.purpose, agreed.about]  # or theirs had moved as well
            keys = list(rows.values_list("pk", flat=True))
            rows.update(**{name: to})
            yield from ([model._meta.label_lower, name, key, agreed.pk, to] for key in keys)


def _pointed(model: type[Model], key: Any, name: str, here: Any, there: Any) -> bool:
    """Let one row point there instead of here; return whether it did."""
    try:
        with transaction.atomic():
            rows = model._base_manager.filter(**{"pk": key, name: here})  # noqa: SLF001 -- hidden rows, too
            return bool(rows.update(**{name: there}))
    except IntegrityError:  # there is one already
        return False


def _fill_profile(kept: Person, gone: Person) -> dict[str, str]:
    """Write what only the page that goes says into blank parts of one that nobody looks after."""
    mine = Profile.objects.filter(person=kept).first()
    theirs = Profile.objects.filter(person=gone).first()
    if mine is None or theirs is None or kept.user_id is not None:
        return {}
    blank = [part for part in PROFILE_PARTS if not getattr(mine, part) and getattr(theirs, part)]
    for part in blank:
        setattr(mine, part, getattr(theirs, part))
    if blank:
        mine.save()
    return {f"profile.{part}": "" for part in blank}


@transaction.atomic
def undo_merge(*, merge: PersonMerge, actor: User) -> PersonMerge:
    """Make two pages of one again: what moved goes back, what was changed since stays.

    Raises:
        NotAllowed: it was undone, or it is too late.
    """
    fresh = PersonMerge.objects.select_for_update().get(pk=merge.pk)
    if not fresh.can_be_undone(timezone.now()):
        raise NotAllowed(TOO_LATE)
    kept, gone = _locked(fresh.kept, fresh.gone)
    gone.merged_into = None
    gone.save(update_fields=["merged_into"])
    for label, name, key, *agreements in fresh.moved:
        before, now = agreements or (gone.pk, kept.pk)
        _pointed(apps.get_model(label), key, name, now, before)
    for name, value in fresh.before.items():
        if _now(kept, name) == fresh.after[name]:
            _put_back(kept, name, value)
    fresh.undone_at, fresh.moved, fresh.before, fresh.after = timezone.now(), [], {}, {}
    fresh.save()
    _note("person.merge_undone", fresh, actor)
    return fresh


def _put_back(person: Person, name: str, value: Any) -> None:
    rows: Any = Person.everybody.filter(pk=person.pk)
    if name.startswith("profile."):
        name, rows = name.removeprefix("profile."), Profile.objects.filter(person=person)
    rows.update(**{name: value})


def _note(verb: str, merge: PersonMerge, actor: User | None) -> None:
    """Write it into the log of both pages."""
    for person in (merge.kept, merge.gone):
        record(
            verb=verb,
            target=merge,
            actor=actor,
            organisation=merge.organisation,
            person=person,
            on_behalf_of=person,
        )


def forget_old_merges() -> int:
    """Empty the pages that went, once that can no longer be undone; return how many."""
    before = timezone.now() - UNDO_MERGE_WITHIN
    old = PersonMerge.objects.filter(merged_at__lt=before, undone_at__isnull=True)
    merges = list(old.select_related("gone"))
    for merge in merges:
        with transaction.atomic():
            Person.everybody.filter(pk=merge.gone.pk).update(
                email="", phone="", address="", contact_by="phone"
            )
            Profile.objects.filter(person=merge.gone).update(**dict.fromkeys(PROFILE_PARTS, ""))
            merge.delete()
    return len(merges)
