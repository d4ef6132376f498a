"""Pledges, the wording of the charter, its review."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from charter import dates
from charter.models import (
    EXPLANATION_LIMIT,
    HEADING_LIMIT,
    REASON_LIMIT,
    Commitment,
    CommitmentKind,
)
from coprod.lib.forms import GovDateField, TextArea, fieldset, helper, text_area
from opportunities.editing import mark, read_marks


class PledgesForm(forms.Form):
    """How one project keeps each commitment: all of them voluntary."""

    def __init__(self, *args: Any, pledges: dict[Commitment, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commitments = {f"pledge-{one.slug}": one for one in pledges}
        for name, commitment in self.commitments.items():
            self.fields[name] = forms.CharField(
                label=commitment.heading,
                help_text=commitment.explanation,
                initial=pledges[commitment],
                max_length=EXPLANATION_LIMIT,
                required=False,
                widget=TextArea,
            )
        self.fields["began_with"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=self.marks(pledges)
        )
        self.helper = helper(
            "began_with",
            *(fieldset(kind.label, *self._of(kind)) for kind in CommitmentKind),
            submit=_("Save the pledges"),
            draft=True,
        )

    def _of(self, kind: CommitmentKind) -> list[Any]:
        return [
            text_area(name, rows=2)
            for name, commitment in self.commitments.items()
            if commitment.kind == kind
        ]

    @staticmethod
    def marks(pledges: dict[Commitment, str]) -> str:
        """Return a mark of each pledge, so that nobody overwrites what they did not see."""
        return json.dumps({one.slug: mark(how) for one, how in pledges.items()})

    def show_both(self, theirs: dict[Commitment, str], now: dict[Commitment, str]) -> None:
        """Say beside each box what somebody else wrote, and go on from there."""
        for name, commitment in self.commitments.items():
            if commitment in theirs:
                self.add_error(name, _both(theirs[commitment]))
        self.data = self.data.copy()
        self.data["began_with"] = self.marks(now)

    @property
    def began_with(self) -> dict[str, str]:
        """The marks that the writer began with; none where the form came without."""
        return read_marks(self.cleaned_data["began_with"])

    @property
    def hows(self) -> dict[Commitment, str]:
        """What was written, by commitment."""
        return {one: self.cleaned_data[name] for name, one in self.commitments.items()}


def _both(theirs: str) -> str:
    if not theirs:
        return gettext(
            "Somebody else took this away while you wrote. Save again to keep your words."
        )
    words = gettext(
        "Somebody else wrote here while you did: “%(theirs)s” Make one text of both, then save."
    )
    return words % {"theirs": theirs}


class CommitmentForm(forms.Form):
    """The wording of one commitment."""

    heading = forms.CharField(
        label=_("Heading"),
        max_length=HEADING_LIMIT,
        error_messages={"required": _("Enter the heading")},
    )
    explanation = forms.CharField(
        label=_("What it means, in plain words"),
        help_text=_("Short sentences. A child of nine should understand them."),
        max_length=EXPLANATION_LIMIT,
        widget=TextArea,
        error_messages={"required": _("Say what it means")},
    )
    why = forms.CharField(
        label=_("Why do you change it?"),
        help_text=_("Everybody can read this beside the old words."),
        max_length=REASON_LIMIT,
        error_messages={"required": _("Say why you change it")},
    )
    changes_seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            "heading",
            text_area("explanation", limit=EXPLANATION_LIMIT),
            "why",
            "changes_seen",
            submit=_("Save the new words"),
            draft=True,
        )


class ReviewForm(forms.Form):
    """That the charter was reviewed."""

    reviewed_on = GovDateField(label=_("When was it reviewed?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("reviewed_on", submit=_("Mark as reviewed"))

    def clean_reviewed_on(self) -> Any:
        """Refuse a day that is still to come."""
        day = self.cleaned_data["reviewed_on"]
        if fault := dates.not_to_come(day):
            raise forms.ValidationError(fault)
        return day
