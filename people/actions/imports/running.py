"""What was confirmed is brought in: in short chunks that nobody sees, until one switch shows all.

Each chunk is a transaction of its own, so whoever signs up meanwhile waits for one chunk at most.
A process that is killed leaves whole chunks behind; the next one goes on after the last of them.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from coprod.lib.failpoints import failpoint
from coprod.lib.lifecycle import next_state
from people.audit import record
from people.import_known import Addresses, addresses_of, known_to, one_of
from people.importing import Facts
from people.importing.cells.words import name_key
from people.lifecycle import IMPORT_MOVES
from people.models import Decision, ImportRow, Person, PoolImport, User, Verdict
from people.models.imports import ASKED_AFTER

from .checking import facts_of
from .creating import FILLED_IN, Newcomers, Places, fill_in
from .leases import hold

CHUNK = 100  # rows in one transaction
PAUSE = 0.01  # seconds between two: whoever waits for the database has it then


@transaction.atomic
def confirm_import(*, pool_import: PoolImport, actor: User | None) -> PoolImport:
    """Let the background bring in what the dry run showed, and what was decided since.

    Rows that nobody decided about stay outside: they are listed afterwards, too.

    Raises:
        NotAllowed: it was confirmed already, or stopped.
    """
    fresh = PoolImport.objects.select_for_update().get(pk=pool_import.pk)
    fresh.status = next_state(IMPORT_MOVES, "confirm", fresh.status)
    fresh.confirmed_by, fresh.confirmed_at = actor, timezone.now()
    fresh.rows_total = to_bring_in(fresh).count()
    fresh.rows_done, fresh.lease = 0, ""
    fresh.save()
    record(verb="import.confirmed", target=fresh, actor=actor, organisation=fresh.organisation)
    return fresh


def to_bring_in(pool_import: PoolImport):
    """Return the rows that are still to be brought in, in their order."""
    wanted = Q(verdict__in=(Verdict.CREATE, Verdict.MERGE)) | ~Q(decision="")
    return ImportRow.objects.filter(wanted, pool_import=pool_import, is_done=False)


@dataclass
class Running:
    """One import in hand."""

    pool_import: PoolImport
    places: Places = field(default_factory=Places.read)

    def __post_init__(self) -> None:
        others = Person.everybody.exclude(came_with=self.pool_import)
        self._fresh = Addresses(others, after=self.pool_import.known_up_to)

    def step(self) -> bool:
        """Bring in one more chunk, or turn the switch, or fill in; return whether there is more.

        Raises:
            Lost: somebody stopped it, or took over.
        """
        one = self.pool_import
        with transaction.atomic():
            hold(one)
            rows = list(to_bring_in(one).select_related("match").order_by("number")[:CHUNK])
            if rows:
                self._bring_in(rows)
                hold(one, rows_done=one.rows_done + len(rows))
            elif one.visible_at is None:
                switch_on(one)
            else:
                return _fill_in_some(one)
        failpoint("import.chunk")
        time.sleep(PAUSE)
        return True

    def _bring_in(self, rows: list[ImportRow]) -> None:
        chunk = _Chunk(self.pool_import, rows, self.places)
        self._fresh.refresh()
        known = list(self._fresh.find(**addresses_of(chunk.facts())))
        for row in rows:
            is_new = chunk.makes_somebody(row)
            since = one_of(facts_of(row.facts), known) if is_new else None
            if since is not None:
                chunk.came_since(row, since.key)
            elif is_new and chunk.is_open(row.same_as_row):
                chunk.wait_for_other(row)
            else:
                chunk.bring_in(row)
        chunk.write()


class _Chunk:
    """The rows of one transaction, and who comes of them."""

    def __init__(self, pool_import: PoolImport, rows: list[ImportRow], places: Places) -> None:
        self._import, self._rows = pool_import, rows
        self._new = Newcomers(pool_import, pool_import.confirmed_by, places)
        earlier = {row.same_as_row for row in rows if row.same_as_row}
        earlier -= {row.number for row in rows}
        there = ImportRow.objects.filter(pool_import=pool_import, number__in=earlier)
        found = list(there.select_related("person"))
        self._of_row: dict[int, Person | None] = {row.number: row.person for row in found}
        # Rows of earlier chunks, and then of this one, that are left for somebody to decide about.
        self._open: set[int | None] = {row.number for row in found if not row.is_done}

    def facts(self) -> list[Facts]:
        """Return what the rows say."""
        return [facts_of(row.facts) for row in self._rows if row.facts]

    def makes_somebody(self, row: ImportRow) -> bool:
        """Return whether a new person comes of ``row`` without anybody having decided so."""
        return not row.decision and bool(row.facts) and self._same(row) is None

    def is_open(self, number: int | None) -> bool:
        """Return whether the row of this number waits for somebody to decide about it."""
        return number in self._open

    def bring_in(self, row: ImportRow) -> None:
        """Create, or join to somebody, as it was read or decided."""
        row.is_done = True
        if _is_nobody(row):
            row.is_filled = True
            return
        person = self._same(row)
        facts = facts_of(row.facts)
        if person is None:
            row.person = self._new.add(facts)
            row.is_filled = True
        else:
            self._join(row, person, facts)
        if row.decision == Decision.CREATE_TWO and row.second:
            row.second_person = self._new.add(facts_of(row.second))
        self._of_row[row.number] = row.person

    def _same(self, row: ImportRow) -> Person | None:
        """Return whom the row joins: as it was decided, else the row of the file before the pool.

        Without a decision nobody of another name is joined for a shared phone or e-mail alone.
        """
        other = self._of_row.get(row.same_as_row or 0)
        if row.decision:
            chosen = {Decision.MERGE: row.match, Decision.MERGE_ROW: other}
            return chosen.get(Decision(row.decision))
        if row.verdict != Verdict.MERGE:
            return None
        known = row.match if row.match and _named_alike(row, row.match) else None
        return other or known

    def _join(self, row: ImportRow, person: Person, facts: Facts) -> None:
        """Note what the row adds: to somebody of this file now, to others after the switch."""
        row.person = person
        is_from_file = person.came_with_id == self._import.pk
        # Whoever decided read the name of somebody we know on the button, or of the row: only then.
        may_fill = row.decision == Decision.MERGE or is_from_file or _named_alike(row, person)
        adds = fill_in(person, facts) if may_fill else {}
        if not is_from_file:
            row.before, row.is_filled = adds, not adds
            return
        for name, (_before, after) in adds.items():
            setattr(person, name, after)
        row.is_filled = True
        if adds and person.pk:
            person.save(update_fields=list(adds))

    def came_since(self, row: ImportRow, key: int) -> None:
        """Somebody like this came into the pool after the dry run: join them, or leave it to us."""
        seen = known_to(self._import.organisation).filter(pk=key).first()
        if seen is not None:
            row.is_done = True
            self._join(row, seen, facts_of(row.facts))
            self._of_row[row.number] = seen
            return
        message = _("While this was brought in, a partner added somebody like that. Ask them.")
        self._leave_open(row, message)

    def wait_for_other(self, row: ImportRow) -> None:
        """Leave a row to us, as the row of the same person was: else they came in by this one."""
        message = _("Row %(row)d is the same person as row %(other)d, which is doubtful.")
        self._leave_open(row, message % {"row": row.number, "other": row.same_as_row})

    def _leave_open(self, row: ImportRow, message: str) -> None:
        row.verdict, row.is_done = Verdict.DOUBTFUL, False
        row.problems = [*row.problems, {"column": "", "message": message, "weight": "doubt"}]
        self._open.add(row.number)

    def write(self) -> None:
        """Write people first, then what became of the rows."""
        self._new.write()
        for row in self._rows:  # the keys are known only now
            row.person_id = row.person.pk if row.person else None
            row.second_person_id = row.second_person.pk if row.second_person else None
        fields = ["person", "second_person", "before", "is_done", "is_filled"]
        save_rows(self._rows, *fields, "verdict", "problems")


def _is_nobody(row: ImportRow) -> bool:
    """Return whether nobody comes of ``row``: it is left out, or whoever it was is erased since.

    Erasing empties the rows that are a person. What somebody decided to be one stays as it was.
    """
    was_somebody = row.decision == Decision.MERGE and row.match is None
    return row.decision == Decision.LEAVE_OUT or was_somebody or not row.facts


def _named_alike(row: ImportRow, person: Person) -> bool:
    return name_key(row.facts.get("name", "")) == name_key(person.name)


def save_rows(rows: list[ImportRow], *fields: str) -> None:
    """Write these fields of rows that are there: one short statement, where an UPDATE is long."""
    ImportRow.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=fields
    )


def switch_on(pool_import: PoolImport) -> None:
    """Show everybody who came with this import, at once."""
    now = timezone.now()
    people = Person.everybody.filter(came_with=pool_import).count()
    filled = ImportRow.objects.filter(pool_import=pool_import, is_done=True, is_filled=False)
    result = {"created": people, "filled": filled.count()}
    hold(pool_import, visible_at=now, asking_from=now + ASKED_AFTER, result=result)
    record(
        verb="import.switched_on",
        target=pool_import,
        actor=pool_import.confirmed_by,
        organisation=pool_import.organisation,
        people=people,
    )


def _fill_in_some(pool_import: PoolImport) -> bool:
    """Add to people who were known before what was blank; the last time, all is done."""
    waiting = ImportRow.objects.filter(pool_import=pool_import, is_done=True, is_filled=False)
    rows = list(waiting.order_by("number")[:CHUNK])
    people = Person.objects.select_for_update().in_bulk([row.person_id for row in rows])
    for row in rows:
        person = people.get(row.person_id or 0)
        row.before = fill_blanks(person, row.before) if person else {}
        row.is_filled = True
        if person and row.before:
            note_filled("person.filled_in", pool_import, person, row)
    save_rows(rows, "before", "is_filled")
    if len(rows) == CHUNK:
        return True
    status = next_state(IMPORT_MOVES, "switch_on", pool_import.status)
    hold(pool_import, status=status, lease="")
    return False


def fill_blanks(person: Person, wanted: dict[str, list[str]]) -> dict[str, list[str]]:
    """Write into ``person`` what is still blank; return what was written."""
    still = {
        name: pair
        for name, pair in wanted.items()
        if name in FILLED_IN and not getattr(person, name) and person.user_id is None
    }
    for name, (_before, after) in still.items():
        setattr(person, name, after)
    if still:
        person.save(update_fields=list(still))
    return still


def note_filled(verb: str, pool_import: PoolImport, person: Person, row: ImportRow) -> None:
    """Write down, for the person to read, that a spreadsheet changed something."""
    record(
        verb=verb,
        target=person,
        actor=pool_import.confirmed_by,
        organisation=pool_import.organisation,
        person=person,
        on_behalf_of=person,
        channel="paper",
        changed=sorted(row.before),
    )
