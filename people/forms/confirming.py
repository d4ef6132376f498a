"""Whether somebody who came with a spreadsheet stays, and what they put right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coprod.lib.forms import fieldset, helper, radios, text_area
from people.actions import DETAILS
from people.models import Person

from .pool import ReachForm
from .typed import About, Typed

STAY, REMOVE = "stay", "remove"


class ConfirmForm(ReachForm):
    """Stay or be removed; whoever stays may put right what is wrong."""

    answer = forms.ChoiceField(
        label=_("Do you want to stay?"),
        choices=[(STAY, _("Yes, I stay")), (REMOVE, _("No, remove me"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose if you stay, or if we remove you")},
    )
    field_order = ["answer"]

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(person, name) for name in DETAILS}
        super().__init__(*args, **kwargs)
        self.helper = helper(
            radios("answer"),
            fieldset(
                _("What we have about you"),
                "name",
                "town",
                "contact_by",
                "phone",
                "email",
                text_area("address", rows=4),
                hint=_("Change what is wrong. Leave the rest as it is."),
            ),
            submit=_("Send my answer"),
        )

    def clean(self) -> dict[str, Any]:
        """Ask nothing more of who wants to go."""
        data = super().clean()
        if data.get("answer") == REMOVE:
            for name in DETAILS:
                self.errors.pop(name, None)
        return data

    @property
    def is_remove(self) -> bool:
        """Whether they want to be removed."""
        return self.cleaned_data.get("answer") == REMOVE

    @property
    def details(self) -> dict[str, Any]:
        """What they put right."""
        return {name: self.cleaned_data[name] for name in DETAILS}


class TypedConfirmForm(Typed, ConfirmForm):
    """The same, for somebody who rang or wrote."""

    about_them = {
        "answer": About(_("Do they want to stay?"), None, _("Choose what they said")),
        "contact_by": About(_("How may we reach them?"), None, _("Choose how we may reach them")),
    }
