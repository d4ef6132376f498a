"""Forms as they look here: ``helper()`` and the few parts that a layout is made of.

    class SignUpForm(forms.Form):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.helper = helper(
                field("phone", width=20),
                radios("contact_by", conditional={"letter": "address"}),
                fieldset(_("Support"), "needs", text_area("other", rows=3)),
                submit=_("I'm interested"),
            )

In the template: ``{% load crispy_forms_tags ui %} {% error_summary form %} … {% crispy form %}``.
Every field works without any option: a plain name in the layout is enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout, LayoutObject
from crispy_forms.utils import render_field
from django import forms
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from . import controls
from .date_field import DateParts, GovDateField

__all__ = [
    "HTML",
    "Buttons",
    "DateParts",
    "GovDateField",
    "TextArea",
    "button",
    "checkboxes",
    "field",
    "fieldset",
    "helper",
    "radios",
    "text_area",
]

Part = Any  # the name of a field, or one of the objects below


# --- The parts of a layout -----------------------------------------------------------------------
def field(name: str, **options: Any) -> LayoutObject:
    """One field, with options for how it looks.

    Args:
        name: of the field.
        options: ``size`` (s, m, l: of the label), ``heading`` (the label is the page's heading),
            ``css`` (more classes), ``width`` (2, 3, 4, 5, 10, 20 letters), ``rows``, ``limit``
            (letters, counted below the box; a text area's ``max_length`` by itself), ``prefix``,
            ``suffix`` ("£"), ``inputmode``, ``small``, ``inline`` (choices), ``group`` (class of
            the outer box), ``hints`` and ``pictures`` ({value: words or drawing}), ``conditional``
            ({value: what it reveals: a field's name, a part, or a list of them}).
    """
    return _Field(name, options)


def radios(
    name: str,
    *,
    hints: Mapping[Any, str] | None = None,
    conditional: Mapping[Any, Part] | None = None,
    **options: Any,
) -> LayoutObject:
    """Choices of which one counts; the form's widget is ``RadioSelect``."""
    return _Field(name, {"hints": hints, "conditional": conditional, **options})


checkboxes = radios  # the same options; the form's widget is CheckboxSelectMultiple


def text_area(
    name: str, *, limit: int | None = None, rows: int = 4, **options: Any
) -> LayoutObject:
    """A box of ``rows`` lines that says how many of ``limit`` letters are left."""
    return _Field(name, {"limit": limit, "rows": rows, **options})


def fieldset(legend: str, *parts: Part, hint: str = "", size: str = "m") -> LayoutObject:
    """Fields that belong together, under one legend."""
    return _Fieldset(legend, parts, hint, size)


class _Field(LayoutObject):
    def __init__(self, name: str, options: Mapping[str, Any]) -> None:
        self.fields = [name]
        self.options = {key: value for key, value in options.items() if value}

    def render(self, form: Any, context: Any, **_kwargs: Any) -> SafeString:
        (name,) = self.fields
        _mark_rendered(form, name)
        options = dict(self.options)
        if conditional := options.get("conditional"):
            options["conditional"] = {
                value: _render_all(parts, form, context) for value, parts in conditional.items()
            }
        return controls.render(form[name], **options)


class _Fieldset(LayoutObject):
    def __init__(self, legend: str, parts: Iterable[Part], hint: str, size: str) -> None:
        self.legend, self.fields, self.hint, self.size = legend, list(parts), hint, size

    def render(self, form: Any, context: Any, **_kwargs: Any) -> SafeString:
        first = next(controls.names_in(self.fields), "")
        parts = {
            "legend": self.legend,
            "hint": self.hint,
            "hint_id": f"{form[first].auto_id}_group" if first else "",
            "size": self.size,
            "inside": _render_all(self.fields, form, context),
        }
        return render_to_string("govuk/layout/fieldset.html", parts)


def _render_all(parts: Part, form: Any, context: Any) -> SafeString:
    listed = parts if isinstance(parts, (list, tuple)) else [parts]
    html = "".join(render_field(part, form, context) for part in listed)
    return mark_safe(html)  # noqa: S308 -- each part is rendered by a template


def _mark_rendered(form: Any, name: str) -> None:
    """Tell crispy that the field was drawn, so that it is drawn once."""
    if hasattr(form, "rendered_fields"):
        form.rendered_fields.add(name)


# --- Buttons -------------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Button:
    label: str
    name: str = ""
    value: str = ""
    kind: str = "secondary"


def button(name: str, label: str, value: str = "1", kind: str = "secondary") -> _Button:
    """One more button beside the main one: ``POST`` then holds ``name=value``."""
    return _Button(label, name, value, kind)


@dataclass(frozen=True)
class Buttons:
    """Rendered when the page is, so that words are in the reader's language."""

    buttons: tuple[_Button, ...]
    link: tuple[str, str] | None

    @classmethod
    def of(
        cls,
        submit: str,
        *,
        cta: bool = False,
        also: Iterable[_Button] = (),
        link: tuple[str, str] | None = None,
    ) -> Buttons | str:
        """Return the buttons of a form; without any of them, nothing. See ``helper``."""
        first = (_Button(submit, kind="cta" if cta else "main"),) if submit else ()
        return cls((*first, *also), link) if first or also or link else ""

    def __html__(self) -> str:
        return render_to_string(
            "govuk/layout/buttons.html", {"buttons": self.buttons, "link": self.link}
        )

    __str__ = __html__


# --- The form ------------------------------------------------------------------------------------
def helper(
    *layout: Part,
    submit: str = "",
    cta: bool = False,
    also: Iterable[_Button] = (),
    link: tuple[str, str] | None = None,
    method: str = "post",
    action: str = "",
    css: str = "",
    tag: bool = True,
    missing: Iterable[str] = (),
    draft: bool = False,
) -> FormHelper:
    """Return what ``{% crispy form %}`` needs.

    Args:
        layout: names of fields and parts, in order; none of them: every field in its own order.
        submit: words of the one filled button; it says what happens ("Send for review").
        cta: the main call of the page: a larger button.
        also: more buttons, outlined: ``button("preview", _("Update what they see"))``.
        link: address and words of a quiet way out, beside the buttons.
        tag: False where the template writes ``<form>`` and the buttons itself.
        missing: names of fields that get the tag "Missing".
        draft: the browser keeps what is typed in its tab (``drafts.js``). For long texts; never
            where health, equality or a person’s circumstances are written about.
    """
    made = FormHelper()
    made.form_method = method
    made.form_action = action
    made.form_class = css
    made.form_tag = tag
    made.disable_csrf = method != "post"
    made.attrs = {"novalidate": True, "data-draft": draft}
    made.include_media = False
    made.render_hidden_fields = True
    made.missing = frozenset(missing)
    if layout:
        made.layout = Layout(*layout)
    made.buttons = Buttons.of(submit, cta=cta, also=also, link=link)
    return made


# --- Messages ------------------------------------------------------------------------------------
class _TooLong:
    """The words for a text that is too long: how many letters to take out of it."""

    def __mod__(self, params: Mapping[str, Any]) -> str:
        over = params["show_value"] - params["limit_value"]
        letters = number_format(over, force_grouping=True)
        words = ngettext(
            "Make this shorter: take out %(letters)s letter.",
            "Make this shorter: take out %(letters)s letters.",
            over,
        )
        return words % {"letters": letters}


def speak_plainly() -> None:
    """Give every text field of every form our own words; a field with its own keeps them."""
    # Django only ever fills a message in, with %; what fills itself in is a message to it.
    forms.CharField.default_error_messages = {"max_length": cast("str", _TooLong())}


# --- Widgets -------------------------------------------------------------------------------------
class TextArea(forms.Textarea):
    """Many lines. A line's end counts as one letter, as the counter under the box counts it.

    Browsers send two, so a text at its limit would be refused after it was said to fit.
    """

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value
