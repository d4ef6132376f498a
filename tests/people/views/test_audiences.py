"""Who may see which part of my page, in the browser, and its twin for staff."""

import pytest
from django.urls import reverse

from people import actions
from people.models import Audience, Profile
from people.queries import profile_of
from tests.factories import make_person, make_profile

PRIVATE = dict.fromkeys(Profile.PARTS, "only_me")


def address(name, *args):
    return reverse(f"people:{name}", args=args)


@pytest.fixture
def known(host, resident):
    make_profile(resident.person)
    actions.open_to(person=resident.person, organisation=host, actor=resident)
    return resident.person


def test_staff_see_the_parts_that_are_for_coordinators_and_no_others(
    client_for, resident, officer, known
):
    """Control: with ``limited_to`` left out of the view the other parts are there."""
    mine, page = client_for(resident), address("audiences")
    assert mine.get(page).status_code == 200
    mine.post(page, PRIVATE | {"experience": "coordinators", "how_to_help": "project"})
    shown = client_for(officer).get(address("show_person", known.uuid)).text
    seen = [
        words in shown for words in ("What Amina Resident brings", "How to help", "What matters")
    ]
    assert seen == [True, False, False]
    mine.post(page, PRIVATE)
    closed = client_for(officer).get(address("show_person", known.uuid)).text
    assert ("What Amina Resident brings" in closed, "has not shared" in closed) == (False, True)


def test_each_part_needs_an_answer_and_a_picture_is_not_for_projects(client_for, resident, known):
    mine, page = client_for(resident), address("audiences")
    missing = mine.post(page, PRIVATE | {"experience": ""}).text
    assert "Choose who may see this" not in missing
    assert "Choose who may know this" in missing
    mine.post(page, PRIVATE | {"photo": "project"})
    assert profile_of(known).audiences == {}


def test_my_profile_says_for_each_part_who_may_see_it(client_for, resident, known):
    actions.set_audiences(person=known, actor=resident, audiences={"experience": "project"})
    shown = client_for(resident).get(address("profile")).text
    assert shown.count("People of a project I joined") == 1
    assert shown.count(">Only me<") == 4
    assert "Nobody yet. When staff open your page" in shown


def test_staff_type_who_may_see_it_for_somebody_who_rang(client_for, officer, host):
    person = make_person(
        "Kim Known", joined_through=host, contact_by="phone", phone="07700 900125", email=""
    )
    staff, page = client_for(officer), address("type_audiences", person.uuid)
    assert staff.get(page).status_code == 200
    staff.post(page, PRIVATE | {"channel": "phone", "experience": "coordinators"})
    assert profile_of(person).audience_of("experience") == Audience.COORDINATORS


def test_staff_who_type_a_page_see_only_what_is_shared_and_empty_no_other_part(
    client_for, officer, host
):
    """Control: sent with the readable part empty, that one is emptied, as its reader meant."""
    person = make_person(
        "Kim Known", joined_through=host, contact_by="phone", phone="07700 900125", email=""
    )
    make_profile(person)
    actions.set_audiences(person=person, actor=officer, audiences={"experience": "coordinators"})
    staff, page = client_for(officer), address("type_profile", person.uuid)
    shown = staff.get(page).text
    assert ("What Kim Known brings" in shown, "How to help Kim" in shown) == (True, False)
    assert "only a part of this page" in shown
    staff.post(page, {"channel": "phone", "name": "Kim Known", "experience": ""})
    profile = profile_of(person)
    assert (profile.experience, profile.how_to_help) == ("", "How to help Kim Known")


def test_a_picture_that_is_for_its_person_alone_is_handed_to_nobody_else(
    client_for, resident, officer, known
):
    from coprod.lib.images import SafePicture
    from people.pictures import keep

    actions.share_profile(person=known, actor=resident)
    Profile.objects.update(photo=keep(SafePicture(small=b"small", large=b"large")))
    where = reverse("people:picture", args=[profile_of(known).photo_key, "small"])
    assert client_for(officer).get(where).status_code == 200
    actions.set_audiences(person=known, actor=resident, audiences={"photo": "only_me"})
    answers = [client_for(who).get(where).status_code for who in (officer, resident)]
    assert answers == [404, 200]
