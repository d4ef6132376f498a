"""What would become of each row: who is new, who is the same as whom, what a human must look at."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext as _

from .cells.words import name_key, short
from .facts import Draft, Reader
from .shapes import (
    Columns,
    Facts,
    Known,
    KnownPerson,
    NotASheet,
    RowVerdict,
    Sheet,
    Verdict,
)

AT_ONCE = 500  # rows for which the known are asked in one go


def assess(
    sheet: Sheet,
    columns: Columns,
    known: Known,
    *,
    today: dt.date,
    organisation: Collection[str] = (),
) -> Iterator[RowVerdict]:
    """Return a verdict for each row of ``sheet``, in its order.

    ``organisation`` are the names by which rows say that they are ours; () asks no row.

    Raises:
        NotASheet: no column has the names, or the file turns out to be broken further down.
    """
    if not columns.is_enough:
        raise NotASheet(columns.problems[0].message, "no-name-column")
    reader = Reader(sheet.headings, columns, today, organisation)
    seen = _Seen()
    drafts = map(reader.read, sheet.rows)
    while chunk := list(islice(drafts, AT_ONCE)):
        around = _Around.of(chunk, known)
        for draft in chunk:
            yield _judged(draft, seen, around)


@dataclass(frozen=True)
class _Earlier:
    """A row of the same file that was judged before."""

    number: int
    key: str  # of the name
    reference: str
    verdict: Verdict
    person: int | None


@dataclass
class _Seen:
    """The rows of the file so far, by how they are reached and by name."""

    by_contact: dict[str, list[_Earlier]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, _Earlier] = field(default_factory=dict)

    def with_contact(self, facts: Facts) -> list[_Earlier]:
        found = [one for contact in contacts_of(facts) for one in self.by_contact.get(contact, [])]
        return list({one.number: one for one in found}.values())

    def add(self, facts: Facts, earlier: _Earlier) -> None:
        for contact in contacts_of(facts):
            self.by_contact[contact].append(earlier)
        self.by_name.setdefault(earlier.key, earlier)


@dataclass
class _Around:
    """Who is known already, of those that a few hundred rows may be."""

    by_contact: dict[str, list[KnownPerson]]
    by_row: dict[str, int]

    @classmethod
    def of(cls, drafts: Iterable[Draft], known: Known) -> _Around:
        everybody = [one for draft in drafts for one in (draft.facts, draft.second) if one]
        emails = {one.email for one in everybody if one.email}
        phones = {phone for one in everybody for phone in (one.phone, one.second_phone) if phone}
        by_contact: dict[str, list[KnownPerson]] = defaultdict(list)
        for person in known.people(emails=emails, phones=phones):
            for contact in {*person.emails, *person.phones}:
                by_contact[contact].append(person)
        keys = {draft.row_key for draft in drafts}
        return cls(by_contact, dict(known.rows(keys)))

    def with_contact(self, facts: Facts) -> list[KnownPerson]:
        found = [one for contact in contacts_of(facts) for one in self.by_contact.get(contact, [])]
        return list({one.key: one for one in found}.values())


@dataclass
class _Same:
    """With whom a row is the same: by name and contact, surely; by contact alone, perhaps."""

    row: _Earlier | None = None
    person: int | None = None
    is_sure: bool = False


def contacts_of(facts: Facts) -> set[str]:
    """Return how a person is reached, in the one way to write it."""
    return {one for one in (facts.email, facts.phone, facts.second_phone) if one}


def _judged(draft: Draft, seen: _Seen, around: _Around) -> RowVerdict:
    before = around.by_row.get(draft.row_key)
    same = _Same()
    if before is not None:
        verdict, same.person = Verdict.SAME, before
    else:
        if draft.facts:
            same = _same(draft, draft.facts, seen, around)
        _say_duplicate(draft, same)
        verdict = draft.verdict
        if verdict == Verdict.CREATE and same.is_sure:
            verdict = Verdict.MERGE
    if draft.facts and verdict != Verdict.REFUSE:
        facts = draft.facts
        key = name_key(facts.name)
        seen.add(facts, _Earlier(draft.number, key, facts.reference, verdict, same.person))
    return RowVerdict(
        number=draft.number,
        verdict=verdict,
        facts=draft.facts,
        problems=tuple(draft.found.problems),
        left_out=tuple(draft.left_out),
        second=draft.second,
        same_as_row=same.row.number if same.row else None,
        same_as_person=same.person,
        row_key=draft.row_key,
    )


def _same(draft: Draft, facts: Facts, seen: _Seen, around: _Around) -> _Same:
    """Return with whom a row is the same, and say why."""
    key = name_key(facts.name)
    rows, people = seen.with_contact(facts), around.with_contact(facts)
    same_rows = [one for one in rows if one.key == key]
    same_people = {one.key: one for one in people if name_key(one.name) == key}
    same = _Same(is_sure=bool(same_rows or same_people))
    if same_rows:
        same.row, same.person = same_rows[0], same_rows[0].person
        _say_same_row(draft, same_rows[0])
    if len(same_people) > 1:
        message = _("Several people in the pool have this name and this e-mail or phone.")
        draft.found.doubt("", message, "several-known")
    if same_people:
        same.person = next(iter(same_people))
        message = _("Somebody in the pool has the same name and the same e-mail or phone.")
        draft.found.note("", message, "known")
    if not same.is_sure:
        _say_alike(draft, same, rows, people)
        _say_namesake(draft, facts, same, seen.by_name.get(key))
    return same


def _say_same_row(draft: Draft, earlier: _Earlier) -> None:
    words = {"row": draft.number, "other": earlier.number}
    if earlier.verdict == Verdict.DOUBTFUL:
        message = _("Row %(row)d is the same person as row %(other)d, which is doubtful.")
        draft.found.doubt("", message % words, "same-as-doubtful")
        return
    message = _("Rows %(other)d and %(row)d have the same name and the same e-mail or phone.")
    draft.found.note("", message % words, "same-as-row")


def _say_alike(draft: Draft, same: _Same, rows: list[_Earlier], people: list[KnownPerson]) -> None:
    """Say who may be the same: one way to reach them, two names."""
    if rows:
        same.row = rows[0]
        message = _("Rows %(other)d and %(row)d have the same e-mail or phone, and other names.")
        words = {"row": draft.number, "other": rows[0].number}
        draft.found.doubt("", message % words, "contact-of-other-row")
    if people:
        same.person = people[0].key
        message = _("“%s” in the pool has the same e-mail or phone, and another name.")
        draft.found.doubt("", message % short(people[0].name), "contact-of-other-person")


def _say_namesake(draft: Draft, facts: Facts, same: _Same, namesake: _Earlier | None) -> None:
    """Say that an earlier row has the same name, where nothing tells the two apart."""
    if namesake and not contacts_of(facts):
        same.row = namesake
        message = _("Row %(other)d has the same name. Row %(row)d has nothing to tell them apart.")
        words = {"row": draft.number, "other": namesake.number}
        draft.found.doubt("", message % words, "namesake")


def _say_duplicate(draft: Draft, same: _Same) -> None:
    """Weigh a note that calls the row a duplicate: it is settled where the same was found."""
    said = draft.duplicate_of
    if said is None:
        return
    agrees = same.is_sure and (not said or not same.row or same.row.reference == said)
    if agrees:
        message = _("A note calls this row a duplicate, and it is: the same person was found.")
        draft.found.note("", message, "duplicate")
        return
    message = _("A note calls this row a duplicate. Look whether it is the same person.")
    draft.found.doubt("", message, "duplicate")
