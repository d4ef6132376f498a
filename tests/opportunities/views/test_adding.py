"""Signing up somebody who rang, wrote or came by."""

import pytest
from django.urls import reverse

from coprod.lib import once
from coprod.lib.days import today
from opportunities.lifecycle import SignUpStatus as U
from opportunities.lifecycle import Status
from opportunities.models import Opportunity, SignUp, SignUpSupport
from people.actions import share_profile
from people.models import Consent, KnownTo, Notice, Person
from tests.factories import make_opportunity, make_person, make_profile, make_sign_up, make_town

FACTS = {
    "channel": "phone",
    "why": "She heard of it on the bus",
    "contact_by": "letter",
    "address": "1 Example Road, B70 0XX",
    "old_enough": "yes",
}
NEW = FACTS | {"name": "Nora New"}


@pytest.fixture
def brief(host):
    return make_opportunity(title="Clear letters")


@pytest.fixture
def signed_in(client_for, officer):
    return client_for(officer)


@pytest.fixture
def known(host):
    person = make_person("Kim Known", joined_through=host)
    make_profile(person)
    return person


def address(name, brief, *more):
    return reverse(f"opportunities:{name}", args=[brief.slug, *more])


def text(response):
    return response.content.decode()


def test_add_sign_up_finds_only_people_who_came_to_us(signed_in, brief, known, trust):
    make_person("Kim Elsewhere", joined_through=trust)
    shown = signed_in.get(address("add_sign_up", brief) + "?q=kim")
    assert [one.name for one in shown.context["people"]] == ["Kim Known"]
    assert "Nobody with" in text(signed_in.get(address("add_sign_up", brief) + "?q=zzz"))


def test_add_sign_up_says_who_is_in_already_and_that_there_are_more(
    signed_in, brief, known, host, monkeypatch
):
    monkeypatch.setattr("opportunities.views.adding.FOUND_SHOWN", 1)
    make_sign_up(brief, known)
    make_person("Kim Later", joined_through=host)
    shown = text(signed_in.get(address("add_sign_up", brief) + "?q=kim"))
    assert "Has come forward to this already" in shown
    assert "There are more" in shown
    assert "Kim Later" not in shown


@pytest.mark.parametrize("number", [1, 3])
def test_add_sign_up_asks_the_same_questions_for_one_and_for_three(
    signed_in, brief, host, django_assert_num_queries, number
):
    for n in range(number):
        make_person(f"Kim {n}", joined_through=host)
    with django_assert_num_queries(9):
        shown = signed_in.get(address("add_sign_up", brief) + "?q=kim")
    assert len(shown.context["people"]) == number


def test_add_sign_up_says_that_it_is_closed(signed_in, host):
    brief = make_opportunity(status=Status.CLOSED)
    assert "closed to new people" in text(signed_in.get(address("add_sign_up", brief)))


def test_add_known_keeps_channel_and_typist(signed_in, brief, known, officer):
    page = address("add_known", brief, known.uuid)
    answer = signed_in.post(page, FACTS | {"shares": ["experience"]}, follow=True)
    row = SignUp.objects.get()
    assert "Kim Known: Has a place." in text(answer)
    assert (row.person, row.channel, row.typed_by, row.status) == (
        known,
        "phone",
        officer,
        U.PLACE,
    )
    assert (row.contact_by, row.contact_detail) == ("letter", "1 Example Road, B70 0XX")


def test_add_known_shows_of_a_profile_what_staff_may_read_and_no_more(signed_in, brief, known):
    """The boxes to tick are there either way. Control: the same page once it is shared."""
    page = address("add_known", brief, known.uuid)
    private = text(signed_in.get(page))
    assert ("The experience I bring" in private, "What Kim Known brings" in private) == (
        True,
        False,
    )
    share_profile(person=known, actor=None)
    assert "What Kim Known brings" in text(signed_in.get(page))


def test_add_known_writes_a_consent_that_was_read_out(signed_in, brief, known, officer):
    page = address("add_known", brief, known.uuid)
    support = {"support_text": "A ramp", "support_consent": "on"}
    assert "Read this to them" in text(signed_in.get(page))
    signed_in.post(page, FACTS | support)
    consent = Consent.objects.get()
    assert (consent.channel, consent.typed_by) == ("phone", officer)
    assert SignUpSupport.objects.get().text == "A ramp"


def test_add_known_of_somebody_we_may_not_know_is_not_found(signed_in, brief, trust):
    other = make_person(joined_through=trust)
    page = address("add_known", brief, other.uuid)
    assert [signed_in.get(page).status_code, signed_in.post(page, FACTS).status_code] == [404, 404]


