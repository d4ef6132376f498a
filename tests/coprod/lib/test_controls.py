"""What controls do beyond govuk-frontend's examples, which stand in ``test_golden.py``."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms
from django.core.exceptions import ValidationError

from coprod.lib import controls
from coprod.lib.forms import GovDateField, fieldset, helper, radios
from tests.coprod.markup import fragment

# govuk-frontend has no example of a box that stands alone: its label is the question.
ONE_CHECKBOX = """
<div class="govuk-form-group govuk-form-group--error">
  <p id="id_agree_error" class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> Please accept the terms</p>
  <div class="govuk-checkboxes">
    <div class="govuk-checkboxes__item">
      <input class="govuk-checkboxes__input" id="id_agree" name="agree" type="checkbox" aria-invalid="true" aria-describedby="id_agree_helptext id_agree_error">
      <label class="govuk-label govuk-checkboxes__label" for="id_agree">I agree to the terms</label>
      <div id="id_agree_helptext" class="govuk-hint govuk-checkboxes__hint">You can change your mind.</div>
    </div>
  </div>
</div>"""  # noqa: E501 -- as it is drawn
DECIMAL = forms.DecimalField(decimal_places=2)


def form_of(**fields: forms.Field) -> type[forms.Form]:
    return type("AForm", (forms.Form,), fields)


CHOICES = [(str(n), f"GOV.UK frontend option {n}") for n in (1, 2, 3)]


def required(words: str) -> dict[str, str]:
    return {"required": words}


def test_one_checkbox():
    field = forms.BooleanField(
        label="I agree to the terms",
        help_text="You can change your mind.",
        error_messages=required("Please accept the terms"),
    )
    assert fragment(controls.render(form_of(agree=field)({})["agree"])) == fragment(ONE_CHECKBOX)


def test_a_number_is_typed_and_not_turned():
    """Control: a browser's own box of type "number" has a wheel, ``min`` and ``max``."""
    for field, keyboard in ((forms.IntegerField(min_value=1), "numeric"), (DECIMAL, "decimal")):
        form = form_of(one=field)({"one": "seven"})
        assert "number" in form["one"].as_widget()
        html = controls.render(form["one"], width=3)
        assert f'inputmode="{keyboard}"' in html
        assert 'type="text"' in html
        assert 'value="seven"' in html
        assert [word in html for word in ('type="number"', "min=", "step=")] == [False] * 3


def test_an_e_mail_has_its_keyboard_and_is_filled_in():
    widget = forms.EmailInput(attrs={"autocomplete": "email"})
    html = controls.render(form_of(one=forms.EmailField(widget=widget))()["one"])
    assert 'type="email"' in html
    assert 'autocomplete="email"' in html


def test_what_somebody_typed_comes_back_and_cannot_become_html():
    form = form_of(name=forms.CharField(label="Name"))({"name": '"><script>'})
    html = controls.render(form["name"])
    assert 'value="&quot;&gt;&lt;script&gt;"' in html


def test_a_label_cannot_become_html():
    html = controls.render(form_of(name=forms.CharField(label="<b>"))()["name"])
    assert "&lt;b&gt;" in html
    assert "<b>" not in html


def test_a_new_password_is_offered_by_the_browser_and_none_is_ever_sent_back():
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    form = form_of(word=forms.CharField(label="Password", widget=widget))({"word": "secret"})
    html = controls.render(form["word"])
    assert 'autocomplete="new-password"' in html
    assert "secret" not in html


def test_a_file_that_is_stored_already_is_not_linked_to():
    """Control: Django's own widget says "Currently" and links to the file."""
    stored = type("Stored", (), {"url": "/media/nadia.jpg", "__str__": lambda _self: "nadia.jpg"})()
    widget = forms.ClearableFileInput(attrs={"accept": "image/jpeg"})
    field = forms.FileField(label="Your picture", widget=widget, initial=stored)
    form = form_of(photo=field)()
    assert "/media/nadia.jpg" in form["photo"].as_widget()
    html = controls.render(form["photo"])
    assert "/media/nadia.jpg" not in html
    assert 'accept="image/jpeg"' in html
    assert "Choose a file" in html


def test_several_files_are_asked_for_as_several():
    widget = type("Several", (forms.FileInput,), {"allow_multiple_selected": True})()
    html = controls.render(form_of(one=forms.FileField(widget=widget))()["one"])
    assert 'data-i18n.choose-files-button="Choose files"' in html


def test_hidden_fields_are_only_themselves():
    form = form_of(key=forms.CharField(widget=forms.HiddenInput, initial="7"))()
    assert controls.render(form["key"]) == '<input type="hidden" name="key" value="7" id="id_key">'


def test_a_spelling_mistake_in_an_option_is_said():
    form = form_of(name=forms.CharField())()
    with pytest.raises(TypeError, match="name has no option widht"):
        controls.render(form["name"], widht=5)


