"""What somebody who comes forward says: one form, for residents and for staff who type for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from coprod.lib.forms import fieldset, helper, radios
from opportunities.actions.ages import NO_BIRTHDAY, age_refusal, invites_young, lowest_age
from opportunities.models import Opportunity
from people.forms.typed import speak_of_somebody_else
from people.forms.young import born_field
from people.models import Channel, ContactBy, Need, Person, Town
from people.twins import OFFLINE
from people.young import is_young

from .sharing import ABOUT_THEM, DETAILS, SharingForm, SupportForm


class SignUpForm(SharingForm, SupportForm):
    """“I'm interested”.

    ``for_staff``: typed for somebody who rang, wrote or came by. ``newcomer``: we do not know them
    yet, so the name is asked too.
    """

    old_enough = forms.ChoiceField(
        choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect
    )
    born_on = born_field(_("What is your date of birth?"))
    channel = forms.ChoiceField(
        label=_("How did they come forward?"),
        choices=OFFLINE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how they came forward")},
    )

    name = forms.CharField(
        label=_("Name"),
        max_length=Person._meta.get_field("name").max_length,
        error_messages={"required": _("Enter a name")},
    )
    town = forms.ModelChoiceField(
        Town.objects.all(), label=_("Town"), required=False, empty_label=_("Not said")
    )

    def __init__(
        self,
        *args: Any,
        brief: Opportunity,
        for_staff: bool = False,
        newcomer: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.brief = brief
        self._ask_age(for_staff)
        support = fieldset(
            _("Support"),
            *self.support_parts(),
            hint=_("Only those who arrange it read this. Each time is written down for you."),
        )
        parts = [*self.sharing_parts(), support, *self._age_parts()]
        if for_staff:
            self._typed_for_somebody()
        first = [*(["channel"] if for_staff else []), *(["name", "town"] if newcomer else [])]
        for name in {"channel", "name", "town"}.difference(first):
            del self.fields[name]
        parts[:0] = first
        self.order_fields([*first, *SharingForm.base_fields, *SupportForm.base_fields])
        self.helper = helper(*parts, tag=False)

    def _age_parts(self) -> list[Any]:
        if "old_enough" not in self.fields:
            return []
        if "born_on" not in self.fields:
            return [radios("old_enough", inline=True)]
        return [radios("old_enough", conditional={"no": ["born_on"]})]

    def _ask_age(self, for_staff: bool) -> None:
        self.fields["born_on"].required = False
        if is_young(self.person):  # we know already
            del self.fields["old_enough"], self.fields["born_on"]
            return
        if not invites_young(self.brief):
            del self.fields["born_on"]
        age = lowest_age(self.brief)
        asked = self.fields["old_enough"]
        asked.label = (
            _now("Are they %(age)s or over?") if for_staff else _now("Are you %(age)s or over?")
        ) % {"age": age}
        asked.error_messages["required"] = _now("Choose yes or no")
        if for_staff and "born_on" in self.fields:
            self.fields["born_on"].label = _now("What is their date of birth?")

    def _typed_for_somebody(self) -> None:
        for name, about in ABOUT_THEM.items():
            speak_of_somebody_else(self.fields[name], about)
        for one in self.fields.values():
            one.widget.attrs["autocomplete"] = "off"
        if not self.is_bound:
            self.fields["channel"].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("old_enough") and "born_on" not in self.errors:
            self._check_age(data)
        return data

    def _check_age(self, data: dict[str, Any]) -> None:
        said_no = data["old_enough"] == "no"
        data["born_on"] = data.get("born_on") if said_no else None
        refusal = age_refusal(
            self.brief,
            old_enough=not said_no,
            channel=data.get("channel", Channel.ONLINE),
            born_on=data["born_on"],
        )
        if refusal:
            missing = "born_on" in self.fields and refusal == str(NO_BIRTHDAY)
            self.add_error("born_on" if missing else "old_enough", refusal)

    def facts(self) -> dict[str, Any]:
        """Return what ``sign_up`` takes, once the form is valid."""
        data = self.cleaned_data
        return super().facts() | {
            "old_enough": data.get("old_enough") == "yes",
            "born_on": data.get("born_on"),
            "channel": data.get("channel", Channel.ONLINE),
            "support_text": data["support_text"],
            "support_consent": data["support_consent"],
            "support_by_name": data["support_by_name"],
            "needs": self.picked(),
        }

    def picked(self) -> list[Need]:
        """What the others may know, the team may, too."""
        told = [one.pk for one in self.told_to_group()]
        here = {one.pk for one in super().picked()}.union(told)
        return [one for one in self.known if one.pk in here]

    def seen(self) -> list[tuple[Any, str]]:
        """Return what the team will see, with the support that those who arrange it may read."""
        label = _("Support I need, for those who arrange it")
        words = [one.words for one in self.picked()]
        if own := self["support_text"].value():
            words.append(own)
        return [*super().seen(), *([(label, "\n".join(words))] if words else [])]

    def newcomer(self) -> dict[str, Any]:
        """Return what ``people.actions.add_person`` takes of somebody who is new."""
        data = self.cleaned_data
        way = ContactBy(data["contact_by"])
        column = "phone" if way == ContactBy.TEXT else DETAILS[way]
        return {
            "name": data["name"],
            "town": data["town"],
            "contact_by": way,
            column: data["contact_detail"],
        }


def as_typed(form: forms.Form, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed, unchecked: the next page begins with it."""
    return {
        name: one.widget.value_from_datadict(data, {}, form.add_prefix(name))
        for name, one in form.fields.items()
    }
