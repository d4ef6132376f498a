"""Coming forward, as a resident does it in the browser."""

import pytest
from django.urls import reverse
from django.utils import timezone

from coprod.lib.days import add_months, today
from opportunities.actions import support, withdraw_brief
from opportunities.actions.decisions import choose, decline
from opportunities.actions.sign_ups import withdraw
from opportunities.levels import PlacesGiven
from opportunities.lifecycle import SignUpStatus as U
from opportunities.lifecycle import Status
from opportunities.models import Opportunity, SignUp, SignUpSupport
from people.actions import share_profile
from people.models import Consent, Person
from tests.factories import make_opportunity, make_person, make_profile, make_sign_up, make_user

ANSWERS = {
    "shares": ["experience"],
    "why": "I have waited for such letters",
    "contact_by": "phone",
    "phone": "07700 900 123",
    "old_enough": "yes",
}
SECRET = "I cannot hear well on my left"


@pytest.fixture
def brief(host):
    return make_opportunity(title="Clear letters", places=1)


@pytest.fixture
def page(brief):
    return reverse("opportunities:sign_up", args=[brief.slug])


@pytest.fixture
def signed_in(client_for, resident):
    make_profile(resident.person)
    return client_for(resident)


def text(response):
    return response.content.decode()


def own(name, sign_up):
    return reverse(f"opportunities:{name}", args=[sign_up.pk])


# --- sign_up ---------------------------------------------------------------------------------


def test_sign_up_shows_every_part_that_can_be_shared_and_the_notice(signed_in, host):
    brief = make_opportunity(pays=True)
    shown = text(signed_in.get(reverse("opportunities:sign_up", args=[brief.slug])))
    assert "What Amina Resident brings" in shown
    assert "get benefits: talk to an adviser before you say yes" in shown
    assert str(support.CONSENT_WORDING) in shown


def test_sign_up_with_an_empty_profile_offers_nothing_to_share(client_for, other_resident, page):
    shown = text(client_for(other_resident).get(page))
    assert "Your one page profile is empty so far" in shown
    assert "Share from my profile" not in shown


def test_sign_up_shows_no_notice_where_nothing_is_paid(signed_in, page):
    assert "get benefits" not in text(signed_in.get(page))


def test_sign_up_gives_a_place_and_says_so(signed_in, page, brief, resident):
    answer = signed_in.post(page, ANSWERS, follow=True)
    row = SignUp.objects.get()
    assert answer.redirect_chain == [(own("came_forward", row), 302)]
    assert "You have a place" in text(answer)
    assert (row.person, row.status, row.shares, row.contact_by, row.contact_detail) == (
        resident.person,
        U.PLACE,
        ["experience"],
        "phone",
        "07700 900 123",
    )
    assert row.why == ANSWERS["why"]


def test_sign_up_says_the_position_on_the_list(signed_in, page, brief):
    for _ in range(3):
        make_sign_up(brief)
    assert "You would go on the waiting list" in text(signed_in.get(page))
    assert "You are number 3 on the waiting list" in text(
        signed_in.post(page, ANSWERS, follow=True)
    )


def test_sign_up_where_the_team_chooses_says_when(signed_in, host):
    brief = make_opportunity(places_given=PlacesGiven.WE_CHOOSE)
    address = reverse("opportunities:sign_up", args=[brief.slug])
    shown = text(signed_in.post(address, ANSWERS, follow=True))
    assert "The team has your answer" in shown
    assert "You hear from us either way" in shown


def test_sign_up_sent_twice_is_one_sign_up(signed_in, page):
    signed_in.post(page, ANSWERS)
    again = signed_in.post(page, ANSWERS)
    assert SignUp.objects.count() == 1
    assert again.url == own("my_sign_up", SignUp.objects.get())


