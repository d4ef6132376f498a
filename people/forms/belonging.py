"""Being in the pool: a break, leaving, who may look for me, how I came, support that I wish for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coprod.lib.days import add_months, today
from coprod.lib.forms import GovDateField, helper, radios, text_area
from coprod.lib.many import ManyRows
from people.actions import LONGEST_BREAK
from people.models import (
    HeardFrom,
    OfferKind,
    Organisation,
    Person,
    PersonKind,
    SupportWish,
)

from .typed import About, Typed, typed

MY_PAGE = "/my/page/"
BACK = (MY_PAGE, _("Go back without saving"))
SOME_DAY = "day"
TWO_WEEKS = dt.timedelta(days=14)


class BreakForm(forms.Form):
    """Until when; nobody asks why. ``cleaned_data`` holds ``until``, the first day back."""

    length = forms.ChoiceField(
        label=_("How long a break would you like?"),
        choices=[
            ("2w", _("Two weeks")),
            ("1m", _("One month")),
            ("3m", _("Three months")),
            (SOME_DAY, _("I choose the day when I am back")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how long a break you would like")},
    )
    until = GovDateField(label=_("I am back on"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            radios("length", conditional={SOME_DAY: "until"}),
            submit=_("Have a break"),
            link=(MY_PAGE, _("Go back, no break")),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        length = data.pop("length", "")
        day = today()
        if length == SOME_DAY:
            self._look_at_day(data.get("until"), day)
        elif length:
            data["until"] = day + TWO_WEEKS if length == "2w" else add_months(day, int(length[0]))
        return data

    def _look_at_day(self, until: dt.date | None, day: dt.date) -> None:
        if "until" in self.errors:
            return
        if until is None:
            self.add_error("until", _("Enter the day when you are back"))
        elif until <= day:
            self.add_error("until", _("Enter a day after today"))
        elif until > add_months(day, LONGEST_BREAK):
            self.add_error("until", _("Enter a day within the next 12 months"))


TypedBreakForm = typed(
    BreakForm,
    about_them={
        "length": About(
            _("How long a break would they like?"),
            _("Do not ask why."),
            _("Choose how long a break they would like"),
        ),
        "until": About(_("They are back on")),
    },
    submit=_("Give them the break"),
)


class LeaveForm(forms.Form):
    """A last question, so that nobody leaves by a slip."""

    sure = forms.BooleanField(
        label=_("Yes, I want to leave"),
        error_messages={"required": _("Tick the box if you want to leave")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            "sure", submit=_("Leave the pool"), link=(MY_PAGE, _("Go back, I stay"))
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data.pop("sure", None)
        return data


TypedLeaveForm = typed(
    LeaveForm,
    about_them={
        "sure": About(
            _("Yes, they want to leave"), required=_("Tick the box if they want to leave")
        )
    },
    submit=_("Take them out of the pool"),
)


class BackForm(forms.Form):
    """No question: pressing the button is enough."""


TypedBackForm = typed(BackForm, submit=_("They are back"))


class DeathForm(Typed, LeaveForm):
    """Recorded by staff alone."""

    about_them = {
        "channel": About(_("How did you hear of it?")),
        "sure": About(
            _("Yes, this person has died"), required=_("Tick the box if this person has died")
        ),
    }
    submit = _("Record the death")


class PartnersForm(forms.Form):
    """Which partners may look for me."""

    partners = ManyRows(
        Organisation.objects.none(),
        label=_("Who may look for you?"),
        help_text=_("Choose as many as you like, or none."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = Organisation.objects.in_force_on(today())
        self.fields["partners"].queryset = partners
        hints = {one.pk: _about(one) for one in partners}
        self.helper = helper(radios("partners", hints=hints), submit=_("Save"), link=BACK)


def _about(organisation: Organisation) -> str:
    if organisation.is_host:
        return _("%(kind)s. They run this website.") % {"kind": organisation.get_kind_display()}
    return f"{organisation.get_kind_display()}."


TypedPartnersForm = typed(
    PartnersForm,
    about_them={
        "partners": About(_("Who may look for them?"), _("As many as they like, or none."))
    },
)


class JoiningForm(forms.Form):
    """For whom I speak, and where I heard of this."""

    kind = forms.ChoiceField(
        label=_("Who are you here for?"),
        choices=PersonKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who you are here for")},
    )
    represents = forms.CharField(
        label=_("The name of the organisation"), max_length=Person.REPRESENTS_LIMIT, required=False
    )
    heard_from = forms.ChoiceField(
        label=_("Where did you hear of us?"),
        choices=[*HeardFrom.choices, ("", _("I do not want to say"))],
        required=False,
        widget=forms.RadioSelect,
    )
    heard_from_words = forms.CharField(
        label=_("Where was that?"), max_length=Person.HEARD_LIMIT, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(*self.parts(), submit=_("Save"), link=BACK)

    @staticmethod
    def parts() -> tuple[Any, ...]:
        """Return what is asked, for this form and for that which adds somebody."""
        return (
            radios("kind", conditional={PersonKind.REPRESENTATIVE: "represents"}),
            radios("heard_from", conditional={HeardFrom.OTHER: "heard_from_words"}),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("kind") == PersonKind.REPRESENTATIVE:
            if not data.get("represents"):
                self.add_error("represents", _("Enter the name of the organisation"))
        else:
            data["represents"] = ""
        if data.get("heard_from") != HeardFrom.OTHER:
            data["heard_from_words"] = ""
        return data


JOINING_OF_THEM = {
    "kind": About(_("Who are they here for?"), required=_("Choose who they are here for")),
    "heard_from": About(_("Where did they hear of us?")),
}
TypedJoiningForm = typed(JoiningForm, about_them=JOINING_OF_THEM)


class WishForm(forms.Form):
    """Support or training that would help me to take part."""

    kind = forms.ChoiceField(
        label=_("What would you like?"),
        choices=OfferKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose support or training")},
    )
    what = forms.CharField(
        label=_("What would help you to take part?"),
        help_text=_(
            "For example: somebody to travel with, how to use video calls, how to chair a meeting. "
            "You need not say why."
        ),
        max_length=SupportWish.WHAT_LIMIT,
        error_messages={"required": _("Enter what would help")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            radios("kind", inline=True), text_area("what", rows=3), submit=_("Send my wish")
        )


TypedWishForm = typed(
    WishForm,
    about_them={
        "kind": About(_("What would they like?")),
        "what": About(_("What would help them to take part?"), _("In their own words.")),
    },
)
