"""The equality questions as a form, built from the wording in use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.equality import OLDEST, allowed_values
from people.models import PREFER_NOT_TO_SAY, EqualityQuestion

NOT_SAID = _("Prefer not to say")
# Of the form alone: a chosen radio cannot be emptied, so this choice empties it. Nothing is kept.
LEAVE_OUT = "leave_out"
Choices = list[tuple[str, Any]]


class Kind(models.TextChoices):
    """Why an answer is changed. It decides whether what was counted before is put right."""

    WRONG = "wrong", _("This was wrong")
    CHANGED = "changed", _("This has changed")


class EqualityForm(forms.Form):
    """Every question optional; “prefer not to say” is an answer, and leaving it blank is none."""

    def __init__(
        self,
        *args: Any,
        questions: list[EqualityQuestion],
        answers: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            value = answers.get(question.code, "")
            if question.options:
                self._add_choice(question, value)
            else:
                self._add_year(question, value)
        if answers:
            self.fields["kind"] = forms.ChoiceField(
                label=_("Why are you changing your answers?"),
                choices=Kind,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose why you are changing your answers")},
            )

    def _add_choice(self, question: EqualityQuestion, value: str) -> None:
        self.fields[question.code] = forms.ChoiceField(
            label=question.wording,
            help_text=question.hint,
            choices=_grouped(question),
            initial=value,
            required=False,
            widget=forms.RadioSelect,
        )

    def _add_year(self, question: EqualityQuestion, value: str) -> None:
        said = value != PREFER_NOT_TO_SAY
        self.fields[question.code] = forms.CharField(
            label=question.wording,
            help_text=question.hint,
            initial=value if said else "",
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "bday-year"}),
        )
        self.fields[_not_said(question)] = forms.BooleanField(
            label=NOT_SAID, initial=not said, required=False
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for question in self.questions:
            if not question.options:
                self._clean_year(question, data)
            elif data.get(question.code) == LEAVE_OUT:
                data[question.code] = ""
        return data

    def _clean_year(self, question: EqualityQuestion, data: dict[str, Any]) -> None:
        year = data.get(question.code, "").strip()
        if data.pop(_not_said(question), False):
            if year:
                self.add_error(question.code, _("Enter a year, or tick “Prefer not to say”"))
            data[question.code] = PREFER_NOT_TO_SAY
        elif year and year not in allowed_values(question):
            self.add_error(
                question.code,
                _("Enter the year with four digits, like 1968. Not more than %(n)s years ago")
                % {"n": OLDEST},
            )
        else:
            data[question.code] = year

    kind_hints = {
        Kind.WRONG: _("What you took part in before is counted anew, with these answers."),
        Kind.CHANGED: _("What you took part in before stays counted as it was."),
    }

    @property
    def answers(self) -> dict[str, str]:
        """What was answered, by code, once the form is valid."""
        return {question.code: self.cleaned_data[question.code] for question in self.questions}

    def sections(self) -> list[dict[str, Any]]:
        """Return what the page draws: each question with its field, and its own last answer."""
        return [
            {
                "question": question,
                "field": self[question.code],
                "groups": _drawn(self[question.code]) if question.options else [],
                "not_said": None if question.options else self[_not_said(question)],
            }
            for question in self.questions
        ]


def _not_said(question: EqualityQuestion) -> str:
    return f"{question.code}_not_said"


def _grouped(question: EqualityQuestion) -> Choices:
    """Return the answers, under their headings where they have any, then the two ways out."""
    made: Choices = []
    for value, label, *headings in question.options:
        if not headings:
            made.append((value, label))
        elif made and made[-1][0] == headings[0]:
            made[-1][1].append((value, label))
        else:
            made.append((headings[0], [(value, label)]))
    return [*made, (PREFER_NOT_TO_SAY, NOT_SAID), (LEAVE_OUT, _("Leave this one out"))]


def _drawn(field: forms.BoundField) -> list[dict[str, Any]]:
    """Return the radios in their groups: ``heading`` and ``items``."""
    widget, chosen = field.field.widget, [str(field.value() or "")]
    groups: list[dict[str, Any]] = []
    for heading, options, _number in widget.optgroups(
        field.html_name, chosen, {"id": field.auto_id}
    ):
        if not groups or groups[-1]["heading"] != heading:
            groups.append({"heading": heading, "items": []})
        for option in options:
            last = option["value"] == PREFER_NOT_TO_SAY
            groups[-1]["items"].append({**option, "id": option["attrs"]["id"], "last": last})
    return groups
