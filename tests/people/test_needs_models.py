"""What always holds of needs and of the parts of a profile, and who may read which."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from coprod.lib.days import add_months, today
from people import actions
from people.models import VALUES, Audience, AuditEvent, Consent, Need, Profile, Subset
from people.rules import can_read_need, can_read_profile, readable_parts
from tests.factories import make_need, make_organisation, make_profile, make_staff


@pytest.mark.parametrize(
    "wrong",
    [
        {"subset": "diagnosis"},
        {"audience": "everybody"},
        {"value": ""},
        {"value": "other"},
        {"value": "large_print", "subset": "format"},
        {"points": 18},
        {"review_due": today()},
    ],
    ids=lambda wrong: "-".join(map(str, wrong.values())),
)
def test_the_database_refuses_a_need_that_makes_no_sense(resident, wrong):
    make_need(resident.person, value="other", detail="A lamp")  # what is right is taken
    make_need(resident.person, subset="format", value="large_print", points=18)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_need(resident.person, **wrong)


def test_a_need_is_said_once_but_own_words_as_often_as_somebody_likes(resident):
    make_need(resident.person)
    for words in ("A lamp", "A ramp"):
        make_need(resident.person, value="other", detail=words)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_need(resident.person)


def test_every_kind_has_words_for_each_value_and_a_way_to_use_ones_own():
    assert set(VALUES) == set(Subset.values)
    limit = Need._meta.get_field("value").max_length
    for words in VALUES.values():
        assert "other" in words
        assert all(len(code) <= limit and str(label) for code, label in words.items())


def test_a_need_speaks_in_the_words_that_were_picked(resident):
    print_ = make_need(resident.person, subset="format", value="large_print", points=18)
    own = make_need(resident.person, value="other", detail="A lamp")
    both = make_need(resident.person, detail="The one from Tipton")
    assert [need.words for need in (print_, own, both)] == [
        "Large print, 18 pt",
        "A lamp",
        "BSL interpreter: The one from Tipton",
    ]
    assert str(own) == f"need {own.pk}"


def test_needs_are_due_twelve_months_after_they_were_looked_at(resident):
    old = make_need(resident.person, reviewed_on=add_months(today(), -12))
    new = make_need(resident.person, value="sttr", reviewed_on=add_months(today(), -11))
    assert (old.is_due, new.is_due) == (True, False)
    assert list(Need.objects.due_on(today())) == [old]


def test_rule_and_query_agree_on_who_may_read_a_need(
    resident, other_resident, officer, other_officer, coordinator, commissioner, stranger, host
):
    """Each of the three audiences, a consent that ended, and everybody of the cast.

    Control: with the audience left out of the query, or the consent, this fails.
    """
    actions.open_to(person=resident.person, organisation=host, actor=resident)
    person = resident.person
    needs = [
        make_need(person, value=value, audience=audience)
        for value, audience in zip(("bsl", "sse", "sttr"), Audience, strict=True)
    ]
    everybody = (resident, other_resident, officer, other_officer, coordinator, commissioner)
    for reader in (*everybody, stranger):
        by_rule = [need.pk for need in needs if can_read_need(reader, need)]
        assert by_rule == list(Need.objects.visible_to(reader).values_list("pk", flat=True))
    assert [len(Need.objects.visible_to(who)) for who in everybody] == [3, 0, 1, 0, 1, 0]
    Consent.objects.update(withdrawn_at=timezone.now())
    for reader in everybody:
        again = Need.objects.select_related("consent", "person")
        assert not any(can_read_need(reader, need) for need in again)
        assert not Need.objects.visible_to(reader)


def test_rule_and_query_agree_on_who_may_read_which_part(
    resident, other_resident, officer, other_officer, coordinator, commissioner, host
):
    """Control: ``readable_parts`` without its look at the audience fails this."""
    profile = make_profile(resident.person)
    actions.open_to(person=resident.person, organisation=host, actor=resident)
    mixed = {"experience": "coordinators", "how_to_help": "project", "photo": "only_me"}
    actions.set_audiences(person=resident.person, actor=resident, audiences=mixed)
    profile.refresh_from_db()
    for reader in (resident, other_resident, officer, other_officer, coordinator, commissioner):
        by_rule = readable_parts(reader, resident.person, profile)
        by_query = {part for part in Profile.PARTS if Profile.objects.showing(part, reader)}
        assert by_rule == by_query
        readable = bool(Profile.objects.visible_to(reader))
        assert readable == can_read_profile(reader, resident.person, profile)
    assert readable_parts(officer, resident.person, profile) == {"experience"}
    assert readable_parts(other_officer, resident.person, profile) == frozenset()
    assert readable_parts(make_staff(make_organisation()), resident.person, profile) == frozenset()


def test_an_audience_that_nobody_knows_is_for_the_person_alone(resident):
    profile = make_profile(resident.person, audiences={"experience": "everybody"})
    assert profile.audience_of("experience") == Audience.ONLY_ME
    for wrong in ({"name": "project"}, {"experience": "everybody"}):
        with pytest.raises(ValueError, match=r"name|everybody"):
            actions.set_audiences(person=resident.person, actor=resident, audiences=wrong)


def test_what_is_shared_has_a_date_while_any_part_is_for_coordinators(resident):
    person = resident.person
    make_profile(person)
    steps = [
        {"experience": "coordinators"},
        {"how_to_help": "coordinators", "experience": "only_me"},
        {"how_to_help": "project"},
        {"how_to_help": "project"},
    ]
    shared = [
        actions.set_audiences(person=person, actor=resident, audiences=step).is_shared
        for step in steps
    ]
    assert shared == [True, True, False, False]
    events = AuditEvent.objects.filter(person=str(person.pk)).order_by("pk")
    assert list(events.values_list("verb", flat=True)) == [
        "profile.shared",
        "profile.audiences_changed",
        "profile.unshared",
    ]
