"""What a brief needs before it is sent for review: everything, one by one."""

from __future__ import annotations

import pytest

from coprod.lib.days import add_months, today
from opportunities.completeness import missing_parts
from opportunities.levels import Level
from opportunities.lifecycle import Status
from opportunities.models import Opportunity
from tests.factories import make_opportunity, make_town

pytestmark = pytest.mark.usefixtures("host")


def draft(**fields) -> Opportunity:
    return make_opportunity(**({"status": Status.DRAFT, "published_at": None} | fields))


def fields_missing(brief: Opportunity) -> list[str]:
    return [part.field for part in missing_parts(brief)]


def test_nothing_is_missing_from_a_whole_brief():
    assert missing_parts(draft()) == []


@pytest.mark.parametrize(
    "name",
    [
        "what", "experience", "commitment", "when", "how", "level", "can_change", "cannot_change",
        "who_decides", "scope", "places_given", "access", "reward", "expenses", "lead_name",
        "lead_phone", "safeguarding_name", "safeguarding_phone",
    ],
)  # fmt: skip
@pytest.mark.parametrize("empty", ["", " \n "])
def test_an_answer_is_missing_when_it_is_empty_or_blank(name, empty):
    if empty.strip() == "" and name in {"level", "scope", "places_given"}:
        empty = ""  # a choice is there or not
    assert fields_missing(draft(**{name: empty})) == [name]


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"activity_types": [], "level": Level.ENGAGEMENT}, ["activity_types"]),
        ({"activity_types": [], "level": Level.CONSULTATION}, []),
        ({"places": None, "places_are_open": False}, ["places"]),
        ({"places": None, "places_are_open": True}, []),
        ({"closes_on": None}, ["closes_on"]),
        ({"closes_on": None, "is_rolling": True}, []),
        ({"starts_on": None, "ends_on": None}, ["starts_on"]),
        ({"ends_on": None}, []),
        ({"is_borough_wide": False}, ["towns"]),
        ({"is_borough_wide": False, "is_online": True}, []),
        ({"level": Level.COPRODUCTION}, ["level"]),
        ({"level": Level.COPRODUCTION, "from_the_start": True, "open_to_change": True}, ["level"]),
        (
            {
                "level": Level.COPRODUCTION,
                "from_the_start": True,
                "decisions_shared": True,
                "open_to_change": True,
            },
            [],
        ),
        ({"level": Level.INVOLVEMENT}, []),
        ({"lead_phone": "abc"}, ["lead_phone"]),
        ({"safeguarding_phone": "x"}, ["safeguarding_phone"]),
    ],
)
def test_what_is_missing(fields, missing):
    assert fields_missing(draft(**fields)) == missing


@pytest.mark.parametrize("name", ["closes_on", "starts_on", "ends_on"])
def test_a_date_that_has_passed_is_missing_until_the_brief_is_public(name):
    """Control: the same date on a published brief, which people read already."""
    gone = {"starts_on": None, "ends_on": None, name: add_months(today(), -1)}
    if name == "ends_on":
        gone["starts_on"] = add_months(today(), -2)
    brief = draft(**gone)
    assert name in fields_missing(brief)
    brief.status = Status.PUBLISHED
    assert name not in [field for field in fields_missing(brief) if getattr(brief, field)]


def test_today_has_not_passed():
    assert missing_parts(draft(closes_on=today(), starts_on=today(), ends_on=today())) == []


def test_a_town_is_enough_for_a_place():
    assert missing_parts(draft(towns=[make_town("Tipton")])) == []


def test_coproduction_that_is_not_meant_gets_another_word_without_blame():
    (part,) = missing_parts(draft(level=Level.COPRODUCTION))
    assert "Citizen involvement" in str(part.label)
    assert "just as good" in str(part.label)


def test_a_brief_that_was_never_saved_needs_nearly_everything():
    assert fields_missing(Opportunity(title="New"))[:3] == ["what", "experience", "commitment"]
    assert len(missing_parts(Opportunity(title="New"))) == 23
