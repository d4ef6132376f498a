"""Pages for looking for people: officers ask, coordinators invite, residents answer."""

from __future__ import annotations

import pytest
from django.urls import reverse

from opportunities import actions
from opportunities.invitation_links import path_of
from opportunities.lifecycle import InvitationStatus, RequestStatus
from opportunities.models import PeopleRequest, ProjectInvitation
from people.models import Notice, TopicKind
from tests import factories as make
from tests.people.test_load import _asked as ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def brief(host):
    return make.make_opportunity(host, title="Break times")


@pytest.fixture
def respite():
    return make.make_topic(TopicKind.EXPERIENCE, "Respite care")


@pytest.fixture
def knows(host, respite):
    def one(name="Jo Example", **fields):
        person = make.make_person(name, joined_through=host, **fields)
        make.choose_topic(person, respite)
        return person

    return one


@pytest.fixture
def invited(brief, coordinator, resident, host):
    make.let_look(resident.person, host)
    (made,) = actions.invite(
        opportunity=brief, people=[resident.person], actor=coordinator, because={}
    )
    return made


def _url(name, *args):
    return reverse(f"opportunities:{name}", args=args)


# --- Officers ------------------------------------------------------------------------------------
def test_ask_for_people_shows_how_many_and_never_who(client_for, officer, brief, respite, knows):
    """Seven fit: the page says “about 5”, and has no name. Control: ``knows`` makes real names,
    which the coordinator’s page shows (below)."""
    for n in range(7):
        knows(f"Jo Number{n}")
    browser = client_for(officer)
    sent = {"number": "4", "experience": [respite.pk], "words": "Soon", "do": "look"}
    page = browser.post(_url("ask_for_people", brief.slug), sent).text
    assert "about 5 people" in page
    assert "Number" not in page
    assert 'value="4"' in page
    assert "Soon</textarea>" in page
    assert PeopleRequest.objects.count() == 0


def test_ask_for_people_keeps_the_request(client_for, officer, brief, respite, towns):
    sent = {"number": "4", "experience": [respite.pk], "towns": [towns[0].pk], "days": ["mon"]}
    browser = client_for(officer)
    answer = browser.post(_url("ask_for_people", brief.slug), sent, follow=True)
    assert "The coordinators are told" in answer.text
    asked = PeopleRequest.objects.get()
    assert (asked.number, asked.asked_by, [*asked.topics.all()]) == (4, officer, [respite])
    page = browser.get(_url("ask_for_people", brief.slug)).text
    assert "4 people, asked on" in page
    browser.post(_url("take_back_request", asked.pk))
    asked.refresh_from_db()
    assert asked.status == RequestStatus.TAKEN_BACK
    again = browser.post(_url("take_back_request", asked.pk), follow=True).text
    assert "settled already" in again


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("", "Enter how many people you need"),
        ("many", "Enter a number, like 4"),
        ("0", "Enter a number from 1 to 50"),
        ("51", "Enter a number from 1 to 50"),
    ],
)
def test_ask_for_people_says_what_is_wrong_and_keeps_the_rest(
    client_for, officer, brief, number, words
):
    sent = {"number": number, "words": "Please ring first"}
    page = client_for(officer).post(_url("ask_for_people", brief.slug), sent).text
    assert words in page
    assert "Please ring first" in page


def test_ask_for_people_of_a_closed_brief_is_refused(client_for, officer, host):
    closed = make.make_opportunity(host, status="closed")
    page = client_for(officer).post(_url("ask_for_people", closed.slug), {"number": "1"}).text
    assert "nobody can be invited" in page


def test_officers_see_no_candidates(client_for, officer, other_coordinator, brief):
    for user in (officer, other_coordinator):
        for name in ("invite_people", "invitations"):
            assert client_for(user).get(_url(name, brief.slug)).status_code == 403


# --- Coordinators --------------------------------------------------------------------------------
def test_invite_people_says_why_and_shows_before_it_goes(
    client_for, coordinator, officer, brief, respite, knows
):
    person, other = knows(), knows("Sam Sample")
    asked = actions.ask_for_people(
        opportunity=brief, actor=officer, number=2, topics=[respite], words="Please ring"
    )
    browser = client_for(coordinator)
    here = f"{_url('invite_people', brief.slug)}?request={asked.pk}"
    assert here in browser.get(reverse("staff_home")).text
    page = browser.get(here).text
    assert "Dev Officer needs 2 people" in page
    assert page.count("They said that they know about: Respite care") == 2
    sent = {"people": [str(person.uuid)], "message": "Hello there"}
    check = browser.post(here, sent).text
    assert "Invite 1 person?" in check
    assert Notice.objects.filter(kind="invited").count() == 0
    done = browser.post(here, {**sent, "do": "send"}, follow=True).text
    assert "1 person is invited" in done
    made = ProjectInvitation.objects.get()
    assert (made.person, made.request, [*made.because.all()]) == (person, asked, [respite])
    rest = browser.get(here).text
    assert (person.name in rest, other.name in rest) == (False, True)
    browser.post(_url("answer_request", asked.pk))
    asked.refresh_from_db()
    assert asked.status == RequestStatus.ANSWERED


