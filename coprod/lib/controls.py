"""How one form field looks: which template draws it, and what that template is given.

The markup is govuk-frontend's, with Django's own ids: ``id_x_helptext`` and ``id_x_error``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, cast

from django import forms
from django.core.validators import validate_email
from django.forms import BoundField
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .date_field import DateParts

# Options that a layout may give to a field; anything else is a spelling mistake.
OPTIONS = frozenset(
    {"size", "heading", "css", "group", "width", "prefix", "suffix", "rows", "limit"}
    | {"hints", "pictures", "conditional", "small", "inline", "inputmode"}
)
_SPECIAL = (  # the first that fits
    (forms.HiddenInput, "hidden"),
    (forms.MultipleHiddenInput, "hidden"),
    (DateParts, "date"),
    (forms.RadioSelect, "choices"),
    (forms.CheckboxSelectMultiple, "choices"),
    (forms.CheckboxInput, "checkbox"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
)
_NUMBERS_ALONE = {"type", "min", "max", "step"}
_BLANK = "---------"  # Django's own words for "nothing chosen"


def render(field: BoundField, **options: Any) -> SafeString:
    """Return the field as HTML: label or legend, hint, error, control.

    Args:
        field: one field of a form.
        options: see ``OPTIONS``; ``coprod.lib.forms`` explains each.

    Raises:
        TypeError: an option is not known.
    """
    if unknown := options.keys() - OPTIONS:
        raise TypeError(f"{field.name} has no option {', '.join(sorted(unknown))}")
    kind = kind_of(field)
    if kind == "hidden":
        return field.as_widget()
    # The browser's own bubbles are not in our words, and its "required" is read out at each field.
    field.form.use_required_attribute = False
    context = _common(field, options) | _MAKERS[kind](field, options)
    return cast("SafeString", get_template(f"govuk/controls/{kind}.html").render(context))


def kind_of(field: BoundField) -> str:
    """Return the name of the template that draws this field."""
    widget = field.field.widget
    return next((kind for cls, kind in _SPECIAL if isinstance(widget, cls)), "input")


def _common(field: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
    heading = options.get("heading", False)
    described = [f"{field.auto_id}_helptext"] if field.help_text else []
    described += [f"{field.auto_id}_error"] if field.errors else []
    return {
        **options,
        "field": field,
        "heading": heading,
        "size": options.get("size") or ("l" if heading else "s"),
        "described_by": " ".join(described),
        "errors": messages(field),
        "missing": field.name in getattr(getattr(field.form, "helper", None), "missing", ()),
    }


# --- One line, many lines, a list to choose from -------------------------------------------------
def _classes(field: BoundField, base: str, *more: str) -> str:
    error = f"{base}--error" if field.errors else ""
    own = field.field.widget.attrs.get("class", "")
    return " ".join(part for part in (base, error, own, *more) if part)


def _width(options: Mapping[str, Any]) -> str:
    width = options.get("width")
    return f"govuk-input--width-{width}" if width else ""


def _attrs(css: str, **more: Any) -> dict[str, Any]:
    # A placeholder vanishes when it is needed; maxlength cuts pasted words off without a sound.
    return {"class": css, "placeholder": False, "maxlength": False, **more}


def _input(field: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
    css = _classes(field, "govuk-input", _width(options), options.get("css", ""))
    widget, keyboard = field.field.widget, options.get("inputmode")
    if isinstance(widget, forms.NumberInput):
        # A box of type "number" changes under a mouse's wheel, and shows nothing that is wrong.
        keyboard = keyboard or ("decimal" if _has_fractions(field) else "numeric")
        kept = {key: value for key, value in widget.attrs.items() if key not in _NUMBERS_ALONE}
        widget = forms.TextInput(attrs=kept)
    more = {"inputmode": keyboard} if keyboard else {}
    return {"widget": field.as_widget(widget=widget, attrs=_attrs(css, **more))}


def _has_fractions(field: BoundField) -> bool:
    return isinstance(field.field, (forms.DecimalField, forms.FloatField))


def _password(field: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
    more = ("govuk-password-input__input", "govuk-js-password-input-input", _width(options))
    css = _classes(field, "govuk-input", *more, options.get("css", ""))
    # A manager of passwords fills it in by this word; a new password's form says "new-password".
    manager = field.field.widget.attrs.get("autocomplete") or "current-password"
    plain = {"autocomplete": manager, "spellcheck": "false", "autocapitalize": "none"}
    return {"widget": field.as_widget(attrs=_attrs(css, **plain))}


def _file(field: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
    widget = field.field.widget
    if isinstance(widget, forms.ClearableFileInput):
        # Its link to what is stored and its box "Clear" are for the page to offer, in its words.
        widget = forms.FileInput(attrs=widget.attrs)
    css = _classes(field, "govuk-file-upload", options.get("css", ""))
    several = widget.attrs.get("multiple") or widget.allow_multiple_selected
    return {
        "widget": field.as_widget(widget=widget, attrs={"class": css}),
        "choose": _("Choose files") if several else _("Choose a file"),
        "none_chosen": _("Nothing chosen yet"),
        "several": {"one": _("%{count} file chosen"), "other": _("%{count} files chosen")},
    }


def _textarea(field: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
    limit = options.get("limit") or getattr(field.field, "max_length", None)
    css = _classes(
        field, "govuk-textarea", "govuk-js-character-count" if limit else "", options.get("css", "")
    )
    rows = options.get("rows") or _own_rows(field.field.widget)
    described = [field.aria_describedby or "", f"{field.auto_id}-info" if limit else ""]
    attrs = _attrs(css, rows=rows, cols=False)
    if any(described):
        attrs["aria-describedby"] = " ".join(part for part in described if part)
    return {"widget": field.as_widget(attrs=attrs), "limit": limit}


def _own_rows(widget: forms.Widget) -> int | str:
    rows = widget.attrs.get("rows", "10")
    return 4 if rows == "10" else rows  # 10 is Django's, when nobody said anything


def _select(field: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
    css = _classes(field, "govuk-select", options.get("css", ""))
    html = field.as_widget(attrs={"class": css})
    return {"widget": mark_safe(html.replace(_BLANK, _("Choose one")))}  # noqa: S308 -- Django's HTML


# --- Radios and checkboxes -----------------------------------------------------------------------
def choice_list(field: BoundField) -> list[dict[str, Any]]:
    """Return the choices to draw: ``id``, ``value``, ``label``, ``checked``, ``attrs``."""
    drawn = []
    for choice in field.subwidgets:
        data = choice.data
        if str(data["value"]) == "" and field.field.required:
            continue  # Django offers "nothing" even where something must be chosen
        label = _("No answer") if data["label"] == _BLANK else data["label"]
        drawn.append(
            {
                "id": data["attrs"].get("id", ""),
                "name": data["name"],
                "value": data["value"],
                "label": label,
                "checked": data["selected"],
                "disabled": data["attrs"].get("disabled", False),
            }
        )
    return drawn


def _choices(field: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
    radios = not isinstance(field.field.widget, forms.CheckboxSelectMultiple)  # its subclass
    hints = options.get("hints") or {}
    pictures = options.get("pictures") or {}
    conditional = options.get("conditional") or {}
    items = choice_list(field)
    if items and field.field.widget.attrs.get("autofocus"):
        next((item for item in items if item["checked"]), items[0])["autofocus"] = True
    for item in items:
        key = str(item["value"])
        item["hint"] = _of(hints, key)
        item["picture"] = _of(pictures, key)
        item["reveals"] = _of(conditional, key)
    return {
        "items": items,
        "type": "radio" if radios else "checkbox",
        "block": "govuk-radios" if radios else "govuk-checkboxes",
    }


def _of(table: Mapping[Any, Any], key: str) -> Any:
    return next((value for own, value in table.items() if str(own) == key), "")


def _checkbox(field: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
    css = " ".join(("govuk-checkboxes__input", options.get("css", ""))).strip()
    return {"widget": field.as_widget(attrs={"class": css})}


# --- A date in three boxes -----------------------------------------------------------------------
def wrong_parts(field: BoundField) -> tuple[str, ...]:
    """Return which of day, month and year are to be put right."""
    for error in field.errors.as_data() if field.errors else ():
        return (error.params or {}).get("parts", DateParts.PARTS)
    return ()


def _date(field: BoundField, _options: Mapping[str, Any]) -> dict[str, Any]:
    widget = field.field.widget
    values = widget.parts_of(field.value())
    wrong = wrong_parts(field)
    parts = [
        {
            "name": f"{field.html_name}_{part}",
            "id": f"{field.auto_id}_{part}",
            "label": label,
            "value": value,
            "wrong": part in wrong,
            "width": 4 if part == "year" else 2,
            "autocomplete": widget.autocomplete(part),
        }
        for part, label, value in zip(
            DateParts.PARTS, (_("Day"), _("Month"), _("Year")), values, strict=True
        )
    ]
    return {"parts": parts}


_MAKERS = {
    "input": _input,
    "password": _password,
    "file": _file,
    "textarea": _textarea,
    "select": _select,
    "choices": _choices,
    "checkbox": _checkbox,
    "date": _date,
}


# --- What to put right ---------------------------------------------------------------------------
_TO_DO = {
    "choices": gettext_lazy("Choose your answer to “%(label)s”"),
    "select": gettext_lazy("Choose your answer to “%(label)s”"),
    "checkbox": gettext_lazy("Tick “%(label)s” to go on"),
    "file": gettext_lazy("Choose a file for “%(label)s”"),
}
_WRITE = gettext_lazy("Write your answer to “%(label)s”")


def messages(field: BoundField) -> list[str]:
    """Return the field's errors; where nobody wrote one, it says what to do."""
    bare = (str(forms.Field.default_error_messages["required"]), str(validate_email.message))
    return [_what_to_do(field, str(text)) if text in bare else str(text) for text in field.errors]


