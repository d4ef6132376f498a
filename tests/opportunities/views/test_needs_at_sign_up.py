"""Picking for one project what it may know of my page and my needs; and my sign-up afterwards."""

import re

import pytest
from django.urls import reverse

from opportunities.models import SignUp, SignUpNeed
from opportunities.queries import picked_needs, support_of
from people import actions
from people.models import Audience, AuditEvent, Need
from tests.factories import make_need, make_opportunity, make_person, make_profile, make_sign_up

ANSWERS = {"contact_by": "phone", "phone": "07700 900 123", "old_enough": "yes"}
CANARY = "canary-need-51b"


@pytest.fixture
def brief(host):
    return make_opportunity(title="Clear letters", places=9)


@pytest.fixture
def page(brief):
    return reverse("opportunities:sign_up", args=[brief.slug])


@pytest.fixture
def person(resident):
    make_profile(resident.person)
    return resident.person


@pytest.fixture
def need(person):
    return make_need(person, value="other", detail=CANARY, audience=Audience.ONLY_ME)


@pytest.fixture
def signed_in(client_for, resident):
    return client_for(resident)


def box(shown, name, value):
    tags = re.findall(r"<input[^>]*>", shown)
    return next(
        (one for one in tags if f'name="{name}"' in one and f'value="{value}"' in one), None
    )


def ticked(shown, name, value):
    return " checked" in box(shown, name, value)


def own(name, row):
    return reverse(f"opportunities:{name}", args=[row.pk])


def test_needs_are_offered_unticked_and_kept_only_with_consent(signed_in, page, need):
    shown = signed_in.get(page).text
    assert (CANARY in shown, ticked(shown, "needs", need.pk)) == (True, False)
    refused = signed_in.post(page, ANSWERS | {"needs": [need.pk]}).text
    assert "Tick the box to let the team read this" in refused
    assert not SignUp.objects.exists()
    signed_in.post(page, ANSWERS | {"needs": [need.pk], "support_consent": "on"})
    row = SignUp.objects.get()
    assert picked_needs(row) == [need]
    need.refresh_from_db()
    assert need.audience == Audience.PROJECT  # told to this project alone


def test_preview_shows_what_team_and_others_will_see_and_stores_nothing(signed_in, page, need):
    typed = {"needs": [need.pk], "shows": ["experience", f"need-{need.pk}"], "do": "preview"}
    shown = signed_in.post(page, ANSWERS | typed).text
    preview = shown[shown.index("gi-preview") :]
    team, others = preview.split("What the other people will see")
    assert (CANARY in team, "What Amina Resident brings" in team) == (True, False)
    assert (CANARY in others, "What Amina Resident brings" in others) == (True, True)
    assert not SignUp.objects.exists()
    need.refresh_from_db()
    assert need.audience == Audience.ONLY_ME


def test_what_the_others_may_know_the_team_may_too_with_consent(signed_in, page, need):
    typed = ANSWERS | {"shows": [f"need-{need.pk}"]}
    assert "Tick the box to let the team read this" in signed_in.post(page, typed).text
    signed_in.post(page, typed | {"support_consent": "on"})
    assert SignUpNeed.objects.of_group().count() == 1


def test_what_is_for_coordinators_is_not_offered_to_the_others(signed_in, page, person, resident):
    held = make_need(person, audience=Audience.COORDINATORS)
    actions.set_audiences(person=person, actor=resident, audiences={"experience": "coordinators"})
    shown = signed_in.get(page).text
    values = ("name", "how_to_help", "experience", f"need-{held.pk}")
    offered = [box(shown, "shows", value) is not None for value in values]
    assert offered == [True, True, False, False]


def test_my_sign_up_says_what_team_and_others_see_and_lets_me_take_it_back(
    signed_in, page, need, person
):
    typed = {"needs": [need.pk], "shows": ["name", f"need-{need.pk}"], "support_consent": "on"}
    signed_in.post(page, ANSWERS | typed)
    row = SignUp.objects.get()
    shown = signed_in.get(own("my_sign_up", row)).text
    assert shown.count(CANARY) == 2
    assert own("companions", row) in shown
    change = signed_in.get(own("change_sign_up", row)).text
    assert ticked(change, "shows", f"need-{need.pk}")
    signed_in.post(own("change_sign_up", row), ANSWERS)
    assert not SignUpNeed.objects.of_group()
    support = signed_in.get(own("change_support", row)).text
    assert ticked(support, "needs", need.pk)
    signed_in.post(own("change_support", row), {"support_text": "", "support_consent": "on"})
    assert (picked_needs(row), support_of(row)) == ([], None)
    signed_in.post(own("change_support", row), {"needs": [need.pk], "support_consent": "on"})
    Need.objects.all().delete()
    assert CANARY not in signed_in.get(own("my_sign_up", row)).text


def test_a_part_put_away_since_is_no_longer_said_to_be_seen(signed_in, brief, person, resident):
    row = make_sign_up(brief, person, shares=["experience"], shows=["experience"])
    words = "What Amina Resident brings"
    assert signed_in.get(own("my_sign_up", row)).text.count(words) == 2
    actions.set_audiences(person=person, actor=resident, audiences={"experience": "only_me"})
    assert words not in signed_in.get(own("my_sign_up", row)).text


def test_staff_read_needs_and_words_as_one_on_record(client_for, officer, brief, person, need):
    row = make_sign_up(brief, person, needs=[need], support_text="own-words", support_consent=True)
    page = reverse("opportunities:support", args=[brief.slug, row.pk])
    staff = client_for(officer)
    assert CANARY not in staff.get(page).text
    shown = staff.post(page).text
    assert (CANARY in shown, "own-words" in shown) == (True, True)
    assert AuditEvent.objects.filter(verb="support.opened", person=str(person.pk)).count() == 1


def test_staff_who_type_for_somebody_see_only_what_they_may_read(client_for, officer, brief, host):
    """Control: what is for coordinators is there, and that it was looked at is written down."""
    person = make_person("Kim Known", joined_through=host)
    make_profile(person)
    actions.set_audiences(person=person, actor=None, audiences={"how_to_help": "coordinators"})
    make_need(person, value="other", detail=CANARY, audience=Audience.ONLY_ME)
    shown_need = make_need(person, value="sttr")
    page = reverse("opportunities:add_known", args=[brief.slug, person.uuid])
    staff = client_for(officer)
    shown = staff.get(page).text
    words = ("How to help Kim", "What Kim Known brings", CANARY, "Speech-to-text reporter")
    assert [one in shown for one in words] == [True, False, False, True]
    assert AuditEvent.objects.filter(verb="needs.opened", person=str(person.pk)).count() == 1
    typed = ANSWERS | {"channel": "phone", "needs": [shown_need.pk], "support_consent": "on"}
    staff.post(page, typed)
    assert picked_needs(SignUp.objects.get()) == [shown_need]
