"""Text loses what nobody can see, and nothing else."""

from __future__ import annotations

import time
import unicodedata

import pytest
from django import forms
from hypothesis import given, settings
from hypothesis import strategies as st

from coprod.lib.text import MOST_MARKS, clean

FAMILY = "👩‍👩‍👧‍👦"
WALES = "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"


@pytest.mark.parametrize(
    "name",
    [
        "Siân Llŷr ap Gwŷdd",
        "Zażółć Gęślą-Jaźń",
        "محمد علي",
        "سیدہ فاطمہ‌زہرا",
        "মোহাম্মদ রহিম",
        "র‍্যাব",
        "Cabdiraxmaan Cismaan",
        "O’Neil",
        "D'Souza",
        "Q",
        "Nguyễn Thị Minh",
        "שָׁלוֹם",
        f"Anna {FAMILY} {WALES}",
        "x" * 100,
    ],
)
def test_names_stay_whole(name):
    name = unicodedata.normalize("NFC", name)
    assert clean(name, lines=False) == name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b", "ab"),
        ("\ud800a", "a"),
        ("\u202egpj.exe", "gpj.exe"),
        ("a\u2066b\u2069", "ab"),
        ("\x1b[31mred", "[31mred"),
        ("\ufeffAnn\u200b", "Ann"),
        ("\u200b\u200b", ""),
        (" \u200d\u3164\u2800 ", ""),
        ("a\r\nBcc: b@example.org", "a Bcc: b@example.org"),
        ("one\u2028two\x85three", "one two three"),
        ("a\tb", "a b"),
        ("Zoe\u0308", "Zoë"),
        ("a" + "\u0301" * 200, "á" + "\u0301" * MOST_MARKS),
        ("{{ 7*7 }} <b> %(x)s ' OR 1=1--", "{{ 7*7 }} <b> %(x)s ' OR 1=1--"),
    ],
)
def test_what_nobody_can_see_goes(typed, kept):
    assert clean(typed, lines=False) == kept


def test_several_lines_stay_lines():
    assert clean("one\r\ntwo\rthree\x0bfour\n\n\tfive") == "one\ntwo\nthree\nfour\n\n\tfive"


@given(st.text(max_size=60))
@settings(max_examples=60, derandomize=True, deadline=None)
def test_cleaning_twice_changes_nothing(text):
    once = clean(text, lines=False)
    assert clean(once, lines=False) == once
    assert not {unicodedata.category(letter) for letter in once} & {"Cs"}
    assert "\n" not in once


def test_a_megabyte_takes_no_time():
    start = time.process_time()
    clean("é\u200d" * 500_000)
    assert time.process_time() - start < 2


class Typed(forms.Form):
    line = forms.CharField(required=False, max_length=10)
    lines = forms.CharField(required=False, widget=forms.Textarea)
    email = forms.EmailField(required=False)
    password = forms.CharField(required=False, strip=False, widget=forms.PasswordInput)


def test_every_field_of_every_form_reads_clean_text():
    """Passwords are taken letter by letter. Nothing is cut: what is too long is said to be."""
    form = Typed(
        {
            "line": "a\x00\r\nb",
            "lines": "a\r\nb\x1b",
            "email": "a\u200b@example.org",
            "password": " a\u200b\x1b ",
        }
    )
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "line": "a b",
        "lines": "a\nb",
        "email": "a@example.org",
        "password": " a\u200b\x1b ",
    }
    assert "line" in Typed({"line": "x" * 400}).errors


def test_what_shows_nothing_is_nothing():
    field = forms.CharField()
    with pytest.raises(forms.ValidationError) as refused:
        field.clean("\u200b\u3164")
    assert refused.value.code == "required"
