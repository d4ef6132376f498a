"""What is written about people of the pool: who they are, and how to reach them."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coprod.lib.forms import TextArea, fieldset, helper, text_area
from people.actions import DETAILS
from people.actions.pool import reachable_by
from people.models import ContactBy, Person, PersonKind, Town

from .belonging import JOINING_OF_THEM, JoiningForm
from .sign_up import NAME_LIMIT
from .typed import About, Typed

NUMBER = re.compile(r"^\+?[\d\s()\-]{6,29}$")
_MISSING = {
    ContactBy.EMAIL: ("email", _("Enter an e-mail address, or choose another way to be reached")),
    ContactBy.PHONE: ("phone", _("Enter a phone number, or choose another way to be reached")),
    ContactBy.TEXT: ("phone", _("Enter a phone number, or choose another way to be reached")),
    ContactBy.LETTER: ("address", _("Enter an address, or choose another way to be reached")),
}


def name_field(label: Any) -> forms.CharField:
    """Return the field for what somebody is called."""
    return forms.CharField(
        label=label,
        max_length=NAME_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter a name")},
    )


class ReachForm(forms.Form):
    """How a person is called and reached. What they chose has to be possible."""

    name = name_field(_("Name"))
    town = forms.ModelChoiceField(
        Town.objects.all(), label=_("Town"), required=False, empty_label=_("Not said")
    )
    contact_by = forms.ChoiceField(
        label=_("How may we reach you?"),
        choices=ContactBy,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how we may reach you")},
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Enter an e-mail address, like name@example.org")},
    )
    phone = forms.CharField(
        label=_("Phone number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    address = forms.CharField(
        label=_("Postal address"),
        max_length=300,
        required=False,
        widget=TextArea(attrs={"autocomplete": "street-address", "rows": 4}),
    )

    def clean_email(self) -> str:
        """Keep addresses in small letters, as accounts do."""
        return self.cleaned_data["email"].lower()

    def clean_phone(self) -> str:
        """Take any way of writing a number; a word is none."""
        phone = self.cleaned_data["phone"].strip()
        if phone and not NUMBER.match(phone):
            raise forms.ValidationError(_("Enter a phone number, like 0121 496 0123"))
        return phone

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        contact_by = data.get("contact_by")
        known = {way: data.get(way, self._known(way)) for way in ("email", "phone", "address")}
        if contact_by and not reachable_by(contact_by, **known):
            field, message = _MISSING[contact_by]
            if field in self.fields and field not in self.errors:
                self.add_error(field, message)
        return data

    def _known(self, way: str) -> str:
        """Return what the form does not ask for: the address of an account."""
        return str(self.initial.get(way, ""))


class DetailsForm(ReachForm):
    """A person's own details. The address of an account is changed where it can be proved."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(person, name) for name in DETAILS}
        super().__init__(*args, **kwargs)
        del self.fields["email"]
        self.helper = helper(
            "name",
            "town",
            "contact_by",
            "phone",
            text_area("address", rows=4),
            submit=_("Save my details"),
            link=("/my/profile/", _("Go back without saving")),
        )


ABOUT_THEM = {
    "contact_by": About(_("How may we reach them?"), required=_("Choose how we may reach them")),
}


def _how_to_reach_them(*, with_email: bool = True) -> Any:
    return fieldset(
        _("How to reach them"),
        "contact_by",
        "phone",
        *(["email"] if with_email else []),
        text_area("address", rows=4),
        hint=_("One way is enough. Nobody needs an e-mail address."),
    )


class TypedDetailsForm(Typed, ReachForm):
    """The details of somebody, changed for them. The address of an account is theirs to change."""

    about_them = ABOUT_THEM
    submit = _("Save the details")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(person, name) for name in DETAILS}
        self.has_account = person.user_id is not None
        super().__init__(*args, **kwargs)
        if self.has_account:
            del self.fields["email"]
        ways = _how_to_reach_them(with_email=not self.has_account)
        self.lay_out("name", "town", ways)


class JoinForm(JoiningForm, ReachForm):
    """What joining asks, in one: on paper, and of staff who type. Online it comes bit by bit."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].required = False
        self.fields["kind"].initial = PersonKind.RESIDENT
        self.order_fields(["name", "town", "contact_by", "phone", "email", "address"])

    def clean_kind(self) -> str:
        """Take whoever said nothing for a resident."""
        return self.cleaned_data["kind"] or PersonKind.RESIDENT


class AddPersonForm(Typed, JoinForm):
    """Somebody who rang, wrote or came by, typed by staff with them: what joining asks."""

    about_them = {**ABOUT_THEM, **JOINING_OF_THEM}
    submit = _("Add this person")
    again = _("Add, and type the next")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].label = _("How did they reach you?")
        self.fields["channel"].error_messages["required"] = _("Choose how they reached you")
        self.lay_out("name", "town", _how_to_reach_them(), *self.parts())
        # The button “add anyway” stands outside of the form.
        self.helper.form_id = "person"
