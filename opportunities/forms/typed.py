"""What people say about their sign-ups and themselves, typed by staff for those who told them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coprod.lib.forms import TextArea
from people.equality import questions_in_use
from people.forms.equality import EqualityForm, Kind
from people.forms.typed import About, Typed

from .sharing import ABOUT_THEM, SUPPORT_LIMIT, ChangeForm, SupportForm

FIRST = "first"


class TypedChangeForm(Typed, ChangeForm):
    """What a project sees of somebody, changed for them; what the others know of needs stays."""

    about_them = ABOUT_THEM
    submit = _("Save what they chose")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, needs=(), **kwargs)


class TypedSupportForm(Typed, SupportForm):
    """The support somebody needs, typed for them.

    What stands there is not shown: to read it is another page, which the person hears of. What
    they picked of “My needs” stays.
    """

    about_them: Mapping[str, About] = ABOUT_THEM | {
        "support_text": About(
            _("What support do they need to take part?"),
            _("What you type here replaces what they said before."),
        )
    }
    submit = _("Save what they need")
    none_needed = forms.BooleanField(
        label=_("They need none any more: delete what stands there"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out("support_text", "support_consent", "none_needed")

    def clean(self) -> dict[str, Any]:
        """Take one of the two: words, or that there is nothing to say any more."""
        data = super().clean()
        words, none = data.get("support_text"), data.get("none_needed")
        if words and none:
            self.add_error("none_needed", _("Write what they need, or tick this: not both"))
        elif not words and not none and "support_text" not in self.errors:
            self.add_error("support_text", _("Write what they need, or tick the box below"))
        return data


class WithdrawForm(Typed):
    """Somebody rang or wrote that they cannot take part."""

    submit = _("Withdraw them")
    back_words = _("Go back")


class CannotComeForm(forms.Form):
    """What a person who withdraws says on paper; online it is one button, with nothing to write."""

    out = forms.BooleanField(label=_("I can no longer take part. You need no reason from me."))
    message = forms.CharField(
        label=_("Anything you want to tell the team?"),
        help_text=_("You can leave this empty."),
        max_length=SUPPORT_LIMIT // 5,
        required=False,
        widget=TextArea,
    )


class InvitedForm(forms.Form):
    """What a person who was invited answers on paper; online it is a button, or signing up."""

    answer = forms.ChoiceField(
        label=_("You asked me to take part. My answer:"),
        choices=[
            ("yes", _("I am interested. Ring me, or send me the form.")),
            ("no", _("No, thank you. Do not ask me about this project again.")),
        ],
        widget=forms.RadioSelect,
    )


class TypedEqualityForm(Typed, EqualityForm):
    """The equality questions, typed while somebody answers them, or from their sealed sheet.

    Earlier answers are never shown, not even whether there are any: each box begins empty, and one
    that stays empty changes nothing.
    """

    submit = _("Save, and show it to nobody")
    all_gone = forms.BooleanField(
        label=_("They want all their answers deleted"),
        help_text=_("Tick this alone. What was counted with them is no longer counted by group."),
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("Why do they answer now?"),
        choices=[
            (FIRST, _("It is the first time, or they do not remember")),
            (Kind.WRONG.value, _("What they said before was wrong")),
            (Kind.CHANGED.value, _("Something has changed")),
        ],
        initial=FIRST,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, questions=questions_in_use(), answers={}, **kwargs)
        self.order_fields(["channel", *(q.code for q in self.questions), "kind", "all_gone"])

    @property
    def given(self) -> dict[str, str]:
        """What was answered now, without what was left out."""
        return {code: value for code, value in self.answers.items() if value}

    @property
    def why(self) -> str:
        """The kind of change that the action knows: a first answer changes no count."""
        kind: str = self.cleaned_data["kind"]
        return Kind.CHANGED.value if kind == FIRST else kind
