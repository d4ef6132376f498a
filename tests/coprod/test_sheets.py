"""Blanks to print, the marks on them, what can be done for somebody, and what was."""

from __future__ import annotations

import pytest
from django.urls import reverse

from coprod.done_for import SOMETHING, WORDS
from coprod.parity import sheets
from opportunities.actions import sign_ups
from people import actions
from people.models import AuditEvent
from tests.factories import (
    let_look,
    make_check_back,
    make_opportunity,
    make_person,
    make_sign_up,
)


@pytest.fixture
def work(officer, client_for):
    return client_for(officer)


@pytest.fixture
def known(host):
    person = make_person("Joyce Miller")
    actions.open_to(person=person, organisation=host, actor=None)
    return person


def read(client, name: str, *args: object, more: str = "") -> str:
    answer = client.get(reverse(name, args=args) + more)
    assert answer.status_code == 200, name
    return answer.content.decode()


def test_the_sheet_to_join_leads_staff_to_the_form_for_somebody_new(client, db):
    assert "/staff/people/new/</strong>" in read(client, "public_sheet", "join")
    assert "/staff/people/</strong>" in read(client, "public_sheet", "complaint")


def test_everybody_prints_what_they_may_want_before_they_have_an_account(client, db):
    """Control: a sheet that is for staff to hand out is not there."""
    listed = read(client, "public_sheets")
    public = [sheet for sheet in sheets() if sheet.is_public]
    assert {sheet.slug for sheet in public} >= {"join", "profile", "equality"}
    for sheet in public:
        assert str(sheet.title) in listed
        assert str(sheet.title) in read(client, "public_sheet", sheet.slug)
    assert client.get(reverse("public_sheet", args=["details"])).status_code == 404
    assert client.get(reverse("public_sheet", args=["never-was"])).status_code == 404


def test_staff_print_every_sheet_in_two_sizes_and_with_a_name_on_it(work, known):
    listed = read(work, "staff_sheets")
    for sheet in sheets():
        assert str(sheet.title) in listed
        usual = read(work, "staff_sheet", sheet.slug)
        large = read(work, "staff_sheet", sheet.slug, more="?size=large")
        assert ("gi-sheet--large" in usual, "gi-sheet--large" in large) == (False, True)
        named = read(work, "sheet_for", known.uuid, sheet.slug)
        assert known.reference in named
        assert f"/staff/mark/{known.reference}/" in named


def test_a_sealed_sheet_says_how_it_comes_back(client, db):
    """Control: an open one does not speak of an envelope."""
    assert "envelope of its own" in read(client, "public_sheet", "equality")
    assert "envelope of its own" not in read(client, "public_sheet", "join")


def test_a_mark_leads_to_where_its_sheet_is_typed(work, known, trust):
    """Only to what is ours. Controls: a mark of theirs, one that never was, and no mark at all."""
    brief = make_opportunity(title="Clear letters")
    foreign = make_opportunity(trust)
    stranger = make_person("Zed Elsewhere", joined_through=trust)
    leads = {
        known.reference: f"/staff/people/{known.uuid}/",
        f"b-{brief.pk}": f"/staff/opportunities/{brief.slug}/people/add/",
        "A-12": "/staff/check-backs/12/answer/",
    }
    for mark, address in leads.items():
        assert work.get(reverse("by_mark", args=[mark])).url == address
    for mark in (stranger.reference, f"B-{foreign.pk}", "B-x", "P-x", "nothing"):
        assert work.get(reverse("by_mark", args=[mark])).status_code == 404


def test_a_persons_page_offers_everything_that_can_be_done_for_them(work, known):
    """Their projects of ours and the questions that wait; not those that are over for them."""
    row = make_sign_up(make_opportunity(title="Clear letters"), known)
    left = make_sign_up(make_opportunity(title="Long left"), known)
    sign_ups.withdraw(sign_up=left, actor=None)
    asked = make_check_back(person=known)
    page = read(work, "people:show_person", known.uuid)
    for address in (
        f"/staff/people/{known.uuid}/profile/",
        f"/staff/people/{known.uuid}/equality/",
        f"/staff/people/{known.uuid}/sign-up/",
        f"/staff/people/{known.uuid}/sheets/details/",
        f"/staff/opportunities/{row.opportunity.slug}/people/{row.pk}/withdraw/",
        f"/staff/check-backs/{asked.pk}/answer/",
        f"/staff/check-backs/{asked.pk}/sheet/",
    ):
        assert f'href="{address}"' in page, address
    assert left.opportunity.slug not in page


def test_no_page_leads_to_lived_experience_but_for_those_who_may_read_it(
    known, officer, coordinator, client_for
):
    """Control: the same link is there for a coordinator, and opens."""
    let_look(known, coordinator.memberships.get().organisation)
    address = reverse("people:type_experience", args=[known.uuid])
    pages = {
        user: read(client_for(user), "people:show_person", known.uuid)
        for user in (officer, coordinator)
    }
    offered = {user: f'href="{address}"' in page for user, page in pages.items()}
    assert offered == {officer: False, coordinator: True}
    opened = {user: client_for(user).get(address).status_code for user in offered}
    assert opened == {officer: 403, coordinator: 200}


@pytest.mark.parametrize("number", [1, 3])
def test_the_lane_asks_the_same_number_of_questions(work, known, number, django_assert_num_queries):
    for _one in range(number):
        make_sign_up(make_opportunity(), known)
        make_check_back(person=known)
    address = reverse("people:show_person", args=[known.uuid])
    work.get(address)
    with django_assert_num_queries(18):
        work.get(address)


# --- What was done for me --------------------------------------------------------------------
def test_people_read_what_others_typed_for_them(resident, officer, client_for, host):
    """Who, when, in which role, how. Control: what they did themselves is not there."""
    person = resident.person
    actions.change_details(person=person, actor=resident, name="Amina R.")
    mine = client_for(resident)
    assert "Nothing yet" in read(mine, "done_for_me")
    actions.change_details(person=person, actor=officer, channel="phone", name="Amina Resident")
    page = read(mine, "done_for_me")
    assert "Changed your name, or how we reach you" in page
    assert "Dev Officer, Officer, Example Council" in page
    assert "How you told us: By phone." in page
    assert page.count("gi-rows__who") == 1


def test_done_for_me_is_for_people_of_the_pool(commissioner, client_for):
    answer = client_for(commissioner).get(reverse("done_for_me"))
    assert answer.url == reverse("people:start_page")


def test_every_verb_that_is_typed_has_its_words(known, officer):
    """In a life that staff typed from end to end. Control: a verb of which nobody thought."""
    typed = {"actor": officer, "channel": "phone"}
    actions.change_details(person=known, name="Joyce M.", **typed)
    actions.save_profile(person=known, name="Joyce M.", important_to_me="Buses", **typed)
    actions.share_profile(person=known, **typed)
    actions.stop_sharing_profile(person=known, **typed)
    row = make_sign_up(make_opportunity(), known, actor=officer, channel="phone")
    sign_ups.withdraw(sign_up=row, **typed)
    verbs = set(AuditEvent.objects.exclude(on_behalf_of="").values_list("verb", flat=True))
    assert len(verbs) >= 5
    assert verbs - set(WORDS) == set()
    assert WORDS.get("never.heard", SOMETHING) == SOMETHING
