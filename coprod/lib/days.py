"""Days as people here count them: Europe/London, whatever the server's clock is set to."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone


def today() -> dt.date:
    """Return the date in Europe/London."""
    return timezone.localdate()


def midnight_after(day: dt.date) -> dt.datetime:
    """Return the first moment after ``day`` in Europe/London, aware."""
    naive = dt.datetime.combine(day + dt.timedelta(days=1), dt.time())
    return timezone.make_aware(naive)


def add_months(day: dt.date, months: int) -> dt.date:
    """Return ``day`` moved by whole months, within the month (31 January + 1: 28 February)."""
    month_index = day.year * 12 + day.month - 1 + months
    year, month = divmod(month_index, 12)
    first_of_next = dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (first_of_next - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(day.day, last))


def working_days_before(day: dt.date, number: int) -> dt.date:
    """Return the day that is ``number`` working days (Monday to Friday) before ``day``."""
    while number:
        day -= dt.timedelta(days=1)
        number -= day.isoweekday() <= 5
    return day
