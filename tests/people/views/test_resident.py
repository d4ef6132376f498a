"""My own page: just what staff will see, private until I share it."""

import pytest
from django.urls import reverse

from people import actions
from people.models import Person, Profile
from people.queries import profile_of, profile_parts_done
from tests import factories

PARTS = [
    "What’s important to me",
    "The experience I bring to this group and/or the networks I connect with",
    "How you can best help me to contribute to this group",
    "The best way to contact me",
]


def at(client, name, *args):
    return client.get(reverse(f"people:{name}", args=args))


def post(client, page, /, **data):
    return client.post(reverse(f"people:{page}"), data, follow=True)


@pytest.fixture
def mine(client_for, resident):
    return client_for(resident)


def test_profile_has_the_templates_parts_in_its_words_and_order(mine, resident):
    factories.make_profile(resident.person)
    page = at(mine, "profile").content.decode()
    places = [page.index(f">{heading}</h2>") for heading in PARTS]
    assert places == sorted(places)
    assert ">Amina Resident</h1>" in page
    assert ">AR</text>" in page
    assert "6 of 6 parts done" in page
    assert "Only you can see this" in page


def test_profile_shows_the_person_what_staff_see(mine, resident, officer, host, client_for):
    """The same words in both; only the links to change them are the person's."""
    factories.make_profile(resident.person)
    actions.open_to(person=resident.person, organisation=host, actor=resident)
    actions.share_profile(person=resident.person, actor=resident)
    own = at(mine, "profile").content.decode()
    seen = at(client_for(officer), "show_person", resident.person.uuid).content.decode()
    for text in [*PARTS, *(part.text for part in profile_of(resident.person).parts)]:
        assert text in own
        assert text in seen
    assert "profile/edit" in own
    assert "profile/edit" not in seen


def test_profile_counts_the_parts_done(resident):
    profile = profile_of(resident.person)
    assert profile_parts_done(profile) == 2
    profile.experience, profile.how_to_help = "x", " \n "
    assert profile_parts_done(profile) == 3


def test_profile_edit_saves_and_stays_private(mine, resident):
    page = post(mine, "profile_edit", name="Amina K", how_to_help="Large print\nA break")
    assert page.redirect_chain == [("/my/profile/", 302)]
    profile = Profile.objects.get(person=resident.person)
    assert (profile.how_to_help, profile.is_shared) == ("Large print\nA break", False)
    assert "<li>" in page.content.decode()
    assert Person.objects.get(user=resident).name == "Amina K"


def test_profile_edit_keeps_what_was_written_when_the_name_is_missing(mine):
    page = post(mine, "profile_edit", name="", experience="Ten years")
    assert page.status_code == 200
    assert "Enter a name" in page.content.decode()
    assert "Ten years" in page.content.decode()
    assert page.content.decode().count("<title>Error: ") == 1


def test_profile_edit_has_a_limit_that_fits_one_page(mine):
    page = post(mine, "profile_edit", name="A", experience="x" * (Profile.PART_LIMIT + 1))
    assert "Make this shorter" in page.content.decode()


def test_profile_edit_takes_as_many_lines_as_fit(mine, resident):
    lines = ["a break"] * Profile.PART_LINES
    page = post(mine, "profile_edit", name="A", how_to_help="\n".join([*lines, "one more"]))
    assert "Use at most 12 lines" in page.content.decode()
    post(mine, "profile_edit", name="A", how_to_help="\r\n".join(lines))
    assert profile_of(resident.person).how_to_help == "\n".join(lines)


def test_profile_edit_shows_what_there_is(mine, resident):
    factories.make_profile(resident.person)
    page = at(mine, "profile_edit").content.decode()
    assert "What matters to Amina Resident" in page


def test_share_and_stop_sharing(mine, resident, host, client_for, officer):
    factories.make_profile(resident.person)
    actions.open_to(person=resident.person, organisation=host, actor=resident)
    page = post(mine, "share_profile").content.decode()
    assert profile_of(resident.person).is_shared
    assert "<li>Example Council</li>" in page
    page = post(mine, "stop_sharing_profile").content.decode()
    assert not profile_of(resident.person).is_shared
    assert "<li>Example Council</li>" not in page


