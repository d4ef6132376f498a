"""What readers may ask of “You said, we did”, and the order of its pages."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from coprod.lib.days import today
from coprod.lib.paging import Key
from people.models import Organisation

from .loop import ANSWERS, answered_with
from .models import Contribution

PAGE = 10
NEWEST_FIRST = (Key("said_on", dt.date, descending=True), Key("id", int, descending=True))


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
