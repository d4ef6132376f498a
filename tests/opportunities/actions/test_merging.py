"""Two pages of one person become one, with all that hangs on them, and two again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from coprod import integrity
from coprod.lib.lifecycle import NotAllowed
from opportunities.actions.merging import merge_people
from opportunities.actions.sign_ups import withdraw
from opportunities.lifecycle import SignUpStatus
from opportunities.models import Opportunity, SignUp
from people.actions import add_person
from people.actions.merging import forget_old_merges, undo_merge
from people.lifecycle import PoolStatus
from people.models import AuditEvent, KnownTo, Person, PersonMerge, PersonTopic
from tests import factories


@pytest.fixture
def two(host):
    """The same person, who rang twice."""
    rang = {"organisation": host, "actor": None, "channel": "phone", "contact_by": "phone"}
    kept = add_person(name="Ann Once", phone="0121 496 0701", **rang)
    gone = add_person(name="Anne Once", phone="0121 496 0702", address="1 Example Road", **rang)
    return kept, gone


def merge(two, host, coordinator, *take: str) -> PersonMerge:
    kept, gone = two
    facts = {"organisation": host, "actor": coordinator, "take": frozenset(take)}
    return merge_people(kept=kept, gone=gone, **facts)


def test_everything_moves_and_goes_back(two, host, coordinator):
    kept, gone = two
    first, second = factories.make_opportunity(), factories.make_opportunity()
    factories.make_sign_up(first, gone)
    factories.make_sign_up(second, kept)
    gone.profile.experience = "I know about respite care"
    gone.profile.save()
    done = merge(two, host, coordinator, "name", "address")
    kept.refresh_from_db()
    assert (kept.name, kept.phone, kept.address) == (
        "Anne Once",
        "0121 496 0701",
        "1 Example Road",
    )
    assert kept.profile.experience == "I know about respite care"
    assert {row.opportunity for row in kept.sign_ups.all()} == {first, second}
    assert list(Person.objects.all()) == [kept]
    assert not Person.objects.visible_to(coordinator).filter(pk=gone.pk).exists()
    log = AuditEvent.objects.filter(verb="person.merged").values_list("person", flat=True)
    assert set(log) == {str(kept.pk), str(gone.pk)}

    Person.objects.filter(pk=kept.pk).update(phone="0121 496 0799")
    undo_merge(merge=done, actor=coordinator)
    kept, gone = Person.objects.get(pk=kept.pk), Person.objects.get(pk=gone.pk)
    assert (kept.name, kept.phone, kept.address) == ("Ann Once", "0121 496 0799", "")
    assert (kept.profile.experience, gone.profile.experience) == ("", "I know about respite care")
    assert [row.opportunity for row in gone.sign_ups.all()] == [first]
    assert KnownTo.objects.filter(organisation=host).count() == 2
    with pytest.raises(NotAllowed):
        undo_merge(merge=done, actor=coordinator)


def test_what_was_changed_since_stays_as_it_is(two, host, coordinator):
    kept, _gone = two
    done = merge(two, host, coordinator, "name", "address")
    Person.objects.filter(pk=kept.pk).update(name="Ann Newname")
    undo_merge(merge=done, actor=coordinator)
    kept.refresh_from_db()
    assert (kept.name, kept.address) == ("Ann Newname", "")


def test_who_came_forward_twice_is_in_once_and_the_place_is_free(two, host, coordinator):
    kept, gone = two
    brief = factories.make_opportunity(places=2)
    for person in (kept, gone):
        factories.make_sign_up(brief, person)
    merge(two, host, coordinator)
    statuses = dict(SignUp.objects.values_list("person", "status"))
    assert statuses == {kept.pk: SignUpStatus.PLACE, gone.pk: SignUpStatus.WITHDRAWN}
    assert Opportunity.objects.get(pk=brief.pk).places_taken == 1


def test_the_page_with_the_place_is_the_one_that_stays(two, host, coordinator):
    kept, gone = two
    brief = factories.make_opportunity(places=1)
    factories.make_sign_up(brief, gone)
    factories.make_sign_up(brief, kept)
    with pytest.raises(NotAllowed):
        merge(two, host, coordinator)
    assert Person.objects.count() == 2
    merge((gone, kept), host, coordinator)


def test_what_is_refused(two, host, coordinator, resident):
    """An account is its owner's; who left, is gone or is the same cannot be merged."""
    kept, gone = two
    for pair in ((kept, resident.person), (kept, kept)):
        with pytest.raises(NotAllowed):
            merge(pair, host, coordinator)
    Person.objects.filter(pk=gone.pk).update(contact_by="letter", address="")
    with pytest.raises(NotAllowed):
        merge(two, host, coordinator, "contact_by")
    Person.objects.filter(pk=gone.pk).update(status=PoolStatus.LEFT)
    with pytest.raises(NotAllowed):
        merge(two, host, coordinator)
    Person.objects.filter(pk=gone.pk).update(status=PoolStatus.NOT_CONFIRMED)
    merge(two, host, coordinator)
    with pytest.raises(NotAllowed):
        merge(two, host, coordinator)


