"""“Everything you hold about me”: one readable page and the same as JSON, from the declarations."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field as Column
from django.db.models import FileField, ForeignKey, Model, TextChoices
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coprod.lib.days import today
from coprod.lib.personal import Kind, Subject, Table, personal_tables

from .about import names_of
from .equality import label_of
from .models import AuditEvent, Channel, Consent, EqualityAnswer, Organisation, Person, Role
from .pictures import FOLDER
from .subjects import subject_of

# What a row that is pointed at says for itself: the first of these that it has.
_SAYS = ("title", "name", "wording", "about", "text")
# What says nothing to a reader, and stands in the JSON alone.
_FOR_PROGRAMS = {
    ("people.Notice", "html"),
    ("coprod.SentForm", "leads_to"),
    ("coprod.KeptForm", "goes_to"),
}


@dataclass(frozen=True)
class Row:
    """One row of a table: words for people, values for programs."""

    shown: list[tuple[str, str]]
    values: dict[str, Any]


@dataclass(frozen=True)
class Part:
    """What one table holds about somebody."""

    table: Table
    rows: list[Row] = field(default_factory=list)


def parts_of(person: Person, *, for_staff: bool = False) -> list[Part]:
    """Return every table that people have rows in, with those of ``person``.

    ``for_staff``: what staff print for somebody leaves out what is kept apart from their name.
    """
    subject = subject_of(person)
    return [
        Part(table, list(_rows(table, subject)))
        for table in personal_tables()
        if not (for_staff and is_sealed(table))
    ]


def is_sealed(table: Table) -> bool:
    """Return whether it is reached by the pseudonym alone: no page of staff joins it to a name."""
    return isinstance(table.of, dict) and "pseudonym" in table.of


def _rows(table: Table, subject: Subject) -> Iterator[Row]:
    columns = list(table.own_fields())
    related = [one.name for one, kind in columns if _is_shown_relation(one, kind)]
    for row in table.rows_of(subject).select_related(*related).order_by("pk"):
        yield Row(
            shown=[
                (_heading(one), words)
                for one, kind in columns
                if (table.model, one.name) not in _FOR_PROGRAMS
                and (words := _words(row, one, kind)) not in {"", "—"}
            ],
            values={one.name: _value(row, one, kind) for one, kind in columns},
        )


def _is_shown_relation(one: Column, kind: Kind) -> bool:
    return isinstance(one, ForeignKey) and kind is not Kind.STAFF


def _heading(one: Column) -> str:
    words = str(one.verbose_name)
    return words[:1].upper() + words[1:]


def _value(row: Model, one: Column, kind: Kind) -> Any:
    """Return what a program reads: keys of rows as their words, files as their names."""
    if kind is Kind.STAFF:
        return _staff(row, one)
    if isinstance(one, ForeignKey):
        return _of_related(getattr(row, one.name))
    value = getattr(row, one.attname)
    return value.name if isinstance(one, FileField) else value


def _words(row: Model, one: Column, kind: Kind) -> str:
    """Return what a person reads."""
    if isinstance(row, EqualityAnswer) and one.name == "value":
        return label_of(row.question, row.value)
    if isinstance(row, Consent) and one.name == "about":
        return names_of([row.about]).get(row.about, row.about)
    if isinstance(row, AuditEvent) and one.name in _OF_LOG:
        return _OF_LOG[one.name](getattr(row, one.name))
    if one.choices:
        return str(getattr(row, f"get_{one.name}_display")() or "")
    return _plain(_value(row, one, kind))


def _organisation(key: str) -> str:
    """Return the name, where the log has the key of one that is still there."""
    rows = Organisation.objects.filter(pk=key) if key.isdecimal() else Organisation.objects.none()
    return next((row.name for row in rows), key)


def _label(choices: type[TextChoices], code: str) -> str:
    return str(dict(choices.choices).get(code, code))


def _deed(verb: str) -> str:
    """Return “Sign up: withdrawn” for “sign_up.withdrawn”."""
    return verb.replace("_", " ").replace(".", ": ", 1).capitalize()


# The log keeps codes without choices, so that it never stands in the way of the data.
_OF_LOG: dict[str, Callable[[str], str]] = {
    "verb": _deed,
    "organisation": _organisation,
    "channel": partial(_label, Channel),
    "role": partial(_label, Role),
}


def _plain(value: Any) -> str:
    if value is True or value is False:
        return _("Yes") if value else _("No")
    if hasattr(value, "utcoffset"):
        return date_format(timezone.localtime(value), "j F Y, H:i")
    if hasattr(value, "isoformat"):
        return date_format(value, "j F Y")
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder) if value else ""
    return "" if value is None else str(value)


def _staff(row: Model, one: Column) -> str:
    """Say that somebody of the staff did it: who they are is not the person's data."""
    return _("a member of staff") if getattr(row, one.attname) is not None else ""


def _of_related(row: Model | None) -> str:
    if row is None:
        return ""
    return next((str(getattr(row, name)) for name in _SAYS if getattr(row, name, "")), str(row))


# --- Files ---------------------------------------------------------------------------------------
def as_html(person: Person, *, for_staff: bool = False) -> str:
    """Return the readable page."""
    parts = sorted(parts_of(person, for_staff=for_staff), key=_title)
    context = {
        "person": person,
        "place": settings.PLACE,
        "made_on": today(),
        "groups": [
            {
                "title": title,
                "table": found[0].table,
                "rows": [row for one in found for row in one.rows],
            }
            for title, found in ((key, list(group)) for key, group in groupby(parts, key=_title))
        ],
    }
    return render_to_string("people/export/everything.html", context)


def _title(part: Part) -> str:
    return str(part.table.title)


def as_json(person: Person) -> str:
    """Return the same for programs: every table, also those without a row."""
    tables = [
        {
            "table": part.table.model_class._meta.label_lower,
            "what": _title(part),
            "why_we_may": str(part.table.basis.value) if part.table.basis else "",
            "how_long": str(part.table.keep.value),
            "rows": [row.values for row in part.rows],
            "not_shown": sorted(_not_shown(part.table)),
        }
        for part in parts_of(person)
    ]
    whole = {"made_at": timezone.now(), "tables": tables}
    return json.dumps(whole, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)


def _not_shown(table: Table) -> Iterator[str]:
    """Yield what only protects the account, or joins one row to another."""
    hidden = {Kind.GUARDED, Kind.TECHNICAL}
    return (name for name, kind in table.kinds.items() if kind in hidden)


def as_zip(person: Person) -> bytes:
    """Return page, JSON and picture in one file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("everything.html", as_html(person))
        archive.writestr("everything.json", as_json(person))
        for name in _pictures_of(person):
            with default_storage.open(name) as picture:
                archive.writestr("picture.jpg", picture.read())
    return target.getvalue()


def _pictures_of(person: Person) -> Iterator[str]:
    """Yield the picture, where its file is there."""
    profile = getattr(person, "profile", None)
    name = profile.photo.name if profile is not None else ""
    if name and name.startswith(FOLDER) and default_storage.exists(name):
        yield name
