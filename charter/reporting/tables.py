"""The answer as a table, as bars and as sentences: the same figures in the same words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .answers import Answers, Group
from .dimensions import NOT_SAID, Dimension
from .states import State
from .suppression import Figure

NAMED = 4  # a sentence names so many groups; more of them are counted


@dataclass(frozen=True)
class Cell:
    """The words of one cell, and whether they stand for a figure that is not shown."""

    text: str
    held: bool = False

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Line:
    """One row: what it is about, and its cells."""

    label: str
    cells: list[Cell]


@dataclass(frozen=True)
class Chart:
    """Bars of one thing; ``rows`` are what the component ``bars`` takes."""

    caption: str
    rows: list[dict[str, Any]]


@dataclass(frozen=True)
class Sheet:
    """One table: the heads of its columns, its lines, and its name."""

    caption: str
    head: list[str]
    lines: list[Line]


def words(figure: Figure, threshold: int) -> str:
    """Return a figure as it is written everywhere: on screen, beside bars and in spreadsheets."""
    if figure.is_shown:
        return str(figure.value)
    if figure.state == State.FEWER:
        return _("fewer than %(number)s") % {"number": threshold}
    return _("held back")


def share(part: Figure, whole: Figure) -> Cell:
    """Return ``part`` in a hundred of ``whole``, both as they are shown."""
    if not (part.is_shown and whole.is_shown):
        return Cell(_("not shown"), held=True)
    return Cell(f"{min(round(100 * part.value / whole.value), 100)}%")


def sheet(answers: Answers) -> Sheet:
    """Return the table that answers the question."""
    return _crossed(answers) if answers.question.cross else _single(answers)


def charts(answers: Answers) -> list[Chart]:
    """Return the bars: one chart, or one for each column of a table of two dimensions."""
    question = answers.question
    if question.cross is None:
        people = [answers.people(question.rows_by, group.code) for group in answers.groups]
        return [Chart(caption(answers), _bars(answers, people, _longest(people)))]
    columns = {
        f"{question.cross.label}: {column.label}": [
            answers.crossed(group.code, column.code) for group in answers.groups
        ]
        for column in answers.columns
    }
    longest = _longest([figure for figures in columns.values() for figure in figures])
    return [Chart(name, _bars(answers, figures, longest)) for name, figures in columns.items()]


def caption(answers: Answers) -> str:
    """Return what the table is about: who is counted, by what, when, and where."""
    question = answers.question
    by = question.by.label.lower()
    if question.cross:
        by = _("%(one)s and %(other)s") % {"one": by, "other": question.cross.label.lower()}
    who = question.organisation.name if question.organisation else _("all partners")
    facts = {"by": by, "period": question.period, "who": who}
    return _("People who took part, by %(by)s, %(period)s, %(who)s") % facts


def _cell(answers: Answers, figure: Figure) -> Cell:
    return Cell(words(figure, answers.threshold), held=not figure.is_shown)


def _single(answers: Answers) -> Sheet:
    dim = answers.question.rows_by
    head = [str(answers.question.by.label), _("People"), _("Share of those who took part")]
    if answers.has_times:
        head.append(_("Times taken part"))
    if answers.has_pool:
        head += [_("People in the pool"), _("Share of the pool")]
    lines = [
        _line(answers, group.label, lambda of, code=group.code: of(dim, code))
        for group in answers.groups
    ]
    return Sheet(caption(answers), head, [*lines, _everybody(answers)])


def _line(answers: Answers, label: str, get: Callable[..., Figure]) -> Line:
    people = get(answers.people)
    cells = [_cell(answers, people), share(people, answers.total)]
    if answers.has_times:
        cells.append(_cell(answers, get(answers.times)))
    if answers.has_pool:
        pool = get(answers.pool)
        cells += [_cell(answers, pool), share(pool, answers.pool_total)]
    return Line(label, cells)


def _everybody(answers: Answers) -> Line:
    totals = {
        answers.people: answers.total,
        answers.times: answers.total_times,
        answers.pool: answers.pool_total,
    }
    return _line(answers, _("Everybody"), totals.__getitem__)


def _crossed(answers: Answers) -> Sheet:
    question = answers.question
    head = [str(question.by.label), *(column.label for column in answers.columns), _("Everybody")]
    lines = [_crossed_line(answers, group) for group in answers.groups]
    totals = [answers.people(question.columns_by, column.code) for column in answers.columns]
    last = [_cell(answers, figure) for figure in (*totals, answers.total)]
    return Sheet(caption(answers), head, [*lines, Line(_("Everybody"), last)])


def _crossed_line(answers: Answers, group: Group) -> Line:
    figures = [answers.crossed(group.code, column.code) for column in answers.columns]
    total = answers.people(answers.question.rows_by, group.code)
    return Line(group.label, [_cell(answers, figure) for figure in (*figures, total)])


def _bars(answers: Answers, figures: list[Figure], longest: int) -> list[dict[str, Any]]:
    return [
        {
            "label": group.label,
            "words": words(figure, answers.threshold),
            "share": round(100 * figure.value / longest) if figure.is_shown else None,
        }
        for group, figure in zip(answers.groups, figures, strict=True)
    ]


def _longest(figures: list[Figure]) -> int:
    """Return the largest shown figure: its bar is full."""
    return max((figure.value or 0 for figure in figures), default=0)


# --- Sentences -----------------------------------------------------------------------------------
def sentences(answers: Answers) -> list[str]:
    """Return what the table says, in a few sentences made of shown figures only."""
    found = [_how_many(answers)]
    if not answers.is_too_small:
        found += [_how_often(answers), _largest(answers), _few(answers), _pool(answers)]
    return [sentence for sentence in found if sentence]


def _how_many(answers: Answers) -> str:
    question, people = answers.question, answers.total
    facts = {
        "period": question.period,
        "who": question.organisation.name if question.organisation else _("all partners"),
        "people": people.value,
        "number": answers.threshold,
    }
    if people.is_shown:
        return _("About %(people)s people took part in the work of %(who)s, %(period)s.") % facts
    if people.state == State.FEWER:
        return _("Fewer than %(number)s took part in the work of %(who)s, %(period)s.") % facts
    return _("How many took part in the work of %(who)s is held back, %(period)s.") % facts


def _how_often(answers: Answers) -> str:
    times = answers.total_times
    if not times.is_shown:
        return ""
    return _("Together they took part about %(times)s times.") % {"times": times.value}


def _known(answers: Answers) -> Iterable[tuple[Group, Figure]]:
    dim = answers.question.rows_by
    return (
        (group, answers.people(dim, group.code))
        for group in answers.groups
        if group.code != NOT_SAID
    )


def _largest(answers: Answers) -> str:
    shown = [(group.label, figure.value) for group, figure in _known(answers) if figure.is_shown]
    if not shown:
        return ""
    most = max(value for _label, value in shown)
    labels = [label for label, value in shown if value == most]
    if len(labels) > NAMED:
        return ""
    facts = {"names": get_text_list(labels, _("and")), "number": most}
    return (
        ngettext(
            "The largest group shown is %(names)s: about %(number)s.",
            "The largest groups shown are %(names)s: about %(number)s each.",
            len(labels),
        )
        % facts
    )


def _few(answers: Answers) -> str:
    labels = [group.label for group, figure in _known(answers) if figure.state == State.FEWER]
    if not labels or answers.question.by == Dimension.ORGANISATION:
        return ""
    if len(labels) > NAMED:
        return _("In %(some)s of %(all)s groups fewer than %(number)s people took part.") % {
            "some": len(labels),
            "all": len(list(_known(answers))),
            "number": answers.threshold,
        }
    return _("Fewer than %(number)s each: %(names)s. That is too few to speak for them.") % {
        "number": answers.threshold,
        "names": get_text_list(labels, _("and")),
    }


def _pool(answers: Answers) -> str:
    if not answers.pool_total.is_shown:
        return ""
    return _("About %(number)s people are in the pool.") % {"number": answers.pool_total.value}
