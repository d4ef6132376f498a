"""Spreadsheets for tests, and the way through an import."""

from __future__ import annotations

from pathlib import Path

from people.actions import imports
from people.importing import read
from people.models import Organisation, PoolImport, User

MESSY = Path(__file__).parent.parent / "importing" / "messy-pool.csv"


def sheet(*rows: str, head: str = "Name,E-mail,Tel,Address,Interests") -> bytes:
    """Return a CSV file with these rows."""
    return "\n".join((head, *rows, "")).encode()


def checked(
    data: bytes, organisation: Organisation, actor: User | None = None, name: str = "people.csv"
) -> PoolImport:
    """Return an import of ``data`` that was looked through, with the columns as suggested."""
    opened = read(data, name)
    opened.close()
    new = imports.begin_import(
        organisation=organisation,
        actor=actor,
        file_name=name,
        data=data,
        headings=opened.headings,
    )
    imports.match_columns(pool_import=new, fields=new.columns, actor=actor)
    return imports.finish(new)


def brought_in(
    data: bytes, organisation: Organisation, actor: User | None = None, name: str = "people.csv"
) -> PoolImport:
    """Return an import of ``data`` that ran to its end."""
    new = checked(data, organisation, actor, name)
    return imports.finish(imports.confirm_import(pool_import=new, actor=actor))
