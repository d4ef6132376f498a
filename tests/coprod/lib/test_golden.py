"""The form pack draws what govuk-frontend draws: one example after the other.

``tests/coprod/golden`` holds the examples as the package renders them. Where ours differ on
purpose stands in ``tests/coprod/normal.py``, and in the ``<p>`` of the errors' summary below.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import django_filters
import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils.safestring import mark_safe

from coprod.lib import controls
from coprod.lib.forms import GovDateField, TextArea, fieldset, helper
from people.models import Town
from tests.coprod.normal import alike

GOLDEN = Path(__file__).parent.parent / "golden"

CARD = (
    "It’s on your National Insurance card, benefit letter, payslip or P60. "
    "For example, ‘QQ 12 34 56 C’."
)
PRIVATE = (
    "Don't include personal or financial information, eg your National Insurance number or credit "
    "card details."
)
FOLDERS = (
    "Your photo may be in your Pictures, Photos, Downloads or Desktop folder. "
    "Or in an app like iPhoto."
)
GATEWAY = "You’ll have a user ID if you’ve registered for Self Assessment or filed a tax return "
GATEWAY += "online before."
VERIFY = "You’ll have an account if you’ve already proved your identity with either Barclays, "
VERIFY += "CitizenSafe, Digidentity, Experian, Post Office, Royal Mail or SecureIdentity."
NULLAM = "Nullam id dolor id nibh ultricies vehicula ut id elit."
YES_NO = [("yes", "Yes"), ("no", "No")]
WASTE = [
    ("animal", "Waste from animal carcasses"),
    ("mines", "Waste from mines or quarries"),
    ("farm", "Farm or agricultural waste"),
]
THINGS = [("a", "a thing"), ("b", "another thing"), ("c", "this thing")]
CONTACT = [("email", "Email"), ("phone", "Phone"), ("text", "Text message")]
BORN = "What is your date of birth?"
OUR_DAY = {"label": BORN, "help_text": "For example, 31 3 1980"}


def text(label: str, *, error: str = "", hint: str = "", box=forms.TextInput, **more):
    words = {"required": error} if error else {}
    return forms.CharField(label=label, help_text=hint, error_messages=words, widget=box, **more)


def choice(label: str, choices, widget=forms.RadioSelect, field=forms.ChoiceField, **more):
    return field(label=label, choices=choices, widget=widget, **more)


def boxes(label: str, choices, **more):
    return choice(label, choices, forms.CheckboxSelectMultiple, forms.MultipleChoiceField, **more)


def revealed(*pairs: tuple[str, str, str]) -> dict[str, str]:
    """What the example reveals is given by whoever draws it, here as there."""
    line = '<label class="govuk-label" for="{1}">{2}</label><input class="govuk-input '
    line += 'govuk-!-width-one-third" name="{1}" type="text" id="{1}">'
    return {pair[0]: mark_safe(line.format(*pair)) for pair in pairs}  # noqa: S308 -- words of this file


REVEALED = revealed(
    ("email", "context-email", "Email address"),
    ("phone", "contact-phone", "Phone number"),
    ("text", "contact-text-message", "Mobile phone number"),
)
FIVE = {"rows": 5}
MORE_DETAIL = "Can you provide more detail?"
BAD = "Error message goes here"
WRONG = {"required": "Please select an option"}
SENT: dict[str, str] = {}  # an empty form, sent: what is required is missing
# The example: field, what was sent or None, what is shown first, and options of the layout.
FIELDS = {
    "character-count--default": (text(MORE_DETAIL, box=TextArea, max_length=10), None, FIVE),
    "character-count--with-hint-and-error": (
        text(
            MORE_DETAIL,
            box=TextArea,
            max_length=10,
            hint=PRIVATE,
            error="Please provide more detail",
        ),
        SENT,
        FIVE,
    ),
    "checkboxes--with-conditional-items": (
        boxes("How do you want to be contacted?", CONTACT),
        None,
        {"conditional": REVEALED},
    ),
    "checkboxes--with-error-message": (
        boxes("Which types of waste do you transport regularly?", WASTE, error_messages=WRONG),
        SENT,
        {"hints": dict.fromkeys(("animal", "mines", "farm"), NULLAM)},
    ),
    "checkboxes--small-with-hint": (
        boxes("Filter by", THINGS),
        None,
        {"small": True, "hints": {"a": "hint for a thing"}},
    ),
    "checkboxes--with-legend-as-a-page-heading": (
        boxes(
            "Which types of waste do you transport regularly?",
            WASTE,
            help_text="Select all that apply",
        ),
        None,
        {"heading": True},
    ),
    "date-input--with-autocomplete-values": (
        GovDateField(**OUR_DAY, widget=GovDateField.widget(attrs={"autocomplete": "bday"})),
        None,
        {},
    ),
    "date-input--with-values-and-name-prefix": (
        GovDateField(**OUR_DAY, initial=dt.date(1980, 3, 31)),
        None,
        {},
    ),
    "file-upload--enhanced": (forms.FileField(label="Upload a file"), None, {}),
    "file-upload--enhanced-multiple-files": (
        forms.FileField(
            label="Upload files",
            widget=type("Several", (forms.FileInput,), {"allow_multiple_selected": True})(
                attrs={"multiple": True}
            ),
        ),
        None,
        {},
    ),
    "file-upload--enhanced-with-error-message-and-hint": (
        forms.FileField(label="Upload a file", help_text=FOLDERS, error_messages={"required": BAD}),
        SENT,
        {},
    ),
    "input--inputmode": (text("With inputmode"), None, {"inputmode": "decimal"}),
    "input--with-autocomplete-attribute": (
        text("Postcode", box=forms.TextInput(attrs={"autocomplete": "postal-code"})),
        None,
        {},
    ),
    "input--with-error-and-hint": (
        text(
            "National insurance number",
            hint=CARD,
            error="Enter a National Insurance number in the correct format",
        ),
        SENT,
        {},
    ),
    "input--with-label-as-page-heading": (
        text("National Insurance number"),
        None,
        {"heading": True},
    ),
    "input--with-prefix-and-suffix-and-error": (
        text("Cost per item, in pounds", error=BAD),
        SENT,
        {"prefix": "£", "suffix": "per item"},
    ),
    "input--with-width-10-class": (
        text("National insurance number", hint=CARD),
        None,
        {"width": 10},
    ),
    "password-input--with-error-message": (
        text(
            "Password",
            hint="It probably has some letters, numbers and maybe even some symbols in it.",
            error=BAD,
            box=forms.PasswordInput,
        ),
        SENT,
        {},
    ),
    "password-input--with-new-password-autocomplete": (
        text("Password", box=forms.PasswordInput(attrs={"autocomplete": "new-password"})),
        None,
        {},
    ),
    "radios--inline": (
        choice(
            "Have you changed your name?",
            YES_NO,
            help_text="This includes changing your last name or spelling your name differently.",
            initial="no",
        ),
        None,
        {"inline": True},
    ),
    "radios--with-conditional-items": (
        choice("How do you want to be contacted?", CONTACT),
        None,
        {"conditional": REVEALED},
    ),
    "radios--with-hints-on-items": (
        choice(
            "How do you want to sign in?",
            [
                ("gateway", "Sign in with Government Gateway"),
                ("verify", "Sign in with GOV.UK Verify"),
            ],
        ),
        None,
        {"heading": True, "hints": {"gateway": GATEWAY, "verify": VERIFY}},
    ),
    "select--with-hint-text-and-error-message": (
        choice(
            "Label text goes here",
            [(str(n), f"GOV.UK frontend option {n}") for n in (1, 2, 3)],
            forms.Select,
            help_text="Hint text goes here",
            error_messages={"required": BAD},
        ),
        SENT,
        {},
    ),
    "textarea--with-default-value": (
        text("Full address", box=TextArea, initial="221B Baker Street\nLondon\nNW1 6XE\n"),
        None,
        FIVE,
    ),
    "textarea--with-error-message": (
        text(
            "Why can’t you provide a National Insurance number?",
            box=TextArea,
            error="You must provide an explanation",
        ),
        SENT,
        FIVE,
    ),
    "textarea--with-hint": (text(MORE_DETAIL, box=TextArea, hint=PRIVATE), None, FIVE),
}


def golden(name: str) -> list:
    return alike((GOLDEN / f"{name}.html").read_text(), their_words=True)


def form_of(field: forms.Field, data: dict | None = None) -> forms.Form:
    form = type("AForm", (forms.Form,), {"one": field})
    return form() if data is None else form(data, {})


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_is_drawn_as_in_the_example(name):
    field, data, options = FIELDS[name]
    drawn = controls.render(form_of(field, data)["one"], **options)
    assert alike(drawn) == golden(name)


def test_radios_say_their_error_and_keep_what_was_chosen():
    class NameForm(forms.Form):
        one = choice("Have you changed your name?", YES_NO)

        def clean_one(self) -> None:
            raise ValidationError("Please select an option")

    drawn = controls.render(NameForm({"one": "no"})["one"])
    assert alike(drawn) == golden("radios--with-fieldset-and-error-message")


def test_a_date_marks_only_the_box_that_is_wrong():
    class BornForm(forms.Form):
        one = GovDateField(**OUR_DAY)

        def clean_one(self) -> None:
            raise ValidationError(BAD, params={"parts": ("day",)})

    form = BornForm({"one_day": "1", "one_month": "2", "one_year": "2010"})
    drawn = alike(controls.render(form["one"]))
    for box in _boxes(drawn):
        box.pop("value")  # the example's boxes are empty
    assert drawn == golden("date-input--with-error-on-day-input")


def _boxes(tree: list) -> list[dict]:
    found = []
    for tag, attributes, inside in (one for one in tree if not isinstance(one, str)):
        found += [attributes] if tag == "input" else _boxes(inside)
    return found


# --- The summary of errors, the fieldset ---------------------------------------------------------
KEPT = "<p>We kept everything you wrote.</p>"


def summed_up(form: forms.Form) -> str:
    return Template("{% load ui %}{% error_summary form %}").render(Context({"form": form}))


def test_the_summary_of_errors():
    class PassportForm(forms.Form):
        issued = text("x", error="The date your passport was issued must be in the past")
        postcode = text("x", error="Enter a postcode, like AA1 1AA")

    drawn = summed_up(PassportForm({}))
    assert alike(drawn.replace(KEPT, "")) == golden("error-summary--default")


def test_the_summary_says_errors_that_belong_to_no_field():
    class LoginForm(forms.Form):
        terms = text("x", error="Agree to the terms of service to log in")

        def clean(self) -> None:
            raise ValidationError("Invalid username or password")

    drawn = summed_up(LoginForm({})).replace("We kept everything you wrote.", "Please fix the")
    assert alike(drawn.replace("fix the", "fix the errors below.")) == golden(
        "error-summary--with-everything"
    )


def test_fields_that_belong_together():
    class AddressForm(forms.Form):
        town = text("Town")

    form = AddressForm()
    form.helper = helper(fieldset("What is your address?"), tag=False)
    drawn = Template("{% load crispy_forms_tags %}{% crispy form %}").render(
        Context({"form": form})
    )
    assert alike(drawn) == golden("fieldset--styled-as-medium-text")


# --- django-filter -------------------------------------------------------------------------------
class DayFilter(django_filters.Filter):
    field_class = GovDateField


class ThingsFilter(django_filters.FilterSet):
    postcode = django_filters.CharFilter(
        label="Postcode", widget=forms.TextInput(attrs={"autocomplete": "postal-code"})
    )
    one = DayFilter(**OUR_DAY, initial=dt.date(1980, 3, 31))
    nationality = django_filters.MultipleChoiceFilter(
        label="Filter by", choices=THINGS, widget=forms.CheckboxSelectMultiple
    )
    order = django_filters.OrderingFilter(fields=[("a", "a")], choices=[("a", "a")])
    amount = django_filters.NumberFilter(label="With inputmode")


@pytest.mark.parametrize(
    ("field", "name", "options"),
    [
        ("postcode", "input--with-autocomplete-attribute", {}),
        ("one", "date-input--with-values-and-name-prefix", {}),
        (
            "nationality",
            "checkboxes--small-with-hint",
            {"small": True, "hints": {"a": "hint for a thing"}},
        ),
        ("amount", "input--inputmode", {}),
    ],
)
def test_the_form_of_a_filter_is_drawn_like_any_other(field, name, options):
    form = ThingsFilter(queryset=Town.objects.none()).form
    assert alike(controls.render(form[field], **options)) == golden(name)


def test_the_order_of_a_filter_is_a_list_to_choose_from():
    form = ThingsFilter(queryset=Town.objects.none()).form
    ((tag, attributes, inside),) = alike(controls.render(form["order"]))
    assert (tag, attributes["class"]) == ("div", {"govuk-form-group"})
    assert [one[0] for one in inside] == ["label", "select"]
    assert inside[1][1]["class"] == {"govuk-select"}


# --- The comparison itself -----------------------------------------------------------------------
def test_every_example_is_compared():
    by_field = {*FIELDS, "radios--with-fieldset-and-error-message"}
    by_field |= {"date-input--with-error-on-day-input", "fieldset--styled-as-medium-text"}
    by_field |= {"error-summary--default", "error-summary--with-everything"}
    assert {file.stem for file in GOLDEN.glob("*.html")} == by_field


LINE = '<p><label class="govuk-label" for="a">A</label><b id="a-hint">x</b>'
LINE += '<input class="govuk-input" id="a" name="a" type="text" aria-describedby="a-hint"></p>'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"a-hint"', '"id_a_helptext"'),
        ('name="a"', 'name="b"'),
        ("govuk-label", "govuk-label govuk-label--s gi-x"),
        ('type="text"', 'type="text" aria-invalid="true" data-i18n.x="y"'),
        (">A<", ">\n  A <"),
    ],
)
def test_what_does_not_count_makes_no_difference(old, new):
    assert alike(LINE.replace(old, new)) == alike(LINE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('for="a"', 'for="b"'),
        ('for="a"', 'for="a-hint"'),
        (' aria-describedby="a-hint"', ""),
        ('describedby="a-hint"', 'describedby="a"'),
        ("govuk-input", "govuk-inputs"),
        ('type="text"', 'type="tel"'),
        (">A<", ">B<"),
        ('<b id="a-hint">x</b>', '<i id="a-hint">x</i>'),
        ('<b id="a-hint">x</b>', ""),
    ],
)
def test_what_counts_makes_a_difference(old, new):
    assert alike(LINE.replace(old, new)) != alike(LINE)
