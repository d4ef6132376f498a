"""A form becomes a blank: the same questions in the same order, with room to answer by hand."""

from __future__ import annotations

import pytest
from django import forms

from coprod.lib.forms import GovDateField, TextArea, fieldset, helper, radios, text_area
from coprod.lib.paper import ALL, ONE, questions_of

WAYS = [("phone", "Phone"), ("letter", "Letter")]


class TripForm(forms.Form):
    name = forms.CharField(label="Name", max_length=120)
    age = forms.IntegerField(label="Age", help_text="In years")
    when = GovDateField(label="When")
    way = forms.ChoiceField(label="How", choices=WAYS, widget=forms.RadioSelect)
    number = forms.CharField(label="Number", max_length=30, required=False)
    likes = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)
    town = forms.ChoiceField(choices=[("", "Not said"), ("x", "Xton")])
    story = forms.CharField(max_length=450, widget=TextArea)
    endless = forms.CharField(max_length=9000, widget=TextArea)
    free = forms.CharField(widget=TextArea)
    agree = forms.BooleanField(label="Yes", help_text="Or not")
    picture = forms.FileField(required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)
    nothing = forms.MultipleChoiceField(choices=[], widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(
            "name",
            radios("way", conditional={"phone": ["number"]}, hints={"letter": "By post"}),
            fieldset("More", "age", text_area("story"), hint="If you like"),
        )


def test_a_blank_follows_the_layout_and_then_what_it_does_not_name():
    first, more, rest = questions_of(TripForm())
    assert [one.name for one in first.questions] == ["name", "way"]
    assert (more.legend, more.hint) == ("More", "If you like")
    assert [one.name for one in more.questions] == ["age", "story"]
    named = ["when", "likes", "town", "endless", "free", "agree"]
    assert [one.name for one in rest.questions] == named
    numbers = [one.number for part in (first, more, rest) for one in part.questions]
    assert numbers == [*range(1, 10), 0]


def test_each_kind_of_question_has_its_own_place_to_answer():
    asked = {one.name: one for part in questions_of(TripForm()) for one in part.questions}
    assert (asked["name"].lines, asked["name"].is_short) == (1, False)
    assert (asked["age"].lines, asked["age"].is_short) == (1, True)
    assert [len(asked[one].rules) for one in ("story", "endless", "free")] == [7, 12, 4]
    assert asked["when"].is_date
    assert (asked["agree"].is_box, asked["agree"].hint) == (True, "Or not")
    assert [asked[one].tick for one in ("way", "town", "likes")] == [ONE, ONE, ALL]
    phone, letter = asked["way"].groups[0].choices
    assert [one.name for one in phone.then] == ["number"]
    assert (letter.hint, letter.then) == ("By post", ())
    assert (asked["way"].is_brief, asked["town"].is_brief) == (False, True)
    assert [one.label for one in asked["town"].groups[0].choices] == ["Xton"]


@pytest.mark.parametrize(("number", "lines"), [(0, 1), (20, 0), (21, 1)])
def test_a_list_too_long_to_print_or_empty_is_a_line(number, lines):
    class TownForm(forms.Form):
        town = forms.ChoiceField(choices=[(str(n), f"Town {n}") for n in range(number)])

    ((question,),) = [part.questions for part in questions_of(TownForm())]
    assert question.lines == lines
    assert bool(question.groups) is not bool(lines)


def test_groups_keep_their_headings_and_what_only_a_screen_needs_goes():
    class FoodForm(forms.Form):
        eats = forms.ChoiceField(
            choices=[("Hot", [("soup", "Soup")]), ("cold", "Salad"), ("skip", "Leave it out")],
            widget=forms.RadioSelect,
        )
        name = forms.CharField()

    (part,) = questions_of(FoodForm(), without={"skip"}, leave_out={"name"})
    (question,) = part.questions
    groups = [(one.heading, [c.label for c in one.choices]) for one in question.groups]
    assert groups == [("Hot", ["Soup"]), ("", ["Salad"])]
