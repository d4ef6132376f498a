"""People added, known to an organisation, shared and private again."""

import pytest

from people import actions
from people.models import AuditEvent, Channel, ContactBy, KnownTo, Person, Profile, User
from people.openings import openings_of
from people.queries import profile_of, who_can_see
from people.rules import can_read_profile, can_see_person
from tests import factories


def verbs(**about):
    return list(AuditEvent.objects.filter(**about).order_by("pk").values_list("verb", flat=True))


@pytest.mark.django_db
def test_joining_makes_one_person_with_an_empty_private_profile():
    user = factories.make_user("Amina")
    person = actions.join_online(user=user, name="Amina Khan")
    again = actions.join_online(user=user, name="Somebody else")
    assert again == person
    assert Person.objects.filter(user=user).count() == 1
    assert (person.name, person.email, person.contact_by) == ("Amina Khan", user.email, "email")
    assert not profile_of(person).is_shared
    assert User.objects.get(pk=user.pk).name == "Amina Khan"
    assert verbs(person=str(person.pk)) == ["person.joined"]


@pytest.mark.django_db
def test_joining_leaves_another_person_with_the_same_email_alone():
    """Control: the other person is there, and stays without an account."""
    user = factories.make_user("Amina")
    wife = factories.make_person("Zainab", email=user.email)
    person = actions.join_online(user=user, name="Amina")
    assert person != wife
    assert Person.objects.get(pk=wife.pk).user is None


@pytest.mark.django_db
def test_two_people_may_share_an_email():
    factories.make_person("Ann", email="both@example.org")
    factories.make_person("Bert", email="both@example.org")
    assert Person.objects.filter(email="both@example.org").count() == 2


def add(host, officer, **fields):
    facts = {"name": "Joyce Miller", "contact_by": ContactBy.PHONE, "phone": "07700 900111"}
    return actions.add_person(
        organisation=host, actor=officer, channel=Channel.PHONE, **(facts | fields)
    )


def test_who_rang_needs_no_email_and_the_typist_is_kept(host, officer, other_officer):
    person = add(host, officer)
    assert (person.email, person.user, person.joined_channel) == ("", None, Channel.PHONE)
    assert person.joined_through == host
    added = AuditEvent.objects.get(verb="person.added")
    assert (added.actor, added.on_behalf_of, added.channel) == (
        str(officer.pk),
        str(person.pk),
        "phone",
    )
    assert can_see_person(officer, person)
    assert not can_see_person(other_officer, person)


def test_coming_forward_opens_the_person_to_an_organisation_once(trust, resident, other_officer):
    person = resident.person
    assert not can_see_person(other_officer, person)
    first = actions.open_to(person=person, organisation=trust, actor=resident)
    second = actions.open_to(person=person, organisation=trust, actor=resident)
    assert first == second
    assert first.reason == KnownTo.Reason.CAME_FORWARD
    assert can_see_person(other_officer, person)
    assert verbs(person=str(person.pk)) == ["person.opened_to"]
    assert AuditEvent.objects.get(verb="person.opened_to").on_behalf_of == ""


def test_closing_takes_it_back_and_is_written_down_once(trust, resident, other_officer):
    person = resident.person
    actions.open_to(person=person, organisation=trust, actor=other_officer)
    assert AuditEvent.objects.get(verb="person.opened_to").on_behalf_of == str(person.pk)
    actions.close_to(person=person, organisation=trust, actor=resident)
    actions.close_to(person=person, organisation=trust, actor=resident)
    assert not can_see_person(other_officer, person)
    assert verbs(person=str(person.pk)) == ["person.opened_to", "person.closed_to"]


def test_rule_and_queryset_agree_on_who_sees_whom(
    host,
    trust,
    resident,
    other_resident,
    stranger,
    officer,
    other_officer,
    coordinator,
    commissioner,
    administrator,
    client_for,
):
    """Control: every one of the three people is seen by somebody and hidden from somebody."""
    actions.open_to(person=resident.person, organisation=host, actor=resident)
    added = add(trust, other_officer)
    people = [resident.person, other_resident.person, stranger.person, added]
    users = [
        resident,
        other_resident,
        officer,
        other_officer,
        coordinator,
        commissioner,
        administrator,
    ]
    for user in users:
        by_rule = {person for person in people if can_see_person(user, person)}
        assert set(Person.objects.visible_to(user)) == by_rule
    seen = {user.name: set(Person.objects.visible_to(user)) for user in users}
    assert seen["Dev Officer"] == seen["Femi Coordinator"] == {resident.person}
    assert seen["Eve Elsewhere"] == {added}
    assert seen["Amina Resident"] == {resident.person}
    assert seen["Harpreet Commissioner"] == seen["Iris Administrator"] == set()
    assert set(Person.objects.came_forward_to(trust)) == {added}


