"""Filters of lists: boxes and words from an address, where nonsense counts as nothing."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms

from coprod.lib.search import clean


class KnownChoices(forms.MultipleChoiceField):
    """Boxes to tick; a value that is not offered (an old bookmark) counts as not ticked."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> list[str]:
        ticked = set(value or [])
        offered: Any = self.choices
        return [str(key) for key, _label in offered if str(key) in ticked]


class Words(forms.CharField):
    """What somebody looks for: capped and cleaned, never refused."""

    widget = forms.TextInput(attrs={"type": "search", "autocomplete": "off"})

    def to_python(self, value: Any) -> str:
        return clean(str(value or ""))


class KnownFilter(django_filters.Filter):
    """Boxes to tick."""

    field_class = KnownChoices


class WordsFilter(django_filters.Filter):
    """Words to look for."""

    field_class = Words
