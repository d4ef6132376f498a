"""What readers may ask of “You said, we did”, and its pages."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from coprod.lib.days import today
from people.models import Organisation

from .loop import ANSWERS, answered_with
from .models import Contribution

PAGE = 10


def organisations(_request: Any) -> QuerySet[Organisation]:
    """Return the organisations to which something public was said."""
    said = Contribution.objects.public().filter(opportunity__organisation=OuterRef("pk"))
    return Organisation.objects.filter(Exists(said))


class LoopFilter(filters.FilterSet):
    """Organisation and answer; the project comes with a link from its own page."""

    organisation = filters.ModelChoiceFilter(
        field_name="opportunity__organisation",
        queryset=organisations,
        to_field_name="slug",
        label=_("Who was asked"),
        empty_label=_("Everybody"),
    )
    answer = filters.ChoiceFilter(
        choices=list(ANSWERS.items()),
        method="by_answer",
        label=_("What was answered"),
        empty_label=_("Everything"),
        widget=forms.RadioSelect,
    )
    project = filters.CharFilter(
        field_name="opportunity__slug", widget=forms.HiddenInput, max_length=140
    )

    class Meta:
        model = Contribution
        fields: list[str] = []

    def by_answer(
        self, contributions: QuerySet[Contribution], _name: str, value: str
    ) -> QuerySet[Contribution]:
        """Keep those with this answer."""
        return answered_with(contributions, value, today())

    def chosen(self) -> list[dict[str, str]]:
        """Return what is asked for: words, and the query of the page without it."""
        asked = {name: value for name, value in self._asked().items() if value}
        return [
            {
                "words": self._words(name, value),
                "without": urlencode({key: one for key, one in asked.items() if key != name}),
            }
            for name, value in asked.items()
        ]

    def _asked(self) -> dict[str, str]:
        return {name: self.data.get(name, "") for name in self.filters} if self.is_valid() else {}

    def _words(self, name: str, value: str) -> str:
        if name == "answer":
            return str(ANSWERS[value])
        if name == "organisation":
            return str(self.form.cleaned_data["organisation"])
        row = self.qs.select_related("opportunity").first()
        return row.opportunity.title if row else str(_("One project"))


def page_after(
    contributions: QuerySet[Contribution], key: str, size: int = PAGE
) -> tuple[list[Contribution], str]:
    """Return one page, newest first, and the key of the page after it ("" at the end).

    The key is the day and number of the last row, as in ``2026-05-01_12``: pages stay as they are
    while new rows come in on top. A key that is none starts from the newest.
    """
    rows = contributions.order_by("-said_on", "-pk")
    place = _place(key)
    if place:
        day, number = place
        rows = rows.filter(Q(said_on__lt=day) | Q(said_on=day, pk__lt=number))
    listed = list(rows[: size + 1])
    if len(listed) <= size:
        return listed, ""
    last = listed[size - 1]
    return listed[:size], f"{last.said_on:%Y-%m-%d}_{last.pk}"


def _place(key: str) -> tuple[dt.date, int] | None:
    day, _stroke, number = key.partition("_")
    try:
        return dt.date.fromisoformat(day), int(number)
    except ValueError:
        return None
