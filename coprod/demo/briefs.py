"""The demonstration's briefs: ten on the regional template, and more at every stage of life."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from opportunities.lifecycle import PUBLIC, Status
from opportunities.models import Opportunity
from people.models import Organisation, Town, User

from .files import read
from .organisations import persona_email

# The day the ten briefs were written for; later days move them by whole weeks.
WRITTEN_ON = dt.date(2026, 11, 22)
DATE = re.compile(r"\{([dm]):(\d{4}-\d{2}-\d{2})\}")
MONEY = {
    "none": ("No payment", "None: you take part from home", ()),
    "expenses": ("No payment; tea and biscuits", "Bus or taxi fare", ("pays_expenses",)),
    "meals": ("No payment; we eat together", "Bus fare", ("pays_expenses",)),
    "voucher": ("£20 voucher, or nothing if you prefer", "Bus fare", ("gives_vouchers",)),
    "fee": ("£25 an hour, reading included", "Travel and replacement care", ("pays",)),
}
OFFICERS = {"example-council": "officer", "example-hospital-trust": "other-officer"}


class Briefs:
    """Stores the briefs, with dates moved by whole weeks so that they stay ahead of ``day``."""

    def __init__(self, organisations: dict[str, Organisation], day: dt.date) -> None:
        self.organisations = organisations
        self.day = day
        self.shift = dt.timedelta(weeks=max((day - WRITTEN_ON).days // 7, 0))
        self.towns = {town.slug: town for town in Town.objects.all()}
        self.officers = {
            slug: User.objects.get(email=persona_email(persona))
            for slug, persona in OFFICERS.items()
        }

    def load(self) -> list[Opportunity]:
        """Return all briefs, stored."""
        ten = [self._from_template(row, index) for index, row in enumerate(read("briefs"))]
        more = [self._in_short(row, index) for index, row in enumerate(read("more_briefs"))]
        return ten + more + [self._half_finished()]

    def _from_template(self, row: dict[str, Any], index: int) -> Opportunity:
        fields = {key: self._dated(value) for key, value in row.items()}
        for key in ("closes_on", "starts_on", "ends_on"):
            fields[key] = self._moved(row[key])
        fields["is_rolling"] = fields["closes_on"] is None
        return self._store(fields, Status.PUBLISHED, published_days_ago=3 + index * 2)

    def _in_short(self, row: dict[str, Any], index: int) -> Opportunity:
        starts = self.day + dt.timedelta(weeks=row.pop("start_week"), days=2)
        ends = starts + dt.timedelta(weeks=row.pop("weeks"))
        closes = starts - dt.timedelta(days=10)
        status = Status(row.pop("status"))
        reward, expenses, flags = MONEY[row.pop("money")]
        town = row.pop("town")
        fields = {
            **row,
            **dict.fromkeys(flags, True),
            "towns": [town] if town else [],
            "is_borough_wide": not town,
            "venue": self.towns[town].name if town else "Across the borough",
            "starts_on": starts,
            "ends_on": ends,
            "closes_on": closes,
            "reward": reward,
            "expenses": expenses,
            "experience": "You know this from your own life. You need nothing else.",
            "when": f"From {_long(starts)} to {_long(ends)}.",
            "how": f"Tap “I'm interested”, ring us or write by {_long(closes)}.",
            "access": "Step-free, a hearing loop, breaks, and papers in large print",
        }
        ago = (self.day - starts).days + 60 if starts < self.day else 5 + index
        return self._store(fields, status, published_days_ago=ago)

    def _half_finished(self) -> Opportunity:
        fields = {
            "organisation": "example-council",
            "team": "Adult social care commissioning",
            "title": "Short breaks at the seaside",
            "what": "We might hire a house by the sea for families. Would you use it?",
            "level": "consultation",
            "towns": [],
        }
        return self._store(fields, Status.DRAFT, published_days_ago=0)

    def _store(
        self, fields: dict[str, Any], status: Status, *, published_days_ago: int
    ) -> Opportunity:
        organisation = self.organisations[fields.pop("organisation")]
        towns = fields.pop("towns")
        team = organisation.teams.filter(name=fields.pop("team")).first()
        published = timezone.now() - dt.timedelta(days=published_days_ago)
        is_public = status in PUBLIC
        coproduction = fields["level"] == "coproduction"
        opportunity = Opportunity.objects.create(
            **people_in_charge(status),
            **fields,
            slug=slugify(fields["title"])[:140],
            organisation=organisation,
            team=team,
            status=status,
            from_the_start=coproduction,
            decisions_shared=coproduction,
            open_to_change=coproduction,
            created_by=self.officers.get(organisation.slug),
            created_at=published - dt.timedelta(days=4),
            submitted_at=published - dt.timedelta(days=1) if status != Status.DRAFT else None,
            published_at=published if is_public else None,
            completed_at=timezone.now() if status == Status.COMPLETED else None,
            return_reason=_reason(status),
        )
        opportunity.towns.set(self.towns[slug] for slug in towns)
        return opportunity

    def _moved(self, text: str | None) -> dt.date | None:
        return dt.date.fromisoformat(text) + self.shift if text else None

    def _dated(self, value: Any) -> Any:
        return DATE.sub(self._in_words, value) if isinstance(value, str) else value

    def _in_words(self, match: re.Match[str]) -> str:
        day = dt.date.fromisoformat(match[2]) + self.shift
        return _long(day) if match[1] == "d" else f"{day.day} {day:%B}"


def _long(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def people_in_charge(status: Status) -> dict[str, str]:
    """Return who is named on a brief: nobody yet on a draft."""
    if status == Status.DRAFT:
        return {}
    return {
        "lead_name": "Dawn Pryce",
        "lead_phone": "0121 496 0188",
        "lead_email": "lead@example.org",
        "safeguarding_name": "Moira Keane",
        "safeguarding_phone": "0121 496 0177",
    }


def _reason(status: Status) -> str:
    return "Say who pays for the taxi, please." if status == Status.RETURNED else ""