def test_invite_people_needs_somebody_and_keeps_the_words(client_for, coordinator, brief, knows):
    knows()
    page = client_for(coordinator).post(_url("invite_people", brief.slug), {"message": "Hello"})
    assert "Tick at least one person" in page.text
    assert "Hello</textarea>" in page.text


def test_somebody_at_their_limit_needs_a_reason(client_for, coordinator, brief, knows, trust):
    person = knows()
    for _ in range(6):
        ask(person, trust)
    browser, here = client_for(coordinator), _url("invite_people", brief.slug)
    page = browser.get(here).text
    assert "At their limit" in page
    assert trust.name not in page
    sent = {"people": [str(person.uuid)], "do": "send"}
    assert "Say why you ask somebody" in browser.post(here, sent).text
    browser.post(here, {**sent, "override_reason": "She wished it"})
    assert ProjectInvitation.objects.get().override_reason == "She wished it"
    assert (
        "Asked at their limit: She wished it" in browser.get(_url("invitations", brief.slug)).text
    )


def test_the_way_back_keeps_what_was_ticked(client_for, coordinator, brief, knows):
    person = knows()
    sent = {"people": [str(person.uuid)], "message": "Hello", "do": "change"}
    page = client_for(coordinator).post(_url("invite_people", brief.slug), sent).text
    assert f'value="{person.uuid}" checked' in page


def test_nobody_left_to_invite(client_for, coordinator, brief):
    page = client_for(coordinator).get(_url("invite_people", brief.slug), {"request": "x"}).text
    assert "Nobody new fits" in page


@pytest.mark.parametrize("number", [1, 3])
def test_invitations_lists_what_they_said(
    client_for, coordinator, brief, knows, django_assert_num_queries, number
):
    people = [knows(f"Jo {n}") for n in range(number)]
    actions.invite(opportunity=brief, people=people, actor=coordinator, because={})
    browser = client_for(coordinator)
    with django_assert_num_queries(8):
        page = browser.get(_url("invitations", brief.slug)).text
    assert page.count("Invited on") == number
    empty = browser.get(_url("invitations", make.make_opportunity(brief.organisation).slug)).text
    assert "Nobody has been invited yet" in empty


def test_no_thanks_for_somebody_who_rang(client_for, coordinator, brief, invited):
    browser, here = client_for(coordinator), _url("no_thanks_for", invited.pk)
    assert "Choose how they told you" in browser.post(here).text
    page = browser.post(here, {"channel": "phone"}, follow=True).text
    assert "is not asked again" in page
    invited.refresh_from_db()
    assert (invited.status, invited.channel, invited.typed_by) == (
        InvitationStatus.NO_THANKS,
        "phone",
        coordinator,
    )


# --- Residents -----------------------------------------------------------------------------------
def test_my_invitations_are_answered_and_taken_back(client_for, resident, invited, brief):
    browser = client_for(resident)
    assert "You are invited" in browser.get(reverse("my")).text
    assert brief.title in browser.get(_url("my_invitations")).text
    said = browser.post(_url("no_thanks", invited.pk), follow=True).text
    assert "You said no thanks" in said
    assert "You are invited" not in browser.get(reverse("my")).text
    browser.post(_url("think_again", invited.pk))
    assert (
        "no answer to take back" in browser.post(_url("think_again", invited.pk), follow=True).text
    )
    make.make_sign_up(brief, resident.person)
    assert "You came forward" in browser.get(_url("my_invitations")).text


def test_my_invitations_are_mine(client_for, other_resident, invited):
    """Control: ``resident`` reads and answers the same invitation above."""
    browser = client_for(other_resident)
    assert "Nobody has invited you yet" in browser.get(_url("my_invitations")).text
    for name in ("no_thanks", "think_again", "no_thanks_for"):
        assert browser.post(_url(name, invited.pk)).status_code == 404
    invited.refresh_from_db()
    assert invited.status == InvitationStatus.SENT


def test_no_thanks_by_letter_needs_no_sign_in_and_shows_nobody(client, invited, resident):
    path = path_of(invited)
    page = client.get(path)
    assert resident.person.name not in page.text
    invited.refresh_from_db()
    assert invited.status == InvitationStatus.SENT
    for _ in range(2):
        assert "Thank you for telling us" in client.post(path).text
    invited.refresh_from_db()
    assert invited.status == InvitationStatus.NO_THANKS
    assert client.get(path[:-2] + "x/").status_code == 404
