"""What may be asked of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coprod.lib.days import today
from coprod.lib.forms import field, helper
from people.models import Organisation

from .answers import Question
from .dimensions import ABOUT_PEOPLE, ASKED_BY, SPECIAL, Dimension
from .periods import Period, begun, of_code

ALL = "all"
BOX = {"group": "govuk-!-margin-bottom-0", "css": "govuk-!-width-full"}
# Staff may see smaller numbers than a paper that anybody may read.
READERS = [("staff", _("Staff only")), ("public", _("Anybody"))]


class ReportForm(forms.Form):
    """Period, partner, what to go by, and who will read it. Always bound: defaults fill gaps."""

    period = forms.ChoiceField(label=_("Time"))
    partner = forms.ChoiceField(label=_("Partner"))
    by = forms.ChoiceField(label=_("By"))
    cross = forms.ChoiceField(label=_("And by"), required=False)
    readers = forms.ChoiceField(label=_("Who will see it"))

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        years: Sequence[int],
        partners: Sequence[Organisation],
        everybody: bool,
    ) -> None:
        self.partners = {str(partner.slug): partner for partner in partners}
        choices = {
            "period": _periods(years),
            "partner": [*([(ALL, _("All partners"))] if everybody else []), *_names(partners)],
            "by": _dimensions(ASKED_BY, Dimension.ORGANISATION if everybody else None),
            "cross": [("", _("Nothing else")), *_dimensions((*ABOUT_PEOPLE, Dimension.LEVEL))],
            "readers": READERS,
        }
        defaults = {name: some[0][0] for name, some in choices.items()}
        given = {name: data.get(name) or default for name, default in defaults.items()}
        super().__init__(given)
        for name, some in choices.items():
            self.fields[name].choices = some
            self.fields[name].error_messages["invalid_choice"] = _("Choose one from the list.")
        self.helper = helper(
            *(field(name, **BOX) for name in choices),
            method="get",
            submit=str(_("Show")),
            css="gi-actions gi-actions--end gi-noprint govuk-!-margin-bottom-6",
        )

    def clean(self) -> dict[str, Any]:
        """Refuse what no table is offered of, with what to do instead."""
        found = super().clean()
        by, cross, partner = (found.get(name) for name in ("by", "cross", "partner"))
        if not self.errors and by == Dimension.ORGANISATION and partner != ALL:
            self.add_error("partner", _("Choose “All partners” to compare partners."))
        if not self.errors and cross:
            self._refuse_cross(by, cross, partner, of_code(found["period"]))
        return found

    def _refuse_cross(self, by: str, cross: str, partner: str, period: Period) -> None:
        if by == cross:
            self.add_error("cross", _("Choose two different things, or “Nothing else”."))
        elif {by, cross} <= SPECIAL:
            self.add_error(
                "cross",
                _("Ethnic group and disability are never put together. Choose one of them."),
            )
        elif by == Dimension.ORGANISATION:
            self.add_error("cross", _("Choose one partner, and what to go by."))
        elif partner != ALL:
            self.add_error("cross", _("For one partner, choose one thing to go by."))
        elif not period.is_year:
            self.add_error("cross", _("For a quarter, choose one thing to go by, or a year."))

    def question(self) -> Question:
        """Return what was asked; only of a valid form."""
        found = self.cleaned_data
        return Question(
            period=of_code(found["period"]),
            organisation=self.partners.get(found["partner"]),
            by=Dimension(found["by"]),
            cross=Dimension(found["cross"]) if found["cross"] else None,
            for_public=found["readers"] == "public",
        )


def _periods(years: Sequence[int]) -> list[tuple[str, str]]:
    """Return years, newest first, each with its quarters."""
    periods = [
        Period(year, quarter)
        for year in sorted(years, reverse=True)
        for quarter in (0, *begun(year, today()))
    ]
    return [(period.code, str(period)) for period in periods]


def _names(partners: Sequence[Organisation]) -> list[tuple[str, str]]:
    return [(partner.slug, partner.name) for partner in partners]


def _dimensions(some: Sequence[Dimension], also: Dimension | None = None) -> list[tuple[str, Any]]:
    listed = [*some, also] if also else some
    return [(str(dimension), dimension.label) for dimension in listed]
