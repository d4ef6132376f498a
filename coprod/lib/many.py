"""Many rows to tick."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class ManyRows(forms.ModelMultipleChoiceField):
    """Django’s field for many rows, which also refuses a number that no database can hold."""

    def _check_values(self, value: Any) -> Any:
        try:
            return super()._check_values(value)  # type: ignore[misc]  # its types lack it
        except OverflowError:
            wrong = {"value": max(map(str, value), key=len)}
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params=wrong
            ) from None
