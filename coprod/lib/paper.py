"""Any form as a blank to print and fill in by hand: the same questions, in the same order.

``questions_of(form)`` reads the form's own layout: fieldsets, hints, what an answer reveals. It
holds for any Django form; ``components/paper/sheet.html`` draws what it returns.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import HttpRequest

from . import controls

LETTERS_A_LINE = 45  # of handwriting, across an A4 page
MOST_LINES = 12  # then people take another sheet: the page says so
MORE_LINES = 3  # than the form has rows on a screen: hands write larger
SHORT = 12  # an answer of so few letters gets a short line
FEW = 20  # a list with more answers than that, or with none, is a line to write on
BESIDE = 26  # letters of an answer beside which another one fits
ONE, ALL = "one", "all"


@dataclass(frozen=True)
class Choice:
    """One answer with its box: its words, a hint, and the questions that it leads to."""

    label: Any
    hint: Any = ""
    then: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Group:
    """Choices under one heading; most questions have one group, without."""

    heading: Any
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Question:
    """One question on paper.

    ``lines`` to write on, or ``groups`` of boxes of which to tick one or all that fit (``tick``),
    or a single box whose words are the question itself (``is_box``), or day, month and year
    (``is_date``).
    """

    name: str
    label: Any
    hint: Any = ""
    lines: int = 0
    is_short: bool = False
    groups: tuple[Group, ...] = ()
    tick: str = ""
    is_box: bool = False
    is_date: bool = False
    number: int = 0  # on the page; a box alone, and what an answer leads to, has none

    @property
    def rules(self) -> range:
        """The lines to write on, one by one."""
        return range(self.lines)

    @property
    def is_brief(self) -> bool:
        """Whether the answers are so short that two stand beside each other."""
        choices = [choice for group in self.groups for choice in group.choices]
        return all(
            len(str(one.label)) <= BESIDE and not one.hint and not one.then for one in choices
        )


@dataclass(frozen=True)
class Section:
    """Questions that belong together; outside of every fieldset it has no words of its own."""

    legend: Any = ""
    hint: Any = ""
    questions: list[Question] = field(default_factory=list)


def questions_of(
    form: forms.BaseForm,
    *,
    leave_out: Container[str] = (),
    without: Container[str] = (),
) -> list[Section]:
    """Return what to print of ``form``, in the order of its layout.

    Args:
        leave_out: names of fields that make no sense on paper. Hidden ones, files and passwords
            are always left out, and so are boxes of which there are none.
        without: values of answers that only make sense on a screen.
    """
    return _Reader(form, leave_out, without).sections()


def printed(
    request: HttpRequest, sections: list[Section], *, typed_at: str, reference: str = ""
) -> dict[str, Any]:
    """Return what the pages in ``components/paper/`` need.

    Args:
        typed_at: the address where staff type what comes back; it is shortened to be read by eye.
        reference: the mark by which the typist finds whom or what it is about.
    """
    return {
        "sections": sections,
        "large": request.GET.get("size") == "large",
        "here": request.path,
        "typed_at": request.build_absolute_uri(typed_at).partition("//")[2],
        "reference": reference,
    }


class _Reader:
    def __init__(
        self, form: forms.BaseForm, leave_out: Container[str], without: Container[str]
    ) -> None:
        self.form, self.leave_out, self.without = form, leave_out, without
        self.drawn: set[str] = set()

    def sections(self) -> list[Section]:
        made: list[Section] = []
        for part in self._parts():
            if isinstance(part, str) or not hasattr(part, "legend"):
                if not made or made[-1].legend:
                    made.append(Section())
                made[-1].questions.extend(self._of(part))
            else:
                made.append(Section(part.legend, part.hint, list(self._of(part.fields))))
        return _numbered([section for section in made if section.questions])

    def _parts(self) -> Iterable[Any]:
        """Return the parts of the layout, then the fields that it does not name."""
        layout = getattr(getattr(self.form, "helper", None), "layout", None)
        parts = list(layout or ())
        named = set(controls.names_in(parts))
        return [*parts, *(name for name in self.form.fields if name not in named)]

    def _of(self, part: Any) -> Iterator[Question]:
        """Yield the questions in a part of the layout: a name, an object with fields, or a list."""
        if isinstance(part, str):
            yield from self._question(part, {})
        elif isinstance(part, (list, tuple)):
            for one in part:
                yield from self._of(one)
        elif options := getattr(part, "options", None):
            yield from self._question(part.fields[0], options)
        else:
            yield from self._of(list(getattr(part, "fields", ())))

    def _question(self, name: str, options: Mapping[str, Any]) -> Iterator[Question]:
        if name not in self.form.fields or name in self.leave_out or name in self.drawn:
            return
        self.drawn.add(name)
        bound = self.form[name]
        kind = controls.kind_of(bound)
        if kind in {"hidden", "file", "password"}:
            return
        if kind in {"choices", "select"}:
            yield from self._to_tick(bound, options)
        elif kind == "checkbox":
            yield Question(name, bound.label, bound.help_text, is_box=True)
        elif kind == "date":
            yield Question(name, bound.label, bound.help_text, is_date=True)
        else:
            yield _to_write(bound, options)

    def _to_tick(self, bound: BoundField, options: Mapping[str, Any]) -> Iterator[Question]:
        groups = self._groups(bound, options)
        count = sum(len(group.choices) for group in groups)
        if not 0 < count <= FEW and controls.kind_of(bound) == "select":
            yield Question(bound.name, bound.label, bound.help_text, lines=1)
            return
        if not count:
            return
        several = isinstance(
            bound.field.widget, (forms.CheckboxSelectMultiple, forms.SelectMultiple)
        )
        tick = ALL if several else ONE
        yield Question(bound.name, bound.label, bound.help_text, groups=tuple(groups), tick=tick)

    def _groups(self, bound: BoundField, options: Mapping[str, Any]) -> list[Group]:
        made: list[Group] = []
        for value, label in getattr(bound.field, "choices", ()):
            if isinstance(label, (list, tuple)):
                inside = [self._choice(one, words, options) for one, words in label]
                made.append(Group(value, tuple(inside)))
            elif str(value) and value not in self.without:  # “nothing chosen” is an empty box
                if not made or made[-1].heading:
                    made.append(Group("", ()))
                choice = self._choice(value, label, options)
                made[-1] = Group("", (*made[-1].choices, choice))
        return made

    def _choice(self, value: Any, label: Any, options: Mapping[str, Any]) -> Choice:
        then = _of(options.get("conditional") or {}, value) or ()
        hint = _of(options.get("hints") or {}, value) or ""
        return Choice(label, hint, tuple(self._of(then)))


def _numbered(sections: list[Section]) -> list[Section]:
    count = itertools.count(1)
    for section in sections:
        section.questions[:] = [
            one if one.is_box else replace(one, number=next(count)) for one in section.questions
        ]
    return sections


def _of(table: Mapping[Any, Any], value: Any) -> Any:
    return next((found for key, found in table.items() if str(key) == str(value)), None)


def _to_write(bound: BoundField, options: Mapping[str, Any]) -> Question:
    limit = getattr(bound.field, "max_length", None) or options.get("limit") or 0
    if isinstance(bound.field.widget, forms.Textarea):
        most = options["rows"] + MORE_LINES if options.get("rows") else MOST_LINES
        lines = min(max(2, math.ceil(limit / LETTERS_A_LINE)), most) if limit else 4
        return Question(bound.name, bound.label, bound.help_text, lines=lines)
    number = isinstance(bound.field, (forms.IntegerField, forms.DecimalField))
    short = number or 0 < limit <= SHORT or 0 < int(options.get("width") or 0) <= SHORT
    return Question(bound.name, bound.label, bound.help_text, lines=1, is_short=short)
