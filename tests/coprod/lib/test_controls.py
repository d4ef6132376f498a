"""The pack draws what govuk-frontend draws.

``golden/`` holds the examples of govuk-frontend 6.6 for the controls in use, with Django's ids.
Ours differ from them on purpose in what ``ours()`` takes away first, and in nothing else:
small bold labels, ``aria-invalid`` on what is wrong, words of the letter counter for translators.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import ValidationError

from coprod.lib import controls
from coprod.lib.forms import GovDateField, TextArea, fieldset, helper, radios
from tests.coprod.markup import fragment

GOLDEN = Path(__file__).parent.parent / "golden"
OURS_ALONE = ("govuk-label--s", "govuk-fieldset__legend--s")


def golden(name: str) -> list:
    return fragment((GOLDEN / f"{name}.html").read_text())


def ours(form: forms.Form, name: str, **options: object) -> list:
    return [without_ours(element) for element in fragment(controls.render(form[name], **options))]


def without_ours(element):
    if isinstance(element, str):
        return element
    tag, attributes, inside = element
    kept = {
        name: value - set(OURS_ALONE) if name == "class" else value
        for name, value in attributes.items()
        if name != "aria-invalid" and not name.startswith("data-i18n")
    }
    return (tag, kept, [without_ours(part) for part in inside])


def form_of(**fields: forms.Field) -> type[forms.Form]:
    return type("AForm", (forms.Form,), fields)


NUMBER = "Enter a National Insurance number in the correct format"
CHOICES = [(str(n), f"GOV.UK frontend option {n}") for n in (1, 2, 3)]


def required(words: str) -> dict[str, str]:
    return {"required": words}


def test_one_line_with_an_error():
    field = forms.CharField(label="National Insurance number", error_messages=required(NUMBER))
    assert ours(form_of(number=field)({}), "number") == golden("input_error")


def test_one_line_with_a_prefix():
    form = form_of(amount=forms.CharField(label="Amount, in pounds"))()
    assert ours(form, "amount", prefix="£") == golden("input_prefix")


def test_many_lines_with_a_hint():
    field = forms.CharField(
        label="Can you provide more detail?", help_text="Leave out card details.", widget=TextArea
    )
    assert ours(form_of(detail=field)(), "detail") == golden("textarea_hint")


def test_many_lines_with_an_error():
    field = forms.CharField(
        label="Why can’t you provide a National Insurance number?",
        widget=TextArea,
        error_messages=required("You must provide an explanation"),
    )
    assert ours(form_of(reason=field)({}), "reason") == golden("textarea_error")


def test_the_letters_of_a_limited_text_are_counted():
    field = forms.CharField(
        label="Can you provide more detail?",
        help_text="Leave out card details.",
        widget=TextArea,
        max_length=10,
    )
    assert ours(form_of(detail=field)(), "detail") == golden("character_count")


def test_a_list_to_choose_from_with_hint_and_error():
    field = forms.ChoiceField(
        label="Label text goes here",
        help_text="Hint text goes here",
        choices=CHOICES,
        error_messages=required("Error message goes here"),
    )
    assert ours(form_of(choice=field)({}), "choice") == golden("select_error")


def test_radios_with_a_hint():
    field = forms.ChoiceField(
        label="Have you changed your name?",
        help_text="This includes changing your last name or spelling your name differently.",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
    )
    assert ours(form_of(changed=field)(), "changed") == golden("radios_hint")


def test_radios_with_hints_of_their_own_under_the_heading_of_the_page():
    field = forms.ChoiceField(
        label="How do you want to sign in?",
        choices=[
            ("gateway", "Sign in with Government Gateway"),
            ("verify", "Sign in with GOV.UK Verify"),
        ],
        widget=forms.RadioSelect,
    )
    hints = {"gateway": "You’ll have a user ID.", "verify": "You’ll have an account."}
    made = ours(form_of(gov=field)(), "gov", hints=hints, heading=True)
    assert made == golden("radios_item_hints")


def test_a_radio_reveals_what_belongs_to_it():
    form = form_of(
        how=forms.ChoiceField(
            label="How do you want to be contacted?",
            choices=[("email", "Email"), ("phone", "Phone")],
            widget=forms.RadioSelect,
        ),
        address=forms.CharField(label="Email address"),
    )()
    revealed = {"email": controls.render(form["address"])}
    assert ours(form, "how", conditional=revealed) == golden("radios_conditional")


def test_checkboxes_with_an_error_and_a_hint():
    field = forms.MultipleChoiceField(
        label="Which types of waste do you transport regularly?",
        choices=[
            ("animal", "Waste from animal carcasses"),
            ("farm", "Farm or agricultural waste"),
        ],
        widget=forms.CheckboxSelectMultiple,
        error_messages=required("Please select an option"),
    )
    made = ours(form_of(waste=field)({}), "waste", hints={"animal": "Nullam id dolor."})
    assert made == golden("checkboxes_error")


def test_one_checkbox():
    field = forms.BooleanField(
        label="I agree to the terms",
        help_text="You can change your mind.",
        error_messages=required("Please accept the terms"),
    )
    assert ours(form_of(agree=field)({}), "agree") == golden("checkbox_error")


class BornForm(forms.Form):
    born = GovDateField(label="What is your date of birth?", help_text="For example, 31 3 1980")

    def clean_born(self) -> None:
        raise ValidationError("Error message goes here", params={"parts": ("day",)})


def test_a_date_marks_only_the_box_that_is_wrong():
    form = BornForm({"born_day": "1", "born_month": "2", "born_year": "2010"})
    made = ours(form, "born")
    for box in boxes_of(made):
        box.pop("value")  # golden/ has empty boxes; that what was typed stays has its own test
    assert made == golden("date_error_day")


def boxes_of(elements: list) -> list[dict]:
    found = []
    for tag, attributes, inside in (one for one in elements if not isinstance(one, str)):
        found += [attributes] if tag == "input" else boxes_of(inside)
    return found


def test_a_file_with_hint_and_error():
    field = forms.FileField(
        label="Upload a file",
        help_text="Your photo may be in your Pictures, Photos, Downloads or Desktop folder. "
        "Or in an app like iPhoto.",
        error_messages=required("Error message goes here"),
    )
    assert ours(form_of(file=field)({}, {}), "file") == golden("file_error")


def test_a_password_with_hint_and_error():
    field = forms.CharField(
        label="Password",
        help_text="It probably has some letters, numbers and maybe even some symbols in it.",
        widget=forms.PasswordInput,
        error_messages=required("Error message goes here"),
    )
    assert ours(form_of(word=field)({}), "word") == golden("password_error")


# --- Beyond the examples -------------------------------------------------------------------------
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


def test_a_date_to_put_right_as_a_whole_leads_to_its_first_box():
    form = form_of(day=GovDateField(initial=dt.date(2026, 1, 1)))({})
    assert [error["href"] for error in controls.summary(form)] == ["#id_day_day"]


def test_choices_that_are_all_gone_do_not_break_the_summary():
    field = forms.ChoiceField(choices=[], widget=forms.RadioSelect)
    assert controls.first_id(form_of(one=field)()["one"]) == "id_one"