@pytest.mark.django_db
def test_nobody_is_visible_to_visitors(resident):
    from django.contrib.auth.models import AnonymousUser

    assert list(Person.objects.visible_to(AnonymousUser())) == []


def test_profile_is_read_by_its_person_and_by_those_it_was_shared_with(
    host, resident, other_resident, officer, other_officer
):
    person = resident.person
    actions.open_to(person=person, organisation=host, actor=resident)
    profile = profile_of(person)
    assert can_read_profile(resident, person, profile)
    assert not can_read_profile(officer, person, profile)
    profile = actions.share_profile(person=person, actor=resident)
    assert can_read_profile(officer, person, profile)
    assert not can_read_profile(other_officer, person, profile)
    assert not can_read_profile(other_resident, person, profile)
    profile = actions.stop_sharing_profile(person=person, actor=resident)
    assert not can_read_profile(officer, person, profile)


def test_sharing_twice_changes_nothing(resident):
    person = resident.person
    since = actions.share_profile(person=person, actor=resident).shared_at
    assert actions.share_profile(person=person, actor=resident).shared_at == since
    actions.stop_sharing_profile(person=person, actor=resident)
    actions.stop_sharing_profile(person=person, actor=resident)
    assert verbs(person=str(person.pk)) == ["profile.shared", "profile.unshared"]


def test_saving_the_profile_keeps_what_was_not_sent_and_stays_private(resident):
    person = resident.person
    factories.make_profile(person, experience="Ten years of caring")
    profile = actions.save_profile(
        person=person, actor=resident, name="Amina K", important_to_me="My garden"
    )
    assert (profile.important_to_me, profile.experience) == ("My garden", "Ten years of caring")
    assert not profile.is_shared
    assert Person.objects.get(pk=person.pk).name == "Amina K"


def test_details_say_which_changed_and_not_to_what(resident):
    person = resident.person
    actions.change_details(
        person=person, actor=resident, name="Amina New", phone="07700 900222", email=person.email
    )
    event = AuditEvent.objects.get(verb="person.details_changed")
    assert event.detail == {"changed": ["name", "phone"]}
    assert User.objects.get(pk=resident.pk).name == "Amina New"


def test_details_that_are_the_same_leave_no_line(resident):
    actions.change_details(person=resident.person, actor=resident, name=resident.person.name)
    assert verbs() == []


def test_details_of_somebody_without_an_account_are_changed_on_their_behalf(host, officer):
    person = add(host, officer)
    actions.change_details(person=person, actor=officer, name="Joyce M. Miller")
    event = AuditEvent.objects.get(verb="person.details_changed")
    assert event.on_behalf_of == str(person.pk)


def test_openings_say_who_when_and_in_which_role(host, resident, officer):
    person = resident.person
    private = profile_of(person)
    actions.record_opening(person=person, profile=private, actor=officer)
    shared = actions.share_profile(person=person, actor=resident)
    actions.record_opening(person=person, profile=shared, actor=officer)
    facts = [(one.name, one.role, one.organisation, one.what) for one in openings_of(person)]
    assert facts == [
        ("Dev Officer", "Officer", "Example Council", "Read your page."),
        ("Dev Officer", "Officer", "Example Council", "Looked up how to reach you."),
    ]


def test_an_opening_without_an_organisation_is_still_listed(resident, other_resident):
    actions.record_opening(
        person=resident.person, profile=profile_of(resident.person), actor=other_resident
    )
    (opening,) = openings_of(resident.person)
    assert (opening.name, opening.role, opening.organisation) == ("Bob Neighbour", "", "")


def test_who_can_see_lists_each_organisation_once(host, trust, officer, resident):
    person = add(host, officer)
    actions.open_to(person=person, organisation=trust, actor=officer)
    assert set(who_can_see(person)) == {host, trust}
    assert list(who_can_see(resident.person)) == []


@pytest.mark.parametrize(
    ("contact_by", "known", "expected"),
    [
        ("email", {"email": "a@example.org"}, True),
        ("email", {"phone": "1"}, False),
        ("phone", {"phone": "1"}, True),
        ("text", {"phone": "1"}, True),
        ("text", {"address": "1 High Street"}, False),
        ("letter", {"address": "1 High Street"}, True),
        ("letter", {"address": "  "}, False),
    ],
)
def test_reachable_by(contact_by, known, expected):
    from people.actions.pool import reachable_by

    assert (
        reachable_by(contact_by, **({"email": "", "phone": "", "address": ""} | known)) is expected
    )


@pytest.mark.django_db
def test_profile_of_somebody_new_is_made_once():
    person = factories.make_person()
    assert profile_of(person) == profile_of(person)
    assert Profile.objects.count() == 1
