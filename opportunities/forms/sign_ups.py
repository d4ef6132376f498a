"""What somebody who comes forward says: one form, for residents and for staff who type for them."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from coprod.lib.forms import Part, TextArea, checkboxes, field, fieldset, helper, radios, text_area
from coprod.lib.phones import is_phone
from opportunities.actions.sign_ups import age_refusal, lowest_age
from opportunities.actions.support import CONSENT_WORDING, NO_CONSENT
from opportunities.models import SHAREABLE, Opportunity, SignUp, SignUpSupport
from people.forms.typed import About, speak_of_somebody_else
from people.models import Channel, ContactBy, Person, Profile, Town
from people.twins import OFFLINE

WHY_LIMIT = SignUp._meta.get_field("why").max_length
SUPPORT_LIMIT = SignUpSupport._meta.get_field("text").max_length
DETAIL_LIMIT = SignUp._meta.get_field("contact_detail").max_length
# Which box belongs to which way of being reached.
DETAILS = {
    ContactBy.EMAIL: "email",
    ContactBy.PHONE: "phone",
    ContactBy.TEXT: "text",
    ContactBy.LETTER: "address",
}
NEEDED = {
    ContactBy.EMAIL: _("Enter an e-mail address, like name@example.org"),
    ContactBy.PHONE: _("Enter a phone number, like 0121 496 0456"),
    ContactBy.TEXT: _("Enter a mobile number, like 07700 900456"),
    ContactBy.LETTER: _("Enter an address, with its postcode"),
}
# What staff read out, in place of words to the person.
ABOUT_THEM = {
    "shares": About(
        _("What may the team see of their profile?"),
        _("Ask them. Tick only what they say yes to."),
    ),
    "why": About(_("Why are they interested?"), _("This can stay empty.")),
    "contact_by": About(
        _("How may the team reach them?"), required=_("Choose how the team may reach them")
    ),
    "support_text": About(
        _("What support do they need to take part?"),
        _(
            "For example an interpreter, a lift, large print, or a break. "
            "This can stay empty, and be said later."
        ),
    ),
    "support_consent": About(hint=_("Read this to them. Tick it if they say yes.")),
}
# A page with something in each part: a blank form offers to share all of them.
WRITTEN = Profile(**dict.fromkeys(SHAREABLE, "–"))
HINT = 140  # letters of a part of the profile that its tick box shows


def _number(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )


class SharingForm(forms.Form):
    """What the project team sees of a person, and how it reaches them."""

    shares = forms.MultipleChoiceField(
        label=_("Share from my profile"),
        help_text=_("They always see your name and how to reach you. The rest is up to you."),
        choices=list(SHAREABLE.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    why = forms.CharField(
        label=_("Why are you interested?"),
        help_text=_("You can leave this empty."),
        max_length=WHY_LIMIT,
        required=False,
        widget=TextArea,
    )
    contact_by = forms.ChoiceField(
        label=_("How may the project team reach you?"),
        choices=ContactBy,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the team may reach you")},
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": NEEDED[ContactBy.EMAIL]},
    )
    phone = _number(_("Phone number"))
    text = _number(_("Mobile number"))
    address = forms.CharField(
        label=_("Address"),
        max_length=DETAIL_LIMIT,
        required=False,
        widget=TextArea(attrs={"autocomplete": "street-address"}),
    )

    def __init__(
        self,
        *args: Any,
        person: Person | None,
        profile: Profile | None,
        readable: Container[str] | None = None,
        **kwargs: Any,
    ) -> None:
        """Args: ``readable``, the parts of the profile whose beginning is shown; None: all."""
        kwargs["initial"] = known_details(person) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.profile = profile
        self.readable = SHAREABLE if readable is None else readable
        written = self.written()
        self.fields["shares"].choices = [(part, SHAREABLE[part]) for part in written]

    def written(self) -> dict[str, str]:
        """Return the parts of the profile that have words in them: nobody shares unseen."""
        found = {part: getattr(self.profile, part, "").strip() for part in SHAREABLE}
        return {part: words for part, words in found.items() if words}

    def sharing_parts(self) -> list[Part]:
        """Return the part of the layout that both forms have."""
        ways = {way: [field(name, width=20)] for way, name in DETAILS.items()}
        ways[ContactBy.LETTER] = [text_area("address", rows=3)]
        written = self.written()
        hints = {one: _beginning(words) for one, words in written.items() if one in self.readable}
        return [
            *([checkboxes("shares", hints=hints)] if written else []),
            text_area("why", rows=3),
            radios("contact_by", conditional=ways),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        way = data.get("contact_by")
        if not way:
            return data
        name = DETAILS[ContactBy(way)]
        value = (data.get(name) or "").strip()
        if name not in self.errors and not _fits(ContactBy(way), value):
            self.add_error(name, NEEDED[ContactBy(way)])
        data["contact_detail"] = value
        return data

    def facts(self) -> dict[str, Any]:
        """Return what the actions take, once the form is valid."""
        names = ("shares", "why", "contact_by", "contact_detail")
        return {name: self.cleaned_data[name] for name in names}

    def seen(self) -> list[tuple[Any, str]]:
        """Return what the team will see, as it is typed now: pairs of label and words."""
        ticked = self["shares"].value() or []
        shown = [
            (SHAREABLE[part], words) for part, words in self.written().items() if part in ticked
        ]
        way = self["contact_by"].value()
        reach = self[DETAILS[ContactBy(way)]].value() if way in ContactBy.values else ""
        if reach:
            reach = f"{ContactBy(way).label}: {reach}"
        rows = [
            *shown,
            (_("Why I am interested"), self["why"].value() or ""),
            (_("How to reach me"), reach or ""),
        ]
        return [(label, words) for label, words in rows if words]


class ChangeForm(SharingForm):
    """Change what is shared, or how the team may reach the person."""

    def __init__(self, *args: Any, sign_up: SignUp, profile: Profile | None, **kwargs: Any) -> None:
        initial = {
            "shares": sign_up.shares,
            "why": sign_up.why,
            "contact_by": sign_up.contact_by,
            DETAILS[ContactBy(sign_up.contact_by)]: sign_up.contact_detail,
        }
        initial |= kwargs.pop("initial", None) or {}
        super().__init__(*args, person=sign_up.person, profile=profile, initial=initial, **kwargs)
        self.helper = helper(*self.sharing_parts(), tag=False)


class SupportForm(forms.Form):
    """What support the person needs; kept only with the consent that stands under it."""

    support_text = forms.CharField(
        label=_("What support do you need to take part?"),
        help_text=_(
            "For example an interpreter, a lift, large print, or a break. "
            "You can leave this empty, and say it later."
        ),
        max_length=SUPPORT_LIMIT,
        required=False,
        widget=TextArea,
    )
    support_consent = forms.BooleanField(label=CONSENT_WORDING, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("support_text", "support_consent", tag=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("support_text") and not data.get("support_consent"):
            self.add_error("support_consent", NO_CONSENT)
        return data


class SignUpForm(SharingForm, SupportForm):
    """“I'm interested”.

    ``for_staff``: typed for somebody who rang, wrote or came by. ``newcomer``: we do not know them
    yet, so the name is asked too.
    """

    old_enough = forms.ChoiceField(
        choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect
    )
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
            "support_text",
            "support_consent",
            hint=_("Only those who arrange it read this. Each time is written down for you."),
        )
        parts = [*self.sharing_parts(), support, radios("old_enough", inline=True)]
        if for_staff:
            self._typed_for_somebody()
        first = [*(["channel"] if for_staff else []), *(["name", "town"] if newcomer else [])]
        for name in {"channel", "name", "town"}.difference(first):
            del self.fields[name]
        parts[:0] = first
        self.order_fields([*first, *SharingForm.base_fields, *SupportForm.base_fields])
        self.helper = helper(*parts, tag=False)

    def _ask_age(self, for_staff: bool) -> None:
        age = lowest_age(self.brief)
        asked = self.fields["old_enough"]
        asked.label = (
            _now("Are they %(age)s or over?") if for_staff else _now("Are you %(age)s or over?")
        ) % {"age": age}
        asked.error_messages["required"] = _now("Choose yes or no")
        if for_staff and self.brief.min_age < age:
            asked.help_text = _now("Under 18, a parent, carer or youth worker has to be with them.")

    def _typed_for_somebody(self) -> None:
        for name, about in ABOUT_THEM.items():
            speak_of_somebody_else(self.fields[name], about)
        for one in self.fields.values():
            one.widget.attrs["autocomplete"] = "off"
        if not self.is_bound:
            self.fields["channel"].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("old_enough"):
            channel = data.get("channel", Channel.ONLINE)
            refusal = age_refusal(
                self.brief, old_enough=data["old_enough"] == "yes", channel=channel
            )
            if refusal:
                self.add_error("old_enough", refusal)
        return data

    def facts(self) -> dict[str, Any]:
        """Return what ``sign_up`` takes, once the form is valid."""
        data = self.cleaned_data
        return super().facts() | {
            "old_enough": data["old_enough"] == "yes",
            "channel": data.get("channel", Channel.ONLINE),
            "support_text": data["support_text"],
            "support_consent": data["support_consent"],
        }

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


def known_details(person: Person | None) -> dict[str, Any]:
    """Return what we know of how to reach ``person``, to begin the form with."""
    if person is None:
        return {}
    return {
        "contact_by": person.contact_by,
        "email": person.email,
        "phone": person.phone,
        "text": person.phone,
        "address": person.address,
    }


def as_typed(form: forms.Form, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed, unchecked: the next page begins with it."""
    return {
        name: one.widget.value_from_datadict(data, {}, form.add_prefix(name))
        for name, one in form.fields.items()
    }


def _beginning(words: str) -> str:
    return words if len(words) <= HINT else f"{words[:HINT].rstrip()}…"


def _fits(way: ContactBy, value: str) -> bool:
    if way in {ContactBy.PHONE, ContactBy.TEXT}:
        return is_phone(value)
    return bool(value)
