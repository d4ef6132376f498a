"""Who may see which part of the one-page profile."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coprod.lib.forms import helper, radios
from people.models import Audience, Profile

from .needs import AUDIENCE_HINTS, audience_field
from .typed import About, Typed

PHOTO_LABEL = _("My picture")


def part_label(part: str) -> Any:
    """Return what a part is called: the template's heading."""
    return PHOTO_LABEL if part == "photo" else Profile._meta.get_field(part).verbose_name


class AudiencesForm(forms.Form):
    """One choice for each part. The name goes with whatever is shown."""

    submit = _("Save who may see it")

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        kwargs["initial"] = {part: profile.audience_of(part) for part in Profile.PARTS}
        super().__init__(*args, **kwargs)
        for part in Profile.PARTS:
            self.fields[part] = audience_field(part_label(part))
        self.fields["photo"].choices = [
            one for one in Audience.choices if one[0] != Audience.PROJECT
        ]
        self.helper = helper(
            *self.questions(),
            submit=self.submit,
            link=(reverse("people:profile"), _("Go back without saving")),
        )

    def questions(self) -> list[Any]:
        """Return the layout: what each choice means stands with the first part alone."""
        first, *rest = Profile.PARTS
        return [radios(first, hints=AUDIENCE_HINTS), *(radios(part) for part in rest)]

    def audiences(self) -> dict[str, str]:
        """Return what ``set_audiences`` takes, once the form is valid."""
        return {part: self.cleaned_data[part] for part in Profile.PARTS}


class TypedAudiencesForm(Typed, AudiencesForm):
    """Who may see which part, as its person told a member of staff."""

    about_them = {
        part: About(hint=_("Ask them. Choose wider only where they say yes."))
        for part in ("photo",)
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out(*self.questions())
