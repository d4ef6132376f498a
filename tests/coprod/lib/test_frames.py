"""Pages with gaps, made of templates for the purpose."""

from __future__ import annotations

import pytest
from django.template import engines
from django.test import RequestFactory

from coprod.lib.frames import frame

PAGES = {
    "base.html": "",
    "page.html": (
        "{% load ui %}{{ title }} {% personal 'own.html' %}{% personal 'own.html' loud=True %}"
    ),
    "own.html": "[{{ name }}{% if loud %}!{% endif %} {{ title }}]",
    "form.html": "<form>{% csrf_token %}</form>",
}


@pytest.fixture(autouse=True)
def _pages(settings):
    """Only the templates above."""
    loaders = [("django.template.loaders.locmem.Loader", PAGES)]
    libraries = {"ui": "coprod.templatetags.ui"}
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {"loaders": loaders, "libraries": libraries},
        }
    ]


def make(title: str = "Page"):
    return frame(
        lambda: 1, "here", "page.html", lambda: {"title": title}, path="/here/", facts=("title",)
    )


def test_gaps_are_filled_for_each_reader_and_the_rest_is_drawn_once():
    request = RequestFactory().get("/here/")
    assert make().filled(request, name="Ann").content == b"Page [Ann Page][Ann! Page]"
    assert make("Other").filled(request, name="Bob").content == b"Page [Bob Page][Bob! Page]"


def test_what_people_write_is_no_gap():
    made = make("<!--personal own.html-->")
    assert made.html.count("<!--personal") == 2


def test_outside_a_frame_the_same_template_includes_its_parts():
    shown = engines["django"].get_template("page.html").render({"title": "Page", "name": "Ann"})
    assert shown == "Page [Ann Page][Ann! Page]"


def test_a_frame_holds_no_key_of_a_form():
    with pytest.raises(ValueError, match=r"form.html holds a key of a form"):
        frame(lambda: 1, "here", "form.html", dict, path="/here/")


def test_nothing_there_is_no_frame():
    assert frame(lambda: 1, "here", "page.html", lambda: None, path="/here/") is None
