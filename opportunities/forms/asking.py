"""What staff ask of the pool, and what they write to those whom they invite."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coprod.lib.forms import TextArea, button, checkboxes, field, fieldset, helper, text_area
from coprod.lib.many import ManyRows
from opportunities.models import MOST_WANTED, PeopleRequest, ProjectInvitation
from people.filters import LISTS
from people.finding import Wanted
from people.models import Channel, Day, Topic, TopicKind, Town

OUT_OF_RANGE = _("Enter a number from 1 to 50")  # MOST_WANTED


class AskForm(forms.Form):
    """“I need 4 people who …”"""

    number = forms.IntegerField(
        label=_("How many people do you need?"),
        min_value=1,
        max_value=MOST_WANTED,
        error_messages={
            "required": _("Enter how many people you need"),
            "invalid": _("Enter a number, like 4"),
            "min_value": _("Enter a number from 1 to %(limit_value)s")
            % {"limit_value": MOST_WANTED},
            "max_value": _("Enter a number from 1 to %(limit_value)s")
            % {"limit_value": MOST_WANTED},
        },
    )
    days = forms.MultipleChoiceField(
        label=_("Who have time on"),
        choices=Day.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label=_("Anything else that the coordinator should know?"),
        help_text=_("For the coordinator alone. It is not used to count."),
        max_length=PeopleRequest._meta.get_field("words").max_length,
        required=False,
        widget=TextArea,
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = Topic.objects.filter(is_active=True)
        by_kind = {kind: [row for row in topics if row.kind == kind] for kind in LISTS}
        for kind in LISTS:
            self.fields[kind.value] = self._boxes(_KNOW[kind], topics, by_kind[kind])
        towns = Town.objects.all()
        self.fields["towns"] = self._boxes(_("Who live in"), towns, list(towns))
        self.helper = helper(
            field("number", width=3),
            fieldset(
                _("People who …"),
                *(checkboxes(kind.value, small=True) for kind in LISTS if by_kind[kind]),
                checkboxes("towns", small=True),
                checkboxes("days", small=True),
                hint=_("Tick only what is really needed: each tick leaves fewer people."),
            ),
            text_area("words", rows=3),
            submit=_("Ask the coordinators"),
            also=[button("do", _("See how many fit"), "look")],
            link=(back, _("Go back without asking")),
        )

    @staticmethod
    def _boxes(label: Any, rows: Any, offered: Collection[Any]) -> ManyRows:
        boxes = ManyRows(rows, label=label, required=False, widget=forms.CheckboxSelectMultiple)
        boxes.choices = [(row.pk, str(row)) for row in offered]
        return boxes

    @property
    def topics(self) -> tuple[Topic, ...]:
        """What is ticked in the lists."""
        ticked = (self.cleaned_data.get(kind.value) or () for kind in LISTS)
        return tuple(topic for rows in ticked for topic in rows)

    @property
    def wanted(self) -> Wanted:
        """What is asked for, as the finder takes it; of a form that was looked at."""
        data = self.cleaned_data
        return Wanted(
            topics=self.topics,
            towns=tuple(data.get("towns") or ()),
            days=tuple(data.get("days") or ()),
        )


_KNOW = {
    TopicKind.EXPERIENCE: _("Who know, from their own life, about"),
    TopicKind.SKILL: _("Who can help with"),
    TopicKind.INTEREST: _("Who are interested in"),
    TopicKind.LANGUAGE: _("Who speak"),
}


class InviteForm(forms.Form):
    """Whom a coordinator invites, and with which words."""

    people = forms.MultipleChoiceField(
        label=_("Whom do you invite?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one person"),
            "invalid_choice": _("Somebody is no longer on this list. Look at it again"),
        },
    )
    message = forms.CharField(
        label=_("A few words of your own"),
        help_text=_("Everybody whom you tick reads the same. You can leave it empty."),
        max_length=ProjectInvitation._meta.get_field("message").max_length,
        required=False,
        widget=TextArea,
    )
    override_reason = forms.CharField(
        label=_("Why do you ask somebody who is at their limit?"),
        help_text=_("Only where you ticked one. It is kept with the invitation."),
        max_length=ProjectInvitation._meta.get_field("override_reason").max_length,
        required=False,
    )

    def __init__(
        self, *args: Any, offered: Collection[tuple[str, str]], full: Collection[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = list(offered)
        self.full = set(full)
        if not self.full:
            del self.fields["override_reason"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        ticked_full = self.full & set(data.get("people", ()))
        if ticked_full and not data.get("override_reason", "").strip():
            self.add_error("override_reason", _("Say why you ask somebody who is at their limit"))
        return data


class AnswerForm(forms.Form):
    """That somebody said “no thanks”, by phone, on paper or in person."""

    channel = forms.ChoiceField(
        label=_("How did they tell you?"),
        choices=[choice for choice in Channel.choices if choice[0] != Channel.ONLINE],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how they told you")},
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(submit=_("They said no thanks"), link=(back, _("Go back")))
