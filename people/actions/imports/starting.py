"""A file arrives, and its columns are matched."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from coprod.lib.lifecycle import next_state
from people.audit import record
from people.import_files import keep
from people.importing import Columns, chosen, suggest
from people.lifecycle import IMPORT_MOVES
from people.models import ColumnMatching, Organisation, PoolImport, User

FILE_NAME = 200  # letters, as the column is wide


def begin_import(
    *,
    organisation: Organisation,
    actor: User | None,
    file_name: str,
    data: bytes,
    headings: Sequence[str],
) -> PoolImport:
    """Keep a file that can be read, with a suggestion for each of its columns.

    Args:
        headings: as ``people.importing.read`` found them in ``data``.

    Raises:
        FileNotKept: the disk is full or broken.
    """
    name = keep(data, file_name)  # before the row: what breaks off leaves a file of nobody
    with transaction.atomic():
        new = PoolImport.objects.create(
            organisation=organisation,
            uploaded_by=actor,
            file_name=file_name[-FILE_NAME:],
            file=name,
            sha256=hashlib.sha256(data).hexdigest(),
            headings=list(headings),
            columns=list(suggested(organisation, headings).fields),
        )
        record(verb="import.uploaded", target=new, actor=actor, organisation=organisation)
    return new


def suggested(organisation: Organisation, headings: Sequence[str]) -> Columns:
    """Return what each column may be: as ``organisation`` matched such headings before, else ours.

    What was said of exactly these headings counts before what was said of others like them.
    """
    remembered: dict[str, str] = {}
    mine = fingerprint(headings)
    matchings = list(organisation.column_matchings.order_by("updated_at"))
    for matching in sorted(matchings, key=lambda one: one.fingerprint == mine):
        remembered |= matching.columns
    return suggest(headings, remembered=remembered)


def fingerprint(headings: Sequence[str]) -> str:
    """Return what stands for these headings in this order."""
    return hashlib.sha256(repr([_plain(one) for one in headings]).encode()).hexdigest()


def _plain(heading: str) -> str:
    return heading.strip().lower()


@transaction.atomic
def match_columns(
    *, pool_import: PoolImport, fields: Sequence[str], actor: User | None
) -> PoolImport:
    """Say what each column is, remember it, and have the rows looked through.

    Args:
        fields: one of ``people.importing.Field`` for each heading, in their order.

    Raises:
        NotAllowed: it is being brought in, or it is done.
        ValueError: there is not one field for each heading.
    """
    fresh = PoolImport.objects.select_for_update().get(pk=pool_import.pk)
    fresh.status = next_state(IMPORT_MOVES, "match", fresh.status)
    # What must not be brought in stays out, whatever is asked for.
    fresh.columns = list(chosen(fresh.headings, fields).fields)
    fresh.problem, fresh.rows_done, fresh.rows_total = "", 0, 0
    fresh.lease, fresh.leased_until = "", None
    fresh.save()
    ColumnMatching.objects.update_or_create(
        organisation=fresh.organisation,
        fingerprint=fingerprint(fresh.headings),
        defaults={
            "columns": {
                _plain(heading): field
                for heading, field in zip(fresh.headings, fresh.columns, strict=True)
            },
            "updated_at": timezone.now(),
        },
    )
    record(verb="import.matched", target=fresh, actor=actor, organisation=fresh.organisation)
    return fresh


def same_file(pool_import: PoolImport) -> PoolImport | None:
    """Return when this very file was brought in before by the same organisation, if it was."""
    others = PoolImport.objects.filter(
        organisation=pool_import.organisation_id,
        sha256=pool_import.sha256,
        visible_at__isnull=False,
    )
    return others.exclude(pk=pool_import.pk).first()