def test_sign_up_says_that_a_shared_page_is_open_to_the_team(signed_in, page, resident):
    """Not that they will not see what they do see: the two pages differ by sharing alone."""
    unticked, shared = "The parts of your profile that you did not tick", "Your page is shared"
    private = text(signed_in.get(page))
    assert (unticked in private, shared in private) == (True, False)
    share_profile(person=resident.person, actor=resident)
    open_to_them = text(signed_in.get(page))
    assert (unticked in open_to_them, shared in open_to_them) == (False, True)


def test_sign_up_previews_what_the_team_will_see_and_stores_nothing(signed_in, page):
    shown = text(signed_in.post(page, ANSWERS | {"do": "preview", "old_enough": ""}))
    preview = shown[shown.index("gi-preview") :]
    assert "What Amina Resident brings" in preview
    assert "How to help Amina Resident" not in preview
    assert ANSWERS["why"] in preview
    assert "07700 900 123" in preview
    assert "Choose yes or no" not in shown
    assert SignUp.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"contact_by": ""}, "Choose how the team may reach you"),
        ({"phone": "12"}, "Enter a phone number"),
        ({"contact_by": "text"}, "Enter a mobile number"),
        ({"contact_by": "letter"}, "Enter an address"),
        ({"contact_by": "email", "email": "x"}, "Enter an e-mail address"),
        ({"contact_by": "email", "email": ""}, "Enter an e-mail address"),
        ({"old_enough": ""}, "Choose yes or no"),
        ({"old_enough": "no"}, "rings us with you. Ring 0121 496 0123"),
        ({"support_text": SECRET}, "Tick the box to let the team read this"),
        ({"why": "x" * 601}, "Make this shorter: take out 1 letter."),
        ({"why": "x" * 5000}, "Make this shorter: take out 4,400 letters."),
        ({"shares": ["equality"]}, "equality"),
    ],
)
def test_sign_up_says_what_to_put_right_and_keeps_what_was_typed(signed_in, page, change, message):
    shown = text(signed_in.post(page, ANSWERS | change))
    assert message in shown
    assert "thing to put right" in shown
    assert SignUp.objects.count() == Consent.objects.count() == 0


def test_sign_up_of_somebody_under_18_is_held_where_the_brief_is_for_the_young(signed_in, host):
    brief = make_opportunity(min_age=14)
    address = reverse("opportunities:sign_up", args=[brief.slug])
    young = ANSWERS | {"old_enough": "no"}
    assert "Enter the date of birth" in text(signed_in.post(address, young))
    year = today().year
    born = {"born_on_day": "1", "born_on_month": "1"}
    too_young = young | born | {"born_on_year": str(year - 13)}
    assert "people who are 14 or over" in text(signed_in.post(address, too_young))
    assert SignUp.objects.count() == 0
    shown = text(
        signed_in.post(address, young | born | {"born_on_year": str(year - 15)}, follow=True)
    )
    assert "We wait for an agreement" in shown
    assert SignUp.objects.get().status == "held"
    other = make_opportunity(min_age=15)
    address = reverse("opportunities:sign_up", args=[other.slug])
    assert "Are you 18 or over?" not in text(signed_in.get(address))


def test_sign_up_keeps_support_only_with_its_consent(signed_in, page):
    signed_in.post(page, ANSWERS | {"support_text": SECRET, "support_consent": "on"})
    assert SignUpSupport.objects.get().text == SECRET
    assert Consent.objects.get().wording_version == support.CONSENT_VERSION


def test_sign_up_never_writes_a_consent_without_words(signed_in, page):
    signed_in.post(page, ANSWERS | {"support_consent": "on"})
    assert SignUp.objects.count() == 1
    assert Consent.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"status": Status.CLOSED}, "closed to new people"),
        ({"status": Status.IN_PROGRESS}, "has started, and takes no new people"),
        ({"status": Status.COMPLETED}, "is finished"),
        ({"starts_on": today(), "places": 1, "places_taken": 1}, "no waiting list"),
    ],
)
def test_sign_up_says_why_it_is_not_open(signed_in, host, fields, reason):
    brief = make_opportunity(**fields)
    address = reverse("opportunities:sign_up", args=[brief.slug])
    assert reason in text(signed_in.get(address))
    assert reason in text(signed_in.post(address, ANSWERS))
    assert SignUp.objects.count() == 0


