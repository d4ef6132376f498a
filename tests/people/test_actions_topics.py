"""Topics, time, place, how people came, who may look, offers and labels."""

import pytest

from coprod.lib.lifecycle import NotAllowed
from people import actions
from people.models import (
    AuditEvent,
    Availability,
    Cohort,
    Consent,
    Notice,
    PersonTopic,
    SupportOffer,
    Tag,
    TopicKind,
)
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(host):
    return factories.make_person("Ann Active", joined_through=host)


def chosen(person, kind):
    rows = person.topics.filter(kind=kind).order_by("pk")
    return [row.topic.name if row.topic else row.words for row in rows]


def lines(verb):
    return AuditEvent.objects.filter(verb=verb).count()


def test_a_list_is_exactly_what_was_chosen_and_the_log_does_not_say_what(person, coordinator):
    parks, buses = factories.make_topic(name="Parks"), factories.make_topic(name="Buses")
    for topics, words, expected in [
        ([parks, buses], ["Kites"], ["Parks", "Buses", "Kites"]),
        ([buses], ["Kites", "Ponds"], ["Buses", "Kites", "Ponds"]),
        ([buses], ["Kites", "Ponds"], ["Buses", "Kites", "Ponds"]),
    ]:
        facts = {"kind": TopicKind.INTEREST, "topics": topics, "words": words}
        actions.choose_topics(person=person, actor=coordinator, channel="phone", **facts)
        assert sorted(chosen(person, TopicKind.INTEREST)) == sorted(expected)
    event = AuditEvent.objects.filter(verb="person.topics_changed").latest("pk")
    assert (event.channel, event.on_behalf_of) == ("phone", str(person.pk))
    assert event.detail == {"list": "interest"}
    assert lines("person.topics_changed") == 2  # the third time nothing changed


def test_lived_experience_is_kept_while_the_person_agrees_and_no_longer(person, coordinator):
    care = factories.make_topic(TopicKind.EXPERIENCE, "Respite care")
    facts = {
        "person": person,
        "kind": TopicKind.EXPERIENCE,
        "topics": [care],
        "words": ["Night bus with a wheelchair"],
        "actor": coordinator,
        "channel": "paper",
    }
    actions.choose_topics(**facts)
    assert not PersonTopic.objects.exists()
    for _ in range(2):
        actions.choose_topics(agreed=True, **facts)
    consent = Consent.objects.get()
    assert (consent.purpose, consent.channel, consent.typed_by) == (
        "matching",
        "paper",
        coordinator,
    )
    assert {row.consent for row in PersonTopic.objects.all()} == {consent}
    actions.choose_topics(**facts)
    assert not PersonTopic.objects.exists()
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None


def test_a_yes_of_the_person_has_no_typist(resident):
    facts = {"kind": TopicKind.EXPERIENCE, "topics": [], "words": ["Caring"], "agreed": True}
    actions.choose_topics(person=resident.person, actor=resident, **facts)
    assert Consent.objects.get().typed_by is None


def test_time_and_place_and_joining_are_written_by_name(person):
    actions.set_availability(
        person=person, actor=None, days=["mon", "tue"], times=["evening"], notice_days=7
    )
    actions.set_availability(person=person, actor=None, invitations_a_month=2)
    town = factories.make_town("Oldbury")
    actions.set_place(person=person, actor=None, town=town, ward=None, how_far="borough")
    time = Availability.objects.get(person=person)
    assert (time.days, time.times, time.notice_days) == ("mon,tue", "evening", 7)
    assert (time.invitations_a_month, time.how_far) == (2, "borough")
    facts = {"kind": "representative", "represents": "Our Voice", "heard_from": "poster"}
    fresh = actions.set_joining(person=person, actor=None, **facts)
    assert (fresh.town, fresh.represents, fresh.heard_from) == (town, "Our Voice", "poster")
    verbs = ("availability_changed", "place_changed", "joining_changed")
    assert [lines(f"person.{verb}") for verb in verbs] == [2, 1, 1]


def test_partners_are_exactly_those_whom_the_person_chose(person, host, trust):
    assert [row.organisation for row in person.may_look.all()] == [host]
    for _ in range(2):
        actions.choose_partners(person=person, partners=[trust], actor=None, channel="phone")
    assert [row.organisation for row in person.may_look.all()] == [trust]
    assert lines("person.may_be_looked_for") == lines("person.may_not_be_looked_for") == 1
    actions.let_look(person=person, organisation=host, actor=None)
    actions.stop_looking(person=person, organisation=trust, actor=None)
    actions.stop_looking(person=person, organisation=trust, actor=None)
    assert [row.organisation for row in person.may_look.all()] == [host]


def test_a_wish_an_offer_and_an_answer(person, host, coordinator):
    wish = actions.wish_for(person=person, kind="support", what="A lift home", actor=None)
    facts = {"person": person, "organisation": host, "kind": "support", "actor": coordinator}
    offer = actions.make_offer(wish=wish, what="A taxi, paid by us", **facts)
    notice = Notice.objects.get(person=person)
    assert "taxi" not in f"{notice.subject}{notice.text}{notice.html}"
    for answer in ("declined", "taken", "taken"):
        actions.answer_offer(offer=offer, answer=answer, actor=coordinator, channel="phone")
    assert (lines("offer.declined"), lines("offer.taken")) == (1, 1)
    actions.drop_wish(wish=wish, actor=None)
    kept = SupportOffer.objects.get()
    assert (kept.answer, kept.channel, kept.wish) == ("taken", "phone", None)
    assert not any("lift" in str(event.detail) for event in AuditEvent.objects.all())
    offer.delete()
    with pytest.raises(NotAllowed, match="no longer there"):
        actions.answer_offer(offer=kept, answer="taken", actor=None)


def test_labels_are_those_of_one_organisation_alone(person, host, trust, coordinator):
    theirs = Tag.objects.create(organisation=trust, name="Reads drafts")
    person.tags.create(tag=theirs)
    facts = {"person": person, "organisation": host, "actor": coordinator}
    for _ in range(2):
        actions.set_labels(new_cohort="Advisors of 2026", new_tag="Reads drafts", **facts)
    tag, cohort = Tag.objects.get(organisation=host), Cohort.objects.get()
    actions.set_labels(cohorts=[cohort], tags=[tag], **facts)
    assert {row.tag for row in person.tags.all()} == {theirs, tag}
    assert lines("person.labels_changed") == 1
    actions.set_labels(**facts)
    assert {row.tag for row in person.tags.all()} == {theirs}
    assert not person.cohorts.exists()


def test_a_label_is_renamed_or_retired_and_who_has_it_keeps_it(person, host, trust, coordinator):
    for organisation, name in ((host, "Reads drafts"), (host, "Drives"), (trust, "Drafts")):
        Tag.objects.create(organisation=organisation, name=name)
    label = Tag.objects.get(name="Reads drafts")
    person.tags.create(tag=label)
    facts = {"label": label, "actor": coordinator}
    with pytest.raises(NotAllowed, match="of this name already"):
        actions.change_label(name="DRIVES", is_active=True, **facts)
    assert lines("label.changed") == 0
    actions.change_label(name="Drafts", is_active=False, **facts)
    label.refresh_from_db()
    assert (label.name, label.is_active, label.people.count()) == ("Drafts", False, 1)
    assert lines("label.changed") == 1
