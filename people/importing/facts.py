"""One row read: what it says of a person, what is doubtful about it, and what is left out."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from .cells.ages import read_age
from .cells.contact import EMAIL, LETTER, PHONE, TEXT, Contact, read_contact
from .cells.days import read_day
from .cells.emails import read_emails
from .cells.names import Name, read_name
from .cells.phones import Number, read_phones
from .cells.words import FAULTS, Found, is_nothing, name_key, one_line, parts_of, short
from .doubts import duplicate_in, look_for_doubts, look_for_group, says_group
from .headings import BARRED, about_of
from .sensitive import about_of_words, abouts_of_notes, message_of
from .shapes import Columns, Facts, Field, LeftOut, Problem, Row, Verdict, Weight

_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})")
_POSTCODE_PART = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?(?: ?\d)?")
_LIMITS = {Field.ADDRESS: 300, Field.AVAILABILITY: 300}
_LIMIT = 200  # letters of everything else that is words
_NARROW = {Field.AVAILABILITY, Field.KNOWN_AS, Field.CONTACT_BY}
_WORDS = {  # cells of these are looked through for private things before they are used
    *_NARROW,
    Field.ADDRESS,
    Field.TOWN,
    Field.WARD,
    Field.INTERESTS,
    Field.EXPERIENCE,
    Field.GROUPS,
    Field.HEARD_FROM,
    Field.EMERGENCY_CONTACT,
    Field.SUPPORTER,
    Field.REFERENCE,
}

Cell = tuple[str, str]  # heading and text


@dataclass
class Draft:
    """A row that was read, before it is known who is the same as whom."""

    number: int
    found: Found
    left_out: list[LeftOut] = field(default_factory=list)
    facts: Facts | None = None
    second: Facts | None = None
    duplicate_of: str | None = None  # a reference; "": a note says of nobody in particular
    row_key: str = ""

    @property
    def verdict(self) -> Verdict:
        """What the row alone is worth."""
        if self.found.weighs(Weight.REFUSAL):
            return Verdict.REFUSE
        return Verdict.DOUBTFUL if self.found.weighs(Weight.DOUBT) else Verdict.CREATE


class Reader:
    """Reads the rows of one sheet."""

    def __init__(
        self,
        headings: Sequence[str],
        columns: Columns,
        today: dt.date,
        organisation: Collection[str] = (),
    ) -> None:
        self.today = today
        self.own = {name_key(name) for name in organisation}
        self.columns = list(zip(headings, columns.fields, strict=True))
        self.places = {heading: place for place, heading in reversed([*enumerate(headings)])}

    def read(self, row: Row) -> Draft:
        """Return what ``row`` says."""
        draft = Draft(row.number, Found(row.number, list(row.problems)))
        if row.hidden:
            draft.found.note("", _("This row is hidden in the file."), "hidden-row")
        cells = self._sorted(row, draft)
        self._check_organisation(cells, draft.found)
        name = _name_of(cells, draft.found)
        group = _said_to_be_a_group(row, self.columns, draft.found)
        draft.facts, draft.second = self._facts(cells, name, draft)
        draft.facts = replace(draft.facts, is_group=name.is_group or group)
        draft.row_key = row_key(draft.facts, draft.second)
        if not draft.facts.name:
            draft.facts = draft.second = None
            draft.row_key = _key("cells", *row.cells)
        draft.found.problems = self._in_order(_once(draft.found.problems))
        return draft

    def _in_order(self, problems: list[Problem]) -> list[Problem]:
        """Return the problems as their columns stand; those of the whole row last."""
        last = len(self.places)
        return sorted(problems, key=lambda one: self.places.get(one.column, last))

    def _sorted(self, row: Row, draft: Draft) -> dict[Field, list[Cell]]:
        """Return the cells by what they are; take out those that must not be brought in."""
        cells: dict[Field, list[Cell]] = {}
        for (heading, kind), raw in zip(self.columns, row.cells, strict=False):
            text = raw.strip()
            if not text:
                continue
            if kind in BARRED or kind == Field.NOTES:
                _leave_out(heading, kind, text, draft)
            elif _is_fault(text, heading, draft.found) or _is_private(heading, kind, text, draft):
                continue
            else:
                cells.setdefault(kind, []).append((heading, text))
        return cells

    def _check_organisation(self, cells: dict[Field, list[Cell]], found: Found) -> None:
        for heading, text in cells.get(Field.ORGANISATION, []):
            if self.own and name_key(text) not in self.own and not is_nothing(text):
                message = _("This row belongs to “%s”, not to your organisation.")
                found.refuse(heading, message % short(text), "other-organisation")

    def _facts(
        self, cells: dict[Field, list[Cell]], name: Name, draft: Draft
    ) -> tuple[Facts, Facts | None]:
        found = draft.found
        for heading, text in cells.get(Field.AGE, []):
            read_age(text, heading, found, self.today)
            draft.left_out.append(LeftOut(heading, "age", message_of("age")))
        emails = _emails_of(cells, bool(name.second), found)
        numbers = _numbers_of(cells, found)
        postcode, part = _postcode_of(cells, found)
        contact = _contact_of(cells, found)
        facts = Facts(
            name=name.name,
            known_as=_words(cells, Field.KNOWN_AS, found) or name.nickname,
            email=emails[0] if emails else "",
            phone=numbers[0].number if numbers else "",
            phone_extension=numbers[0].extension if numbers else "",
            second_phone=numbers[1].number if len(numbers) > 1 else "",
            address=_words(cells, Field.ADDRESS, found, between="\n"),
            postcode=postcode,
            postcode_part=part,
            town=_place_of(cells, Field.TOWN, found),
            ward=_place_of(cells, Field.WARD, found),
            contact_words=contact.words,
            interests=_list(cells, Field.INTERESTS),
            experience=_list(cells, Field.EXPERIENCE),
            availability=_words(cells, Field.AVAILABILITY, found),
            groups=_list(cells, Field.GROUPS),
            heard_from=_words(cells, Field.HEARD_FROM, found),
            emergency_contact=_third(cells, Field.EMERGENCY_CONTACT, found),
            supporter=_third(cells, Field.SUPPORTER, found),
            added_on=self._added_on(cells, found),
            reference=_words(cells, Field.REFERENCE, found),
        )
        facts = replace(facts, contact_by=_way(facts, contact, _heading_of(cells), found))
        return facts, _second_of(name, emails)

    def _added_on(self, cells: dict[Field, list[Cell]], found: Found) -> dt.date | None:
        for heading, text in cells.get(Field.ADDED_ON, []):
            if is_nothing(text):
                continue
            read = read_day(text, self.today)
            if read.is_impossible:
                found.doubt(heading, read.message, read.code)
            elif read.code:
                found.note(heading, read.message, read.code)
            if read.day and read.day > self.today:
                found.note(heading, _("“%s” is in the future.") % short(text), "future")
            return read.day
        return None


def row_key(*people: Facts | None) -> str:
    """Return what is the same for the same row in whatever file, order and writing."""
    return _key(*(repr(one) for one in people if one))


def _key(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _once(problems: list[Problem]) -> list[Problem]:
    """Return the problems, each said once for its code and column; "young" once for the row."""
    said = {
        (one.code, "" if one.code == "young" else one.column): one for one in reversed(problems)
    }
    return list(said.values())[::-1]


# --- Leaving out --------------------------------------------------------------------------------
def _leave_out(heading: str, kind: Field, text: str, draft: Draft) -> None:
    if kind in {Field.NOTES, Field.IGNORED}:
        look_for_doubts(text, heading, draft.found)
        said = duplicate_in(text)
        draft.duplicate_of = draft.duplicate_of if said is None else said
    if is_nothing(text) or text in FAULTS:
        return
    draft.left_out += [
        LeftOut(heading, one, message_of(one)) for one in _abouts(heading, kind, text)
    ]


def _abouts(heading: str, kind: Field, text: str) -> list[str]:
    """Return what a cell that is not brought in is about."""
    if kind == Field.CONSENT:
        return ["consent"]
    if kind == Field.NOTES:
        return ["notes", *abouts_of_notes(text)]
    told = about_of_words(text, narrow=False)
    if kind == Field.SENSITIVE:
        return [about_of(heading) or told or "sensitive"]
    return [told] if told else []


def _is_fault(text: str, heading: str, found: Found) -> bool:
    """Return whether the cell is a broken formula, and say so."""
    upper = text.upper()
    if upper == "#N/A":
        found.note(heading, _("The cell says #N/A. It was read as empty."), "fault")
        return True
    if upper not in FAULTS:
        return False
    found.doubt(heading, _("The cell says %s: its formula is broken.") % upper, "fault")
    return True


def _is_private(heading: str, kind: Field, text: str, draft: Draft) -> bool:
    """Return whether a cell that would be brought in tells something private; leave it out then."""
    about = about_of_words(text, narrow=kind in _NARROW) if kind in _WORDS else ""
    if not about:
        return False
    draft.left_out.append(LeftOut(heading, about, message_of(about)))
    if kind == Field.CONTACT_BY:  # how to reach them stays, without the reason
        return False
    draft.found.note(heading, message_of(about), "private")
    return True


def _said_to_be_a_group(row: Row, columns: list[tuple[str, Field]], found: Found) -> bool:
    said = [
        look_for_group(text, heading, found)
        for (heading, _kind), text in zip(columns, row.cells, strict=False)
        if text
    ]
    return any(said)


# --- Each field ---------------------------------------------------------------------------------
def _heading_of(cells: dict[Field, list[Cell]]) -> str:
    return cells.get(Field.CONTACT_BY, [("", "")])[0][0]


def _name_of(cells: dict[Field, list[Cell]], found: Found) -> Name:
    whole = cells.get(Field.NAME, [])
    parts = cells.get(Field.FIRST_NAME, []) + cells.get(Field.LAST_NAME, [])
    used = whole or [cell for cell in parts if not is_nothing(cell[1])]
    heading = used[0][0] if used else ""
    text = " ".join(one.rstrip(",") if not whole else one for _heading, one in used)
    for column, one in used:
        look_for_doubts(one, column, found)
    return read_name(text, heading, found)


def _emails_of(cells: dict[Field, list[Cell]], two_people: bool, found: Found) -> list[str]:
    emails: list[str] = []
    for heading, text in cells.get(Field.EMAIL, []):
        emails += read_emails(text, heading, found) if not is_nothing(text) else []
        if len(emails) > 1 and not two_people:
            message = _("There are %d e-mail addresses. Whose are they?")
            found.doubt(heading, message % len(emails), "several-emails")
    return emails


def _numbers_of(cells: dict[Field, list[Cell]], found: Found) -> list[Number]:
    numbers: dict[str, Number] = {}
    for kind in (Field.PHONE, Field.SECOND_PHONE):
        for heading, text in cells.get(kind, []):
            if not is_nothing(text):
                for one in read_phones(text, heading, found):
                    numbers.setdefault(one.number, one)
    if len(numbers) > 2:
        message = _("There are %d phone numbers. Two are kept.")
        found.note("", message % len(numbers), "several-phones")
    return list(numbers.values())


def _postcode_of(cells: dict[Field, list[Cell]], found: Found) -> tuple[str, str]:
    for heading, text in cells.get(Field.POSTCODE, []):
        code = one_line(text).upper()
        whole = _POSTCODE.fullmatch(code)
        if whole:
            return f"{whole[1]} {whole[2]}", ""
        if _POSTCODE_PART.fullmatch(code):
            message = _("“%s” is only the beginning of a postcode.")
            found.note(heading, message % short(text), "part-of-postcode")
            return "", code
        if not is_nothing(text):
            found.note(heading, _("“%s” is not a postcode.") % short(text), "not-a-postcode")
    return "", ""


def _place_of(cells: dict[Field, list[Cell]], kind: Field, found: Found) -> str:
    for heading, text in cells.get(kind, []):
        if "?" in text or "/" in text:
            message = _("“%s” is not one place. It was left out.")
            found.note(heading, message % short(text), "not-a-place")
        elif not is_nothing(text):
            return short(text, _LIMIT)
    return ""


def _words(
    cells: dict[Field, list[Cell]], kind: Field, found: Found, *, between: str = "; "
) -> str:
    said = [cell for cell in cells.get(kind, []) if not is_nothing(cell[1])]
    tidy = [text if between == "\n" else one_line(text) for _heading, text in said]
    text = between.join(tidy)
    most = _LIMITS.get(kind, _LIMIT)
    if len(text) > most:
        found.doubt(said[0][0], _("This is longer than %d letters.") % most, "too-long")
        text = text[:most].rstrip()
    return text


def _list(cells: dict[Field, list[Cell]], kind: Field) -> tuple[str, ...]:
    texts = [text for _heading, text in cells.get(kind, []) if not says_group(text)]
    parts = [short(part, _LIMIT) for text in texts for part in parts_of(text)]
    return tuple(dict.fromkeys(parts))


def _third(cells: dict[Field, list[Cell]], kind: Field, found: Found) -> str:
    """Return what is said of somebody else, who has not been asked."""
    text = _words(cells, kind, found)
    if text:
        message = _("These are somebody else’s details: ask before you use them.")
        found.note(cells[kind][0][0], message, "somebody-else")
    return text


def _contact_of(cells: dict[Field, list[Cell]], found: Found) -> Contact:
    for heading, text in cells.get(Field.CONTACT_BY, []):
        contact = read_contact(text, heading, found)
        if about_of_words(text, narrow=True):
            return Contact(contact.by)
        return Contact(contact.by, short(contact.words, _LIMIT))
    return Contact()


def _way(facts: Facts, contact: Contact, heading: str, found: Found) -> str:
    """Return how to reach them: as they said where that is possible, else the way there is."""
    possible = {
        EMAIL: bool(facts.email),
        PHONE: bool(facts.phone),
        TEXT: bool(facts.phone),
        LETTER: bool(facts.address),
    }
    if not any(possible.values()):
        message = _("There is no e-mail address, phone number or postal address to reach them.")
        found.doubt("", message, "no-way")
        return ""
    if contact.by and not possible[contact.by]:
        message = _("They want to be reached by %s, and there is nothing to do it with.")
        words = {EMAIL: _("e-mail"), PHONE: _("phone"), TEXT: _("text"), LETTER: _("letter")}
        found.doubt(heading, message % words[contact.by], "way-missing")
        return ""
    if contact.words and not contact.by:
        return ""
    return contact.by or next(way for way, works in possible.items() if works)


def _second_of(name: Name, emails: list[str]) -> Facts | None:
    if not name.second:
        return None
    return Facts(name=name.second, email=emails[1] if len(emails) > 1 else "")
