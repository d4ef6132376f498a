"""Groups and labels that an organisation keeps about people. Each person can read theirs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from coprod.lib.lifecycle import NotAllowed
from people.audit import record
from people.models import Cohort, CohortMember, Organisation, Person, PersonTag, Tag, User

_TAKEN = _("There is one of this name already. Choose another name")


@transaction.atomic
def set_labels(
    *,
    person: Person,
    organisation: Organisation,
    actor: User,
    cohorts: Iterable[Cohort] = (),
    tags: Iterable[Tag] = (),
    new_cohort: str = "",
    new_tag: str = "",
) -> None:
    """Put a person into exactly these groups and labels of ``organisation``; others' stay.

    Args:
        new_cohort, new_tag: names to begin; one that is there, however written, is taken.
    """
    changed = _set(
        CohortMember,
        "cohort",
        person,
        organisation,
        _with_new(Cohort, cohorts, organisation, new_cohort),
    )
    changed += _set(
        PersonTag, "tag", person, organisation, _with_new(Tag, tags, organisation, new_tag)
    )
    if changed:
        record(
            verb="person.labels_changed",
            target=person,
            actor=actor,
            organisation=organisation,
            person=person,
        )


@transaction.atomic
def change_label(*, label: Cohort | Tag, actor: User, name: str, is_active: bool) -> None:
    """Give a group or a label another name, or end or begin its use; who has it keeps it.

    Raises:
        NotAllowed: the organisation has another one of this name, however it is written.
    """
    Organisation.objects.select_for_update().get(pk=label.organisation_id)
    others = type(label).objects.filter(organisation=label.organisation_id).exclude(pk=label.pk)
    if others.filter(name__iexact=name).exists():
        raise NotAllowed(_TAKEN)
    label.name, label.is_active = name, is_active
    label.save(update_fields=["name", "is_active"])
    record(
        verb="label.changed",
        target=label,
        actor=actor,
        organisation=label.organisation,
        is_active=is_active,
    )


def _with_new(
    model: type[Cohort | Tag],
    chosen: Iterable[Cohort] | Iterable[Tag],
    organisation: Organisation,
    name: str,
) -> set[int]:
    keys = {one.pk for one in chosen}
    if name:
        there = model.objects.filter(organisation=organisation, name__iexact=name).first()
        if there is None:
            there, _new = model.objects.get_or_create(organisation=organisation, name=name)
        keys.add(there.pk)
    return keys


def _set(
    model: Any,
    field: str,
    person: Person,
    organisation: Organisation,
    wanted: set[int],
) -> int:
    """Make the rows of ``person`` exactly ``wanted``; return how many changed."""
    rows = model.objects.filter(person=person, **{f"{field}__organisation": organisation})
    there = set(rows.values_list(f"{field}_id", flat=True))
    rows.filter(**{f"{field}__in": there - wanted}).delete()
    model.objects.bulk_create(
        [model(person=person, **{f"{field}_id": key}) for key in sorted(wanted - there)],
        ignore_conflicts=True,
    )
    return len(there ^ wanted)
