"""What a human makes of a row that is doubtful, and takes back again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coprod.lib.lifecycle import NotAllowed
from people.audit import record
from people.lifecycle import ImportStatus
from people.models import Decision, ImportRow, PoolImport, User, Verdict

TOO_LATE = _("This file is being brought in, or it is done. Nothing can be decided any more.")
NOT_DOUBTFUL = _("There is nothing to decide about this row.")
NO_SUCH = _("Choose one of the buttons beside the row.")
NOBODY_TO_CREATE = _("There is nobody in this row to create: what is said has no name.")
NO_SECOND = _("We found only one person in this row.")
NOBODY_TO_MERGE = _("We know nobody who could be the same.")
NO_OTHER_ROW = _("No other row of this file could be the same.")


def choices_of(row: ImportRow) -> list[Decision]:
    """Return what can be decided about ``row``."""
    if row.verdict != Verdict.DOUBTFUL:
        return []
    can = {
        Decision.MERGE: bool(row.facts and row.match_id),
        Decision.MERGE_ROW: bool(row.facts and row.same_as_row),
        Decision.CREATE: bool(row.facts),
        Decision.CREATE_TWO: bool(row.facts and row.second),
        Decision.LEAVE_OUT: True,
    }
    return [decision for decision, possible in can.items() if possible]


@transaction.atomic
def decide_row(*, row: ImportRow, decision: str, actor: User | None) -> ImportRow:
    """Decide what becomes of a doubtful row; another decision takes the place of the first.

    Raises:
        NotAllowed: it is not doubtful, too late, or not possible for this row.
    """
    fresh = _open_row(row)
    choices = choices_of(fresh)
    if decision not in choices:
        raise NotAllowed(_refusals().get(decision, NO_SUCH) if choices else NOT_DOUBTFUL)
    fresh.decision, fresh.decided_by, fresh.decided_at = decision, actor, timezone.now()
    return _kept(fresh, "import.row_decided", actor)


@transaction.atomic
def undo_decision(*, row: ImportRow, actor: User | None) -> ImportRow:
    """Take back what was decided about a row; where nothing was, nothing changes.

    Raises:
        NotAllowed: it is too late.
    """
    fresh = _open_row(row)
    if not fresh.decision:
        return fresh
    fresh.decision, fresh.decided_by, fresh.decided_at = "", None, None
    return _kept(fresh, "import.decision_taken_back", actor)


def _open_row(row: ImportRow) -> ImportRow:
    parent = PoolImport.objects.select_for_update().get(pk=row.pool_import_id)
    if parent.status != ImportStatus.READY:
        raise NotAllowed(TOO_LATE)
    fresh = ImportRow.objects.get(pk=row.pk)
    fresh.pool_import = parent
    return fresh


def _refusals() -> dict[str, object]:
    return {
        Decision.CREATE: NOBODY_TO_CREATE,
        Decision.CREATE_TWO: NO_SECOND,
        Decision.MERGE: NOBODY_TO_MERGE,
        Decision.MERGE_ROW: NO_OTHER_ROW,
    }


def _kept(row: ImportRow, verb: str, actor: User | None) -> ImportRow:
    row.save(update_fields=["decision", "decided_by", "decided_at"])
    record(
        verb=verb,
        target=row,
        actor=actor,
        organisation=row.pool_import.organisation,
        row=row.number,
        decision=row.decision,
    )
    return row
