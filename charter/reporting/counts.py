"""The verbs of this room: count again, and count again when it is time."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from coprod.lib.days import today
from coprod.lib.kept import part
from people.versions import public_version

from .counting import Stamp, count_pool, count_years, stamp
from .models import Count, ReportCell
from .periods import Period
from .suppression import Counted, Key, Offer, Publication, State, publish

POOL = "pool"
Years = dict[int, tuple[Offer, Counted]]
TRIES = 3
REST = 10  # times as long as the counting took
SCOPES = ("quarter", "organisation")


def newest() -> Count | None:
    """Return the counting that is shown; None before the first."""
    return Count.objects.first()


def is_stale(count: Count | None) -> bool:
    """Return whether there is something to count that the newest counting has not seen."""
    if count is None or timezone.localdate(count.made_at) < today():
        return True
    thresholds = (settings.SMALL_NUMBER_INSIDE, settings.SMALL_NUMBER_PUBLIC)
    if (count.threshold, count.public_threshold) != thresholds:
        return True
    now = part(public_version, "participation", stamp)  # a page asks each time, rows change rarely
    return Stamp(count.rows, count.newest) != now


def rebuild_if_stale() -> int:
    """Count again if need be, and return how often that was: for the worker.

    After a long counting it rests longer, so that it never takes most of the worker's time.
    """
    count = newest()
    if not is_stale(count) or (count and timezone.now() < _rested(count)):
        return 0
    rebuild()
    return 1


def _rested(count: Count) -> dt.datetime:
    return count.made_at + dt.timedelta(seconds=REST * count.seconds)


def rebuild() -> Count:
    """Count everything again, and return the new counting.

    Counting and suppression come first and lock nothing. Then the new figures take the place of
    the old ones in one transaction: readers see the old page or the new one, never half of each.
    """
    began, began_at = time.monotonic(), timezone.now()
    seen, years = _count_in_peace()
    count = Count(
        made_at=began_at,
        rows=seen.rows,
        newest=seen.newest,
        threshold=settings.SMALL_NUMBER_INSIDE,
        public_threshold=settings.SMALL_NUMBER_PUBLIC,
    )
    count.years = sorted(years)
    cells = list(_cells(count, years))
    count.seconds = time.monotonic() - began
    with transaction.atomic():
        count.save()
        ReportCell.objects.bulk_create(cells, batch_size=500)
        Count.objects.exclude(pk=count.pk).delete()
    return count


def _count_in_peace() -> tuple[Stamp, Years]:
    """Return what was counted, and when: figures and people of one moment.

    Where people keep taking part meanwhile, the suppression gets no people to move: then it works
    with invented ones alone, which are of no moment, and holds more figures back.
    """
    for _ in range(TRIES):
        seen, years = stamp(), count_years()
        if stamp() == seen:
            return seen, years
    alone = {year: (offer, replace(some, visitors={})) for year, (offer, some) in years.items()}
    return seen, alone


def _cells(count: Count, years: Years) -> Iterator[ReportCell]:
    protect = partial(publish, threshold=count.threshold, widest=count.public_threshold)
    for year, (offer, counted) in years.items():
        yield from _of_publication(count, protect(offer, counted), year)
    offer, counted = count_pool(today())
    yield from _of_publication(count, protect(offer, counted), None)


def _of_publication(
    count: Count, publication: Publication, year: int | None
) -> Iterator[ReportCell]:
    """Yield a row for each figure of people that is not simply “fewer than”."""
    for key, figure in publication.figures.items():
        if key.measure == "people" and figure.state != State.FEWER:
            times = publication.figures.get(key._replace(measure="times"))
            yield ReportCell(
                count=count,
                **_address(key, year),
                people_state=figure.state,
                people=figure.value,
                times_state=times.state if times else None,
                times=times.value if times else None,
            )


def _address(key: Key, year: int | None) -> dict[str, object]:
    """Return where a figure stands: period, partner, and at most two dimensions of people."""
    have = dict(zip(key.dims, key.values, strict=True))
    quarter, organisation = (have.pop(scope, "") for scope in SCOPES)
    (by, value), (cross, cross_value) = [*have.items(), ("", ""), ("", "")][:2]
    return {
        "period": Period(year, int(quarter or 0)).code if year else POOL,
        "organisation_id": int(organisation) if organisation else None,
        "by": by,
        "value": value,
        "cross": cross,
        "cross_value": cross_value,
    }
