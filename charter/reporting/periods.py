"""Fixed periods: years from April to March, as councils and the NHS plan, and their quarters.

Only these can be asked for. Years of another kind, or free dates, would overlap with them, and
what two reports have apart from each other would tell of the few people between.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as _

QUARTERS = (1, 2, 3, 4)
FIRST_MONTH = 4  # April
CODE = re.compile(r"(?P<year>20[0-9]{2})(-(?P<quarter>[1-4]))?")


@dataclass(frozen=True, order=True)
class Period:
    """A year that begins in April ``year``; or one of its quarters, 1 being April to June."""

    year: int
    quarter: int = 0

    @property
    def code(self) -> str:
        """Return "2026" or "2026-3": stands in addresses and in the table of figures."""
        return f"{self.year}-{self.quarter}" if self.quarter else str(self.year)

    @property
    def is_year(self) -> bool:
        return not self.quarter

    @property
    def first_day(self) -> dt.date:
        months = FIRST_MONTH - 1 + 3 * max(self.quarter - 1, 0)
        return dt.date(self.year + months // 12, months % 12 + 1, 1)

    @property
    def last_day(self) -> dt.date:
        months = FIRST_MONTH - 1 + (3 * self.quarter or 12)
        return dt.date(self.year + months // 12, months % 12 + 1, 1) - dt.timedelta(days=1)

    def __str__(self) -> str:
        first, last = self.first_day, self.last_day
        start = "F" if first.year == last.year else "F Y"
        return _("%(first)s to %(last)s") % {
            "first": formats.date_format(first, start),
            "last": formats.date_format(last, "F Y"),
        }


def begun(year: int, day: dt.date) -> list[int]:
    """Return the quarters of a year that have begun on ``day``."""
    return [quarter for quarter in QUARTERS if Period(year, quarter).first_day <= day]


def of_code(code: str) -> Period:
    """Return the period with this code.

    Raises:
        ValueError: there is none.
    """
    match = CODE.fullmatch(code)
    if match is None:
        raise ValueError(f"{code!r} is no period")
    return Period(int(match["year"]), int(match["quarter"] or 0))
