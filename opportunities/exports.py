"""Lists of people as a file that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from opportunities.models import SignUp

# A spreadsheet takes a cell that begins with one of these for a formula, also behind what it skips.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "|", "＝", "＋", "－", "＠")
SKIPPED = " \"'\u00a0\u200b\ufeff"
BOM = "\ufeff"  # without it, Excel reads UTF-8 as something else


def safe_cell(value: object) -> str:
    """Return ``value`` as text that no spreadsheet runs; words and numbers stay as they are."""
    text = "" if value is None else str(value)
    text = text.replace("\x00", "") if not text.startswith("\x00") else text
    begins = text.startswith(FORMULA) or text.lstrip(SKIPPED).startswith(FORMULA)
    return f"'{text}" if begins else text


def as_csv(rows: Iterable[Iterable[object]]) -> str:
    """Return the rows as one file (RFC 4180, UTF-8 with its mark)."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
    return BOM + file.getvalue()


def people_rows(sign_ups: Iterable[SignUp]) -> list[list[object]]:
    """Return heading and rows of the people of one project.

    Names and how to reach them. Never support, the profile or anything about equality.
    """
    heading = [
        _("Name"),
        _("Where they stand"),
        _("Number on the waiting list"),
        _("Came forward"),
        _("How"),
        _("Reach them by"),
        _("Number or address"),
    ]
    return [
        heading,
        *(
            [
                row.person.name,
                row.get_status_display(),
                row.position if row.is_waiting else "",
                timezone.localtime(row.came_forward_at).strftime("%Y-%m-%d %H:%M"),
                row.get_channel_display(),
                row.get_contact_by_display() if row.is_live else "",
                row.contact_detail if row.is_live else "",
            ]
            for row in sign_ups
        ),
    ]
