"""A date in three boxes, which keeps what was typed and says which part is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Typed = tuple[str, str, str]
YEARS = range(2000, 2101)  # what a project here can mean; anything else is a slip
EMPTY: Typed = ("", "", "")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class DateParts(forms.Widget):
    """Three boxes named ``x_day``, ``x_month`` and ``x_year``."""

    PARTS = ("day", "month", "year")
    use_fieldset = True
    template_name = "govuk/widgets/date.html"

    def value_from_datadict(
        self, data: Mapping[str, Any], _files: object, name: str
    ) -> Typed | dt.date | None:
        """Return what was typed, as three texts."""
        day, month, year = (str(data.get(f"{name}_{part}") or "").strip() for part in self.PARTS)
        return (day, month, year)

    def value_omitted_from_data(self, data: Mapping[str, Any], _files: object, name: str) -> bool:
        return not any(f"{name}_{part}" in data for part in self.PARTS)

    def id_for_label(self, id_: str | None, _index: str | None = None) -> str:
        return f"{id_}_day" if id_ else ""

    @staticmethod
    def parts_of(value: Any) -> Typed:
        """Return the three texts to show for a date, or for what was typed."""
        return _parts_of(value)

    def autocomplete(self, part: str) -> str:
        """Return the browser's word for this part: a birthday can be filled in for you."""
        return f"bday-{part}" if self.attrs.get("autocomplete") == "bday" else ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        values = zip(self.PARTS, self.parts_of(value), strict=True)
        context["widget"]["parts"] = [
            {"name": f"{name}_{part}", "id": f"{(attrs or {}).get('id', name)}_{part}", "value": v}
            for part, v in values
        ]
        return context


class GovDateField(forms.Field):
    """A date typed as day, month and year; the month may be a word.

    Cleans to a ``datetime.date``, or None where nothing is needed and nothing was typed.
    ``ModelForm``: ``field_classes = {"closes_on": GovDateField}``. django-filter: ``DateFilter``.

    Raises:
        ValidationError: ``params["parts"]`` names the boxes to put right.
    """

    widget = DateParts
    default_error_messages = {
        "required": gettext_lazy("Enter the date, like 18 12 2026"),
        "invalid": gettext_lazy("Check the date: it is not in the calendar"),
        "number": gettext_lazy("Write the date in numbers, like 18 12 2026"),
        "year": gettext_lazy("Write the year with four numbers, like 2026"),
        "range": gettext_lazy("Check the year: it lies between 2000 and 2100"),
    }

    def to_python(self, value: Any) -> dt.date | None:
        """Return the date that was typed."""
        if value is None or value == EMPTY or isinstance(value, dt.date):
            return value or None if value != EMPTY else None
        self._refuse_missing(value)
        day, month, year = value
        numbers = (day, _month_number(month), year)
        self._refuse_words(numbers)
        if len(year) != 4:
            self._refuse("year", ("year",))
        if int(year) not in YEARS:
            self._refuse("range", ("year",))
        try:
            return dt.date(int(year), int(numbers[1]), int(day))
        except ValueError:
            return self._refuse("invalid", DateParts.PARTS)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _parts_of(initial) != _parts_of(data)

    def _refuse_missing(self, typed: Typed) -> None:
        gaps = tuple(part for part, text in zip(DateParts.PARTS, typed, strict=True) if not text)
        if gaps:
            words = {"day": _("day"), "month": _("month"), "year": _("year")}
            names = _(" and the ").join(words[gap] for gap in gaps)
            message = _("Add the %(names)s to the date") % {"names": names}
            raise ValidationError(message, code="incomplete", params={"parts": gaps})

    def _refuse_words(self, typed: Typed) -> None:
        wrong = tuple(
            part
            for part, text in zip(DateParts.PARTS, typed, strict=True)
            if not (text.isascii() and text.isdigit())
        )
        if wrong:
            self._refuse("number", wrong)

    def _refuse(self, code: str, parts: tuple[str, ...]) -> Any:
        raise ValidationError(self.error_messages[code], code=code, params={"parts": parts})


def _parts_of(value: Any) -> Typed:
    if isinstance(value, dt.date):
        return (str(value.day), str(value.month), str(value.year))
    return value if isinstance(value, tuple) else EMPTY


def _month_number(text: str) -> str:
    """Return "12" for "December" or "dec", and anything else as it is."""
    start = text.lower()[:3]
    return str(_MONTHS.index(start) + 1) if start in _MONTHS else text
