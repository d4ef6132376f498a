"""The privacy notice: its versions, what is in its table, and who has been told of the newest."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from coprod.lib.personal import Kind, Table, personal_tables

from .models import SeenNotice, User


@dataclass(frozen=True)
class Version:
    """One version of the notice: when it began, and what it changed."""

    code: str
    since: dt.date
    change: Any


# The newest first. A change of what is kept, of why or for how long is a new version.
VERSIONS = (
    Version(
        "2",
        dt.date(2026, 11, 22),
        _(
            "A table of what we keep, why and for how long; a copy of everything, objecting, "
            "deleting and complaining on your own pages."
        ),
    ),
    Version("1", dt.date(2026, 11, 1), _("The first notice.")),
)


@dataclass(frozen=True)
class Line:
    """One line of the table: what, of which kinds, why, for how long, and what deleting does."""

    title: str
    kinds: list[str]
    why: str
    how_long: str
    deleting: str


def table_of_data() -> list[Line]:
    """Return a line for each title of the declarations, in the order of the alphabet."""
    ordered = sorted(personal_tables(), key=_title)
    return [_line(title, list(tables)) for title, tables in groupby(ordered, key=_title)]


def _title(table: Table) -> str:
    return str(table.title)


def _line(title: str, tables: list[Table]) -> Line:
    hidden = {Kind.PLAIN, Kind.TECHNICAL}
    kinds = [kind for kind in Kind for one in tables if kind in set(one.kinds.values()) - hidden]
    return Line(
        title=title,
        kinds=[str(kind.value) for kind in dict.fromkeys(kinds)],
        why="; ".join(dict.fromkeys(str(one.basis.value) for one in tables if one.basis)),
        how_long="; ".join(dict.fromkeys(str(one.keep.value) for one in tables)),
        deleting="; ".join(dict.fromkeys(str(one.erase.value) for one in tables)),
    )


def tell_once(user: User) -> Version | None:
    """Return the newest version where ``user`` has known an older one, and note that they know.

    Somebody new reads the newest when they join: they are told of no change.
    """
    newest = VERSIONS[0]
    seen, is_new = SeenNotice.objects.get_or_create(user=user, defaults={"version": newest.code})
    if is_new or seen.version == newest.code:
        return None
    seen.version = newest.code
    seen.save(update_fields=["version"])
    return newest
