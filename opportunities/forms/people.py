"""What staff write about the people of a project: answers, messages, days."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from coprod.lib.days import today
from coprod.lib.forms import GovDateField, TextArea, checkboxes, field, helper, text_area
from opportunities.actions.decisions import NO_REASON, WRITABLE
from opportunities.lifecycle import SignUpStatus
from opportunities.models import ProjectMessage, SignUp
from people.models import Agreement, Channel, ContactBy, Person, Town

ANSWER_LIMIT = SignUp._meta.get_field("answer").max_length


class ChooseForm(forms.Form):
    """Words to somebody who is chosen; none are needed."""

    answer = forms.CharField(
        label=_("Anything you want to tell them?"),
        help_text=_("They get a message that they have a place. Your words stand in it."),
        max_length=ANSWER_LIMIT,
        required=False,
        widget=TextArea,
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            text_area("answer", rows=3),
            submit=_("Give them a place"),
            link=(back, _("Go back without answering")),
        )


class AloneForm(forms.Form):
    """Why somebody of 13 to 15 understands one project and may decide alone."""

    why_alone = forms.CharField(
        label=_("Why do they understand what it means to take part?"),
        help_text=_("For example what they asked, and what they said back in their own words."),
        max_length=Agreement.WORDS,
        widget=TextArea,
        error_messages={"required": _("Write down why they understand")},
    )
    explained_by = forms.CharField(
        label=_("Who explained it to them?"),
        max_length=120,
        error_messages={"required": _("Enter who explained it")},
    )
    explained_how = forms.CharField(
        label=_("How was it explained?"),
        max_length=Agreement.WORDS,
        widget=TextArea,
        error_messages={"required": _("Write down how it was explained")},
    )
    explained_on = GovDateField(
        label=_("When?"), error_messages={"required": _("Enter the day when it was explained")}
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            text_area("why_alone", rows=3),
            "explained_by",
            text_area("explained_how", rows=3),
            "explained_on",
            submit=_("They decide alone"),
            link=(back, _("Go back without saving")),
        )

    def clean_explained_on(self) -> dt.date:
        """Nobody explained it tomorrow."""
        day = self.cleaned_data["explained_on"]
        if day > today():
            raise forms.ValidationError(_("Check the date: it is still to come"))
        return day


class DeclineForm(forms.Form):
    """A reason for the team, and a kind answer for the person."""

    reason = forms.CharField(
        label=_("Why not this time?"),
        help_text=_("Only your team reads this. Be fair: the person may ask for it."),
        max_length=SignUp._meta.get_field("decision_reason").max_length,
        widget=TextArea,
        error_messages={"required": NO_REASON},
    )
    answer = forms.CharField(
        label=_("What we tell them"),
        help_text=_("Change it so that it is true, and in your own words."),
        max_length=ANSWER_LIMIT,
        widget=TextArea,
        error_messages={"required": _("Write what we tell them")},
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].initial = _now(
            "Thank you for coming forward. This time we cannot offer you a place. It says nothing "
            "about what you have to give. Please look at what else is open, or ring us: we are "
            "glad to talk it through."
        )
        self.helper = helper(
            text_area("reason", rows=3),
            text_area("answer", rows=5),
            submit=_("Send this answer"),
            link=(back, _("Go back without answering")),
        )


class MessageForm(forms.Form):
    """One message to the people of a project."""

    statuses = forms.MultipleChoiceField(
        label=_("Who gets it?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who gets it")},
    )
    subject = forms.CharField(
        label=_("What is it about?"),
        max_length=ProjectMessage._meta.get_field("subject").max_length,
        error_messages={"required": _("Write what it is about")},
    )
    body = forms.CharField(
        label=_("Your message"),
        help_text=_("Write nothing about one person: everybody gets the same words."),
        max_length=ProjectMessage._meta.get_field("body").max_length,
        widget=TextArea,
        error_messages={"required": _("Write your message")},
    )
    token = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, numbers: Mapping[str, int], back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["statuses"].choices = [
            (status, f"{SignUpStatus(status).label} ({numbers[status]})")
            for status in WRITABLE
            if numbers.get(status)
        ]
        self.helper = helper(
            "token",
            checkboxes("statuses"),
            "subject",
            text_area("body", rows=8),
            submit=_("See it before it goes"),
            draft=True,
            link=(back, _("Go back without sending")),
        )

    def clean_token(self) -> str:
        """Return the mark of this message; one that came without is a message of its own."""
        return self.cleaned_data["token"] or secrets.token_urlsafe(24)


class DayForm(forms.Form):
    """Another day on which people took part."""

    day = GovDateField(label=_("Which day?"))

    def __init__(self, *args: Any, first: dt.date, last: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first, self.last = first, last
        self.helper = helper(field("day"), submit=_("Show this day"))

    def clean_day(self) -> dt.date:
        """Refuse a day outside the project, or one that has not come."""
        day: dt.date = self.cleaned_data["day"]
        if not self.first <= day <= self.last:
            raise forms.ValidationError(
                _("Enter a day from %(first)s to %(last)s"),
                params={
                    "first": self.first.strftime("%d %m %Y"),
                    "last": self.last.strftime("%d %m %Y"),
                },
            )
        return day


class TurnedUpForm(forms.Form):
    """Somebody new who just turned up. A name is enough to count them."""

    name = forms.CharField(
        label=_("Name"),
        max_length=Person._meta.get_field("name").max_length,
        error_messages={"required": _("Enter a name")},
    )
    town = forms.ModelChoiceField(
        Town.objects.all(), label=_("Town"), required=False, empty_label=_("Not said")
    )
    phone = forms.CharField(
        label=_("Phone number"),
        help_text=_("If they like to hear what comes of it."),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("Enter an e-mail address, like name@example.org")},
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            "name",
            "town",
            field("phone", width=20),
            "email",
            tag=False,
            submit=_("Add and tick them"),
            link=(back, _("Go back without adding")),
        )

    def newcomer(self) -> dict[str, Any]:
        """Return what ``people.actions.add_person`` takes."""
        data = self.cleaned_data
        way = ContactBy.EMAIL if data["email"] else ContactBy.PHONE
        names = ("name", "town", "phone", "email")
        return {name: data[name] for name in names} | {
            "contact_by": way,
            "channel": Channel.IN_PERSON,
        }
