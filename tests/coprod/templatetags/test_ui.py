"""The parts of pages: what they say, and that nothing which comes in becomes HTML."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.utils import timezone

from coprod.lib import drawings
from opportunities.levels import Level
from tests.coprod.markup import find_all, strictly, words


def made(template: str, **context: object) -> str:
    return Template("{% load ui %}" + template).render(Context(context))


def page(template: str, **context: object):
    return strictly(f"<!DOCTYPE html><title>x</title>{made(template, **context)}")


EVIL = "<script>x</script>"


@pytest.mark.parametrize(
    "template",
    [
        "{% tag evil 'open' 'tick' %}",
        "{% org evil evil %}",
        "<dl class='gi-facts'>{% fact 'clock' evil evil %}</dl>",
        "<ul>{% row evil href=evil verb=evil rest=evil soft=evil tag=evil %}</ul>",
        "<ul>{% row evil href=evil tag=evil soft=evil %}</ul>",
        "{% bars rows caption=evil %}",
        "{% bubble 'you' evil %}{{ evil }}{% endbubble %}",
        "{% nothing evil %}{{ evil }}{% endnothing %}",
        "{% preview evil not_seen=list %}{{ evil }}{% endpreview %}",
        "{% missing evil parts=pairs %}{{ evil }}{% endmissing %}",
        "{% ticks list %}",
        "{% say %}{{ evil }}{% endsay %}",
        "{% pages evil evil %}",
        "{% back evil evil %}",
        "{% table_drawing evil %}",
    ],
)
def test_nothing_that_comes_in_becomes_html(template):
    """Control: without escaping in any of them ``find_all`` finds the script."""
    rows = [{"label": EVIL, "words": EVIL, "share": 5}]
    document = page(template, evil=EVIL, list=[EVIL], pairs=[(EVIL, EVIL)], rows=rows)
    assert find_all(document, "script") == []
    assert "script" in made(template, evil=EVIL, list=[EVIL], pairs=[(EVIL, EVIL)], rows=rows)


@pytest.mark.parametrize("name", sorted(drawings.ICONS))
def test_icons_are_passed_over_by_screen_readers(name):
    (svg,) = page("{% icon name %}", name=name).iter("svg")
    assert (svg.get("aria-hidden"), svg.get("focusable")) == ("true", "false")


def test_an_icon_that_is_not_there_is_a_fault():
    with pytest.raises(KeyError):
        made("{% icon 'nothing' %}")


def test_a_tag_says_words_first():
    assert made("{% tag 'Full' %}") == '<span class="gi-tag">Full</span>'
    assert 'class="gi-tag gi-tag--late"' in made("{% tag 'Late by 2 days' 'late' 'warning' %}")


@pytest.mark.parametrize(
    ("free", "total", "said", "full", "empty"),
    [(2, 4, "2 of 4", 2, 2), (0, 3, "0 of 3", 0, 3), (15, 15, "15 of 15", 15, 0)],
)
def test_seats_say_and_draw_the_places(free, total, said, full, empty):
    html = made("{% seats free total %}", free=free, total=total)
    assert html.startswith(said)
    assert (html.count("gi-seat-free"), html.count("gi-seat-taken")) == (full, empty)


def test_more_than_fifteen_seats_are_only_said():
    assert made("{% seats 3 16 %}") == "3 of 16"


def test_a_fact_keeps_its_label_where_the_answer_needs_it():
    plain = made("{% fact 'calendar' 'When' '12 January' %}")
    kept = made("{% fact 'calendar' 'Closes' '12 January' keep_label=True %}")
    drawn = made("{% fact 5 'How much say' 'Co-production' %}")
    assert ["gi-fact--plain" in html for html in (plain, kept, drawn)] == [True, False, False]
    assert "gi-step" in drawn


def test_the_spectrum_says_where_this_project_is():
    document = page("{% spectrum levels here=here %}", levels=Level, here=Level.ENGAGEMENT)
    steps = list(document.iter("li"))
    assert [words(step) for step in steps] == [
        "1. Consultation You tell us what you think. We decide.",
        "2. Participation You join a talk or a group. We decide.",
        "3. Engagement You can sway some decisions. We decide which. This project is here",
        "4. Citizen involvement Your voice is part of how we decide.",
        "5. Co-production We decide together, from start to finish.",
    ]
    assert [step.get("aria-current") for step in steps] == [None, None, "step", None, None]


def test_the_spectrum_of_no_project_is_nowhere():
    assert "is-here" not in made("{% spectrum levels %}", levels=Level)
    assert "is-here" not in made("{% spectrum levels here=None %}", levels=Level)


def test_only_what_is_shared_overlaps():
    assert ["gi-d-both" in drawings.step(number) for number in range(1, 6)] == [
        False,
        False,
        True,
        True,
        True,
    ]


def test_a_bar_that_is_held_back_tells_nothing_by_its_length():
    rows = [
        {"label": "Tipton", "words": "held back", "share": None},
        {"label": "Oldbury", "words": "fewer than 10", "share": None},
        {"label": "Smethwick", "words": "80", "share": 80},
        {"label": "Yes", "words": "30", "share": 30, "kind": "you"},
        {"label": "No", "words": "5", "share": 5, "kind": "no"},
    ]
    document = page("{% bars rows caption='By town' narrow=True %}", rows=rows)
    held = find_all(document, "rect", class_="gi-bar-held")
    assert [one.get("width") for one in held] == ["8", "8"]
    assert [
        find_all(document, "rect", class_=css)[0].get("width")
        for css in ("gi-bar", "gi-bar gi-bar--you", "gi-bar--no")
    ] == ["80", "30", "5"]
    (caption,) = document.iter("figcaption")
    assert words(caption) == "By town"


def test_bars_need_no_caption():
    assert "figcaption" not in made("{% bars rows %}", rows=[])


def test_a_row_has_a_button_whose_whole_name_is_read():
    document = page(
        "<ul>{% row 'Tell 2 people' href='/x/' verb='Answer' rest='2 people' primary=True"
        " soft='We promised' tag='Late by 2 days' kind='late' icon='warning' %}</ul>"
    )
    (link,) = document.iter("a")
    assert (words(link), link.get("class")) == ("Answer 2 people", "govuk-button")
    (row,) = document.iter("li")
    assert words(row) == "Tell 2 people We promised Late by 2 days Answer 2 people"


def test_a_row_without_a_button_is_a_link_itself():
    document = page("<ul>{% row 'Carers group' href='/y/' tag='You are in' kind='open' %}</ul>")
    (link,) = document.iter("a")
    assert (words(link), link.get("href")) == ("Carers group", "/y/")


def test_a_row_may_only_say_something():
    document = page("<ul>{% row 'Nothing to do' %}</ul>")
    assert words(next(document.iter("ul"))) == "Nothing to do"
    assert list(document.iter("a")) == []


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{% pages '' '/2' %}", ["Next page"]),
        ("{% pages '/1' None %}", ["Previous page"]),
        ("{% pages '/1' '/3' %}", ["Previous page", "Next page"]),
        ("{% pages '' '' %}", []),
    ],
)
def test_pages_before_and_after(template, said):
    assert [words(link) for link in page(template).iter("a")] == said


def test_somebody_speaks():
    document = page(
        "{% pair %}{% bubble 'you' 'You said' level=2 %}<p>No</p>{% endbubble %}{% endpair %}"
    )
    (heading,) = document.iter("h2")
    assert words(heading) == "You said"
    assert made("{% bubble 'both' %}x{% endbubble %}") == (
        '<div class="gi-bubble gi-bubble--both">x</div>'
    )


def test_a_preview_lists_what_is_not_seen_only_where_there_is_something():
    shown = made("{% preview 'They see' not_seen=list %}x{% endpreview %}", list=["Your address"])
    assert "They will not see" in shown
    assert "They will not see" not in made("{% preview 'They see' %}x{% endpreview %}")


def test_words_for_a_field_of_somebody_elses_form():
    class Theirs(forms.Form):
        email = forms.EmailField(label="Email")

    form = Theirs()
    html = made(
        "{% rename form.email 'Your address' 'We write to it' %}{% control form.email %}", form=form
    )
    assert "Your address" in html
    assert 'aria-describedby="id_email_helptext"' in html
    assert made("{% rename form.nothing 'Words' %}", form=form) == ""


# --- What to put right ---------------------------------------------------------------------------
class TermsForm(forms.Form):
    terms = forms.ChoiceField(
        choices=[("yes", "Yes")],
        widget=forms.RadioSelect,
        error_messages={"required": "Agree to the terms of service to log in"},
    )

    def clean(self) -> None:
        raise forms.ValidationError("Invalid username or password")


def test_one_error_is_one_thing_and_several_forms_are_summed_up():
    class One(forms.Form):
        name = forms.CharField(error_messages={"required": "Enter your name"})

    assert "One thing to put right" in made("{% error_summary form %}", form=One({}))
    both = made("{% error_summary one two %}", one=One({}, prefix="a"), two=One({}, prefix="b"))
    assert "Two things to put right" in both
    assert ['href="#id_a-name"' in both, 'href="#id_b-name"' in both] == [True, True]


class AccountForm(forms.Form):
    name = forms.CharField()
    password = forms.CharField(required=False, widget=forms.PasswordInput)
    list = forms.FileField(required=False, widget=forms.FileInput)


@pytest.mark.parametrize(
    ("data", "file", "said"),
    [
        ({}, None, "We kept everything you wrote."),
        ({"password": "long enough"}, None, "please write it again."),
        ({"name": "Ann", "password": "long enough"}, b"", "please write it again."),
        ({}, b"", "Please choose the file again."),
        ({}, b"Name", "We kept everything you wrote."),
    ],
)
def test_it_is_said_what_has_to_be_written_or_chosen_again(data, file, said):
    """Browsers are never sent a password back, nor a file that was refused."""
    files = {} if file is None else {"list": SimpleUploadedFile("a.csv", file)}
    summary = made("{% error_summary form %}", form=AccountForm(data, files))
    assert f"{said}</p>" in summary


def test_a_form_that_nobody_sent_has_nothing_to_put_right():
    assert made("{% error_summary form %}", form=TermsForm()).strip() == ""


@pytest.mark.parametrize(("data", "prefix"), [(None, ""), ({}, "Error: ")])
def test_the_title_says_that_something_is_wrong(data, prefix):
    assert made("{% title_prefix %}", form=TermsForm(data)) == prefix


def test_a_page_without_a_form_has_a_plain_title():
    assert made("{% title_prefix %}") == ""


# --- Dates and numbers ---------------------------------------------------------------------------
DAY = dt.date(2026, 12, 18)


@time_machine.travel("2026-11-22 12:00")
def test_days_in_words():
    assert made("{{ day|day_in_full }}", day=DAY) == "Friday 18 December 2026"
    assert made("{{ day|day_short }}", day=DAY) == "Fri 18 December"
    assert made("{{ day|day_short }}", day=dt.date(2027, 1, 8)) == "Fri 8 January 2027"
    assert made("{{ day|day_in_full }}{{ day|day_short }}", day=None) == ""


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (dt.time(10, 30), "10.30am"),
        (dt.time(17), "5pm"),
        (dt.time(12), "midday"),
        (dt.time(12, 5), "12.05pm"),
        (dt.time(0, 15), "12.15am"),
        (None, ""),
    ],
)
def test_times_in_words(time, said):
    assert made("{{ time|clock_time }}", time=time) == said


def test_moments_are_told_in_london():
    """16:00 UTC on a summer day is 5pm here, and 23:30 UTC is tomorrow."""
    at = dt.datetime(2026, 7, 1, 16, tzinfo=dt.UTC)
    assert made("{{ at|moment }}", at=at) == "5pm, Wednesday 1 July 2026"
    late = dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)
    assert made("{{ at|day_in_full }}", at=late) == "Thursday 2 July 2026"
    assert made("{{ at|moment }}", at=None) == ""
    assert made("{{ at|clock_time }}", at=timezone.make_naive(at)) == "5pm"


@pytest.mark.parametrize(("number", "said"), [(0, "no"), (3, "three"), (9, "nine"), (10, "10")])
def test_small_numbers_in_words(number, said):
    assert made("{{ number|in_words }}", number=number) == said


def test_a_clock_is_filled_as_far_as_it_takes_time():
    wedge = [made("{% clock n %}", n=n) for n in (1, 5, 10)]
    assert ["22 22 0 1 1" in html for html in wedge] == [False, False, True]
