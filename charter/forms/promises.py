"""Pledges, the wording of the charter, its review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from charter.models import (
    EXPLANATION_LIMIT,
    HEADING_LIMIT,
    REASON_LIMIT,
    Commitment,
    CommitmentKind,
)
from coprod.lib.days import today
from coprod.lib.forms import GovDateField, TextArea, fieldset, helper, text_area


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
        self.helper = helper(
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

    @property
    def hows(self) -> dict[Commitment, str]:
        """What was written, by commitment."""
        return {one: self.cleaned_data[name] for name, one in self.commitments.items()}


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
        if day > today():
            raise forms.ValidationError(_("Choose today or a day before today"))
        return day
