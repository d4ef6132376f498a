"""What people decide and ask about their data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coprod.lib.forms import TextArea, checkboxes, helper, radios, text_area
from people.models import Objection
from people.models.rights import WORDS_LIMIT
from people.purposes import BY_CODE, SWITCHES

from .pool import NUMBER, name_field
from .typed import About, Typed

OBJECTION_HINTS = {
    Objection.To.BEING_FOUND: _("From now on no partner may look for you. You stay in the pool."),
    Objection.To.STATISTICS: _("We delete your equality answers, also where they were counted."),
    Objection.To.MESSAGES: _("You hear only about projects that you came forward to."),
    Objection.To.OTHER: _("Tell us below. A coordinator answers you."),
}


class ChoicesForm(forms.Form):
    """The uses of data that rest on consent alone: each with a switch."""

    purposes = forms.MultipleChoiceField(
        label=_("You may also"),
        choices=[(code, BY_CODE[code].words) for code in SWITCHES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, on: Any = (), **kwargs: Any) -> None:
        kwargs["initial"] = {"purposes": sorted(on)}
        super().__init__(*args, **kwargs)
        self.helper = helper(checkboxes("purposes"), submit=_("Save my choices"))


class ObjectionForm(forms.Form):
    """One use of data that somebody wants to end."""

    to = forms.ChoiceField(
        label=_("What should we stop?"),
        choices=Objection.To,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what we should stop")},
    )
    words = forms.CharField(
        label=_("Why, if you want to say"),
        max_length=WORDS_LIMIT,
        required=False,
        widget=TextArea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            radios("to", hints=OBJECTION_HINTS),
            text_area("words", limit=WORDS_LIMIT),
            submit=_("Object"),
            link=("/my/data/", _("Go back")),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("to") == Objection.To.OTHER and not data.get("words") and not self.errors:
            self.add_error("words", _("Write what we should stop"))
        return data


class EraseForm(forms.Form):
    """Asked once more before everything goes."""

    sure = forms.BooleanField(
        label=_("Yes, delete what you hold about me. I know that nobody can bring it back."),
        error_messages={"required": _("Tick the box if you want everything deleted")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            "sure", submit=_("Delete everything"), link=("/my/data/", _("Keep my account"))
        )


class ComplaintForm(forms.Form):
    """A complaint about data, from anybody."""

    words = forms.CharField(
        label=_("What went wrong with your information?"),
        help_text=_("What happened, when, and what should be put right."),
        max_length=WORDS_LIMIT,
        widget=TextArea(attrs={"rows": 6}),
        error_messages={"required": _("Write what went wrong")},
    )
    name = name_field(_("Your name"))
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("An e-mail address or a phone number is enough."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Enter an e-mail address, like name@example.org")},
    )
    phone = forms.CharField(
        label=_("Your phone number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            text_area("words", limit=WORDS_LIMIT, rows=6),
            "name",
            "email",
            "phone",
            submit=_("Send my complaint"),
        )

    def clean_phone(self) -> str:
        """Take any way of writing a number; a word is none."""
        phone = self.cleaned_data["phone"].strip()
        if phone and not NUMBER.match(phone):
            raise forms.ValidationError(_("Enter a phone number, like 0121 496 0123"))
        return phone

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not (data["email"] or data["phone"]):
            self.add_error("email", _("Enter an e-mail address or a phone number"))
        return data


class AnswerForm(forms.Form):
    """What we found, and what we do about it."""

    answer = forms.CharField(
        label=_("Our answer"),
        help_text=_("It goes to them in these words, by their own way to be reached."),
        max_length=WORDS_LIMIT,
        widget=TextArea(attrs={"rows": 8}),
        error_messages={"required": _("Write the answer")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(text_area("answer", limit=WORDS_LIMIT, rows=8), submit=_("Send it"))


# --- Typed by staff ------------------------------------------------------------------------------
class TypedChoicesForm(Typed, ChoicesForm):
    """The same switches, for somebody who told us."""

    about_them = {"purposes": About(_("We may also"))}


class TypedObjectionForm(Typed, ObjectionForm):
    """The same, for somebody who told us."""

    about_them = {"to": About(_("What should we stop?"))}
    submit = _("Record their objection")


class TypedEraseForm(Typed, EraseForm):
    """The same, for somebody who asked for it."""

    about_them = {
        "sure": About(
            _("Yes, they asked that everything is deleted. I have read to them what stays."),
            required=_("Tick the box if they want everything deleted"),
        )
    }
    submit = _("Delete everything about them")
    back_words = _("Keep everything")


class TypedCopyForm(Typed):
    """How somebody asked for a copy of everything."""

    submit = _("Make the copy to print")


class TypedComplaintForm(Typed, ComplaintForm):
    """The same, for somebody who rang, wrote or came by."""

    about_them = {
        "words": About(_("What went wrong with their information?")),
        "name": About(_("Their name")),
        "email": About(_("Their e-mail address")),
        "phone": About(_("Their phone number")),
    }
    submit = _("Save the complaint")
