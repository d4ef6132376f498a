"""A question that was asked of the report, and the figures that answer it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from opportunities.levels import Level
from people.models import Organisation, Town

from .counts import POOL
from .dimensions import ABOUT_PEOPLE, CHOICES, NOT_SAID, Dimension, in_pair, ordered
from .models import Count, ReportCell
from .periods import Period
from .states import State
from .suppression import Figure

FEWER = Figure(State.FEWER)
Address = tuple[str, str, str, str]  # by, value, cross, cross value


@dataclass(frozen=True)
class Question:
    """What a reader wants to know. At most two dimensions; the form sees to what is allowed."""

    period: Period
    organisation: Organisation | None  # None: all partners
    by: Dimension
    cross: Dimension | None = None
    for_public: bool = False

    @property
    def rows_by(self) -> str:
        """The dimension of the rows, as it was counted."""
        return in_pair(self.by) if self.cross else str(self.by)

    @property
    def columns_by(self) -> str:
        return in_pair(self.cross) if self.cross else ""


@dataclass(frozen=True)
class Group:
    """One value of a dimension: its code, and its words."""

    code: str
    label: str


class Answers:
    """The figures of one question, each as this reader may see it.

    Three questions to the database, however many figures there are.
    """

    def __init__(self, count: Count, question: Question) -> None:
        self.count, self.question = count, question
        self._people: dict[Address, Figure] = {}
        self._times: dict[Address, Figure] = {}
        self._pool: dict[Address, Figure] = {}
        for cell in self._cells():
            self._take(cell)
        self.groups = _groups(question.rows_by)
        self.columns = _groups(question.columns_by) if question.cross else []

    @property
    def threshold(self) -> int:
        """Fewer people than this are not shown to this reader."""
        public = self.question.for_public
        return self.count.public_threshold if public else self.count.threshold

    @property
    def is_too_small(self) -> bool:
        """Whether so few took part that nothing is shown in parts."""
        return self.total.state == State.FEWER

    @property
    def total(self) -> Figure:
        return self._people.get(("", "", "", ""), FEWER)

    @property
    def total_times(self) -> Figure:
        return self._times.get(("", "", "", ""), Figure(State.LOOSE))

    @property
    def pool_total(self) -> Figure:
        return self._pool.get(("", "", "", ""), FEWER)

    @property
    def has_pool(self) -> bool:
        """Whether the pool can be counted by the same thing; never for two things at once."""
        return self.question.by in ABOUT_PEOPLE and self.question.cross is None

    @property
    def has_times(self) -> bool:
        """Whether times are told by part: for all partners and a whole year."""
        question = self.question
        return question.period.is_year and question.organisation is None and not question.cross

    def people(self, dim: str, code: str) -> Figure:
        return self._people.get((dim, code, "", ""), FEWER)

    def times(self, dim: str, code: str) -> Figure:
        return self._times.get((dim, code, "", ""), Figure(State.LOOSE))

    def pool(self, dim: str, code: str) -> Figure:
        return self._pool.get((dim, code, "", ""), FEWER)

    def crossed(self, row: str, column: str) -> Figure:
        """Return the people in one row and one column of a table of two dimensions."""
        question = self.question
        values = {question.rows_by: row, question.columns_by: column}
        first, second = ordered(*values)
        return self._people.get((first, values[first], second, values[second]), FEWER)

    def _cells(self) -> list[ReportCell]:
        question = self.question
        wanted = ["", question.rows_by, question.columns_by]
        mine = Q(period=question.period.code, organisation=question.organisation)
        pool = Q(period=POOL, cross="")
        found = (mine | pool) & Q(by__in=wanted, cross__in=["", *wanted[1:]])
        if question.by == Dimension.ORGANISATION:
            found |= Q(period=question.period.code, organisation__isnull=False, by="")
        return list(self.count.cells.filter(found))

    def _take(self, cell: ReportCell) -> None:
        people = self._as_seen(Figure(State(cell.people_state), cell.people))
        times = None
        if cell.times_state is not None:
            times = self._as_seen(Figure(State(cell.times_state), cell.times))
            times = times if people.is_shown else Figure(State.LOOSE)
        address = (cell.by, cell.value, cell.cross, cell.cross_value)
        if cell.period == POOL:
            self._pool[address] = people
            return
        if cell.organisation_id and not self.question.organisation:
            address = (Dimension.ORGANISATION.value, str(cell.organisation_id), "", "")
        self._people[address] = people
        if times:
            self._times[address] = times

    def _as_seen(self, figure: Figure) -> Figure:
        return figure.for_public(self.threshold) if self.question.for_public else figure


def _groups(dim: str) -> list[Group]:
    """Return the values of a dimension in the order of a table."""
    if dim == Dimension.ORGANISATION:
        return _rows_of(Organisation)
    if dim == Dimension.LEVEL:
        return [Group(level.value, str(level.label)) for level in Level]
    if dim == Dimension.TOWN:
        return [*_rows_of(Town), Group(NOT_SAID, _("Not known"))]
    known = [Group(str(value), str(label)) for value, label in CHOICES[Dimension(dim)].choices]
    return [*known, Group(NOT_SAID, _("Not said"))]


def _rows_of(model: type[Organisation | Town]) -> list[Group]:
    return [Group(str(key), name) for key, name in model.objects.values_list("pk", "name")]
