"""Who took part in the many briefs: ticks, frozen rows and the log, in big steps."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from opportunities.models import Attendance, Opportunity, Participation
from people.bands import age_band_of, disabled_of, ethnic_group_of
from people.models import AuditEvent, EqualityAnswer, Person
from people.pseudonyms import pseudonym_of

Day = tuple[Opportunity, dt.date, list[Person]]
Answers = Mapping[str, Mapping[str, str]]  # by pseudonym: code and value
DAYS_AT_ONCE = 500


def store(days: Iterable[Day]) -> None:
    """Store what ticking people day by day would have stored (actions.record_took_part)."""
    answers, rest = _answers(), iter(days)
    while chunk := list(islice(rest, DAYS_AT_ONCE)):
        Attendance.objects.bulk_create(
            Attendance(
                opportunity=brief,
                person=person,
                took_part_on=day,
                recorded_by_id=brief.created_by_id,
            )
            for brief, day, came in chunk
            for person in came
        )
        Participation.objects.bulk_create(
            row for brief, day, came in chunk for row in _frozen(brief, day, came, answers)
        )
        AuditEvent.objects.bulk_create(_line(*one) for one in chunk)


def _answers() -> Answers:
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    rows = EqualityAnswer.objects.values_list("pseudonym", "code", "value")
    for pseudonym, code, value in rows.iterator():
        found[pseudonym][code] = value
    return found


def _frozen(
    brief: Opportunity, day: dt.date, came: list[Person], answers: Answers
) -> Iterator[Participation]:
    """Yield the rows in the order of their pseudonyms: keys do not say which row is whose."""
    towns = {pseudonym_of(person): person.town_id for person in came}
    for pseudonym, town in sorted(towns.items()):
        said = answers.get(pseudonym, {}).get
        yield Participation(
            organisation_id=brief.organisation_id,
            opportunity=brief,
            level=brief.level,
            town_id=town,
            took_part_on=day,
            age_band=age_band_of(said("year_of_birth", ""), day),
            ethnic_group=ethnic_group_of(said("ethnicity", "")),
            disabled=disabled_of(said("condition", ""), said("limits", "")),
            pseudonym=pseudonym,
        )


def _line(brief: Opportunity, day: dt.date, came: list[Person]) -> AuditEvent:
    return AuditEvent(
        verb="attendance.recorded",
        actor=str(brief.created_by_id or ""),
        organisation=str(brief.organisation_id),
        target_type=brief._meta.label_lower,
        target=str(brief.pk),
        detail={"day": day.isoformat(), "added": len(came), "removed": 0},
    )
