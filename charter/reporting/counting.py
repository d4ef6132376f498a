"""Counting in the database: participation rows and the pool, as the suppression wants them.

The one place that reads equality answers without their person, and only to count them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import (
    Case,
    CharField,
    Count,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, ExtractYear

from coprod.lib.days import today
from opportunities.models import Participation
from people.bands import age_band_of, disabled_of, ethnic_group_of
from people.models import EqualityAnswer, Organisation, Person, Town

from .dimensions import AGE_GROUPS, FINE, NOT_SAID, ORDER, offer_of, pool_offer
from .periods import FIRST_MONTH, Period, begun
from .suppression import Cell, Counted, Offer, Values

MOST_ROWS = 10_000  # people with so many rows are plenty for the twins


@dataclass(frozen=True)
class Stamp:
    """What a counting saw: if it is not so any more, it is time to count again."""

    rows: int
    newest: dt.datetime | None


@dataclass
class _Year:
    people: dict[Cell, int] = field(default_factory=dict)
    times: dict[Cell, int] = field(default_factory=dict)


def stamp() -> Stamp:
    """Return what there is to count."""
    return Stamp(**Participation.objects.aggregate(rows=Count("pk"), newest=Max("changed_at")))


def towns() -> list[str]:
    """Return the codes of the towns, in the order of their names."""
    return [str(key) for key in Town.objects.values_list("pk", flat=True)]


def organisations_of(year: int) -> list[str]:
    """Return the codes of the partners that were there in a year, or whose work was counted."""
    first, last = Period(year).first_day, Period(year).last_day
    there = Q(valid_from__lte=last) & (Q(valid_to__isnull=True) | Q(valid_to__gte=first))
    counted = Participation.objects.filter(took_part_on__range=(first, last))
    found = Organisation.objects.filter(there | Q(pk__in=counted.values("organisation")))
    return [str(key) for key in found.order_by("pk").values_list("pk", flat=True)]


def count_years() -> dict[int, tuple[Offer, Counted]]:
    """Return for each year the tables that are offered, and the exact counts for them."""
    places, tables = towns(), [table.dims for table in offer_of([], []).tables]
    years: dict[int, _Year] = defaultdict(_Year)
    for row in _everything(tables):
        _put(years[row["year"]], tables[row["table"]], row)
    counted = {}
    for number, year in sorted(years.items()):
        offer = offer_of(places, organisations_of(number), _quarters(number))
        counted[number] = offer, Counted(year.people, year.times, _visitors(number, offer))
    return counted


def _quarters(year: int) -> list[str]:
    """Return the quarters that have begun: of one that has not, everybody knows that it is nought.

    Were it among the figures, another quarter would have to be held back for its sake.
    """
    return [str(number) for number in begun(year, today())]


def _put(year: _Year, dims: tuple[str, ...], row: Mapping) -> None:
    cell = (dims, tuple(row[_column(dim)] for dim in dims))
    year.people[cell], year.times[cell] = row["people"], row["times"]


def _visitors(year: int, offer: Offer) -> Counter[tuple[Values, ...]]:
    """Return some people of a year, each with all the times that they took part."""
    columns = [f"code_{dim}" for dim in FINE]
    rows = _rows().filter(year=year).order_by("pseudonym", "pk").values_list("pseudonym", *columns)
    known = [set(values) for values in offer.dims.values()]
    times: dict[str, list[Values]] = defaultdict(list)
    for pseudonym, *values in rows[:MOST_ROWS]:
        times[pseudonym].append(tuple(values))
    if sum(map(len, times.values())) == MOST_ROWS:
        times.popitem()  # whose last times may have been cut off
    return Counter(
        tuple(sorted(some))
        for some in times.values()
        if all(value in there for one in some for value, there in zip(one, known, strict=True))
    )


# --- One statement, so that all tables are of one moment ----------------------------------------
def _column(dim: str) -> str:
    return f"of_{dim}"


def _everything(tables: list[tuple[str, ...]]) -> Iterable[Mapping]:
    first, *others = [_grouped(_rows(), dims, number) for number, dims in enumerate(tables)]
    return first.union(*others, all=True)


def _grouped(rows: QuerySet, dims: Iterable[str], number: int) -> QuerySet:
    columns = {
        _column(dim): F(f"code_{dim}") if dim in dims else Value("", output_field=CharField())
        for dim in ORDER
    }
    return rows.values("year", table=Value(number), **columns).annotate(
        people=Count("pseudonym", distinct=True), times=Count("pk")
    )


def _rows() -> QuerySet:
    """Return participation rows with their year and a text code for each dimension."""
    return Participation.objects.order_by().annotate(
        year=_year(),
        code_quarter=_quarter(),
        code_organisation=Cast("organisation_id", CharField()),
        code_level=F("level"),
        code_town=Coalesce(Cast("town_id", CharField()), Value(NOT_SAID)),
        code_age_band=F("age_band"),
        code_ethnic_group=F("ethnic_group"),
        code_disabled=F("disabled"),
        code_age_group=_age_group(),
    )


def _year() -> ExpressionWrapper:
    """Return the year in which the year from April began."""
    early = Case(When(took_part_on__month__lt=FIRST_MONTH, then=1), default=0)
    return ExpressionWrapper(ExtractYear("took_part_on") - early, output_field=IntegerField())


def _quarter() -> Case:
    quarters = {1: "4", 4: "1", 7: "2", 10: "3"}
    return Case(
        *(
            When(took_part_on__month__range=(first, first + 2), then=Value(code))
            for first, code in quarters.items()
        ),
        output_field=CharField(),
    )


def _age_group() -> Case:
    return Case(
        *(When(age_band=band, then=Value(group.value)) for band, group in AGE_GROUPS.items()),
        default=Value(NOT_SAID),
        output_field=CharField(),
    )


# --- The pool ------------------------------------------------------------------------------------
def count_pool(day: dt.date) -> tuple[Offer, Counted]:
    """Return the tables that are offered of the pool, and their exact counts on ``day``.

    Each dimension is counted by itself: no two answers of one person are put together here.
    """
    offer = pool_offer(towns())
    total = Person.objects.count()
    margins = {
        "town": _by_town(),
        "age_band": _answers("year_of_birth", lambda value: age_band_of(value, day)),
        "ethnic_group": _answers("ethnicity", ethnic_group_of),
        "disabled": _disabled(),
    }
    for margin in margins.values():
        margin[NOT_SAID] += total - margin.total()
    people: dict[Cell, int] = {((), ()): total}
    people |= {
        ((dim,), (value,)): number
        for dim, margin in margins.items()
        for value, number in margin.items()
    }
    return offer, Counted(people, visitors=_coupled([margins[dim] for dim in offer.dims]))


def _by_town() -> Counter[str]:
    found = Person.objects.exclude(town=None).order_by().values_list("town").annotate(Count("pk"))
    return Counter({str(town): number for town, number in found})


def _answers(code: str, fold) -> Counter[str]:
    margin: Counter[str] = Counter()
    found = EqualityAnswer.objects.filter(code=code).order_by().values_list("value")
    for value, number in found.annotate(Count("pk")):
        margin[fold(value)] += number
    return margin


def _disabled() -> Counter[str]:
    limits = EqualityAnswer.objects.filter(pseudonym=OuterRef("pseudonym"), code="limits")
    found = (
        EqualityAnswer.objects.filter(code="condition")
        .annotate(limits=Coalesce(Subquery(limits.values("value")[:1]), Value("")))
        .order_by()
        .values_list("value", "limits")
        .annotate(Count("pk"))
    )
    margin: Counter[str] = Counter()
    for condition, limited, number in found:
        margin[disabled_of(condition, limited)] += number
    return margin


def _coupled(margins: list[Counter[str]]) -> Counter[tuple[Values, ...]]:
    """Return people who fit all margins: any do, as no two dimensions are shown together."""
    queues = [iter(sorted(margin.elements())) for margin in margins]
    return Counter((values,) for values in zip(*queues, strict=True))
