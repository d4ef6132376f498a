"""A date in three boxes: what it takes, what it says, what it keeps."""

from __future__ import annotations

import datetime as dt

import django_filters
import pytest
from django import forms

from coprod.lib import controls
from coprod.lib.forms import DateParts, GovDateField
from opportunities.models import Opportunity


class DayForm(forms.Form):
    day = GovDateField(label="Closing date")


class MaybeForm(forms.Form):
    day = GovDateField(required=False)


def typed(day: str = "", month: str = "", year: str = "") -> dict[str, str]:
    return {"day_day": day, "day_month": month, "day_year": year}


@pytest.mark.parametrize(
    "boxes",
    [
        ("18", "12", "2026"),
        (" 18 ", "12", "2026"),
        ("18", "December", "2026"),
        ("18", "dec", "2026"),
    ],
)
def test_dates_that_are_understood(boxes):
    form = DayForm(typed(*boxes))
    assert form.is_valid()
    assert form.cleaned_data["day"] == dt.date(2026, 12, 18)


@pytest.mark.parametrize(
    ("boxes", "said", "parts"),
    [
        (("", "", ""), "Enter the date, like 18 12 2026", ("day", "month", "year")),
        (("18", "", "2026"), "Add the month to the date", ("month",)),
        (("18", "", ""), "Add the month and the year to the date", ("month", "year")),
        (("x", "12", "2026"), "Write the date in numbers, like 18 12 2026", ("day",)),
        (("²", "12", "2026"), "Write the date in numbers, like 18 12 2026", ("day",)),
        (("18", "12", "1999"), "Check the year: it lies between 2000 and 2100", ("year",)),
        (("18", "12", "2101"), "Check the year: it lies between 2000 and 2100", ("year",)),
        (("18", "12", "26"), "Write the year with four numbers, like 2026", ("year",)),
        (
            ("31", "2", "2026"),
            "Check the date: it is not in the calendar",
            ("day", "month", "year"),
        ),
    ],
)
def test_what_it_says_and_which_boxes_are_wrong(boxes, said, parts):
    form = DayForm(typed(*boxes))
    assert form.errors["day"] == [said]
    assert controls.wrong_parts(form["day"]) == parts


def test_what_was_typed_stays():
    html = controls.render(DayForm(typed("31", "Feb", "26"))["day"])
    assert [f'value="{text}"' in html for text in ("31", "Feb", "26")] == [True, True, True]


def test_it_may_be_left_out_only_where_it_may():
    assert MaybeForm(typed()).is_valid()
    assert MaybeForm({}).is_valid()
    assert MaybeForm(typed()).fields["day"].clean(("", "", "")) is None
    assert not DayForm({}).is_valid()


def test_a_day_that_is_kept_is_shown_in_its_boxes():
    html = controls.render(DayForm(initial={"day": dt.date(2026, 12, 18)})["day"])
    assert [f'value="{text}"' in html for text in ("18", "12", "2026")] == [True, True, True]


@pytest.mark.parametrize(
    ("boxes", "changed"), [(("18", "12", "2026"), False), (("19", "12", "2026"), True)]
)
def test_only_another_day_is_a_change(boxes, changed):
    form = DayForm(typed(*boxes), initial={"day": dt.date(2026, 12, 18)})
    assert form.has_changed() is changed


def test_a_birthday_can_be_filled_in_by_the_browser():
    class BornForm(forms.Form):
        born = GovDateField(widget=DateParts(attrs={"autocomplete": "bday"}))

    html = controls.render(BornForm()["born"])
    assert [f'autocomplete="bday-{part}"' in html for part in DateParts.PARTS] == [True] * 3


def test_it_is_drawn_outside_our_pack_too():
    html = str(DayForm(typed("18", "12", "2026"))["day"])
    assert html.count("<input") == len(DateParts.PARTS)
    assert 'name="day_month"' in html


def test_a_form_of_a_model_and_a_filter_can_use_it():
    form = forms.modelform_factory(
        Opportunity, fields=["closes_on"], field_classes={"closes_on": GovDateField}
    )
    assert isinstance(form().fields["closes_on"], GovDateField)

    class DayFilter(django_filters.Filter):
        field_class = GovDateField

    class Closing(django_filters.FilterSet):
        until = DayFilter(field_name="closes_on", lookup_expr="lte")

        class Meta:
            model = Opportunity
            fields: list[str] = []

    data = {"until_day": "1", "until_month": "2", "until_year": "2027"}
    asked = Closing(data, queryset=Opportunity.objects.all())
    assert asked.is_valid()
    assert "2027-02-01" in str(asked.qs.query)
