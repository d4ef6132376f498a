"""Who helps me, how, and until when; and what staff note about it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coprod.lib.days import today
from coprod.lib.forms import GovDateField, TextArea, checkboxes, helper, radios
from people.models import BY_LAW, CAN, Authority, Can, Relation, RelationKind

from .pool import NUMBER, name_field
from .typed import About, Typed

KINDS = (RelationKind.SPEAKS_WITH, RelationKind.RECEIVES, RelationKind.ACTS_FOR)
HINTS = {
    RelationKind.SPEAKS_WITH: _("The team knows that somebody comes. It takes nobody’s place."),
    RelationKind.RECEIVES: _("You get your messages as before. They get a copy."),
    RelationKind.ACTS_FOR: _("They use their own account. All they do is written down for you."),
}
WHAT = {kind: f"can_{kind}" for kind in KINDS}
NEEDS_A_WAY = _("Enter an e-mail address or a phone number, so that the copies can reach them")
SAY_WHAT = _("Say what you saw, and when: somebody acts by law only then")
CHOOSE_SOME = _("Tick at least one thing")


def scope_field(kind: str, label: Any) -> forms.MultipleChoiceField:
    """Return the question what this kind of helper may do."""
    return forms.MultipleChoiceField(
        label=label,
        choices=[(verb, Can(verb).label) for verb in CAN[kind]],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class ReachHelper(forms.Form):
    """How a helper is called and reached."""

    name = name_field(_("What is their name?"))
    email = forms.EmailField(
        label=_("Their e-mail address"),
        help_text=_("They get a link, and help once they said yes. You can leave this empty."),
        required=False,
        error_messages={"invalid": _("Enter an e-mail address, like name@example.org")},
    )
    phone = forms.CharField(
        label=_("Their phone number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "email", "phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"  # the browser knows one's own

    def clean_email(self) -> str:
        """Keep addresses in small letters, as accounts do."""
        return self.cleaned_data["email"].lower()

    def clean_phone(self) -> str:
        """Take any way of writing a number; a word is none."""
        phone = self.cleaned_data["phone"].strip()
        if phone and not NUMBER.match(phone):
            raise forms.ValidationError(_("Enter a phone number, like 0121 496 0123"))
        return phone


class HelperForm(ReachHelper):
    """Somebody helps me: in which way, and what they may do."""

    kind = forms.ChoiceField(
        label=_("How do they help you?"),
        choices=[(kind, kind.label) for kind in KINDS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how they help")},
    )
    can_speaks_with = scope_field(RelationKind.SPEAKS_WITH, _("What do they do?"))
    can_receives = scope_field(RelationKind.RECEIVES, _("What may they hear?"))
    can_acts_for = scope_field(RelationKind.ACTS_FOR, _("What may they do for you?"))
    valid_to = GovDateField(
        label=_("Until when?"),
        help_text=_("Leave this empty if you do not know. You can end it at any time."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["kind", *WHAT.values(), "name", "email", "phone", "valid_to"])
        self.helper = helper(
            *self.parts(),
            submit=_("Save who helps me"),
            link=("/my/helpers/", _("Go back without saving")),
        )

    def parts(self) -> list[Any]:
        """Return the layout that the form and its twin have in common."""
        inside = {kind: [checkboxes(name)] for kind, name in WHAT.items()}
        return [
            radios("kind", hints=HINTS, conditional=inside),
            "name",
            "email",
            "phone",
            "valid_to",
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        kind = data.get("kind")
        if not kind:
            return data
        data["scope"] = data.get(WHAT[kind]) or []
        if not data["scope"] and WHAT[kind] not in self.errors:
            self.add_error(WHAT[kind], CHOOSE_SOME)
        reached = data.get("email") or data.get("phone")
        if kind == RelationKind.RECEIVES and not reached and "email" not in self.errors:
            self.add_error("email", NEEDS_A_WAY)
        if (last := data.get("valid_to")) and last < today():
            self.add_error("valid_to", _("Enter a day that is still to come"))
        return data

    def facts(self) -> dict[str, Any]:
        """Return what ``add_helper`` takes, once the form is valid."""
        names = ("kind", "name", "email", "phone", "scope", "valid_to")
        return {name: self.cleaned_data[name] for name in names}


class TypedHelperForm(Typed, HelperForm):
    """The same, typed for somebody; a coordinator notes what a court or a power gave."""

    about_them = {
        "kind": About(_("How do they help?")),
        "can_acts_for": About(_("What may they do for the person?")),
        "email": About(
            _("The helper’s e-mail address"),
            _("They get a link, and help once they said yes. This can stay empty."),
        ),
        "phone": About(_("The helper’s phone number")),
        "name": About(_("What is the helper’s name?")),
        "valid_to": About(None, _("This can stay empty. It can be ended at any time.")),
    }
    submit = _("Save who helps")

    authority = forms.ChoiceField(
        label=_("By what right do they do things for the person?"),
        choices=[(one, one.label) for one in (Authority.ASKED, *BY_LAW)],
        required=False,
        initial=Authority.ASKED,
        widget=forms.RadioSelect,
    )
    evidence = forms.CharField(
        label=_("What did you see?"),
        help_text=_("Which order or power, its number and date. Keep no copy of it."),
        max_length=Relation.WORDS,
        required=False,
        widget=TextArea,
    )
    evidence_on = GovDateField(label=_("When did you see it?"), required=False)

    def __init__(self, *args: Any, may_note_evidence: bool = False, **kwargs: Any) -> None:
        self.may_note_evidence = may_note_evidence
        super().__init__(*args, **kwargs)
        parts = self.parts()
        if may_note_evidence:
            seen = ["evidence", "evidence_on"]
            parts[1:1] = ["authority", *seen]
        else:
            for name in ("authority", "evidence", "evidence_on"):
                del self.fields[name]
        self.lay_out(*parts)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        acts = data.get("kind") == RelationKind.ACTS_FOR
        data["authority"] = (data.get("authority") or Authority.ASKED) if acts else ""
        if data["authority"] in BY_LAW:
            for name in ("evidence", "evidence_on"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, SAY_WHAT)
        else:
            data["evidence"], data["evidence_on"] = "", None
        return data

    def facts(self) -> dict[str, Any]:
        names = ("authority", "evidence", "evidence_on", "channel")
        return super().facts() | {name: self.cleaned_data[name] for name in names}
