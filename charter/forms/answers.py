"""“Did it help?”, and whether everybody may read a comment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from charter.lifecycle import NotShown, Verdict
from charter.models import COMMENT_LIMIT
from coprod.lib.forms import TextArea, helper, radios, text_area
from people.forms.typed import About, Typed

SHOW = "show"


class AnswerForm(forms.Form):
    """“Did it help?”"""

    verdict = forms.ChoiceField(
        label=_("Did it help?"),
        choices=Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes, partly or no")},
    )
    comment = forms.CharField(
        label=_("Tell us more, if you like"),
        help_text=_("The team reads it, without your name. Leave out names and private things."),
        max_length=COMMENT_LIMIT,
        required=False,
        widget=TextArea,
    )
    may_show_comment = forms.BooleanField(
        label=_("You may show my words to everybody, without my name"),
        help_text=_("Somebody else reads them first."),
        required=False,
    )
    submit = _("Send my answer")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(*self.parts(), submit=self.submit)

    def parts(self) -> list[Any]:
        """The fields in their order."""
        return [
            radios("verdict"),
            text_area("comment", limit=COMMENT_LIMIT),
            "may_show_comment",
        ]


class EnterAnswerForm(Typed, AnswerForm):
    """The answer of somebody who rang, wrote or said it, typed by staff."""

    about_them: Mapping[str, About] = {
        "verdict": About(_("Did it help? What they answered")),
        "comment": About(
            _("What they added, in their own words"), _("Read it to them. Leave out names.")
        ),
        "may_show_comment": About(
            _("They said that we may show their words to everybody, without their name")
        ),
    }
    submit = _("Save their answer")


class StopAskingForm(Typed):
    """Somebody does not want to be asked about this again."""

    submit = _("Do not ask them again")


class ReadCommentForm(forms.Form):
    """The second person’s decision about a comment."""

    decision = forms.ChoiceField(
        label=_("May everybody read this?"),
        choices=[(SHOW, _("Yes, show it")), *((one.value, one.label) for one in NotShown)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether everybody may read it")},
    )
    # The words that were read: charter.actions.read_comment refuses others.
    answered_at = forms.DateTimeField(
        widget=forms.HiddenInput, input_formats=["%Y-%m-%dT%H:%M:%S.%f%z"]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            radios(
                "decision",
                hints={SHOW: _("Also when it is hard to read for the team: that is no reason.")},
            ),
            "answered_at",
            submit=_("Decide"),
        )

    @property
    def because(self) -> str:
        """Why it is not shown; empty: it is."""
        decision = self.cleaned_data["decision"]
        return "" if decision == SHOW else decision
