"""Cells, however they are written: what they say, and what is said of them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coprod.lib.phones import e164
from people.importing.cells import contact
from people.importing.cells.ages import read_age
from people.importing.cells.contact import read_contact
from people.importing.cells.days import read_day
from people.importing.cells.emails import email_key, read_emails
from people.importing.cells.names import read_name
from people.importing.cells.phones import read_phones
from people.importing.cells.words import Found, is_nothing, name_key, parts_of
from people.importing.doubts import duplicate_in, look_for_doubts, look_for_group
from people.importing.sensitive import about_of_words, abouts_of_notes, message_of
from people.models import ContactBy
from tests.people.importing.sheets import TODAY

D = dt.date
DAYS = {
    "XLS-16 31/12/2026": (D(2026, 12, 31), ""),
    "XLS-16 12/31/2026": (D(2026, 12, 31), "us-order"),
    "XLS-16 2026-12-31": (D(2026, 12, 31), ""),
    "XLS-17 46387": (D(2026, 12, 31), "serial"),
    "XLS-17 46387.75": (D(2026, 12, 31), "serial"),
    "XLS-17 31 Dec 26": (D(2026, 12, 31), ""),
    "XLS-18 29/02/2027": (None, "no-such-day"),
    "XLS-18 29/02/2023": (None, "no-such-day"),
    "XLS-18 03/04/2026": (D(2026, 4, 3), "two-ways"),
    "XLS-18 04/04/2026": (D(2026, 4, 4), ""),
    "- 29/02/2024": (D(2024, 2, 29), ""),
    "- 31-04-2024": (None, "no-such-day"),
    "- 2024-02-30": (None, "no-such-day"),
    "- 13/13/2024": (None, "no-such-day"),
    "- 32/01/2024": (None, "no-such-day"),
    "- 11-Sep-23": (D(2023, 9, 11), ""),
    "- 1st of September 2023": (D(2023, 9, 1), ""),
    "- Mon 11 Sept 2023": (D(2023, 9, 11), ""),
    "- Sept 11, 2023": (D(2023, 9, 11), ""),
    "- 12.1.26": (D(2026, 1, 12), "two-ways"),
    "- 14/11/25": (D(2025, 11, 14), ""),
    "- 14/11/25 10:30": (D(2025, 11, 14), ""),
    "- 14/11/99": (D(1999, 11, 14), ""),
    "- 2026-12-31T00:00:00": (D(2026, 12, 31), ""),
    "- 2026-12-31 14:30": (D(2026, 12, 31), ""),
    "- 30 Foo 2024": (None, "not-a-day"),
    "- 30 Feb 2024": (None, "no-such-day"),
    "- 2021": (None, "year"),
    "- Sept": (None, "not-a-day"),
    "- last wk": (None, "not-a-day"),
    "- 99999": (None, "not-a-day"),
    "- 0000-00-00": (None, "no-such-day"),
}


@pytest.mark.parametrize("case", DAYS)
def test_days_are_british_and_never_guessed_silently(case):
    text = case.partition(" ")[2]
    read = read_day(text, TODAY)
    assert (read.day, read.code) == DAYS[case]
    assert bool(read.message) == bool(read.code)
    assert not read.code or text[:10] in read.message


AGES = {
    "58": set(),
    "34 yrs": set(),
    "34 years old": set(),
    "aged 34": set(),
    "12/3/1956": set(),
    "12/03/56": set(),
    "1956": set(),
    "born 1956": set(),
    "20526": set(),
    "70+": {"age-band"},
    "over 65": {"age-band"},
    "60s": {"age-band"},
    "18-24": {"age-band"},
    "11-25": {"age-band", "young"},
    "under 16": {"age-band", "young"},
    "<18": {"age-band", "young"},
    "16+": {"age-band", "young"},
    "17": {"young"},
    "2012": {"young"},
    "01/06/2012": {"young"},
    "23/11/2008": {"young"},
    "22/11/2008": set(),
    "01/01/1900": {"placeholder"},
    "1900-01-01": {"placeholder"},
    "01/01/1970": {"placeholder"},
    "150": {"not-an-age"},
    "0": {"not-an-age"},
    "44927": {"young"},
    "01/01/2031": {"not-an-age"},
    "30/02/1956": {"no-such-day"},
    "middle aged": {"not-a-day"},
}


@pytest.mark.parametrize("text", AGES)
def test_an_age_tells_only_who_may_be_young_and_what_nobody_can_know(text):
    found = Found(2)
    read_age(text, "Age", found, TODAY)
    assert {problem.code for problem in found.problems} == AGES[text]
    assert {problem.weight for problem in found.problems} <= {"doubt"}


PHONES = {
    "0121 496 0001": (["+441214960001"], set()),
    "(0121) 4960005 ext 2": (["+441214960005"], set()),
    "0121 496 0005 x22": (["+441214960005"], set()),
    "+44 7700 900003": (["+447700900003"], set()),
    "+44 (0)7700 900003": (["+447700900003"], set()),
    "0044 7700 900003": (["+447700900003"], set()),
    "447700900003": (["+447700900003"], set()),
    "07700-900-003": (["+447700900003"], set()),
    "07700.900.003": (["+447700900003"], set()),
    "tel:07700900003": (["+447700900003"], set()),
    '="07700900003"': (["+447700900003"], set()),
    "'07700900003": (["+447700900003"], set()),
    "7700900003": (["+447700900003"], {"zero-missing"}),
    "1214960001": (["+441214960001"], {"zero-missing"}),
    "016977 3999": (["+44169773999"], set()),
    "+353 1 679 1999": (["+35316791999"], set()),
    "07700 900003 / 0121 496 0001": (["+447700900003", "+441214960001"], set()),
    "07700900003; 07700900003": (["+447700900003"], set()),
    "07700 900003 or 0121 496 0001": (["+447700900003", "+441214960001"], set()),
    "07700 900004 (daughter)": (["+447700900004"], {"words-beside-phone"}),
    "Jo 07700 900004": (["+447700900004"], {"words-beside-phone"}),
    "none": ([], set()),
    "n/a": ([], set()),
    "0": ([], set()),
    "same": ([], set()),
    "12345": ([], {"not-a-phone"}),
    "0121 496": ([], {"not-a-phone"}),
    "012149600011214": ([], {"not-a-phone"}),
    "ask Kim": ([], {"not-a-phone"}),
    "+0 121 496 0001": ([], {"not-a-phone"}),
    "077009000": ([], {"not-a-phone"}),
}


@pytest.mark.parametrize("text", PHONES)
def test_a_number_has_one_way_to_be_written(text):
    found = Found(2)
    numbers = [one.number for one in read_phones(text, "Tel", found)]
    assert (numbers, {problem.code for problem in found.problems}) == PHONES[text]


def test_an_extension_stays_apart():
    assert [one.extension for one in read_phones("(0121) 4960005 ext 2", "Tel", Found(2))] == ["2"]


def test_numbers_of_the_first_floor_up():
    assert e164("+44 121 496 0001") == e164("0121 4960001") == "+441214960001"
    assert [e164(one) for one in ("", "x", "+44", "+", "+1234567", "0", "٠١٢١٤٩٦٠٠٠١")] == [""] * 7


EMAILS = {
    "XLS-19 A@x.org": (["a@x.org"], set()),
    "XLS-19  a@x.org ": (["a@x.org"], set()),
    "XLS-19 a@X.ORG": (["a@x.org"], set()),
    "XLS-20 a\u200b@x\u200d.org": (["a@x.org"], set()),
    "XLS-21 a@ехample.org": ([], {"lookalike"}),
    "XLS-21 a@examplе.org": ([], {"lookalike"}),
    "- mailto:a@x.org": (["a@x.org"], set()),
    "- Jo Example <a@x.org>": (["a@x.org"], set()),
    "- 'a@x.org'": (["a@x.org"], set()),
    "- a@x.org; b@x.org": (["a@x.org", "b@x.org"], set()),
    "- a@x.org b@x.org": (["a@x.org", "b@x.org"], set()),
    "- a@x.org, A@X.org": (["a@x.org"], set()),
    "- a@x.org or none": (["a@x.org"], set()),
    "- olu@example..org": ([], {"not-an-email"}),
    "- olu@example": ([], {"not-an-email"}),
    "- olu.example.org": ([], {"not-an-email"}),
    "- has none": ([], {"not-an-email"}),
    "- none": ([], set()),
    "- n/a": ([], set()),
    "- " + "a" * 60 + "@" + "b" * 60 + ".org": (["a" * 60 + "@" + "b" * 60 + ".org"], set()),
    "- a@" + "b.b" * 100 + ".org": ([], {"not-an-email"}),
}


@pytest.mark.parametrize("case", EMAILS)
def test_an_address_has_one_way_to_be_written(case):
    found = Found(2)
    text = case.partition(" ")[2]
    read = read_emails(text, "E-mail", found)
    assert (read, {problem.code for problem in found.problems}) == EMAILS[case]


def test_what_only_looks_like_an_address_is_refused_not_doubted():
    found = Found(2)
    read_emails("a@examplе.org", "E-mail", found)
    assert found.weighs("refusal")
    assert email_key(" A@X.org\ufeff") == "a@x.org"


CONTACTS = {
    "phone NOT email": ("phone", "phone NOT email", set()),
    "Text": ("text", "", set()),
    "text only please": ("text", "", set()),
    "e-mail": ("email", "", set()),
    "Email is best": ("email", "Email is best", set()),
    "whatsapp": ("text", "", {"whatsapp"}),
    "WhatsApp only": ("text", "", {"whatsapp"}),
    "post only – 16pt large print": ("letter", "post only – 16pt large print", set()),
    "letter in large print": ("letter", "letter in large print", set()),
    "call after 6": ("phone", "call after 6", set()),
    "phone or text": ("phone", "phone or text", {"several-ways"}),
    "don't ring, text": ("text", "don't ring, text", set()),
    "no email": ("", "no email", {"other-way"}),
    "video relay": ("", "video relay", {"other-way"}),
    "BSL video": ("", "BSL video", {"other-way"}),
    "with help": ("", "with help", {"other-way"}),
    "via Kim": ("", "via Kim", {"through-somebody"}),
    "ring daughter": ("", "ring daughter", {"through-somebody"}),
    "c/o Jo": ("", "c/o Jo", {"through-somebody"}),
    "any": ("", "", set()),
    "No preference": ("", "", set()),
    "n/a": ("", "", set()),
}


@pytest.mark.parametrize("text", CONTACTS)
def test_how_they_want_to_be_reached(text):
    found = Found(2)
    read = read_contact(text, "Contact", found)
    said = {problem.code for problem in found.problems}
    assert (read.by, read.words, said) == CONTACTS[text]


def test_the_ways_are_those_of_the_pool():
    ways = {contact.EMAIL, contact.PHONE, contact.TEXT, contact.LETTER}
    assert ways == set(ContactBy.values)


NAMES = {
    "Jaswinder K. Example": ("Jaswinder K. Example", "", "", set()),
    "Example, Amina": ("Amina Example", "", "", {"last-first"}),
    "EXAMPLE, Dr Amina": ("Amina EXAMPLE", "", "", {"last-first"}),
    "Jo Example, MBE": ("Jo Example, MBE", "", "", set()),
    "Mrs Jo Example": ("Jo Example", "", "", set()),
    "Rev. Dr Jo Example": ("Jo Example", "", "", set()),
    "Mr": ("Mr", "", "", set()),
    "Bob Test (& Linda)": ("Bob Test", "Linda", "", {"two-people"}),
    "Bob and Linda Test": ("Bob Test", "Linda Test", "", {"two-people"}),
    "Bob Test & Linda Example": ("Bob Test", "Linda Example", "", {"two-people"}),
    "Bob Test / Linda Example": ("Bob Test", "Linda Example", "", {"two-people"}),
    "Test family": ("Test family", "", "", {"two-people"}),
    "Anderson Sand": ("Anderson Sand", "", "", set()),
    "Jaswinder (Jas) Example": ("Jaswinder Example", "", "Jas", {"nickname"}),
    "Jo Example (son of Kim)": ("Jo Example", "", "son of Kim", {"words-beside-name"}),
    "(Jo)": ("Jo", "", "", set()),
    "O'Sample-Ng": ("O'Sample-Ng", "", "", set()),
    "Siobhán Ní Test": ("Siobhán Ní Test", "", "", set()),
    "Example Youth Forum": ("Example Youth Forum", "", "", {"group"}),
    "Tipton Residents' Association": ("Tipton Residents' Association", "", "", {"group"}),
    "SiobhÃ¡n": ("SiobhÃ¡n", "", "", {"garbled"}),
    "=HYPERLINK(1)": ("=HYPERLINK(1)", "", "", {"formula"}),
    "": ("", "", "", {"no-name"}),
    "n/a": ("", "", "", {"no-name"}),
    "???": ("", "", "", {"no-name"}),
    "test 2": ("", "", "", {"no-name"}),
    "12345": ("", "", "", {"no-name"}),
    "jo@example.org": ("", "", "", {"not-a-name"}),
    "Jo Example " * 12: ("", "", "", {"not-a-name"}),
}


@pytest.mark.parametrize("text", NAMES)
def test_names(text):
    found = Found(2)
    read = read_name(text, "Name", found)
    said = {problem.code for problem in found.problems}
    assert (read.name, read.second, read.nickname, said) == NAMES[text]
    assert found.weighs("refusal") == (not read.name)


def test_one_name_in_two_ways_of_writing():
    same = ("Siobhán O’Neill", "SIOBHAN  O'NEILL", "Ms Siobhán ONeill", "Siobha\u0301n O`Neill")
    assert len({name_key(one) for one in same}) == 1
    assert name_key("Jo A. Example") != name_key("Jo Example")


def test_nothing_and_lists():
    assert all(map(is_nothing, ("", "None", "N/A", "-", "TBC", "#N/A")))
    assert not any(map(is_nothing, ("Noneton", "no thanks", "00")))
    assert parts_of("Carers; MiR board") == ("Carers", "MiR board")
    assert parts_of("PPG, ex governor\nn/a") == ("PPG", "ex governor")


NOTED = {
    "LEFT – delete? / deceased??": {"died", "left"},
    "do not contact": {"left"},
    "pain in left leg": set(),
    "two people on one row": {"two-people"},
    "YP under 16 x4": {"young"},
    "owed travel from July!!": set(),
    "moved away 2017": {"left"},
}


@pytest.mark.parametrize("text", NOTED)
def test_what_a_note_makes_doubtful(text):
    found = Found(2)
    look_for_doubts(text, "Notes", found)
    assert {problem.code for problem in found.problems} == NOTED[text]
    assert all(text not in problem.message for problem in found.problems)


def test_notes_of_duplicates_and_groups():
    notes = ("DUPLICATE OF 17?", "dup of row 022", "duplicate", "Same as EBE-2", "not a duplicate")
    assert [duplicate_in(one) for one in (*notes, "fine", "same time")] == [
        "17",
        "022",
        "",
        "EBE-2",
        "",
        None,
        None,
    ]
    assert look_for_group("GROUP not person", "x", Found(2))
    assert not look_for_group("support group for one person", "x", Found(2))


PRIVATE = {
    "White British": ("ethnicity", "ethnicity"),
    "Black/African": ("ethnicity", "ethnicity"),
    "12-34-56 12345678": ("bank", "bank"),
    "QQ 12 34 56 C": ("", ""),
    "AB 12 34 56 C": ("bank", "bank"),
    "DBS 2019": ("dbs", "dbs"),
    "diagnosed last year": ("health", "health"),
    "I have MS": ("health", "health"),
    "at the ESA limit": ("benefits", "benefits"),
    "on PIP": ("benefits", "benefits"),
    "dementia": ("", "health"),
    "not Mondays: hospital": ("", "health"),
    "benefits advice": ("", "benefits"),
    "not on Fridays, prayers": ("", "ethnicity"),
    "after 9.30 before 2.45": ("", ""),
    "autism board": ("", "health"),
    "Tue+Thurs am": ("", ""),
    "blackberries, white paint": ("", ""),
}


@pytest.mark.parametrize("text", PRIVATE)
def test_private_things_are_recognised_by_what_stands_there(text):
    """A topic may be about dementia; a day of the week may not."""
    found = (about_of_words(text, narrow=False), about_of_words(text, narrow=True))
    assert found == PRIVATE[text]


def test_notes_tell_several_private_things_and_none_is_quoted():
    notes = "at the ESA limit - check before booking!!! heart condition"
    assert abouts_of_notes(notes) == ["health", "benefits"]
    assert {message_of(about).endswith("Ask the person.") for about in ("health", "x")} == {True}


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.text("0123456789/-. +()@,;&xeEt", max_size=40))
def test_no_cell_breaks_a_reader(text):
    found = Found(2)
    read_day(text, TODAY)
    read_age(text, "", found, TODAY)
    read_phones(text, "", found)
    read_emails(text, "", found)
    read_contact(text, "", found)
    read_name(text, "", found)
    for one in read_phones(text, "", found):
        assert e164(one.number) == one.number