def test_nobody_is_offered_nothing_where_something_must_be_chosen():
    field = forms.ChoiceField(
        choices=[("", "---------"), ("a", "A")], widget=forms.RadioSelect, required=True
    )
    choices = controls.choice_list(form_of(one=field)()["one"])
    assert [choice["label"] for choice in choices] == ["A"]


def test_a_choice_that_may_be_left_out_says_so():
    field = forms.ChoiceField(
        choices=[("", "---------"), ("a", "A")], widget=forms.RadioSelect, required=False
    )
    choices = controls.choice_list(form_of(one=field)()["one"])
    assert [choice["label"] for choice in choices] == ["No answer", "A"]


def test_a_list_asks_to_choose_in_words():
    field = forms.ChoiceField(choices=[("", "---------"), ("a", "A")])
    html = controls.render(form_of(one=field)()["one"])
    assert '<option value="" selected>Choose one</option>' in html


def test_widgets_keep_their_own_attributes_and_lose_placeholders():
    widget = forms.TextInput(attrs={"autocomplete": "tel", "class": "mine", "placeholder": "Phone"})
    html = controls.render(form_of(phone=forms.CharField(widget=widget, max_length=9))()["phone"])
    assert 'autocomplete="tel"' in html
    assert 'class="govuk-input mine"' in html
    assert "placeholder" not in html
    assert "maxlength" not in html


def test_a_field_that_is_missing_in_a_draft_is_tagged():
    form = form_of(name=forms.CharField(), other=forms.CharField())()
    form.helper = type("Helper", (), {"missing": {"name"}})
    assert "Missing" in controls.render(form["name"])
    assert "Missing" not in controls.render(form["other"])


@pytest.mark.parametrize(
    ("field", "said"),
    [
        (forms.CharField(label="Your name"), "Write your answer to “Your name”"),
        (forms.ChoiceField(label="Where?", choices=CHOICES), "Choose your answer to “Where”"),
        (forms.BooleanField(label="I agree"), "Tick “I agree” to go on"),
        (forms.FileField(label="A picture"), "Choose a file for “A picture”"),
    ],
)
def test_an_error_that_nobody_wrote_still_says_what_to_do(field, said):
    form = form_of(one=field)({}, {})
    assert controls.messages(form["one"]) == [said]


def test_a_wrong_address_says_what_to_do():
    form = form_of(email=forms.EmailField())({"email": "nadia at home"})
    assert controls.messages(form["email"]) == ["Enter an e-mail address, like name@example.org"]
    form["email"].to_do = "Write your address at work"
    assert controls.messages(form["email"]) == ["Write your address at work"]


# --- The summary ---------------------------------------------------------------------------------
class SummaryForm(forms.Form):
    hidden = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(error_messages=required("Enter your name"))
    terms = forms.ChoiceField(
        choices=CHOICES, widget=forms.RadioSelect, error_messages=required("Choose one")
    )
    day = GovDateField()

    def clean(self) -> None:
        raise ValidationError("All of it is wrong")


def test_each_error_leads_to_where_it_is_put_right():
    form = SummaryForm({"day_day": "3", "day_year": "2026"})
    assert controls.summary(form) == [
        {"message": "All of it is wrong", "href": ""},
        {"message": "Write your answer to “Hidden”", "href": ""},
        {"message": "Enter your name", "href": "#id_name"},
        {"message": "Choose one", "href": "#id_terms_0"},
        {"message": "Add the month to the date", "href": "#id_day_month"},
    ]


def test_the_summary_goes_down_the_page_as_the_layout_does():
    """Control: in the order of the form's own fields the answer is a, b, c, d."""
    names = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)
    form = form_of(a=forms.CharField(), b=forms.CharField(), c=names, d=forms.CharField())({})
    form.helper = helper(fieldset("", radios("c", conditional={"x": ["b"]})), "a")
    hrefs = [error["href"] for error in controls.summary(form)]
    assert hrefs == ["#id_c_0", "#id_b", "#id_a", "#id_d"]


def test_what_is_wrong_with_two_fields_names_the_field_in_the_summary():
    """Control: what is wrong with one alone is said as beside the field."""
    said = {"required": "Choose who may know"}
    form = form_of(
        a=forms.CharField(label="My page", error_messages=said),
        b=forms.CharField(label="My needs", error_messages=said),
        c=forms.CharField(label="My name", error_messages={"required": "Enter your name"}),
    )({})
    assert [error["message"] for error in controls.summary(form)] == [
        "My page: Choose who may know",
        "My needs: Choose who may know",
        "Enter your name",
    ]
    assert controls.messages(form["a"]) == ["Choose who may know"]


def test_a_date_to_put_right_as_a_whole_leads_to_its_first_box():
    form = form_of(day=GovDateField(initial=dt.date(2026, 1, 1)))({})
    assert [error["href"] for error in controls.summary(form)] == ["#id_day_day"]


def test_choices_that_are_all_gone_do_not_break_the_summary():
    field = forms.ChoiceField(choices=[], widget=forms.RadioSelect)
    assert controls.first_id(form_of(one=field)()["one"]) == "id_one"
