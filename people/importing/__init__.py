"""Bringing in a pool that lives in a spreadsheet: from a file to a verdict for each row.

Pure functions, no database::

    sheet = read(path_or_bytes, name)                  # NotASheet: one sentence for the screen
    columns = suggest(sheet.headings, remembered=...)  # what each column is; a human may change it
    for verdict in assess(sheet, columns, known): ...  # create, merge, refuse, doubtful, same

The signatures::

    read(source: Path | bytes, name: str, *, sheet: str = "", limits: Limits = Limits()) -> Sheet
    suggest(headings: Sequence[str], *, remembered: Mapping[str, str] = {}) -> Columns
    chosen(headings: Sequence[str], fields: Sequence[str]) -> Columns     # what a human made of it
    assess(sheet: Sheet, columns: Columns, known: Known, *, today: date,
           organisation: Collection[str] = ()) -> Iterator[RowVerdict]    # () : its names and slug

``remembered`` is {heading: Field}. ``chosen`` raises ValueError for a field that is none.

Nothing is guessed silently: what could be read in two ways is a problem of its row.
"""

from .assess import assess
from .files import read
from .headings import chosen, plain, suggest
from .shapes import (
    Columns,
    Facts,
    Field,
    Known,
    KnownPerson,
    LeftOut,
    Limits,
    Nobody,
    NotASheet,
    Problem,
    Row,
    RowVerdict,
    Sheet,
    Verdict,
    Weight,
)

__all__ = [
    "Columns",
    "Facts",
    "Field",
    "Known",
    "KnownPerson",
    "LeftOut",
    "Limits",
    "Nobody",
    "NotASheet",
    "Problem",
    "Row",
    "RowVerdict",
    "Sheet",
    "Verdict",
    "Weight",
    "assess",
    "chosen",
    "plain",
    "read",
    "suggest",
]