def test_sign_up_says_that_it_filled_while_the_person_was_writing(signed_in, host, monkeypatch):
    brief = make_opportunity(starts_on=today(), places=1)
    address = reverse("opportunities:sign_up", args=[brief.slug])
    monkeypatch.setattr("opportunities.views.resident.closed_because", lambda *_: "")
    make_sign_up(brief)
    assert "no waiting list" in text(signed_in.post(address, ANSWERS))


def test_sign_up_of_a_draft_is_not_there(signed_in, client, host):
    brief = make_opportunity(status=Status.DRAFT)
    address = reverse("opportunities:sign_up", args=[brief.slug])
    assert [one.get(address).status_code for one in (signed_in, client)] == [404, 404]


def test_sign_up_without_an_account_offers_every_way(client, page):
    shown = text(client.get(page))
    assert f"?next={page}" in shown
    assert "0121 496 0123" in shown
    assert "paper-form" in shown
    client.post(page, ANSWERS)
    assert SignUp.objects.count() == 0


def test_sign_up_makes_a_person_of_an_account_without_one_on_sending_only(client_for, page):
    user = make_user("Nia New")
    signed_in = client_for(user)
    signed_in.get(page)
    assert Person.objects.count() == 0
    signed_in.post(page, ANSWERS | {"shares": []})
    assert SignUp.objects.get().person == Person.objects.get(user=user)


# --- my sign-ups -----------------------------------------------------------------------------


def test_my_sign_ups_begins_with_what_to_do(signed_in):
    shown = text(signed_in.get(reverse("opportunities:my_sign_ups")))
    assert "You have not come forward to anything yet" in shown


@pytest.mark.parametrize("number", [1, 3])
def test_my_sign_ups_asks_the_same_questions_for_one_and_for_three(
    signed_in, resident, host, django_assert_num_queries, number
):
    for _ in range(number):
        make_sign_up(make_opportunity(), resident.person)
    make_sign_up(make_opportunity(title="Somebody else’s"))
    with django_assert_num_queries(4):
        shown = text(signed_in.get(reverse("opportunities:my_sign_ups")))
    assert shown.count("You came forward on") == number
    assert "Somebody else" not in shown


def test_my_sign_ups_has_pages(signed_in, resident, host, monkeypatch):
    monkeypatch.setattr("opportunities.views.resident.PAGE_SIZE", 1)
    for title in ("First", "Second"):
        make_sign_up(make_opportunity(title=title), resident.person)
    shown = signed_in.get(reverse("opportunities:my_sign_ups"))
    assert "Second" in text(shown)
    following = shown.context["page"].following
    assert "First" in text(
        signed_in.get(f"{reverse('opportunities:my_sign_ups')}?page={following}")
    )


PAGES = ("my_sign_up", "came_forward", "change_sign_up", "change_support", "withdraw_sign_up")


@pytest.mark.parametrize("name", PAGES)
def test_nobody_else_finds_a_sign_up(name, brief, resident, stranger, officer, client_for):
    """Proved by the person, who finds it."""
    row = make_sign_up(brief, resident.person)
    answers = [client_for(who).get(own(name, row)).status_code for who in (stranger, officer)]
    assert answers == [404, 404]
    assert client_for(resident).get(own(name, row)).status_code == 200


@pytest.mark.parametrize("name", ["change_sign_up", "change_support", "withdraw_sign_up"])
def test_nobody_else_changes_a_sign_up(name, brief, resident, stranger, client_for):
    row = make_sign_up(brief, resident.person)
    assert client_for(stranger).post(own(name, row), ANSWERS).status_code == 404
    row.refresh_from_db()
    assert row.status == U.PLACE


