"""What people said, and what the team answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from charter import dates
from charter.actions.feedback import put_off_from
from charter.lifecycle import ResponseKind
from charter.models import REASON_LIMIT, WHAT_LIMIT, Contribution, Response
from coprod.lib.forms import GovDateField, TextArea, checkboxes, field, helper, radios, text_area
from coprod.lib.many import ManyRows
from people.models import Channel, Person


class ContributionForm(forms.ModelForm):
    """“You said”: what people told a project, and who agreed to be asked."""

    people_count = forms.IntegerField(
        label=_("How many people said it?"),
        min_value=1,
        max_value=1_000_000,
        error_messages={
            "required": _("Enter how many people said it"),
            "invalid": _("Enter the number of people in figures"),
            "min_value": _("At least one person said it"),
            "max_value": _("Check the number: it is too large"),
        },
    )
    voices = ManyRows(
        label=_("Who said this and agreed to be asked"),
        help_text=_(
            "Tick only people who agreed. We tell them what you answer. After you did it, we ask "
            "them if it helped. Nobody else sees who they are."
        ),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Contribution
        fields = ("about", "what", "said_at", "said_on", "people_count", "channel")
        field_classes = {"said_on": GovDateField}
        widgets = {"what": TextArea, "channel": forms.RadioSelect}
        labels = {
            "about": _("What is it about?"),
            "what": _("What did people say?"),
            "said_at": _("Where did they say it?"),
            "said_on": _("When did they say it?"),
            "channel": _("How did it reach you?"),
        }
        help_texts = {
            "about": _("A few words, like “The door of the day centre”. Everybody can read them."),
            "what": _("In their own words. Everybody can read this, so leave out all names."),
            "said_at": _("For example: the group on 4 May, Tipton library."),
        }
        error_messages = {
            "about": {"required": _("Say in a few words what it is about")},
            "what": {"required": _("Write down what people said")},
            "said_at": {"required": _("Say where they said it")},
            "said_on": {"required": _("Enter the day when they said it")},
            "channel": {"required": _("Choose how it reached you")},
        }

    def __init__(
        self,
        *args: Any,
        people: QuerySet[Person],
        begun_on: dt.date,
        words_stay: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.begun_on = begun_on
        self.fields["channel"].choices = Channel.choices
        self.fields["voices"].queryset = people
        if self.instance.pk:
            self.initial["voices"] = people.filter(voices__contribution=self.instance)
        for name in self._meta.fields if words_stay else ():
            self.fields[name].disabled = True
        self.helper = helper(
            "about",
            text_area("what", rows=5, limit=WHAT_LIMIT),
            "said_at",
            "said_on",
            field("people_count", width=4),
            radios("channel"),
            checkboxes("voices"),
            submit=_("Save what people said"),
            draft=True,
        )

    def clean_said_on(self) -> Any:
        """Refuse a day that is still to come, or when the project had not begun."""
        day = self.cleaned_data["said_on"]
        if self.fields["said_on"].disabled:
            return day
        if fault := dates.said(day, self.begun_on):
            raise forms.ValidationError(fault)
        return day

    def clean(self) -> dict[str, Any]:
        """Keep names out of what everybody reads, and the two numbers in step."""
        cleaned = super().clean() or {}
        public = f"{cleaned.get('about', '')} {cleaned.get('what', '')}".casefold()
        if any(person.name.casefold() in public for person in self.fields["voices"].queryset):
            self.add_error("what", _("Take the name out: everybody can read this"))
        ticked = len(cleaned.get("voices") or ())
        if ticked > cleaned.get("people_count", ticked):
            self.add_error("people_count", _("You ticked more people than you say there were"))
        return cleaned

    @property
    def said(self) -> dict[str, Any]:
        """The facts for the action, without the people."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class RespondForm(forms.Form):
    """“We did”: one of four honest answers."""

    kind = forms.ChoiceField(
        label=_("What is your answer?"),
        choices=ResponseKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one answer")},
    )
    done_on = GovDateField(label=_("When was it done?"), required=False)
    due_on = GovDateField(
        label=_("By when will you do it?"),
        help_text=_("At most five years from today. People hold you to this day."),
        required=False,
    )
    why_late = forms.CharField(
        label=_("Why is it later than you promised?"),
        help_text=_("Everybody can read this."),
        max_length=REASON_LIMIT,
        required=False,
    )
    meanwhile = forms.CharField(
        label=_("What happens until then?"),
        help_text=_("Leave it empty if nothing does."),
        max_length=REASON_LIMIT,
        required=False,
    )
    text = forms.CharField(
        label=_("Tell people in plain words"),
        help_text=_("What you did, what you will do, or why you cannot. Everybody can read this."),
        max_length=WHAT_LIMIT,
        widget=TextArea,
        error_messages={"required": _("Tell people in your own words")},
    )
    owner_name = forms.CharField(
        label=_("Who looks after it?"),
        help_text=_("Their name is shown, so that people can ask them."),
        max_length=120,
        error_messages={"required": _("Name somebody who looks after it")},
    )

    def __init__(self, *args: Any, before: Response | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = before
        promise: list[str] = ["due_on", "meanwhile"]
        if before and before.kind == ResponseKind.WILL:
            promise.insert(1, "why_late")
        else:
            del self.fields["why_late"]
        self.helper = helper(
            radios(
                "kind",
                hints={
                    ResponseKind.DID.value: _("It is done. Later we ask people if it helped."),
                    ResponseKind.WILL.value: _("You promise it for a day. Late promises show."),
                    ResponseKind.CANNOT.value: _(
                        "Say why: a law, money, or somebody else decides."
                    ),
                    ResponseKind.WRONG.value: _("Say sorry, and what you learnt."),
                },
                conditional={
                    ResponseKind.DID.value: ["done_on"],
                    ResponseKind.WILL.value: promise,
                },
            ),
            text_area("text", rows=5, limit=WHAT_LIMIT),
            "owner_name",
            submit=_("Give this answer"),
            draft=True,
        )

    def clean(self) -> dict[str, Any]:
        """Ask each kind of answer for its own day, and forget the others’."""
        cleaned = super().clean() or {}
        kind = cleaned.get("kind")
        for owner, name in ((ResponseKind.DID, "done_on"), (ResponseKind.WILL, "due_on")):
            if kind != owner:
                cleaned[name] = None
                self.errors.pop(name, None)
        if kind == ResponseKind.DID:
            self._needs_past_day(cleaned)
        if kind == ResponseKind.WILL:
            self._needs_promise(cleaned)
        return cleaned

    def _needs_past_day(self, cleaned: dict[str, Any]) -> None:
        day = cleaned.get("done_on")
        if day is None and "done_on" not in self.errors:
            self.add_error("done_on", _("Enter the day when it was done"))
        if day is not None and (fault := dates.done(day)):
            self.add_error("done_on", fault)

    def _needs_promise(self, cleaned: dict[str, Any]) -> None:
        day = cleaned.get("due_on")
        if day is None and "due_on" not in self.errors:
            self.add_error("due_on", _("Enter the day by which you will do it"))
        if day is not None and (fault := dates.promised(day)):
            self.add_error("due_on", fault)
        put_off = put_off_from(self.before, ResponseKind.WILL, day)
        if put_off and not cleaned.get("why_late"):
            self.add_error("why_late", _("Say why it is later than you promised"))
