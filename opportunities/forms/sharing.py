"""What a project sees of somebody: its team, and the others who take part; and what support."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coprod.lib.forms import Part, TextArea, checkboxes, field, helper, radios, text_area
from coprod.lib.phones import is_phone
from opportunities.actions.support import CONSENT_WORDING, NO_CONSENT
from opportunities.models import NAME, SHAREABLE, SignUp, SignUpNeed, SignUpSupport
from people.forms.typed import About
from people.models import Audience, ContactBy, Need, Person, Profile

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
    "shows": About(
        _("What may the other people of this project see?"),
        _("Ask them. The others see nothing unless you tick it."),
    ),
    "support_by_name": About(
        _("Their name may stand beside it, on the list of what to arrange"), _("Ask them.")
    ),
    "support_consent": About(hint=_("Read this to them. Tick it if they say yes.")),
}
# A page with something in each part: a blank form offers to share all of them.
WRITTEN = Profile(**dict.fromkeys(SHAREABLE, "–"))
NEED = "need-"  # in ``shows``, before the key of a need
HINT = 140  # letters of a part of the profile that its tick box shows


def _number(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )


class KnowsNeeds(forms.Form):
    """``known`` are the needs of the person that can be told to this project."""

    def __init__(self, *args: Any, needs: Iterable[Need] = (), **kwargs: Any) -> None:
        self.known = list(needs)
        super().__init__(*args, **kwargs)


class SharingForm(KnowsNeeds):
    """What the project team sees of a person, and how it reaches them."""

    shares = forms.MultipleChoiceField(
        label=_("Share from my profile"),
        help_text=_("They always see your name and how to reach you. The rest is up to you."),
        choices=list(SHAREABLE.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    shows = forms.MultipleChoiceField(
        label=_("What may the other people of this project see?"),
        help_text=_(
            "Those who have a place. They see nothing unless you tick it. "
            "Your name stands with what you tick."
        ),
        choices=[(NAME, _("My name")), *SHAREABLE.items()],
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
        self.person, self.profile = person, profile
        self.readable = SHAREABLE if readable is None else readable
        super().__init__(*args, **kwargs)
        written = self.written()
        self.fields["shares"].choices = [(part, SHAREABLE[part]) for part in written]
        if profile is not None:
            self.fields["shows"].choices = self._for_group()

    def _for_group(self) -> list[tuple[str, Any]]:
        """Return what can be shown to the others: not what is for coordinators."""
        held = Audience.COORDINATORS
        parts = [
            (part, SHAREABLE[part])
            for part in self.written()
            if self.profile.audience_of(part) != held
        ]
        needs = [(f"{NEED}{one.pk}", one.words) for one in self.known if one.audience != held]
        return [(NAME, _("My name")), *parts, *needs]

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
            checkboxes("shows"),
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
        names = ("shares", "shows", "why", "contact_by", "contact_detail")
        facts = {name: self.cleaned_data[name] for name in names}
        if self.known:
            facts["group_needs"] = [one.pk for one in self.told_to_group()]
        return facts

    def told_to_group(self) -> list[Need]:
        """Return the needs that the others may know, as it is ticked now."""
        ticked = self["shows"].value() or []
        return [one for one in self.known if f"{NEED}{one.pk}" in ticked]

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

    def seen_by_group(self) -> list[tuple[Any, str]]:
        """Return what the others will see beside the name, as it is ticked now; None: nothing."""
        ticked = self["shows"].value() or []
        parts = self.written().items()
        shown = [(SHAREABLE[part], words) for part, words in parts if part in ticked]
        needs = [(_("What helps me"), one.words) for one in self.told_to_group()]
        return [*shown, *needs]

    @property
    def is_shown_to_group(self) -> bool:
        """Whether the others see the name at all."""
        return bool(self["shows"].value())


class ChangeForm(SharingForm):
    """Change what is shared, or how the team may reach the person."""

    def __init__(self, *args: Any, sign_up: SignUp, profile: Profile | None, **kwargs: Any) -> None:
        picked = list(
            SignUpNeed.objects.known().filter(support__sign_up=sign_up).select_related("need")
        )
        initial = {
            "shares": _still_open(sign_up.shares, profile),
            "shows": [
                *_still_open(sign_up.shows, profile, to_group=True),
                *(f"{NEED}{one.need_id}" for one in picked if one.for_group),
            ],
            "why": sign_up.why,
            "contact_by": sign_up.contact_by,
            DETAILS[ContactBy(sign_up.contact_by)]: sign_up.contact_detail,
        }
        initial |= kwargs.pop("initial", None) or {}
        super().__init__(
            *args,
            person=sign_up.person,
            profile=profile,
            initial=initial,
            **{"needs": [one.need for one in picked], **kwargs},
        )
        self.helper = helper(*self.sharing_parts(), tag=False)


class SupportForm(KnowsNeeds):
    """What support the person needs; kept only with the consent that stands under it.

    ``needs`` are those of “My needs” that can be picked for this project.
    """

    needs = forms.MultipleChoiceField(
        label=_("What may this project know of “My needs”?"),
        help_text=_("Tick what helps you here. What only you know is told to this project alone."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
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
    support_by_name = forms.BooleanField(
        label=_("My name may stand beside it, on the list of what to arrange"),
        required=False,
    )
    support_consent = forms.BooleanField(label=CONSENT_WORDING, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from()
        self.helper = helper(*self.support_parts(), tag=False)

    def choose_from(self) -> None:
        """Offer the needs that are there; where there are none, ask in words alone."""
        if self.known:
            self.fields["needs"].choices = [(str(one.pk), one.words) for one in self.known]
        else:
            del self.fields["needs"]

    def support_parts(self) -> list[Part]:
        """Return the part of the layout that is about support."""
        needs = [checkboxes("needs")] if "needs" in self.fields else []
        return [*needs, text_area("support_text", rows=3), "support_by_name", "support_consent"]

    def picked(self) -> list[Need]:
        """Return the needs that this project may know, as it is ticked now."""
        ticked = (self["needs"].value() or []) if "needs" in self.fields else []
        return [one for one in self.known if str(one.pk) in ticked]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        asked = data.get("support_text") or self.picked()
        if asked and not data.get("support_consent"):
            self.add_error("support_consent", NO_CONSENT)
        return data

    def support(self) -> dict[str, Any]:
        """Return what ``support.give`` takes, once the form is valid."""
        return {
            "text": self.cleaned_data["support_text"],
            "consent": self.cleaned_data["support_consent"],
            "by_name": self.cleaned_data["support_by_name"],
            "needs": self.picked(),
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


def _beginning(words: str) -> str:
    return words if len(words) <= HINT else f"{words[:HINT].rstrip()}…"


def _fits(way: ContactBy, value: str) -> bool:
    if way in {ContactBy.PHONE, ContactBy.TEXT}:
        return is_phone(value)
    return bool(value)


def _still_open(ticked: list[str], profile: Profile | None, *, to_group: bool = False) -> list[str]:
    """Return what was ticked, without what the person has put away since."""
    if profile is None:
        return [name for name in ticked if name == NAME]
    closed = {Audience.ONLY_ME, Audience.COORDINATORS} if to_group else {Audience.ONLY_ME}
    return [name for name in ticked if name == NAME or profile.audience_of(name) not in closed]
