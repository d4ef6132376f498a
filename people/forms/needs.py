"""What somebody needs to take part: one need at a time, picked from a list or in own words."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coprod.lib.forms import Part, TextArea, field, helper, radios
from people.actions.needs import CONSENT_WORDING, NO_CONSENT, SAID_ALREADY, consent_of
from people.models import LARGE_PRINT, OTHER, POINTS, VALUES, Audience, Need, Person, Subset, ToldBy

from .typed import About, Typed

AUDIENCE_HINTS = {
    Audience.ONLY_ME: _("You tick it for a project when you come forward."),
    Audience.COORDINATORS: _("Staff who arrange things, at those you come forward to."),
    Audience.PROJECT: _("Its team, and the others if you say so. Only where you tick it."),
}
QUESTIONS = {
    Subset.CONTACT: _("How is it best to reach you?"),
    Subset.FORMAT: _("How do you like to get what we send you?"),
    Subset.PROFESSIONAL: _("Who helps us to understand each other?"),
    Subset.SUPPORT: _("What helps you to listen, to read and to speak?"),
    Subset.ACCESS: _("What do you need to get in, and around?"),
    Subset.PRACTICAL: _("What else makes it possible for you?"),
}
# A hint and no refusal: such a word may be part of what helps (“the autism alert card”).
_DIAGNOSIS = re.compile(
    r"\b(diagnos\w*|disorder|syndrome|disease|autis\w+|adhd|dementia|alzheimer\w*|cancer|diabet\w+|"
    r"schizophren\w*|bipolar|depress\w+|epilep\w+|parkinson\w*|multiple sclerosis|stroke)\b",
    re.IGNORECASE,
)


def sounds_like_a_diagnosis(words: str) -> bool:
    """Return whether ``words`` say what somebody has, rather than what helps."""
    return bool(_DIAGNOSIS.search(words))


def audience_field(label: Any) -> forms.ChoiceField:
    """Return the question who may know something."""
    return forms.ChoiceField(
        label=label,
        choices=Audience,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who may know this")},
    )


def _consent_field() -> forms.BooleanField:
    return forms.BooleanField(
        label=CONSENT_WORDING, required=True, error_messages={"required": NO_CONSENT}
    )


class NeedForm(forms.Form):
    """One need of one kind. The consent is asked once, with the first need."""

    value = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": _("Choose one, or “something else”")}
    )
    points = forms.TypedChoiceField(
        label=_("How large?"),
        choices=[(size, _("%(size)s point") % {"size": size}) for size in POINTS],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    detail = forms.CharField(
        label=_("Anything to add, in your own words?"),
        help_text=_("What helps, and how. You need not say why: we do not ask what you have."),
        max_length=Need.DETAIL_LIMIT,
        required=False,
        widget=TextArea,
    )
    audience = audience_field(_("Who may know?"))
    is_flagged = forms.BooleanField(
        label=_("Show those who may read it that there is something to read"),
        help_text=_("A short mark on your page. What it is, they see only when they open it."),
        required=False,
        initial=True,
    )

    def __init__(
        self, *args: Any, person: Person, subset: str, need: Need | None = None, **kwargs: Any
    ) -> None:
        self.person, self.subset, self.need = person, Subset(subset), need
        if need is not None:
            names = ("value", "points", "detail", "audience", "is_flagged")
            kwargs["initial"] = {name: getattr(need, name) for name in names}
        super().__init__(*args, **kwargs)
        self.fields["value"].choices = list(VALUES[self.subset].items())
        self.fields["value"].label = QUESTIONS[self.subset]
        if self.subset != Subset.FORMAT:
            del self.fields["points"]
        if consent_of(person) is None:
            self.fields["consent"] = _consent_field()
        self.helper = helper(
            *self.questions(),
            submit=_("Keep this"),
            link=(reverse("people:my_needs"), _("Go back without saving")),
        )

    def questions(self) -> list[Part]:
        """Return the layout of what is asked."""
        sizes = {LARGE_PRINT: "points"} if "points" in self.fields else None
        return [
            radios("value", conditional=sizes),
            field("detail", rows=3),
            radios("audience", hints=AUDIENCE_HINTS),
            "is_flagged",
            *(["consent"] if "consent" in self.fields else []),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        value = data.get("value")
        if value == LARGE_PRINT and not data.get("points"):
            self.add_error("points", _("Choose how large"))
        if value != LARGE_PRINT:
            data["points"] = None
        if value == OTHER and not data.get("detail") and "detail" not in self.errors:
            self.add_error("detail", _("Say what it is, in your own words"))
        if value and value != OTHER and self._said_already(value):
            self.add_error("value", SAID_ALREADY)
        return data

    def _said_already(self, value: str) -> bool:
        same = Need.objects.agreed().filter(person=self.person, subset=self.subset, value=value)
        return same.exclude(pk=self.need.pk if self.need else None).exists()

    def facts(self) -> dict[str, Any]:
        """Return what ``save_need`` takes, once the form is valid."""
        data = {"consent": False, **self.cleaned_data}
        return {**data, "subset": self.subset, "need": self.need}


class TypedNeedForm(Typed, NeedForm):
    """A need that somebody told a member of staff."""

    again = _("Save, and write the next one")
    about_them = {
        "detail": About(
            _("Anything to add, in their own words?"),
            _("What helps, and how. Do not ask what they have, and do not write it."),
        ),
        "audience": About(hint=_("Ask them. Without their answer, choose “Only me”.")),
        "is_flagged": About(hint=_("Ask them.")),
        "consent": About(hint=_("Read this to them. Tick it if they say yes.")),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told_by"] = forms.ChoiceField(
            label=_("Who told you?"), choices=ToldBy, widget=forms.RadioSelect, initial=ToldBy.ME
        )
        self.order_fields(["channel", "told_by"])
        self.lay_out(radios("told_by"), *self.questions())


class NoMoreNeedsForm(forms.Form):
    """“Delete all of it”: nothing to fill in; its twin asks how they told us."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper()


class TypedNoMoreNeedsForm(Typed, NoMoreNeedsForm):
    """They told us to delete what they need."""

    submit = _("Delete all of it")


class TypedUnchangedForm(Typed, NoMoreNeedsForm):
    """They told us that nothing has changed."""

    submit = _("Nothing has changed")


class TypedDeleteNeedForm(Typed, NoMoreNeedsForm):
    """They told us that they do not need it any more."""

    submit = _("Delete it")


class NeedsSheetForm(forms.Form):
    """All kinds on one sheet of paper; staff type them one by one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for subset in Subset:
            self.fields[subset] = forms.MultipleChoiceField(
                label=QUESTIONS[subset],
                choices=list(VALUES[subset].items()),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields["detail"] = forms.CharField(
            label=_("In your own words: what helps, and how? How large is large print?"),
            help_text=_("You need not say why: we do not ask what you have."),
            required=False,
            widget=TextArea,
        )
        self.fields["audience"] = audience_field(_("Who may know?"))
        self.fields["consent"] = _consent_field()
