"""The staff twin of a form: the same questions, typed for somebody who rang, wrote or came by.

    class TypedNeedsForm(Typed, NeedsForm):
        about_them = {"words": About(_("What do they need?"), _("Read it back to them."))}

or, where the resident's words can be read out as they stand, ``typed(NeedsForm)``. The twin is
validated by the resident's own form, so it can neither ask more nor take less. ``cleaned_data``
holds ``channel`` beside the answers: hand it to the action, whose ``actor`` is the typist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coprod.lib.forms import Buttons, button, helper, radios
from people.twins import AGAIN, OFFLINE


@dataclass(frozen=True)
class About:
    """Words about another person, in place of those to them; None leaves the form's own."""

    label: Any = None
    hint: Any = None
    required: Any = None  # the words where nothing was chosen or written


def channel_field() -> forms.ChoiceField:
    """Return the question how it reached us; online is no answer, as staff type it."""
    return forms.ChoiceField(
        label=_("How did they tell you?"),
        choices=OFFLINE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how they told you")},
    )


class Typed(forms.Form):
    """What every twin has beside the resident's own form; it stands before that form.

    The keyboard is enough: the first box without an answer has the focus, Enter saves, and where
    ``again`` is set a second button goes on to the next sheet of paper, with the same channel.
    """

    about_them: Mapping[str, About] = {}
    submit: Any = _("Save what they said")
    again: Any = ""
    back_words: Any = _("Go back without saving")

    def __init__(self, *args: Any, back: str = "", channel: str = "", **kwargs: Any) -> None:
        """Args: ``back``, where the quiet way out leads; ``channel``, the one typed before."""
        self.back = back
        super().__init__(*args, **kwargs)
        self.fields["channel"] = channel_field()
        self.fields["channel"].initial = channel
        self.order_fields(["channel", *self.fields])
        for name, about in self.about_them.items():
            if name in self.fields:
                speak_of_somebody_else(self.fields[name], about)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"  # what the browser knows is the typist's
        self._dress()

    def _focus_first_empty(self) -> None:
        # A bound field keeps the words that it was made with, so none is made here.
        shown = {name: one for name, one in self.fields.items() if not one.widget.is_hidden}
        for one in shown.values():
            one.widget.attrs.pop("autofocus", None)
        empty = (name for name, one in shown.items() if not self.get_initial_for_field(one, name))
        shown[next(empty, next(iter(shown)))].widget.attrs["autofocus"] = True

    def lay_out(self, *parts: Any) -> None:
        """Draw these parts below the question how they told us."""
        self.helper = helper(*parts)
        self._dress()

    def _dress(self) -> None:
        if not self.is_bound:  # after a mistake, the list of mistakes has the focus
            self._focus_first_empty()
        self.helper = getattr(self, "helper", None) or helper()
        if self.helper.layout is not None:
            self.helper.layout.fields.insert(0, radios("channel", inline=True))
        self.helper.form_tag = True
        # Somebody else's words do not stay in the browser of whoever typed them.
        self.helper.attrs["data-draft"] = False
        also = (button(AGAIN, self.again),) if self.again else ()
        link = (self.back, self.back_words) if self.back else None
        self.helper.buttons = Buttons.of(self.submit, also=also, link=link)


def speak_of_somebody_else(field: forms.Field, about: About) -> None:
    """Give a field words about the person in place of words to them."""
    if about.label is not None:
        field.label = about.label
    if about.hint is not None:
        field.help_text = about.hint
    if about.required is not None:
        field.error_messages["required"] = about.required


def typed(form: type[forms.BaseForm], **parts: Any) -> type[Any]:
    """Return the staff twin of a resident's form.

    Args:
        parts: ``about_them`` ({field: About}), ``submit`` and ``again`` (words of the buttons).
    """
    return type(f"Typed{form.__name__}", (Typed, form), parts)
