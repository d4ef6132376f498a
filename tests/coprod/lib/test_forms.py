"""A whole form, as ``{% crispy form %}`` draws it."""

from __future__ import annotations

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.http import QueryDict
from django.template import Context, Template
from django.test.signals import template_rendered
from django.utils.safestring import mark_safe

from coprod.lib.forms import (
    TextArea,
    button,
    checkboxes,
    field,
    fieldset,
    helper,
    radios,
    text_area,
)
from tests.coprod.markup import find_all, strictly, words


class AskForm(forms.Form):
    name = forms.CharField()
    how = forms.ChoiceField(
        choices=[("phone", "Phone"), ("post", "Post")], widget=forms.RadioSelect
    )
    address = forms.CharField(widget=forms.Textarea, required=False)
    town = forms.CharField(required=False)
    times = forms.MultipleChoiceField(
        choices=[("am", "Mornings")], widget=forms.CheckboxSelectMultiple, required=False
    )
    version = forms.CharField(widget=forms.HiddenInput, initial="3")


def drawn(form: forms.Form, **context: object):
    return strictly(f"<!DOCTYPE html><title>x</title>{render_crispy_form(form, context=context)}")


def ask_form(*layout: object, data: object = None, **options: object) -> AskForm:
    form = AskForm(data)
    form.helper = helper(*layout, **options)
    return form


def names(document) -> list[str]:
    controls = [one for tag in ("input", "textarea", "select") for one in document.iter(tag)]
    return sorted({one.get("name") for one in controls})


def test_a_form_without_a_layout_draws_every_field_once():
    document = drawn(ask_form(submit="Send", tag=True))
    assert names(document) == ["address", "how", "name", "times", "town", "version"]


def test_a_layout_draws_what_it_names_and_what_is_hidden():
    document = drawn(ask_form("name", field("town", width=20)))
    assert names(document) == ["name", "town", "version"]
    (town,) = find_all(document, "input", name="town")
    assert town.get("class") == "govuk-input govuk-input--width-20"


def test_the_form_leaves_checking_to_us_and_carries_its_key():
    document = drawn(ask_form("name"), csrf_token="the-key")
    (form,) = find_all(document, "form", method="post")
    assert form.get("novalidate") == ""
    (key,) = find_all(document, "input", name="csrfmiddlewaretoken")
    assert key.get("value") == "the-key"


def test_a_form_that_only_asks_has_no_key():
    document = drawn(ask_form("name", method="get", action="/somewhere/"), csrf_token="the-key")
    (form,) = find_all(document, "form", method="get")
    assert form.get("action") == "/somewhere/"
    assert find_all(document, "input", name="csrfmiddlewaretoken") == []


def test_a_form_with_a_file_is_sent_as_such():
    class FileForm(forms.Form):
        file = forms.FileField()

    form = FileForm()
    form.helper = helper()
    assert find_all(drawn(form), "form", enctype="multipart/form-data")


def test_a_page_may_write_the_form_itself():
    html = render_crispy_form(ask_form("name", tag=False))
    assert "<form" not in html


def test_buttons_in_their_order_and_a_quiet_way_out():
    document = drawn(
        ask_form(
            "name",
            submit="I'm interested",
            cta=True,
            also=[button("preview", "Update what they see"), button("delete", "Delete", "yes")],
            link=("/later/", "Save and come back later"),
        )
    )
    buttons = list(document.iter("button"))
    assert [words(one) for one in buttons] == ["I'm interested", "Update what they see", "Delete"]
    assert [one.get("class") for one in buttons] == [
        "govuk-button gi-cta",
        "govuk-button govuk-button--secondary",
        "govuk-button govuk-button--secondary",
    ]
    assert [(one.get("name"), one.get("value")) for one in buttons] == [
        (None, None),
        ("preview", "1"),
        ("delete", "yes"),
    ]
    (link,) = find_all(document, "a", href="/later/")
    assert words(link) == "Save and come back later"


def test_a_form_without_buttons_has_none():
    assert "gi-actions" not in render_crispy_form(ask_form("name"))


def test_fields_that_belong_together():
    document = drawn(ask_form(fieldset("Where", "town", text_area("address", rows=2), hint="Both")))
    (group,) = document.iter("fieldset")
    assert words(group).startswith("Where Both Town")
    (area,) = document.iter("textarea")
    assert area.get("rows") == "2"


def test_a_choice_reveals_fields_and_each_is_drawn_once():
    layout = (
        "name",
        radios("how", hints={"post": "A week"}, conditional={"post": ["address", field("town")]}),
        checkboxes("times", small=True),
    )
    document = drawn(ask_form(*layout))
    (part,) = find_all(document, "div", id="conditional-id_how_1")
    assert part.get("class") == "govuk-radios__conditional govuk-radios__conditional--hidden"
    assert [one.get("name") for one in part.iter("textarea")] == ["address"]
    assert len(find_all(document, "input", name="town")) == 1


def test_what_was_chosen_stays_revealed():
    layout = radios("how", conditional={"post": "address"})
    document = drawn(ask_form(layout, data={"how": "post"}))
    (part,) = find_all(document, "div", id="conditional-id_how_1")
    assert part.get("class") == "govuk-radios__conditional"


def test_pictures_stand_beside_the_words_of_a_choice():
    picture = mark_safe('<svg class="gi-step"></svg>')
    html = render_crispy_form(ask_form(field("how", pictures={"post": picture})))
    assert '<svg class="gi-step"></svg><span>Post</span>' in html


def test_what_a_draft_lacks_is_tagged():
    html = render_crispy_form(ask_form("name", "town", missing=["town"]))
    assert html.count("Missing") == 1


def test_a_form_can_be_drawn_field_by_field():
    page = Template(
        "{% load ui crispy_forms_tags %}{% control form.name size='m' %}{{ form|crispy }}"
    )
    html = page.render(Context({"form": AskForm()}))
    assert html.count('name="name"') == 2
    assert html.count("govuk-label--m") == 1


def test_a_helper_may_stand_on_the_class_and_is_drawn_twice_alike():
    class ClassForm(AskForm):
        helper = helper("name", radios("how", conditional={"post": "address"}), submit="Send")

    assert render_crispy_form(ClassForm()) == render_crispy_form(ClassForm())


@pytest.mark.parametrize(
    ("sent", "kept"), [("one\r\ntwo", "one\ntwo"), ("one\ntwo", "one\ntwo"), ("one", "one")]
)
def test_a_line_end_counts_as_one_letter(sent, kept):
    class Limited(forms.Form):
        text = forms.CharField(widget=TextArea, max_length=len(kept))

    form = Limited(QueryDict(mutable=True) | {"text": sent})
    assert form.is_valid()
    assert form.cleaned_data["text"] == kept


def test_a_text_that_was_not_sent_is_not_there():
    assert TextArea().value_from_datadict({}, {}, "text") is None


@pytest.mark.parametrize("fields", [1, 3])
def test_a_field_costs_six_templates(fields):
    """The control, its label, what is above it, Django's three of the widget; and the form."""
    long = type("Long", (forms.Form,), {f"f{n}": forms.CharField() for n in range(fields)})()
    long.helper = helper()
    drawn_templates = []
    template_rendered.connect(
        lambda template, **_: drawn_templates.append(template.name),
        weak=False,
        dispatch_uid="count",
    )
    try:
        render_crispy_form(long)
    finally:
        template_rendered.disconnect(dispatch_uid="count")
    assert len(drawn_templates) == 1 + 6 * fields, drawn_templates
