"""Words and letters for everybody: how hard they are to read, and whether they can be heard.

Numbers 29, 30, 36 and 40 of the accessibility checks; ``tests/journeys/checks`` has the others.
"""

from __future__ import annotations

import datetime as dt
import gzip
import re
from pathlib import Path

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from coprod import pages
from coprod.lib.days import today
from coprod.settings import BASE_DIR
from opportunities.models import Opportunity
from people.models import Notice
from tests.coprod.markup import find_all, strictly, words
from tests.journeys.checks import letters
from tests.journeys.checks.words import GRADE, grade

ROOMS = ("coprod", "people", "opportunities", "charter")
INFORMING = ["contact", "how_it_works", "glossary", "privacy", "accessibility", "concern"]
# What a statement must say: Cabinet Office, model accessibility statement.
STATEMENT = [
    "How accessible this website is",
    "What to do if you cannot use a part of it",
    "Tell us what is not right",
    "If we do not put it right",
    "Technical information",
    "Compliance status",
    "What is not accessible",
    "Non-compliance with the regulations",
    "Disproportionate burden",
    "Content that the regulations do not cover",
    "What we do to get better",
    "When this was written, and how we tested",
]
LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
SPOKEN = re.compile(r"translate|[a-z]{3,} [a-z]{3,}")
A_YEAR = dt.timedelta(days=365)
BUDGET = 60 * 1024  # bytes of a first view, compressed as servers do
REQUESTS = 8


def read(client: Client, address: str):
    return strictly(client.get(address).content)


def sentences(document) -> str:
    """Return what stands in the paragraphs and points of a page's main part."""
    (main,) = find_all(document, "main")
    parts = [one for tag in ("p", "li", "dd") for one in main.iter(tag)]
    return "\n".join(words(one) for one in parts if len(words(one).split()) > 4)


@pytest.mark.parametrize("name", INFORMING)
def test_pages_that_inform_ask_for_nine_years_of_school_at_most(client, db, name):
    assert grade(sentences(read(client, reverse(name)))) <= GRADE


def hints() -> dict[str, str]:
    """Return the help text of every field of every form of ours."""
    waiting, found = [forms.BaseForm], {}
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        if one.__module__.partition(".")[0] in ROOMS:
            fields = getattr(one, "base_fields", {}).items()
            found |= {f"{one.__name__}.{name}": str(field.help_text) for name, field in fields}
    return {name: text for name, text in found.items() if text}


def test_what_stands_under_a_question_is_plain(client, db):
    client.get(reverse("contact"))  # every form is imported with the addresses
    hard = {name: text for name, text in hints().items() if len(text.split()) > 7}
    assert len(hard) > 10, "there are no hints to read"
    hard = {name: text for name, text in hard.items() if grade(text) > GRADE}
    assert hard == {}


def test_a_letter_can_be_read_and_heard(borough):
    sent = Notice.objects.exclude(html="")
    assert sent.exists()
    assert [letters.faults(one.html, one.text) for one in sent[:3]] == [[]] * len(sent[:3])


def test_every_letter_is_made_like_it():
    """The frame gives language and heading; each has a part without HTML, and links of words."""
    folder = BASE_DIR / "templates/emails"
    made = [one for one in folder.glob("*/*.html") if not one.name.startswith("_")]
    assert len(made) > 10
    for file in made:
        text = file.read_text()
        assert text.startswith('{% extends "emails/'), file
        assert file.with_suffix(".txt").exists(), file
        assert file.with_suffix(".subject.txt").exists(), file
        assert [name for name in LINK.findall(text) if not SPOKEN.search(name)] == [], file


def test_the_statement_is_whole_and_was_looked_at_within_a_year(client, db):
    document = read(client, reverse("accessibility"))
    said = [words(one) for tag in ("h2", "h3") for one in document.iter(tag)]
    assert [heading for heading in STATEMENT if heading not in said] == []
    assert today() - pages.STATEMENT_REVIEWED < A_YEAR
    assert pages.STATEMENT_PREPARED <= pages.STATEMENT_REVIEWED


def test_every_open_brief_offers_large_print_and_easy_read(borough, client):
    opened = Opportunity.objects.open_on(today())
    assert opened.count() > 3
    for brief in opened:
        document = read(client, brief.get_absolute_url())
        (ways,) = find_all(document, "ul", class_="gi-ways")[:1]
        assert "large print or Easy Read" in words(ways), brief
        assert [one for one in ways.iter("a") if one.get("href") == "/contact/#paper"], brief


LINKED = re.compile(
    r'<(?:link[^>]+rel="(?:stylesheet|icon)"[^>]+href|script[^>]+src)="/static/([^"]+)"'
)


@pytest.mark.parametrize("address", ["/", "/opportunities/", "/you-said-we-did/", "/charter/"])
def test_a_first_view_is_light(borough, client, address):
    """Compressed like a server does it; the bench weighs the same on the wire."""
    page = client.get(address).content
    linked = set(LINKED.findall(page.decode()))
    assert len(linked) >= 4
    files = [finders.find(re.sub(r"\.[0-9a-f]{12}(?=\.)", "", name)) for name in linked]
    weights = [len(gzip.compress(Path(file).read_bytes())) for file in files]
    assert len(weights) + 1 <= REQUESTS
    assert len(gzip.compress(page)) + sum(weights) <= BUDGET