def test_my_sign_up_shows_what_is_shared_and_who_looked(signed_in, brief, resident, officer):
    row = make_sign_up(
        brief, resident.person, support_text=SECRET, support_consent=True, why="Because"
    )
    support.open_support(sign_up=row, actor=officer)
    shown = text(signed_in.get(own("my_sign_up", row)))
    assert "What Amina Resident brings" in shown
    assert "How to help Amina Resident" not in shown
    assert SECRET in shown
    assert "Read what support you need for a project." in shown


def test_my_sign_up_says_that_the_project_will_not_happen_and_why(
    signed_in, brief, resident, officer
):
    """Nobody who was let go reads that they withdrew."""
    row = make_sign_up(brief, resident.person)
    withdraw_brief(opportunity=brief, actor=officer, reason="There is no money.")
    shown = text(signed_in.get(reverse("opportunities:my_sign_up", args=[row.pk])))
    assert "This project will not happen" in shown
    assert "There is no money." in shown
    assert "You have withdrawn" not in shown
    brief.changes.all().delete()
    assert "There is no money." not in text(
        signed_in.get(reverse("opportunities:my_sign_up", args=[row.pk]))
    )


def test_my_sign_up_says_who_typed_it(signed_in, brief, resident, officer):
    row = make_sign_up(brief, resident.person, actor=officer, channel="phone")
    assert "(By phone)" in text(signed_in.get(own("my_sign_up", row)))


def test_my_sign_up_after_an_answer(signed_in, host, resident, officer):
    """The kind answer is shown, the reason is not; proved by the row, in which it is."""
    brief = make_opportunity(places_given=PlacesGiven.WE_CHOOSE)
    row = make_sign_up(brief, resident.person)
    row = decline(sign_up=row, actor=officer, reason="INTERNAL", answer="So many came")
    assert row.decision_reason == "INTERNAL"
    shown = text(signed_in.get(own("my_sign_up", row)))
    assert "So many came" in shown
    assert "INTERNAL" not in shown
    choose(sign_up=row, actor=officer, answer="Welcome")
    assert "Welcome" in text(signed_in.get(own("my_sign_up", row)))


def test_my_sign_up_on_the_list_after_the_start_is_honest(signed_in, brief, resident):
    make_sign_up(brief)
    row = make_sign_up(brief, resident.person)
    Opportunity.objects.filter(pk=brief.pk).update(starts_on=today())
    assert "places are no longer passed on" in text(signed_in.get(own("my_sign_up", row)))


def test_change_sign_up_takes_back_what_was_shared(signed_in, brief, resident):
    row = make_sign_up(brief, resident.person, shares=["experience"])
    page = own("change_sign_up", row)
    assert "What Amina Resident brings" in text(signed_in.get(page))
    facts = {"shares": [], "contact_by": "letter", "address": "1 Example Road, B70 0XX"}
    assert signed_in.post(page, facts).url == own("my_sign_up", row)
    row.refresh_from_db()
    assert (row.shares, row.contact_by, row.contact_detail) == (
        [],
        "letter",
        "1 Example Road, B70 0XX",
    )


def test_change_sign_up_previews(signed_in, brief, resident):
    row = make_sign_up(brief, resident.person, shares=["experience"])
    facts = {"shares": ["how_to_help"], "contact_by": "phone", "phone": "", "do": "preview"}
    shown = text(signed_in.post(own("change_sign_up", row), facts))
    assert "How to help Amina Resident" in shown[shown.index("gi-preview") :]
    row.refresh_from_db()
    assert row.shares == ["experience"]


