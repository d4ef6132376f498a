"""A real brief of the demonstration's ten, as an officer types it into the editor."""

from __future__ import annotations

import datetime as dt
from typing import Any

from playwright.sync_api import Page

from coprod.demo.briefs import DATE
from coprod.demo.files import read
from coprod.lib.days import today

LETTERS = "Tell us if this letter makes sense"
NUMBER_OF_PLACES = 3
GROWN_UP = 18  # below it, an organisation has to have done an assessment first
LEAD = {
    "lead_name": "Dawn Pryce",
    "lead_phone": "0121 496 0188",
    "lead_email": "lead@example.org",
    "safeguarding_name": "Moira Keane",
    "safeguarding_phone": "0121 496 0177",
}
# Not fields of the editor.
LEFT_OUT = {"organisation"}


def the_letters(*, closes_in: int = 14, starts_in: int = 21, lasts: int = 84) -> dict[str, Any]:
    """Return the brief about six letters: values by field of the editor, days counted from today.

    A second round of it, with few places, so that it fills up.
    """
    (row,) = [one for one in read("briefs") if one["title"] == LETTERS]
    day = today()
    starts = day + dt.timedelta(days=starts_in)
    days = {
        "closes_on": day + dt.timedelta(days=closes_in),
        "starts_on": starts,
        "ends_on": starts + dt.timedelta(days=lasts),
    }
    texts = {key: _with_day(value, starts) for key, value in row.items() if key not in LEFT_OUT}
    more = {"title": f"{LETTERS}: second round", "places": NUMBER_OF_PLACES, "min_age": GROWN_UP}
    return {**texts, **days, **LEAD, **more}


def _with_day(value: Any, day: dt.date) -> Any:
    return DATE.sub(f"{day.day} {day:%B %Y}", value) if isinstance(value, str) else value


def type_in(page: Page, brief: dict[str, Any], *names: str) -> None:
    """Type fields of a brief into the editor: those named, or all of them."""
    for name in names or brief:
        _type(page, name, brief[name])


def _type(page: Page, name: str, value: Any) -> None:
    if isinstance(value, dt.date):
        for part in ("day", "month", "year"):
            page.locator(f"#id_{name}_{part}").fill(str(getattr(value, part)))
    elif isinstance(value, bool):
        page.locator(f"#id_{name}").set_checked(value)
    elif isinstance(value, list):
        for one in value:
            page.locator(f"input[name={name}][value='{one}']").check()
    elif name == "team":
        page.locator("#id_team").select_option(label=value)
    elif page.locator(f"input[type=radio][name={name}]").count():
        page.locator(f"input[name={name}][value='{value}']").check()
    else:
        page.locator(f"#id_{name}").fill(str(value))