def _what_to_do(field: BoundField, bare: str) -> str:
    if own := getattr(field, "to_do", ""):  # the tag ``rename`` says it
        return str(own)
    if bare == validate_email.message:
        return _("Enter an e-mail address, like name@example.org")
    return str(_TO_DO.get(kind_of(field), _WRITE)) % {"label": str(field.label).rstrip("?:.")}


# --- The summary of errors -----------------------------------------------------------------------
def summary(form: forms.BaseForm) -> list[dict[str, str]]:
    """Return every error of the form in the order of the page: ``message`` and ``href``.

    What is said of several fields names the field, so that two links never read the same.
    """
    found = [{"message": str(message), "href": ""} for message in form.non_field_errors()]
    fields = _as_drawn(form)
    times = Counter(message for field in fields for message in messages(field))
    for field in fields:
        href = "" if field.is_hidden else f"#{first_id(field)}"
        found += [
            {
                "message": f"{field.label}: {message}" if times[message] > 1 else message,
                "href": href,
            }
            for message in messages(field)
        ]
    return found


def to_write_again(form: forms.BaseForm) -> set[str]:
    """Return what no browser may be given back: ``password``, and ``file`` where it was refused."""
    found = set()
    for field in form:
        widget = field.field.widget
        if not field.data:
            continue
        if isinstance(widget, forms.PasswordInput) and not widget.render_value:
            found.add("password")
        if isinstance(widget, forms.FileInput) and field.errors:
            found.add("file")
    return found


def _as_drawn(form: forms.BaseForm) -> list[BoundField]:
    """Return the fields in the order of the layout; without one, in their own."""
    layout = getattr(getattr(form, "helper", None), "layout", None)
    names = dict.fromkeys([*names_in(layout or ()), *form.fields])
    return [form[name] for name in names if name in form.fields]


def names_in(part: Any) -> Iterator[str]:
    """Yield the names of the fields in a part of a layout, or in a list of them."""
    if isinstance(part, str):
        yield part
        return
    inside = part if isinstance(part, (list, tuple)) else getattr(part, "fields", ())
    for one in inside:
        yield from names_in(one)
    revealed = getattr(part, "options", {}).get("conditional", {})
    for one in revealed.values():
        yield from names_in(one)


def first_id(field: BoundField) -> str:
    """Return the id of the control where an error of this field is put right."""
    kind = kind_of(field)
    if kind == "choices":
        items = choice_list(field)
        return items[0]["id"] if items else field.auto_id
    if kind == "date":
        wrong = wrong_parts(field) or DateParts.PARTS
        return f"{field.auto_id}_{wrong[0]}"
    return field.id_for_label or field.auto_id