def test_change_support_is_given_changed_and_taken_back(signed_in, brief, resident):
    row = make_sign_up(brief, resident.person)
    page = own("change_support", row)
    signed_in.post(page, {"support_text": SECRET, "support_consent": "on"})
    assert SignUpSupport.objects.get().text == SECRET
    assert "Delete it" in text(signed_in.get(page))
    signed_in.post(page, {"support_text": "A ramp", "support_consent": "on"})
    assert SignUpSupport.objects.get().text == "A ramp"
    signed_in.post(page, {"support_text": "A ramp", "do": "take_back"})
    assert SignUpSupport.objects.count() == 0
    assert Consent.objects.filter(withdrawn_at=None).count() == 0


def test_change_support_emptied_is_taken_back(signed_in, brief, resident):
    row = make_sign_up(brief, resident.person, support_text=SECRET, support_consent=True)
    signed_in.post(own("change_support", row), {"support_text": ""})
    assert SignUpSupport.objects.count() == 0


def test_change_support_without_the_tick_is_not_kept(signed_in, brief, resident):
    row = make_sign_up(brief, resident.person)
    shown = text(signed_in.post(own("change_support", row), {"support_text": SECRET}))
    assert "Tick the box" in shown
    assert SECRET in shown
    assert SignUpSupport.objects.count() == 0


def test_withdraw_sign_up_asks_once_and_passes_the_place_on(signed_in, brief, resident):
    row = make_sign_up(brief, resident.person)
    following = make_sign_up(brief, make_person())
    page = own("withdraw_sign_up", row)
    assert "goes to the next person on the waiting list" in text(signed_in.get(page))
    assert signed_in.post(page).url == own("my_sign_up", row)
    following.refresh_from_db()
    assert following.status == U.PLACE
    shown = text(signed_in.get(own("my_sign_up", row)))
    assert "You have withdrawn" in shown
    assert "Come forward again" in shown


@pytest.mark.parametrize("name", ["change_sign_up", "change_support", "withdraw_sign_up"])
def test_whoever_left_is_led_to_what_became_of_it(name, signed_in, brief, resident):
    row = make_sign_up(brief, resident.person)
    withdraw(sign_up=row, actor=resident)
    assert signed_in.post(own(name, row), ANSWERS).url == own("my_sign_up", row)


def test_paper_form_asks_the_same_questions(client, host):
    brief = make_opportunity(gives_vouchers=True)
    shown = text(client.get(reverse("opportunities:paper_form", args=[brief.slug])))
    for words in (
        "Are you 18 or over?",
        "Share from my profile",
        "The experience I bring",
        str(support.CONSENT_WORDING),
    ):
        assert words in shown
    assert "get benefits" in shown


def test_my_sign_up_of_a_finished_project_thanks_and_lets_nobody_withdraw(
    signed_in, resident, host
):
    """Control: the same page while the project runs, which offers to withdraw."""
    brief = make_opportunity(starts_on=add_months(today(), -1))
    row = make_sign_up(brief, resident.person)
    address = reverse("opportunities:my_sign_up", args=[row.pk])
    public = signed_in.get(brief.get_absolute_url()).text
    assert "<strong>You have come forward.</strong> You have a place." in public
    assert "Places left" in public
    before = text(signed_in.get(address))
    assert "It has started" in before
    assert "It starts on" not in before
    assert "You can stop at any time" in before
    Opportunity.objects.update(status="completed", completed_at=timezone.now())
    answer = signed_in.get(address)
    assert f"/you-said-we-did/?project={brief.slug}" in answer.text
    assert "This is over. Thank you for taking part." in text(answer)
    assert "You can stop at any time" not in text(answer)
    assert "Finished" in text(signed_in.get(reverse("opportunities:my_sign_ups")))
    withdraw = reverse("opportunities:withdraw_sign_up", args=[row.pk])
    assert signed_in.get(withdraw).status_code == 302
    assert "nothing left to withdraw from" in text(signed_in.post(withdraw, follow=True))
    row.refresh_from_db()
    assert row.is_live
    assert "Places left" not in signed_in.get(brief.get_absolute_url()).text
