"""Years from April to March, and their quarters."""

from __future__ import annotations

import datetime as dt

import pytest

from charter.reporting.periods import Period, of_code


@pytest.mark.parametrize(
    ("period", "first", "last", "words"),
    [
        (Period(2026), "2026-04-01", "2027-03-31", "April 2026 to March 2027"),
        (Period(2026, 1), "2026-04-01", "2026-06-30", "April to June 2026"),
        (Period(2026, 3), "2026-10-01", "2026-12-31", "October to December 2026"),
        (Period(2026, 4), "2027-01-01", "2027-03-31", "January to March 2027"),
    ],
)
def test_first_day_last_day_and_words(period, first, last, words):
    assert (period.first_day, period.last_day) == (
        dt.date.fromisoformat(first),
        dt.date.fromisoformat(last),
    )
    assert str(period) == words
    assert of_code(period.code) == period


@pytest.mark.parametrize("code", ["", "x", "2026-5", "2026-0", "2026-", "02026", "-1", "2026-1-1"])
def test_of_code_refuses(code):
    with pytest.raises(ValueError, match="is no period"):
        of_code(code)
