"""What reading a spreadsheet of people passes on: plain values, no database.

Rows are numbered as a spreadsheet program shows them: the headings of a plain file are row 1.
No shape here keeps what stood in a cell that is left out (health, money, ethnicity): only the
heading, and what kind of thing it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

MIB = 1024 * 1024


class NotASheet(Exception):  # noqa: N818 -- it is no fault of the program
    """The file cannot be read. As a text it is one sentence, fit for the screen.

    ``code`` is short and fit for a log; ``row`` is the row that it is about, where it is about one.
    """

    def __init__(self, message: str, code: str, row: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.row = row


@dataclass(frozen=True)
class Limits:
    """How much of a stranger’s file is read: bytes, filled rows, members of a zip."""

    size: int = 10 * MIB
    unpacked: int = 100 * MIB
    members: int = 1_000
    rows: int = 20_000
    columns: int = 200
    cell: int = 32_767  # letters: what a spreadsheet program takes
    memory: int = 192 * MIB  # of the program that unpacks a workbook
    processor: int = 60  # seconds of it
    clock: float = 3_600.0  # it waits for whoever takes its rows, a few hundred at a time


class Weight(TextChoices):
    """How much a problem weighs."""

    NOTE = "note", _("Good to know")
    DOUBT = "doubt", _("Somebody has to look")
    REFUSAL = "refusal", _("Cannot be brought in")


@dataclass(frozen=True)
class Problem:
    """What is to be said of a row (0: of the whole file) and a column ("": of the whole row)."""

    row: int
    column: str
    message: str
    code: str
    weight: str = Weight.NOTE


@dataclass(frozen=True)
class Row:
    """One row with something in it: as many cells as there are headings, each as a text.

    Days of a workbook come as 2026-12-31, whole numbers without a point, faults as #REF!.
    """

    number: int
    cells: tuple[str, ...]
    hidden: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass
class Sheet:
    """A file that was opened. ``rows`` can be gone through once; ``close`` it if you stop early.

    ``problems`` are those of the file (other sheets, hidden columns, mixed letters); complete once
    all rows were read. ``rows_expected`` is for a bar of progress: about right, mostly too many.
    """

    headings: tuple[str, ...]
    rows: Iterator[Row]
    problems: list[Problem] = field(default_factory=list)
    rows_expected: int = 0
    kind: str = "csv"  # or xlsx
    heading_row: int = 1
    name: str = ""  # of the sheet within a workbook
    other_names: tuple[str, ...] = ()  # further sheets with something in them

    def close(self) -> None:
        """Stop reading."""
        close = getattr(self.rows, "close", None)
        if close:
            close()


class Field(TextChoices):
    """What a column can be. The first block is brought in, the second never is."""

    NAME = "name", _("Name")
    FIRST_NAME = "first_name", _("First name")
    LAST_NAME = "last_name", _("Last name")
    TITLE = "title", _("Title")
    KNOWN_AS = "known_as", _("Known as")
    EMAIL = "email", _("E-mail address")
    PHONE = "phone", _("Phone number")
    SECOND_PHONE = "second_phone", _("Second phone number")
    ADDRESS = "address", _("Postal address")
    POSTCODE = "postcode", _("Postcode")
    TOWN = "town", _("Town")
    WARD = "ward", _("Ward")
    CONTACT_BY = "contact_by", _("How they want to be reached")
    INTERESTS = "interests", _("What they are interested in")
    EXPERIENCE = "experience", _("What they know about")
    AVAILABILITY = "availability", _("When they have time")
    GROUPS = "groups", _("Groups they are in")
    HEARD_FROM = "heard_from", _("Where they heard of it")
    EMERGENCY_CONTACT = "emergency_contact", _("Whom to ring in an emergency")
    SUPPORTER = "supporter", _("Who supports them")
    ADDED_ON = "added_on", _("When they were added")
    REFERENCE = "reference", _("The reference in the spreadsheet")
    AGE = "age", _("Age or birthday: only to see who is under 18")
    ORGANISATION = "organisation", _("Organisation: only to see that it is yours")
    # Read for its doubts ("left?", "duplicate of 17?"), never brought in.
    NOTES = "notes", _("Notes: read for doubts, not brought in")

    SENSITIVE = "sensitive", _("Not brought in: ask the person")
    CONSENT = "consent", _("Not brought in: an old tick is no consent")
    IGNORED = "ignored", _("Not brought in")


@dataclass(frozen=True)
class Columns:
    """What each column is, in the order of the headings; ``problems`` are those of the headings.

    ``is_enough`` is False where there is no name to be found: then nothing can be assessed.
    """

    fields: tuple[Field, ...]
    problems: tuple[Problem, ...] = ()
    is_enough: bool = True


class Verdict(TextChoices):
    """What would become of a row."""

    CREATE = "create", _("A new person")
    MERGE = "merge", _("The same person as another")
    REFUSE = "refuse", _("Cannot be brought in")
    DOUBTFUL = "doubtful", _("Somebody has to look")
    SAME = "same", _("Already brought in")


@dataclass(frozen=True)
class Facts:
    """What a row says of one person, cleaned. "" and () where it says nothing.

    ``email`` is in small letters, ``phone`` and ``second_phone`` are E.164 (+441214960001) with the
    extension apart; ``contact_by`` is one of people.models.ContactBy, "" where nothing was said;
    ``contact_words`` what was said beside it ("16pt large print"). ``postcode`` is a whole one,
    ``postcode_part`` the beginning of one (DY4). ``town`` and ``ward`` are words, not looked up.
    """

    name: str
    known_as: str = ""
    email: str = ""
    phone: str = ""
    phone_extension: str = ""
    second_phone: str = ""
    address: str = ""
    postcode: str = ""
    postcode_part: str = ""
    town: str = ""
    ward: str = ""
    contact_by: str = ""
    contact_words: str = ""
    interests: tuple[str, ...] = ()
    experience: tuple[str, ...] = ()
    availability: str = ""
    groups: tuple[str, ...] = ()
    heard_from: str = ""
    emergency_contact: str = ""
    supporter: str = ""
    added_on: dt.date | None = None
    reference: str = ""
    is_group: bool = False  # the name is that of a group or an organisation


@dataclass(frozen=True)
class LeftOut:
    """A cell that is not brought in: its heading and what it is about, never what stood in it."""

    column: str
    about: str  # a code: health, ethnicity, sex, benefits, bank, money, dbs, needs, consent, notes
    message: str


@dataclass(frozen=True)
class RowVerdict:
    """What would become of one row, and why.

    ``second`` is the other person of a row with two: a proposal for a human, never brought in by
    itself. ``same_as_row`` or ``same_as_person`` (KnownPerson.key) say with whom it is the same;
    a DOUBTFUL row may carry them too: whom it looks like. ``row_key`` is the same for the same row
    in whatever file and order.
    """

    number: int
    verdict: Verdict
    facts: Facts | None
    problems: tuple[Problem, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    second: Facts | None = None
    same_as_row: int | None = None
    same_as_person: int | None = None
    row_key: str = ""


@dataclass(frozen=True)
class KnownPerson:
    """Somebody in the pool, with whom a row may be the same."""

    key: int
    name: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()  # E.164
    known_as: str = ""


class Known(Protocol):
    """Who is known already. Asked once for every few hundred rows."""

    def people(self, *, emails: Collection[str], phones: Collection[str]) -> Iterable[KnownPerson]:
        """Return those with one of these e-mails (small letters) or phones (E.164)."""

    def rows(self, keys: Collection[str]) -> Mapping[str, int]:
        """Return those of ``keys`` (RowVerdict.row_key) that were brought in: {row_key: person}."""


class Nobody:
    """A pool with nobody in it."""

    def people(self, *, emails: Collection[str], phones: Collection[str]) -> list[KnownPerson]:  # noqa: ARG002 -- the protocol's names
        return []

    def rows(self, keys: Collection[str]) -> dict[str, int]:  # noqa: ARG002 -- the protocol's name
        return {}
