"""The pages that inform: everybody may read them, a browser need not guess, the promises stand."""

from __future__ import annotations

import pytest
from django.urls import reverse

from coprod.glossary import TERMS
from opportunities.levels import Level
from tests.coprod.markup import find_all, strictly, words

PAGES = {
    "contact": "Contact us",
    "how_it_works": "How it works",
    "glossary": "What words mean",
    "privacy": "Privacy and your choices",
    "accessibility": "Accessibility statement for Get involved in Sandwell",
    "concern": "Report a concern",
}


def read(client, name: str):
    response = client.get(reverse(name))
    assert response.status_code == 200
    return strictly(response.content)


def said(document) -> str:
    (main,) = document.iter("main")
    return words(main)


@pytest.mark.parametrize(("name", "heading"), PAGES.items())
def test_everybody_reads_them_and_a_browser_need_not_guess(client, db, name, heading):
    document = read(client, name)
    assert [words(one) for one in document.iter("h1")] == [heading]
    (html,) = document.iter("html")
    assert html.get("lang") == "en-GB"


@pytest.mark.parametrize("name", PAGES)
def test_they_cost_at_most_one_query(client, db, name, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        read(client, name)


def test_contact_offers_every_way(client, db, settings):
    document = read(client, "contact")
    hrefs = {link.get("href") for link in document.iter("a")}
    phone, text = (number.replace(" ", "") for number in (settings.HELP_PHONE, settings.HELP_TEXT))
    assert {f"tel:{phone}", f"sms:{text}", f"mailto:{settings.HELP_EMAIL}"} <= hrefs
    assert settings.HELP_POST in said(document)
    assert "Fill this in with me" in said(document)


def test_how_it_works_explains_all_five_levels(client, db):
    page = said(read(client, "how_it_works"))
    assert [str(level.sentence) in page for level in Level] == [True] * len(Level)


def test_the_glossary_has_each_word_once_in_the_order_of_the_alphabet(client, db):
    document = read(client, "glossary")
    shown = [words(term) for term in document.iter("dt")]
    assert shown == sorted({str(term.word) for term in TERMS}, key=str.lower)
    assert find_all(document, "div", id="check-back")


def test_words_of_the_glossary_are_explained_in_short_sentences():
    sentences = [part for term in TERMS for part in str(term.meaning).split(". ")]
    assert [one for one in sentences if len(one.split()) > 18] == []


def test_privacy_names_who_answers_for_it(client, host):
    page = said(read(client, "privacy"))
    assert "Example Council runs this website and is the controller" in page


def test_privacy_before_there_is_a_host_names_the_place(client, db):
    assert "Sandwell runs this website" in said(read(client, "privacy"))


@pytest.mark.parametrize(
    "words_of_the_law",
    [
        "public task",
        "clear consent",
        "one month",
        "Within 30 days",
        "Information Commissioner’s Office (ICO)",
        "data protection officer",
    ],
)
def test_privacy_says_what_the_law_asks_for(client, db, words_of_the_law):
    assert words_of_the_law in said(read(client, "privacy"))


@pytest.mark.parametrize(
    "part",
    [
        "Accessibility Regulations 2018",
        "partially compliant with the Web Content Accessibility Guidelines version 2.2, level AA",
        "Equality and Human Rights Commission (EHRC)",
        "Equality Advisory and Support Service (EASS)",
        "Disproportionate burden",
        "This statement was written on Sunday 22 November 2026",
    ],
)
def test_the_accessibility_statement_has_every_part_of_the_model(client, db, part):
    assert part in said(read(client, "accessibility"))


def test_a_concern_starts_with_999(client, db):
    page = said(read(client, "concern"))
    assert page.index("Ring 999") < page.index("Who to tell")
    assert "safeguarding lead" in page
    assert "What happens then" in page
