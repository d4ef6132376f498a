"""Which column is what: by its heading, in the words that councils use.

Headings of what must not be brought in (ethnicity, health, money …) are recognised first, and stay
what they are whatever a human or an older file says.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from django.utils.translation import gettext as _

from .shapes import Columns, Field, Problem, Weight
from .vocabulary import vocabulary

_WORDS = vocabulary("spreadsheet_headings")
# What a heading says that its cells must not be brought in. The keys are LeftOut.about.
_SENSITIVE = {about: re.compile("|".join(words)) for about, words in _WORDS["private"].items()}
_KNOWN = {name: Field(field) for field, names in _WORDS["known"].items() for name in names}
_CONSENT = re.compile(
    r"consent|gdpr|photo|privacy|permission|opt(ed)? ?(in|out)|mailing list|agreed to"
    r"|data protection"
)
# Never a field of ours, whatever stands in it.
_NEVER = re.compile(
    r"^(id|pk|uuid|guid|row id|is .*|.* id|.* uuid|role|roles|password.*|permissions?|user|username"
    r"|staff|superuser|active|status)$"
)
# For headings that say more: "E-mail (home)", "Your full name *".
_WITHIN: tuple[tuple[Field, str], ...] = (
    (Field.EMAIL, r"\be ?mail"),
    (Field.EMERGENCY_CONTACT, r"emergency|next of kin"),
    (
        Field.CONTACT_BY,
        r"(best|prefer\w*) .*contact|contact .*prefer|how .*(contact you|reach)",
    ),
    (Field.SECOND_PHONE, r"(second|other|alt\w*) (tel|mob|phone|number)|(tel|mob|phone)\w* ?2$"),
    (Field.PHONE, r"\b(tele)?phone|\bmobile|\btel\b"),
    (Field.POSTCODE, r"post ?code"),
    (Field.FIRST_NAME, r"\b(first|fore|given) ?names?\b"),
    (Field.LAST_NAME, r"\b(last|family) ?name\b|\bsurname\b"),
    (Field.KNOWN_AS, r"known as|likes? to be called|preferred name"),
    (Field.NAME, r"^(your |full |the )*names?\b"),
    (Field.AGE, r"\bdob\b|date of birth|\bage\b"),
    (Field.ADDRESS, r"\baddress"),
    (Field.INTERESTS, r"\binterest"),
    (Field.AVAILABILITY, r"\bavailab|when (are|can) you"),
    (Field.HEARD_FROM, r"\bhear(d)? (about|of|from)|how .*\bheard?\b"),
    (Field.EXPERIENCE, r"\bexperience"),
    (Field.ADDED_ON, r"\bdate (added|joined|registered)"),
    (Field.GROUPS, r"\bgroups?\b"),
    (Field.NOTES, r"\bnotes?\b|\bcomments?\b"),
)
_AGAIN = {  # several columns may be this; their cells are read together
    Field.ADDRESS,
    Field.INTERESTS,
    Field.EXPERIENCE,
    Field.GROUPS,
    Field.AVAILABILITY,
    Field.EMERGENCY_CONTACT,
    Field.NOTES,
    Field.SENSITIVE,
    Field.CONSENT,
    Field.IGNORED,
}
NAMES = {Field.NAME, Field.FIRST_NAME, Field.LAST_NAME}
BARRED = {Field.SENSITIVE, Field.CONSENT, Field.IGNORED}


def plain(heading: str) -> str:
    """Return the words of a heading: small letters, one space between them."""
    return re.sub(r"[^\w£]+|_", " ", heading.casefold()).strip()


@lru_cache(maxsize=1_000)
def about_of(heading: str) -> str:
    """Return what a heading is about that must not be brought in; "" for all others."""
    words = plain(heading)
    if words in _KNOWN:
        return ""
    return next((about for about, pattern in _SENSITIVE.items() if pattern.search(words)), "")


def _field_of(heading: str) -> Field:
    words = plain(heading)
    if _NEVER.match(words):
        return Field.IGNORED
    if words in _KNOWN:
        return _KNOWN[words]
    if _CONSENT.search(words):
        return Field.CONSENT
    if about_of(heading):
        return Field.SENSITIVE
    found = (field for field, pattern in _WITHIN if re.search(pattern, words))
    return next(found, Field.IGNORED)


def count_known(cells: Sequence[str]) -> int:
    """Return in how many of ``cells`` a heading is recognised: to find the row of headings."""
    return sum(
        len(cell) <= 80 and (plain(cell) in _KNOWN or _field_of(cell) != Field.IGNORED)
        for cell in cells
        if cell.strip()
    )


def suggest(headings: Sequence[str], *, remembered: Mapping[str, str] | None = None) -> Columns:
    """Return what each column seems to be.

    ``remembered`` is what was chosen the last time, {heading: Field}; it wins, except over what
    must not be brought in.
    """
    last = {plain(heading): field for heading, field in (remembered or {}).items()}
    fields = [_remembered(heading, last) for heading in headings]
    problems = _said_of(headings, fields)
    _one_each(headings, fields, problems)
    return _finished(fields, problems)


def chosen(headings: Sequence[str], fields: Sequence[str]) -> Columns:
    """Return the columns as a human chose them: one field for each heading, in order.

    Raises:
        ValueError: there are more or fewer fields than headings, or one of them is none.
    """
    if len(fields) != len(headings):
        raise ValueError(f"{len(headings)} headings, {len(fields)} fields")
    wanted = [Field(one) for one in fields]
    taken = [_allowed(heading, field) for heading, field in zip(headings, wanted, strict=True)]
    problems = _said_of(headings, taken)
    _one_each(headings, taken, problems)
    return _finished(taken, problems)


def _remembered(heading: str, remembered: Mapping[str, str]) -> Field:
    last = remembered.get(plain(heading))
    if last in Field.values:
        return _allowed(heading, Field(last))
    return _field_of(heading)


def _allowed(heading: str, field: Field) -> Field:
    """Return ``field``, unless the heading says that it must not be brought in."""
    own = _field_of(heading)
    never = own in {Field.SENSITIVE, Field.CONSENT} or _NEVER.match(plain(heading))
    return own if never and field not in BARRED else field


def _finished(fields: list[Field], problems: list[Problem]) -> Columns:
    enough = bool(NAMES & set(fields))
    if not enough:
        problems.insert(
            0,
            Problem(
                row=0,
                column="",
                message=_(
                    "No column has the names. Choose which column is the name, or give it the "
                    "heading “Name”."
                ),
                code="no-name-column",
                weight=Weight.REFUSAL,
            ),
        )
    return Columns(tuple(fields), tuple(problems), is_enough=enough)


def _said_of(headings: Sequence[str], fields: Sequence[Field]) -> list[Problem]:
    messages = {
        Field.IGNORED: (_("The column “%s” is not brought in."), "ignored"),
        Field.SENSITIVE: (_("The column “%s” is not brought in: ask the person."), "sensitive"),
        Field.CONSENT: (
            _("The column “%s” is not brought in: an old tick is no consent. Ask again."),
            "consent",
        ),
    }
    return [
        Problem(0, heading, messages[field][0] % heading, messages[field][1])
        for heading, field in zip(headings, fields, strict=True)
        if field in messages and heading.strip()
    ]


def _one_each(headings: Sequence[str], fields: list[Field], problems: list[Problem]) -> None:
    """Let each field have one column, where it can have only one; name those that come again."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, heading in enumerate(headings):
        if heading.strip():
            places[plain(heading)].append(place)
    problems += [_twice(headings, same) for same in places.values() if len(same) > 1]
    taken: set[Field] = set()
    for place, field in enumerate(fields):
        if field not in taken or field in _AGAIN:
            taken.add(field)
            continue
        spare = Field.SECOND_PHONE
        if field == Field.PHONE and spare not in {*taken, *fields}:
            fields[place] = spare
            taken.add(spare)
            continue
        fields[place] = Field.IGNORED
        problems.append(_too_many(headings[place], field))


def _twice(headings: Sequence[str], places: list[int]) -> Problem:
    letters = ", ".join(letter(place) for place in places)
    return Problem(
        row=0,
        column=headings[places[0]],
        message=_("Several columns have the heading “%(heading)s”: %(letters)s.")
        % {"heading": headings[places[0]], "letters": letters},
        code="heading-twice",
        weight=Weight.DOUBT,
    )


def _too_many(heading: str, field: Field) -> Problem:
    return Problem(
        row=0,
        column=heading,
        message=_("The column “%(heading)s” is not brought in: another is “%(field)s” already.")
        % {"heading": heading, "field": field.label},
        code="field-twice",
        weight=Weight.DOUBT,
    )


def letter(place: int) -> str:
    """Return how a spreadsheet names its column: 0 is A, 26 is AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
