"""What the pages of an import show of its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .actions.imports.deciding import choices_of
from .lifecycle import ImportStatus
from .models import Decision, ImportRow, Person, PoolImport, Verdict

# The filters of a page, in their order; "" is every row.
SHOWN: dict[str, Any] = {
    "open": gettext_lazy("For you to decide"),
    "decided": gettext_lazy("Decided"),
    Verdict.CREATE.value: gettext_lazy("New people"),
    Verdict.MERGE.value: gettext_lazy("People we know"),
    Verdict.SAME.value: gettext_lazy("Brought in before"),
    Verdict.REFUSE.value: gettext_lazy("Refused"),
    "left_out": gettext_lazy("With cells not brought in"),
}
_CONDITIONS = {
    "open": Q(verdict=Verdict.DOUBTFUL, decision=""),
    "decided": ~Q(decision=""),
    "left_out": ~Q(left_out=[]),
}
# Colour and drawing of what becomes of a row.
_LOOKS = {
    Verdict.CREATE: ("open", "person"),
    Verdict.MERGE: ("org", "people"),
    Verdict.SAME: ("", "tick"),
    Verdict.DOUBTFUL: ("soon", "warning"),
    Verdict.REFUSE: ("late", "cross"),
}


@dataclass(frozen=True)
class Counted:
    """One line of the counts, which is a filter, too."""

    show: str
    words: str
    count: int


@dataclass(frozen=True)
class Counts:
    """How many rows there are of each kind, and what would be written."""

    rows: int
    lines: list[Counted]
    people: int  # that would be created
    open: int  # that wait for a decision
    wrong: int  # to put right: refused, or waiting


def rows_shown(pool_import: PoolImport, show: str) -> QuerySet[ImportRow]:
    """Return the rows that a filter shows."""
    rows = ImportRow.objects.filter(pool_import=pool_import)
    condition = _CONDITIONS.get(show, Q(verdict=show) if show else Q())
    return rows.filter(condition).select_related("match", "person", "second_person", "decided_by")


def counts_of(pool_import: PoolImport) -> Counts:
    """Count the rows of each kind, in one question."""
    wanted = {
        f"show_{show}": Count("pk", filter=_CONDITIONS.get(show, Q(verdict=show))) for show in SHOWN
    }
    creates = Q(verdict=Verdict.CREATE) | Q(decision=Decision.CREATE)
    two = Q(decision=Decision.CREATE_TWO)
    found = ImportRow.objects.filter(pool_import=pool_import).aggregate(
        rows=Count("pk"),
        one=Count("pk", filter=creates | two),
        two=Count("pk", filter=two),
        **wanted,
    )
    lines = [Counted(show, str(words), found[f"show_{show}"]) for show, words in SHOWN.items()]
    return Counts(
        rows=found["rows"],
        lines=lines,
        people=found["one"] + found["two"],
        open=found["show_open"],
        wrong=found["show_open"] + found[f"show_{Verdict.REFUSE.value}"],
    )


@dataclass(frozen=True)
class RowOnPage:
    """One row as a page shows it: words only, and what can be decided."""

    row: ImportRow
    name: str
    verdict: str
    kind: str
    icon: str
    what: str  # what happens, or happened, in a sentence
    match: Person | None = None  # whom we know, before it is brought in
    joined: Person | None = None  # whom it was joined to
    created: Person | None = None
    choices: list[tuple[str, str]] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)


def row_for_page(row: ImportRow, pool_import: PoolImport) -> RowOnPage:
    """Return what a page says about ``row``."""
    kind, icon = _LOOKS[Verdict(row.verdict)]
    is_open = pool_import.status == ImportStatus.READY
    brought_in = row.person if pool_import.visible_at else None
    return RowOnPage(
        row=row,
        name=row.facts.get("name", "") or _("No name"),
        verdict=row.get_decision_display() if row.decision else row.get_verdict_display(),
        kind="open" if row.decision else kind,
        icon="tick" if row.decision else icon,
        what=_what(row, is_done=pool_import.visible_at is not None),
        match=None if brought_in else _not_merged(row.match),
        joined=brought_in if _joins(row) else None,
        created=None if _joins(row) else brought_in,
        choices=[(one.value, _button(row, one)) for one in choices_of(row)] if is_open else [],
        facts=list(_said(row.facts)),
    )


_CHOICE = {
    Decision.CREATE: gettext_lazy("Create one person"),
    Decision.CREATE_TWO: gettext_lazy("Create two people"),
    Decision.MERGE: gettext_lazy("It is %(name)s"),
    Decision.MERGE_ROW: gettext_lazy("It is the person of row %(row)s"),
    Decision.LEAVE_OUT: gettext_lazy("Leave it out"),
}


def _button(row: ImportRow, decision: Decision) -> str:
    """Return what a button says: with whom the row would be the same, by name or row."""
    words = {"name": row.match.name if row.match else "", "row": row.same_as_row}
    return str(_CHOICE[decision]) % words


def _not_merged(person: Person | None) -> Person | None:
    return person if person and person.merged_into_id is None else None


def _joins(row: ImportRow) -> bool:
    """Return whether the row adds to somebody, of the pool or of another row."""
    if row.decision:
        return row.decision in {Decision.MERGE, Decision.MERGE_ROW}
    return row.verdict == Verdict.MERGE


_LABELS = {
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Phone"),
    "second_phone": gettext_lazy("Second phone"),
    "address": gettext_lazy("Address"),
    "postcode": gettext_lazy("Postcode"),
    "postcode_part": gettext_lazy("Postcode, a part of it"),
    "town": gettext_lazy("Town"),
    "ward": gettext_lazy("Ward"),
    "interests": gettext_lazy("Interests"),
    "availability": gettext_lazy("Time"),
    "heard_from": gettext_lazy("Heard of it"),
}


def _said(facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, label in _LABELS.items():
        value = facts.get(name)
        if value:
            yield str(label), ", ".join(value) if isinstance(value, list) else str(value)


def _what(row: ImportRow, *, is_done: bool) -> str:
    is_row = row.verdict == Verdict.MERGE or row.decision == Decision.MERGE_ROW
    if is_row and row.same_as_row:
        return _("The same person as row %(number)s.") % {"number": row.same_as_row}
    if row.decision == Decision.CREATE_TWO:
        return _("The other person: %(name)s.") % {"name": row.second.get("name", "")}
    if is_done and row.verdict == Verdict.DOUBTFUL and not row.is_done:
        return _("Nobody decided about this row: it was not brought in.")
    return ""


def rows_to_put_right(pool_import: PoolImport) -> tuple[list[str], Iterator[list[object]]]:
    """Return the headings and the rows of the download: refused, and doubtful without a decision.

    Only columns that can be brought in are in it, and only as far as their cells may be.
    """
    rows = ImportRow.objects.filter(
        Q(verdict=Verdict.REFUSE) | _CONDITIONS["open"], pool_import=pool_import
    ).order_by("number")
    there = {heading for cells in rows.values_list("cells", flat=True) for heading in cells}
    headings = [heading for heading in pool_import.headings if heading in there]
    head = [_("Row"), _("What to put right"), *headings]
    return head, (
        [row.number, _reasons(row), *(row.cells.get(heading, "") for heading in headings)]
        for row in rows.iterator()
    )


def _reasons(row: ImportRow) -> str:
    wrong = [one for one in row.problems if one["weight"] != "note"]
    return " ".join(
        f"{one['column']}: {one['message']}" if one["column"] else one["message"] for one in wrong
    )


def stayed_of(pool_import: PoolImport) -> QuerySet[Person]:
    """Return who came with an import that was undone, and stayed."""
    rows = ImportRow.objects.filter(pool_import=pool_import)
    people = Q(pk__in=rows.values("person")) | Q(pk__in=rows.values("second_person"))
    return Person.objects.filter(people)
