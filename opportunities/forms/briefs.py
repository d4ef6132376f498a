"""The editor of a brief, and the small forms of its moves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coprod.lib.drawings import step
from coprod.lib.forms import (
    GovDateField,
    TextArea,
    checkboxes,
    field,
    fieldset,
    helper,
    radios,
    text_area,
)
from coprod.lib.many import ManyRows
from coprod.lib.phones import is_phone
from opportunities.actions import EDITABLE
from opportunities.levels import ActivityType, Level, PlacesGiven, Scope
from opportunities.models import QUESTIONS, SHORT_LIMIT, Opportunity
from people.models import Organisation, Town

LEVEL_PICTURES = {level.value: step(level.step) for level in Level}
LEVEL_HINTS = {level.value: level.sentence for level in Level}


# Written on several lines.
LONG = (*QUESTIONS, "can_change", "cannot_change", "who_decides", "access", "reward", "expenses")


def _choice(kind: Any, label: Any, **options: Any) -> forms.ChoiceField:
    """One of a table of words, or none yet."""
    return forms.ChoiceField(
        label=label, choices=kind.choices, required=False, widget=forms.RadioSelect, **options
    )


class BriefForm(forms.ModelForm):
    """Everything a person writes in a brief. Only the title is needed to save."""

    level = _choice(
        Level, _("How much say will people have?"), help_text=_("Choose what is true today.")
    )
    scope = _choice(Scope, _("Whose life does it touch?"))
    places_given = _choice(PlacesGiven, _("How are places given?"))
    activity_types = forms.MultipleChoiceField(
        label=_("What will people do with you?"),
        choices=ActivityType.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    towns = ManyRows(
        label=_("Towns"),
        queryset=Town.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    closes_on = GovDateField(
        label=_("Closing date"), required=False, help_text=_("The last day, like 18 12 2026.")
    )
    starts_on = GovDateField(label=_("First date"), required=False)
    ends_on = GovDateField(label=_("Last date"), required=False)

    class Meta:
        model = Opportunity
        fields = EDITABLE
        widgets = dict.fromkeys(
            (
                *QUESTIONS,
                "can_change",
                "cannot_change",
                "who_decides",
                "access",
                "reward",
                "expenses",
            ),
            TextArea,
        )
        labels = {
            "title": _("Title"),
            "team": _("Team"),
            "from_the_start": _("People are in from the start"),
            "decisions_shared": _("Decisions are shared"),
            "open_to_change": _("The plan is open to change"),
            "can_change": _("What can people change?"),
            "cannot_change": _("What can’t they change, and why?"),
            "who_decides": _("Who decides?"),
            "places": _("How many places?"),
            "places_are_open": _("As many as come"),
            "is_rolling": _("No closing date"),
            "min_age": _("Lowest age"),
            "is_online": _("At home or online"),
            "is_borough_wide": _("The whole borough"),
            "venue": _("Address"),
            "access": _("What makes it easy to take part?"),
            "pays": _("We pay people"),
            "gives_vouchers": _("We give vouchers"),
            "pays_expenses": _("We pay expenses"),
            "reward": _("The reward, in words"),
            "expenses": _("Expenses, in words"),
            "lead_name": _("Named lead"),
            "lead_phone": _("The lead’s phone"),
            "lead_email": _("The lead’s e-mail"),
            "safeguarding_name": _("Safeguarding lead"),
            "safeguarding_phone": _("The safeguarding lead’s phone"),
        }
        help_texts = {
            "title": _("Short, and what people do: “Help choose who runs our home care”."),
            "what": _("What you want to find out or decide, and why now. Short words."),
            "experience": _("Lived experience first. Leave out what you do not really need."),
            "commitment": _("All of it: reading, travel and follow-up, too."),
            "when": _("Days and times. Think of school runs and prayers."),
            "how": _("At least two ways, and one that is not online."),
            "can_change": _("One thing a line."),
            "cannot_change": _("One thing a line, each with its reason. Say it now, not later."),
            "who_decides": _("Who has the last word, and by when."),
            "places": "",
            "min_age": _("For under 18, your organisation needs a check of risks first (a DPIA)."),
            "venue": _("Street, room, parking and the nearest bus stop."),
            "access": _("Step-free, loop, interpreters, breaks, somebody to go with you."),
            "reward": _("Write “no payment” if there is none."),
            "expenses": _("Travel, care, food. Write “none” if there are none."),
            "lead_phone": _("People who are not online reply here."),
        }
        error_messages = {
            "title": {
                "required": _("Enter a title"),
                "max_length": _("Make the title 120 letters or fewer"),
            },
            "places": {
                "invalid": _("Write the places as a number, like 12"),
                "min_value": _("Enter 1 place or more"),
                "max_value": _("Enter 10,000 places or fewer"),
            },
            "min_age": {
                "required": _("Enter the lowest age, like 18"),
                "invalid": _("Write the lowest age as a number, like 18"),
                "min_value": _("Enter an age of 8 or more"),
                "max_value": _("Enter an age of 100 or less"),
            },
            "lead_email": {"invalid": _("Enter an e-mail address, like name@example.org")},
        }

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        missing: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = organisation.teams.filter(is_active=True)
        self.fields["team"].empty_label = _("No team")
        for name in ("places", "min_age"):
            self.fields[name].widget = forms.TextInput(attrs={"inputmode": "numeric"})
        self.fields["min_age"].initial = 18
        self.helper = helper(*self.layout(), tag=False, missing=missing)

    def layout(self) -> list[Any]:
        """Return the parts of the editor in order."""
        return _layout()

    def validate_constraints(self) -> None:
        """Leave it to ``clean``, which says it in words, and to the database, which refuses."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("places") and data.get("places_are_open"):
            self.add_error("places", _("Enter a number, or tick “As many as come”, not both"))
        if data.get("closes_on") and data.get("is_rolling"):
            self.add_error("closes_on", _("Enter a date, or tick “No closing date”, not both"))
        start, end = data.get("starts_on"), data.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", _("The last date comes before the first. Check both"))
        self._refuse_too_few(data.get("places"))
        for name in ("lead_phone", "safeguarding_phone"):
            if data.get(name) and not is_phone(data[name]):
                self.add_error(name, _("Enter a phone number, like 0121 496 0456"))
        return data

    def _refuse_too_few(self, places: int | None) -> None:
        taken = self.instance.places_taken
        if places is not None and places < taken:
            message = gettext("%(taken)s people have a place already. Enter that number or more")
            self.add_error("places", message % {"taken": taken})

    def written(self) -> dict[str, Any]:
        """Return what was written, for the actions; towns as a list of rows."""
        written = {name: self.cleaned_data[name] for name in EDITABLE}
        return {**written, "towns": list(written["towns"])}