def test_add_known_never_says_that_it_came_online(signed_in, brief, known):
    page = address("add_known", brief, known.uuid)
    assert "Select a valid choice" in text(signed_in.post(page, FACTS | {"channel": "online"}))
    assert SignUp.objects.count() == 0


def test_add_known_shows_the_benefits_notice(signed_in, host, known):
    brief = make_opportunity(pays=True)
    shown = text(signed_in.get(address("add_known", brief, known.uuid)))
    assert "Read this to them first" in shown
    assert "Example Advice Centre" in shown


def test_add_known_under_18_where_the_brief_allows(signed_in, host, known):
    brief = make_opportunity(min_age=14)
    page = address("add_known", brief, known.uuid)
    assert "What is their date of birth?" in text(signed_in.get(page))
    born = {"born_on_day": "1", "born_on_month": "1", "born_on_year": str(today().year - 15)}
    signed_in.post(page, FACTS | {"old_enough": "no"} | born)
    assert SignUp.objects.get().status == "held"


def test_add_known_to_a_closed_brief_says_so_and_keeps_what_was_typed(signed_in, brief, known):
    Opportunity.objects.filter(pk=brief.pk).update(status=Status.CLOSED)
    shown = text(signed_in.post(address("add_known", brief, known.uuid), FACTS))
    assert "closed to new people" in shown
    assert "She heard of it on the bus" in shown


def test_add_newcomer_needs_a_name_and_no_email(signed_in, brief, officer, host):
    page = address("add_newcomer", brief)
    assert "Enter a name" in text(signed_in.post(page, NEW | {"name": ""}))
    town = make_town("Oldbury")
    signed_in.post(page, NEW | {"town": town.pk})
    person = Person.objects.get(name="Nora New")
    row = SignUp.objects.get()
    assert (row.person, row.typed_by, row.channel) == (person, officer, "phone")
    assert (person.email, person.contact_by, person.address, person.town) == (
        "",
        "letter",
        "1 Example Road, B70 0XX",
        town,
    )
    assert (person.joined_through, person.joined_channel) == (host, "phone")
    assert KnownTo.objects.filter(person=person, organisation=host).count() == 1
    assert Notice.objects.get(kind="place_given").status == Notice.Status.TASK


def test_add_newcomer_sent_twice_adds_one_person(signed_in, brief, officer):
    page, facts = address("add_newcomer", brief), NEW | {once.FIELD: once.new(officer.pk)}
    shown = [text(signed_in.post(page, facts, follow=True)) for _ in range(2)]
    assert "We had this from you already." in shown[1]
    assert Person.objects.count() == SignUp.objects.count() == 1


def test_add_newcomer_asks_whether_it_is_somebody_we_know(signed_in, brief, known, trust):
    Person.objects.filter(pk=known.pk).update(phone="0121 496 0456")
    make_person("Kim Known", phone="01214960456", joined_through=trust)
    facts = NEW | {"name": "kim known", "contact_by": "phone", "phone": "+44 121 496 0456"}
    shown = text(signed_in.post(address("add_newcomer", brief), facts))
    assert "Is it one of these?" in shown
    assert address("add_known", brief, known.uuid) in shown
    assert "1 person who came forward to another organisation" in shown
    assert SignUp.objects.count() == 0
    signed_in.post(address("add_newcomer", brief), facts | {"add_anyway": "1"})
    assert SignUp.objects.count() == 1


def test_add_newcomer_who_is_refused_is_not_added_and_may_be_sent_again(signed_in, brief):
    Opportunity.objects.filter(pk=brief.pk).update(status=Status.CLOSED)
    page = address("add_newcomer", brief)
    assert "closed to new people" in text(signed_in.post(page, NEW))
    assert Person.objects.count() == 0
    Opportunity.objects.filter(pk=brief.pk).update(status=Status.PUBLISHED)
    signed_in.post(page, NEW)
    assert Person.objects.count() == 1


@pytest.mark.parametrize("name", ["add_sign_up", "add_newcomer"])
def test_other_roles_add_nobody(name, brief, commissioner, other_officer, resident, client_for):
    answers = [
        client_for(who).post(address(name, brief), NEW).status_code
        for who in (commissioner, other_officer, resident)
    ]
    assert set(answers) <= {403, 405}
    assert SignUp.objects.count() == 0


def test_add_new_speaks_to_staff_about_somebody_else(client_for, officer, host):
    brief = make_opportunity()
    shown = (
        client_for(officer)
        .post(reverse("opportunities:add_newcomer", args=[brief.slug]), {"name": ""})
        .text
    )
    assert "Choose how the team may reach them" in shown
    assert "Choose how the team may reach you" not in shown
    assert "You can leave this empty" not in shown