def test_share_without_anybody_to_see_it_says_so(mine):
    page = post(mine, "share_profile").content.decode()
    assert "not come forward to anybody yet" in page


@pytest.mark.parametrize("name", ["share_profile", "stop_sharing_profile"])
def test_sharing_needs_a_button(mine, name):
    assert at(mine, name).status_code == 405


def test_profile_lists_who_opened_it(mine, resident, host, officer, client_for):
    actions.open_to(person=resident.person, organisation=host, actor=resident)
    assert "Nobody yet." in at(mine, "profile").content.decode()
    at(client_for(officer), "show_person", resident.person.uuid)
    actions.share_profile(person=resident.person, actor=resident)
    at(client_for(officer), "show_person", resident.person.uuid)
    page = at(mine, "profile").content.decode()
    assert page.count("Dev Officer") == 2
    assert "Officer, Example Council" in page
    assert "Read your page." in page
    assert "Looked up how to reach you." in page


@pytest.mark.parametrize("rows", [1, 3])
def test_profile_asks_the_same_number_of_questions(
    mine, resident, host, officer, rows, django_assert_num_queries
):
    for _row in range(rows):
        actions.record_opening(
            person=resident.person, profile=profile_of(resident.person), actor=officer
        )
    with django_assert_num_queries(10):
        at(mine, "profile")


def test_details_change_how_i_am_reached(mine, resident):
    town = factories.make_town("Oldbury")
    page = post(
        mine, "details", name="Amina", contact_by="phone", phone="07700 900 123", town=town.pk
    )
    person = Person.objects.get(user=resident)
    assert page.redirect_chain == [("/my/profile/", 302)]
    assert (person.contact_by, person.phone, person.town) == ("phone", "07700 900 123", town)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"contact_by": "phone"}, "Enter a phone number, or choose another way"),
        ({"contact_by": "text"}, "Enter a phone number, or choose another way"),
        ({"contact_by": "letter"}, "Enter an address, or choose another way"),
        ({"contact_by": "phone", "phone": "ring me"}, "Enter a phone number, like 0121 496 0123"),
        ({}, "Choose how we may reach you"),
    ],
)
def test_details_have_to_be_possible(mine, resident, data, message):
    page = post(mine, "details", name="Amina", **data).content.decode()
    assert message in page
    assert Person.objects.get(user=resident).contact_by == "email"


def test_details_by_email_need_nothing_more_and_cannot_take_another_address(mine, resident):
    """The address of an account is changed where it is proved."""
    before = resident.person.email
    post(mine, "details", name="Amina", contact_by="email", email="other@example.org")
    assert Person.objects.get(user=resident).email == before
    assert "/account/email/" in at(mine, "details").content.decode()


@pytest.mark.parametrize("name", ["profile", "profile_edit", "details"])
def test_staff_without_a_page_are_offered_one(client_for, officer, name):
    answer = at(client_for(officer), name)
    assert (answer.status_code, answer.url) == (302, "/my/start/")


@pytest.mark.parametrize("name", ["share_profile", "stop_sharing_profile"])
def test_staff_without_a_page_share_nothing(client_for, officer, name):
    post(client_for(officer), name)
    assert not Person.objects.filter(user=officer).exists()


def test_start_page_makes_one_page_for_somebody_of_staff(client_for, officer):
    client = client_for(officer)
    assert "Start my page" in at(client, "start_page").content.decode()
    page = post(client, "start_page")
    assert page.redirect_chain == [("/my/profile/edit/", 302)]
    assert Person.objects.get(user=officer).name == "Dev Officer"
    assert at(client, "start_page").url == "/my/profile/"


def test_start_page_of_an_account_without_a_name_is_called_by_its_address(client_for):
    user = factories.make_user("x", email="nia@example.org")
    user.name = ""
    user.save()
    post(client_for(user), "start_page")
    assert Person.objects.get(user=user).name == "nia"


def test_own_pages_are_never_somebody_elses(mine, other_resident):
    """There is no address of another person's page; the staff's page is closed to residents."""
    factories.make_profile(other_resident.person, important_to_me="Bob’s secret")
    assert "Bob’s secret" not in at(mine, "profile").content.decode()
    assert at(mine, "show_person", other_resident.person.uuid).status_code == 403
