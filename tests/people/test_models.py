"""What must always hold about organisations and the pool: the database refuses the rest."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from coprod.lib.days import today
from people.audit import record
from people.models import (
    Consent,
    EqualityAnswer,
    EqualityQuestion,
    Heartbeat,
    Invitation,
    KnownTo,
    Notice,
    Organisation,
    OrganisationName,
    Person,
    Profile,
    Team,
    Ward,
)
from tests import factories

pytestmark = pytest.mark.django_db
YESTERDAY = {"valid_from": dt.date(2026, 5, 7), "valid_to": dt.date(2026, 5, 6)}


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_nothing_ends_before_it_begins():
    organisation = factories.make_organisation()
    refused(lambda: Organisation.objects.update(**YESTERDAY))
    refused(
        lambda: OrganisationName.objects.create(organisation=organisation, name="x", **YESTERDAY)
    )
    refused(lambda: Ward.objects.create(code="E05099999", name="x", **YESTERDAY))


def test_there_is_one_host_and_any_number_of_partners():
    factories.make_organisation(is_host=True)
    factories.make_organisation()
    factories.make_organisation()
    refused(lambda: factories.make_organisation(is_host=True))


def test_a_team_has_its_name_once_in_its_organisation():
    one, two = factories.make_organisation(), factories.make_organisation()
    factories.make_team(one, "Adults")
    factories.make_team(two, "Adults")
    refused(lambda: factories.make_team(one, "Adults"))


def test_an_organisation_keeps_the_names_it_had():
    organisation = factories.make_organisation(name="New Name")
    OrganisationName.objects.create(
        organisation=organisation,
        name="Old Name",
        valid_from=dt.date(2014, 1, 1),
        valid_to=dt.date(2022, 6, 30),
    )
    before = organisation.former_names.in_force_on(dt.date(2022, 6, 30))
    assert [str(one) for one in before] == ["Old Name"]
    assert not organisation.former_names.in_force_on(dt.date(2022, 7, 1)).exists()


def test_a_person_has_a_name_and_an_address_for_what_they_chose():
    person = factories.make_person("Ann")
    refused(lambda: Person.objects.update(name=""))
    refused(lambda: Person.objects.update(email=""))
    Person.objects.update(email="", contact_by="letter")
    assert str(person) == person.first_name == "Ann"


def test_an_account_has_one_person_and_may_go_without_it():
    user = factories.make_resident("Ann")
    refused(lambda: factories.make_person("Second", user=user))
    user.delete()
    assert Person.objects.get().user is None


def test_a_person_keeps_whom_they_joined_through():
    organisation = factories.make_organisation()
    factories.make_person(joined_through=organisation)
    with pytest.raises(ProtectedError):
        organisation.delete()


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Gurpreet Kaur", "GK"), ("cher", "C"), ("Ana Maria de la Cruz", "AC"), ("Bob Bob", "B")],
)
def test_initials_stand_for_a_picture(name, initials):
    assert Person(name=name).initials == initials


def test_a_profile_is_one_and_its_parts_keep_the_templates_words():
    person = factories.make_person()
    profile = factories.make_profile(person, how_to_help=" a break \n\n large print")
    refused(lambda: Profile.objects.create(person=person))
    assert profile.parts[2].lines == ["a break", "large print"]
    assert profile.parts[1].heading == (
        "The experience I bring to this group and/or the networks I connect with"
    )


def test_long_profiles_are_set_in_small_print():
    short = Profile(important_to_me="x" * 100)
    assert not short.is_dense
    assert Profile(important_to_me="x" * 700, experience="x" * 201).is_dense
    assert Profile(how_to_help="a\n" * 13).is_dense


def test_a_person_is_known_to_an_organisation_once():
    person, organisation = factories.make_person(), factories.make_organisation()
    known = KnownTo.objects.create(person=person, organisation=organisation, reason="came_forward")
    refused(
        lambda: KnownTo.objects.create(
            person=person, organisation=organisation, reason="rang_or_wrote"
        )
    )
    assert str(known) == f"known to {organisation.pk}"


def test_a_consent_is_given_once_at_a_time_and_has_a_way_back():
    person = factories.make_person()
    facts = {"person": person, "purpose": "support_needs", "about": "opportunity:1"}
    first = Consent.objects.create(wording_version="1", **facts)
    refused(lambda: Consent.objects.create(wording_version="2", **facts))
    first.withdrawn_at = timezone.now()
    first.save()
    Consent.objects.create(wording_version="2", **facts)
    Consent.objects.create(wording_version="2", **(facts | {"about": "opportunity:2"}))
    assert Consent.objects.count() == 3


def test_the_log_keeps_ids_and_no_rows(django_assert_num_queries):
    """A person can go: the line about them stays, and names nobody."""
    person = factories.make_person("Ann Able")
    with django_assert_num_queries(1):
        event = record(verb="test.done", target=person, actor=None, person=person, number=1)
    key = str(person.pk)
    person.delete()
    event.refresh_from_db()
    assert (event.target_type, event.target, event.person) == ("people.person", key, key)
    assert (event.actor, event.role, event.organisation) == ("", "", "")
    assert "Ann" not in str(event.__dict__)


def test_rows_say_what_they_are_without_asking_the_database(django_assert_num_queries):
    """And without the name of a person."""
    rows = [
        (Organisation(name="Example Council"), "Example Council"),
        (Team(name="Adults"), "Adults"),
        (Invitation(email="a@example.org"), "a@example.org"),
        (Notice(kind="place", event="sign-up:1"), "place sign-up:1"),
        (Heartbeat(name="worker"), "worker"),
        (EqualityQuestion(code="sex", version="1"), "sex 1"),
        (EqualityAnswer(code="sex", value="female"), "sex"),
        (Profile(pk=7), "profile 7"),
        (Consent(purpose="support_needs", about="opportunity:1"), "support_needs opportunity:1"),
    ]
    officer = factories.make_staff(factories.make_organisation())
    event = record(verb="a.b", target=officer, actor=officer)
    with django_assert_num_queries(0):
        assert str(officer.acting) == f"Officer, {officer.acting.organisation_id}"
        assert str(event) == f"a.b people.user:{officer.pk}"
    assert today() >= officer.acting.valid_from
    for row, words in rows:
        assert str(row) == words