class PublishedBriefForm(BriefForm):
    """The editor of a brief that people read: every change says what and why."""

    what_changed = forms.CharField(
        label=_("What did you change?"),
        max_length=SHORT_LIMIT,
        widget=TextArea,
        help_text=_("People who came forward get this in a message."),
        error_messages={"required": _("Say what you changed")},
    )
    why = forms.CharField(
        label=_("Why?"),
        max_length=SHORT_LIMIT,
        widget=TextArea,
        error_messages={"required": _("Say why you changed it")},
    )

    def layout(self) -> list[Any]:
        """Return the same parts, after what changed and why."""
        words = [text_area("what_changed", rows=2), text_area("why", rows=2)]
        return [fieldset(_("Tell people what is different"), *words), *super().layout()]

    def reasons(self) -> dict[str, str]:
        """Return what changed and why."""
        return {name: self.cleaned_data[name] for name in ("what_changed", "why")}


class ReasonForm(forms.Form):
    """Why a brief goes back, or is withdrawn."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=SHORT_LIMIT,
        widget=TextArea,
        error_messages={"required": _("Say why")},
    )

    def __init__(self, *args: Any, submit: Any, label: Any, hint: Any, back: str) -> None:
        super().__init__(*args)
        self.fields["reason"].label = label
        self.fields["reason"].help_text = hint
        self.helper = helper(
            text_area("reason", rows=4), submit=submit, draft=True, link=(back, _("Go back"))
        )


def _layout() -> list[Any]:
    """Return the parts of the editor, in the order of the template and then of the page."""
    return [
        field("title"),
        field("team"),
        text_area("what", rows=5),
        text_area("experience", rows=4),
        text_area("commitment", rows=3),
        text_area("when", rows=3),
        text_area("how", rows=4),
        *_say(),
        *_frame(),
    ]


def _say() -> list[Any]:
    truths = ["from_the_start", "decisions_shared", "open_to_change"]
    return [
        radios(
            "level",
            hints=LEVEL_HINTS,
            pictures=LEVEL_PICTURES,
            css="gi-levels",
            conditional={Level.COPRODUCTION.value: truths},
        ),
        text_area("can_change", rows=3),
        text_area("cannot_change", rows=3),
        text_area("who_decides", rows=2),
        radios("scope"),
        checkboxes("activity_types"),
    ]


def _frame() -> list[Any]:
    numbers = [field("places", width=4), "places_are_open", radios("places_given")]
    where = [checkboxes("towns", small=True), "is_online", "is_borough_wide", "venue"]
    money = ["pays", "gives_vouchers", text_area("reward", rows=2)]
    expenses = ["pays_expenses", text_area("expenses", rows=2)]
    lead = ["lead_name", field("lead_phone", width=20), "lead_email"]
    safety = ["safeguarding_name", field("safeguarding_phone", width=20)]
    return [
        fieldset(_("Places"), *numbers, field("min_age", width=3)),
        fieldset(_("Dates"), "closes_on", "is_rolling", "starts_on", "ends_on"),
        fieldset(_("Where"), *where),
        text_area("access", rows=3),
        fieldset(_("Money"), *money, *expenses),
        fieldset(_("Who looks after it"), *lead, *safety),
    ]