def test_details_of_an_account_stay_and_a_confirmed_page_confirms(two, host, coordinator, resident):
    kept, gone = two
    Person.objects.filter(pk=kept.pk).update(status=PoolStatus.NOT_CONFIRMED)
    Person.objects.filter(pk=gone.pk).update(status=PoolStatus.ACTIVE)
    merge(two, host, coordinator)
    assert Person.objects.get(pk=kept.pk).status == PoolStatus.ACTIVE
    own = resident.person
    merge((own, Person.objects.get(pk=kept.pk)), host, coordinator, "name")
    assert Person.objects.get(pk=own.pk).name == "Amina Resident"


def test_pages_that_went_are_emptied_when_nothing_can_be_undone(two, host, coordinator):
    _kept, gone = two
    done = merge(two, host, coordinator)
    assert forget_old_merges() == 0
    PersonMerge.objects.update(merged_at=done.merged_at - dt.timedelta(days=31))
    with pytest.raises(NotAllowed):
        undo_merge(merge=done, actor=coordinator)
    assert forget_old_merges() == 1
    empty = Person.everybody.get(pk=gone.pk)
    assert (empty.phone, empty.address, PersonMerge.objects.count()) == ("", "", 0)


def test_nobody_is_compared_with_themselves(two, coordinator, client_for):
    kept, gone = two
    desk = client_for(coordinator)
    for other, status in ((gone, 200), (kept, 404)):
        page = reverse("opportunities:merge_people", args=[kept.uuid, other.uuid])
        assert desk.get(page).status_code == status


def test_whoever_has_the_same_last_name_is_shown_before_anybody_searches(
    two, coordinator, client_for
):
    kept, gone = two
    desk, find = client_for(coordinator), reverse("opportunities:merge_find", args=[kept.uuid])
    assert [one.pk for one in desk.get(find).context["found"]] == [gone.pk]
    Person.objects.filter(pk=gone.pk).update(name="Anne Married")
    assert "Nobody else here has the same last name." in desk.get(find).content.decode()
    assert "Nobody else like that" in desk.get(find, {"q": "zzz"}).content.decode()


def test_a_coordinator_finds_compares_merges_and_undoes(two, coordinator, officer, client_for):
    kept, gone = two
    desk = client_for(coordinator)
    find = reverse("opportunities:merge_find", args=[kept.uuid])
    assert "Anne Once" in desk.get(find, {"q": "Anne"}).content.decode()
    compare = reverse("opportunities:merge_people", args=[kept.uuid, gone.uuid])
    page = desk.get(compare)
    assert list(page.context["form"].fields) == ["name", "phone", "address"]
    chosen = {"name": "kept", "phone": "kept", "address": "gone"}
    assert client_for(officer).post(compare, chosen).status_code == 403
    assert desk.post(compare, chosen)["Location"] == find
    assert Person.objects.get(pk=kept.pk).address == "1 Example Road"
    page = desk.get(find).content.decode()
    assert "Made one with this page" in page
    undo = reverse("opportunities:undo_merge", args=[kept.uuid, PersonMerge.objects.get().pk])
    for _time in "ab":
        assert desk.post(undo)["Location"] == find
    assert Person.objects.count() == 2
    Person.objects.filter(pk=gone.pk).update(status=PoolStatus.LEFT)
    assert "One of the two has left or died." in desk.post(compare, chosen).content.decode()


def test_what_was_lived_through_rests_on_the_agreement_of_who_stays(two, host, coordinator):
    """Both agreed to be found by it. Control: with the other one the check names the row."""
    kept, gone = two
    topics = [factories.make_topic("experience", name) for name in ("Respite care", "Moving")]
    mine, theirs = (
        factories.choose_topic(person, topic) for person, topic in zip(two, topics, strict=True)
    )
    before = theirs.consent
    done = merge(two, host, coordinator)
    theirs.refresh_from_db()
    assert (theirs.person, theirs.consent) == (kept, mine.consent)
    assert list(integrity.pool()) == []
    PersonTopic.objects.filter(pk=theirs.pk).update(consent=before)
    assert list(integrity.pool()) == [
        f"Topic {theirs.pk} of a person: kept without an agreement that holds."
    ]
    PersonTopic.objects.filter(pk=theirs.pk).update(consent=mine.consent)
    undo_merge(merge=done, actor=coordinator)
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (theirs.person, theirs.consent) == (gone, before)
    assert (mine.person, mine.consent.person) == (kept, kept)
    assert list(integrity.pool()) == []


def test_an_agreement_that_only_one_gave_moves_with_what_rests_on_it(two, host, coordinator):
    kept, gone = two
    topic = factories.choose_topic(gone, factories.make_topic("experience", "Respite care"))
    done = merge(two, host, coordinator)
    topic.refresh_from_db()
    assert (topic.person, topic.consent.person) == (kept, kept)
    assert list(integrity.pool()) == []
    undo_merge(merge=done, actor=coordinator)
    topic.refresh_from_db()
    assert (topic.person, topic.consent.person) == (gone, gone)


def test_a_sign_up_that_was_withdrawn_needs_no_withdrawing(two, host, coordinator):
    kept, gone = two
    brief = factories.make_opportunity()
    factories.make_sign_up(brief, kept)
    theirs = factories.make_sign_up(brief, gone)
    withdraw(sign_up=theirs, actor=coordinator)
    merge(two, host, coordinator)
    assert [row.status for row in kept.sign_ups.all()].count("place") == 1
