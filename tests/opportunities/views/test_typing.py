"""What residents do about their sign-ups, typed by staff: channel and typist are kept."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from opportunities.actions import correct_equality
from opportunities.actions.equality import CHANGED
from opportunities.lifecycle import SignUpStatus
from opportunities.models import Participation, SignUpSupport
from people.actions import open_to
from people.models import AuditEvent, Consent, EqualityAnswer
from people.pseudonyms import pseudonym_of
from tests.factories import (
    make_opportunity,
    make_participation,
    make_person,
    make_profile,
    make_sign_up,
)


@pytest.fixture
def work(officer, client_for):
    return client_for(officer)


@pytest.fixture
def row(host):
    person = make_person("Joyce Miller", phone="0121 496 0111", contact_by="phone")
    make_profile(person)
    return make_sign_up(make_opportunity(title="Clear letters"), person)


def twin(name: str, row) -> str:
    return reverse(f"opportunities:{name}", args=[row.opportunity.slug, row.pk])


def last(verb: str) -> tuple[str, str, str]:
    event = AuditEvent.objects.filter(verb=verb).first()
    return event.actor, event.on_behalf_of, event.channel


def test_type_change_writes_what_they_chose(work, row, officer):
    data = {"channel": "phone", "contact_by": "letter", "address": "1 High Street", "why": "Buses"}
    answer = work.post(twin("type_change", row), data)
    assert answer.url == twin("show_sign_up", row)
    row.refresh_from_db()
    assert (row.contact_by, row.contact_detail, row.why) == ("letter", "1 High Street", "Buses")
    assert last("sign_up.changed") == (str(officer.pk), str(row.person_id), "phone")


def test_type_change_says_why_it_is_too_late(work, row):
    data = {"channel": "phone", "contact_by": "phone", "phone": "0121 496 0111"}
    work.post(twin("withdraw_for", row), {"channel": "phone"})
    answer = work.post(twin("type_change", row), data, follow=True)
    assert "no longer part of this project" in answer.content.decode()


def test_type_support_writes_it_with_the_consent_that_was_read_out(work, row, officer):
    """Without the yes nothing is kept; neither is anything shown of what was said before."""
    page = twin("type_support", row)
    needs = {"channel": "phone", "support_text": "A ramp"}
    assert "Tick the box" in work.post(page, needs).content.decode()
    assert not SignUpSupport.objects.exists()
    work.post(page, {**needs, "support_consent": "on"})
    assert SignUpSupport.objects.get().text == "A ramp"
    consent = Consent.objects.get()
    assert (consent.channel, consent.typed_by) == ("phone", officer)
    assert last("support.given") == (str(officer.pk), str(row.person_id), "phone")
    assert "A ramp" not in work.get(page).content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Write what they need, or tick the box below"),
        (
            {"support_text": "A ramp", "support_consent": "on", "none_needed": "on"},
            "Write what they need, or tick this: not both",
        ),
    ],
)
def test_type_support_takes_words_or_that_there_are_none(work, row, typed, words):
    page = work.post(twin("type_support", row), {"channel": "phone", **typed})
    assert words in page.content.decode()


def test_type_support_deletes_what_is_not_needed_any_more(work, row):
    page = twin("type_support", row)
    work.post(page, {"channel": "phone", "support_text": "A ramp", "support_consent": "on"})
    work.post(page, {"channel": "paper", "none_needed": "on"})
    assert not SignUpSupport.objects.exists()
    assert last("support.taken_back")[2] == "paper"


def test_withdraw_for_keeps_how_they_told_us(work, row, officer):
    assert "Choose how they told you" in work.post(twin("withdraw_for", row)).content.decode()
    work.post(twin("withdraw_for", row), {"channel": "in_person"})
    row.refresh_from_db()
    assert row.status == SignUpStatus.WITHDRAWN
    assert last("sign_up.withdrawn") == (str(officer.pk), str(row.person_id), "in_person")


def test_sign_up_for_offers_our_open_projects_that_they_are_not_in(work, row, trust):
    """Control: the one that they are in comes back once they are out."""
    make_opportunity(title="Quiet buses")
    make_opportunity(trust, title="Of somebody else")
    make_opportunity(title="Long closed", status="closed")
    address = reverse("opportunities:sign_up_for", args=[row.person.uuid])
    assert [one.title for one in work.get(address).context["briefs"]] == ["Quiet buses"]
    work.post(twin("withdraw_for", row), {"channel": "phone"})
    titles = {one.title for one in work.get(address).context["briefs"]}
    assert titles == {"Quiet buses", "Clear letters"}


def test_sign_up_for_says_when_there_is_nothing(work, row):
    page = work.get(reverse("opportunities:sign_up_for", args=[row.person.uuid]))
    assert "Nothing of ours is open to them now" in page.content.decode()


# --- Equality --------------------------------------------------------------------------------
@pytest.fixture
def asked(host):
    person = make_person("Joyce Miller")
    open_to(person=person, organisation=host, actor=None)
    return person


def values() -> dict[str, str]:
    return dict(EqualityAnswer.objects.values_list("code", "value"))


def equality(person) -> str:
    return reverse("opportunities:type_equality", args=[person.uuid])


def test_type_equality_adds_to_what_is_there_and_shows_none_of_it(work, asked):
    """The page is the same to the letter whether somebody answered or not; the log keeps nothing.

    Control: the answers that were there before are still there afterwards.
    """
    empty = work.get(equality(asked))
    correct_equality(person=asked, answers={"year_of_birth": "1950"}, kind=CHANGED)
    lines = AuditEvent.objects.count()
    filled = work.get(equality(asked))
    assert drawn(filled) == drawn(empty)
    answer = work.post(equality(asked), {"channel": "phone", "sex": "female", "kind": "first"})
    assert answer.url == reverse("people:show_person", args=[asked.uuid])
    assert values() == {"year_of_birth": "1950", "sex": "female"}
    assert AuditEvent.objects.count() == lines


def drawn(answer) -> str:
    page = answer.content.decode()
    return re.sub(r'<input type="hidden"[^>]*>', "", page[page.index("<main") :])


def test_type_equality_puts_right_what_was_wrong(work, asked):
    """Control: an answer that has changed since leaves what was counted as it was."""
    correct_equality(person=asked, answers={"year_of_birth": "1990"}, kind=CHANGED)
    counted = make_participation(make_opportunity(), int(pseudonym_of(asked), 16), age_band="35-44")
    before = Participation.objects.get(pk=counted.pk).age_band
    for kind, moves in (("changed", False), ("wrong", True)):
        correct_equality(person=asked, answers={"year_of_birth": "1990"}, kind=CHANGED)
        work.post(equality(asked), {"channel": "paper", "year_of_birth": "1950", "kind": kind})
        assert (Participation.objects.get(pk=counted.pk).age_band != before) is moves


def test_type_equality_deletes_on_their_word(work, asked):
    correct_equality(person=asked, answers={"year_of_birth": "1950"}, kind=CHANGED)
    work.post(equality(asked), {"channel": "phone", "kind": "first", "all_gone": "on"})
    assert values() == {}
