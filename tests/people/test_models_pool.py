"""What the database refuses about belonging to the pool, topics, time and offers."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from coprod.lib.days import today
from people.lifecycle import PoolStatus
from people.models import (
    Availability,
    Cohort,
    CohortMember,
    Person,
    PersonTag,
    PersonTopic,
    SupportOffer,
    SupportWish,
    Tag,
    Topic,
    TopicKind,
)
from tests import factories

pytestmark = pytest.mark.django_db


def refused(model, **fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**fields)


def refused_change(rows, **fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**fields)


def test_a_break_has_an_end_and_nothing_else_has_one():
    people = Person.objects.filter(pk=factories.make_person().pk)
    refused_change(people, status=PoolStatus.PAUSED)
    refused_change(people, paused_until=today())
    people.update(status=PoolStatus.PAUSED, paused_until=today())


def test_a_representative_says_for_whom_and_a_resident_for_nobody():
    people = Person.objects.filter(pk=factories.make_person().pk)
    refused_change(people, kind="representative")
    refused_change(people, represents="Our Voice")
    people.update(kind="representative", represents="Our Voice")


def test_a_partner_may_look_once(host):
    looks = factories.let_look(factories.make_person(), host)
    refused(type(looks), person=looks.person, organisation=host)
    assert str(looks) == f"may be looked for by {host.pk}"


def test_a_topic_is_listed_or_own_and_experience_needs_a_yes():
    person, topic = factories.make_person(), factories.make_topic()
    mine = {"person": person, "kind": TopicKind.INTEREST}
    chosen = factories.choose_topic(person, topic)
    refused(PersonTopic, **mine)
    refused(PersonTopic, topic=factories.make_topic(name="Buses"), words="Buses", **mine)
    refused(PersonTopic, topic=topic, **mine)
    PersonTopic.objects.create(words="Kites", **mine)
    refused(PersonTopic, words="Kites", **mine)
    refused(PersonTopic, person=person, kind=TopicKind.EXPERIENCE, words="Caring")
    care = factories.make_topic(TopicKind.EXPERIENCE, "Respite care")
    assert factories.choose_topic(person, care).consent.purpose == "matching"
    refused(Topic, kind=TopicKind.INTEREST, name="Parks")
    refused(Topic, kind=TopicKind.INTEREST, name="")
    assert (str(topic), str(chosen)) == ("Parks", f"interest of {person.pk}")


def test_time_is_given_in_reason_and_said_in_words():
    person = factories.make_person()
    refused(Availability, person=person, notice_days=91)
    refused(Availability, person=person, projects_at_once=0)
    refused(Availability, person=person, projects_at_once=21)
    refused(Availability, person=person, invitations_a_month=32)
    time = Availability.objects.create(person=person, days="tue,mon", times="evening")
    assert (time.day_names, time.time_names) == (["Monday", "Tuesday"], ["Evenings"])
    assert (str(time), str(Availability(person=person).day_names)) == (
        f"availability of {person.pk}",
        "[]",
    )


@pytest.mark.parametrize(
    ("label", "one"), [(Cohort, CohortMember), (Tag, PersonTag)], ids=["cohort", "tag"]
)
def test_groups_and_labels_have_one_name_in_an_organisation_and_a_person_once(
    label, one, host, trust, coordinator, other_coordinator, commissioner
):
    made = label.objects.create(organisation=host, name="2026")
    theirs = label.objects.create(organisation=trust, name="2026")
    refused(label, organisation=host, name="2026")
    refused(label, organisation=host, name="")
    fields = {label._meta.model_name: made, "person": factories.make_person()}
    row = one.objects.create(**fields)
    refused(one, **fields)
    assert str(made) == "2026"
    assert str(made.pk) in str(row)
    seen = [coordinator, other_coordinator, commissioner]
    assert [list(label.objects.visible_to(user)) for user in seen] == [[made], [theirs], []]


def test_an_offer_is_answered_with_its_time_and_way_or_not_yet(host):
    person = factories.make_person()
    wish = SupportWish.objects.create(person=person, kind="support", what="A lift")
    facts = {"person": person, "organisation": host, "offered_on": today(), "kind": "training"}
    offer = SupportOffer.objects.create(what="A course", wish=wish, **facts)
    refused(SupportOffer, what="", **facts)
    refused(SupportOffer, what="A course", answer="taken", channel="phone", **facts)
    refused(SupportOffer, what="A course", answered_at=timezone.now(), **facts)
    refused(SupportWish, person=person, kind="support", what="")
    assert (str(offer), str(wish)) == (f"offer {offer.pk}", f"wish {wish.pk}")
