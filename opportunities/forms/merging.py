"""Which of two pages says it right, question by question."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coprod.lib.forms import helper, radios
from people.actions.merging import CHOSEN
from people.models import Person

KEPT, GONE = "kept", "gone"


class MergeForm(forms.Form):
    """A choice for each detail in which the two differ; where one is blank, the other is taken."""

    def __init__(self, *args: Any, kept: Person, gone: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in CHOSEN if kept.user_id is None else ():
            mine, theirs = _words(kept, name), _words(gone, name)
            if mine == theirs:
                continue
            self.fields[name] = forms.ChoiceField(
                label=str(Person._meta.get_field(name).verbose_name).capitalize(),
                choices=[(KEPT, mine or _("Nothing")), (GONE, theirs or _("Nothing"))],
                initial=GONE if theirs and not mine else KEPT,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose which is right")},
            )
        self.helper = helper(
            *(radios(name) for name in self.fields),
            submit=_("Make one page of the two"),
            link=(f"/staff/people/{kept.uuid}/", _("Leave them as they are")),
        )

    @property
    def take(self) -> frozenset[str]:
        """Return the details that are those of the page that goes."""
        return frozenset(name for name, value in self.cleaned_data.items() if value == GONE)


def _words(person: Person, name: str) -> str:
    if name == "contact_by":
        return str(person.get_contact_by_display())
    value = getattr(person, name)
    return str(value) if value else ""
