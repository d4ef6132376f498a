"""What I know, like and can do; when I have time; where I live and how far I can go."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coprod.lib.days import today
from coprod.lib.forms import TextArea, checkboxes, field, helper, radios, text_area
from coprod.lib.many import ManyRows
from people.models import (
    Availability,
    Day,
    HowFar,
    PersonTopic,
    TimeOfDay,
    Topic,
    TopicKind,
    Town,
    Ward,
)
from people.topics import LISTS

from .belonging import BACK
from .typed import About, Typed, typed

MOST_OWN_WORDS = 5
NOTICES = [
    (0, _("None: ask me on the same day")),
    (3, _("Three days")),
    (7, _("A week")),
    (14, _("Two weeks")),
    (30, _("A month")),
]


AGREED = _(
    "Yes: coordinators of the partners that may look for me can find me by this, to invite me. "
    "I can take this back at any time, and then it is deleted."
)


class TopicsForm(forms.Form):
    """One list to choose from, and own words. ``cleaned_data["words"]`` is a list."""

    words = forms.CharField(
        label=_("Anything else, in your own words"),
        help_text=_("One on each line, five at most."),
        required=False,
        max_length=MOST_OWN_WORDS * (PersonTopic.WORDS_LIMIT + 1),
        widget=TextArea,
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        said = LISTS[kind]
        self.fields["topics"] = ManyRows(
            Topic.objects.filter(kind=kind, is_active=True),
            label=said.question,
            help_text=said.hint,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        parts = [checkboxes("topics"), text_area("words", rows=3)]
        if kind == TopicKind.EXPERIENCE:
            self.fields["agreed"] = forms.BooleanField(label=AGREED, required=False)
            parts.append("agreed")
        self.helper = helper(*parts, submit=_("Save"), link=BACK)

    def clean_words(self) -> list[str]:
        """Return one text for each line that says something, each once."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["words"].splitlines()]
        own = list(dict.fromkeys(line for line in lines if line))
        if len(own) > MOST_OWN_WORDS:
            raise forms.ValidationError(_("Write five lines at most"))
        if any(len(line) > PersonTopic.WORDS_LIMIT for line in own):
            raise forms.ValidationError(_("Make each line shorter: 200 letters at most"))
        return own

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        said_something = data.get("topics") or data.get("words")
        if "agreed" in self.fields and said_something and not data.get("agreed"):
            self.add_error(
                "agreed",
                _("Tick the box if we may keep this, or take out what you chose and wrote"),
            )
        return data


class TypedTopicsForm(Typed, TopicsForm):
    """The same list, read out to somebody."""

    about_them = {
        "words": About(_("Anything else, in their own words")),
        "agreed": About(
            _(
                "I read this to them, and they said yes: coordinators of the partners that may "
                "look for them can find them by this. They can take it back at any time."
            )
        ),
    }

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, kind=kind, **kwargs)
        self.fields["topics"].label = LISTS[kind].about_them


class AvailabilityForm(forms.Form):
    """When I have time, and how much. Every question may be left out."""

    days = forms.MultipleChoiceField(
        label=_("Which days are good for you?"),
        choices=Day,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    times = forms.MultipleChoiceField(
        label=_("Which times of the day?"),
        choices=TimeOfDay,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    notice_days = forms.TypedChoiceField(
        label=_("How much notice do you need?"),
        choices=[*NOTICES, ("", _("I do not want to say"))],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    projects_at_once = forms.IntegerField(
        label=_("How many projects at once, at most?"),
        min_value=1,
        max_value=Availability.MOST_PROJECTS,
        required=False,
        help_text=_("A number. Leave it empty if you do not mind."),
        error_messages={
            "min_value": _("Enter 1 or more"),
            "max_value": _("Enter 20 or less"),
            "invalid": _("Enter a number, like 2"),
        },
    )
    invitations_a_month = forms.IntegerField(
        label=_("How many invitations in a month, at most?"),
        min_value=0,
        max_value=Availability.MOST_INVITATIONS,
        required=False,
        help_text=_("A number. Enter 0 for none. Leave it empty if you do not mind."),
        error_messages={
            "min_value": _("Enter 0 or more"),
            "max_value": _("Enter 31 or less"),
            "invalid": _("Enter a number, like 2"),
        },
    )
    words = forms.CharField(
        label=_("Anything else about your time?"),
        help_text=_("For example: not in the school holidays."),
        max_length=Availability.WORDS_LIMIT,
        required=False,
        widget=TextArea,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            checkboxes("days", small=True),
            checkboxes("times", small=True),
            radios("notice_days", small=True),
            field("projects_at_once", width=2),
            field("invitations_a_month", width=2),
            text_area("words", rows=3),
            submit=_("Save"),
            link=BACK,
        )


TypedAvailabilityForm = typed(
    AvailabilityForm,
    about_them={
        "days": About(_("Which days are good for them?")),
        "notice_days": About(_("How much notice do they need?")),
        "words": About(_("Anything else about their time?")),
    },
)


class PlaceForm(forms.Form):
    """Where I live, and how far I can go."""

    town = forms.ModelChoiceField(
        Town.objects.all(), label=_("Town"), required=False, empty_label=_("Not said")
    )
    ward = forms.ModelChoiceField(
        Ward.objects.none(),
        label=_("Ward"),
        help_text=_("The part of town that elects your councillors. Skip it if you are not sure."),
        required=False,
        empty_label=_("Not said"),
    )
    how_far = forms.ChoiceField(
        label=_("How far can you go?"),
        choices=[*HowFar.choices, ("", _("I do not want to say"))],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ward"].queryset = Ward.objects.in_force_on(today())
        if not self.fields["ward"].queryset.exists():
            del self.fields["ward"]  # no list of wards that hold today
        fields = [name for name in ("town", "ward") if name in self.fields]
        self.helper = helper(*fields, radios("how_far"), submit=_("Save"), link=BACK)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        town, ward = data.get("town"), data.get("ward")
        if ward and ward.town and town and ward.town != town:
            self.add_error("ward", _("This ward is in another town. Choose one of the two again"))
        elif ward and not town:
            data["town"] = ward.town
        return data


TypedPlaceForm = typed(
    PlaceForm, about_them={"how_far": About(_("How far can they go?")), "ward": About(hint="")}
)
