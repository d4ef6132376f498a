"""What must always hold about helpers and young people: the database refuses the rest."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from coprod.lib.days import today
from people.lifecycle import AgreementStatus, RelationStatus
from people.models import (
    Agreement,
    AgreementKind,
    Authority,
    HelperLink,
    ImpactAssessment,
    Relation,
    RelationKind,
)
from tests import factories

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


@pytest.fixture
def person():
    return factories.make_person()


def test_a_relation_says_who_and_from_when(person):
    change = Relation.objects.filter(pk=factories.make_relation(person).pk).update
    refused(lambda: change(name=""))
    refused(lambda: change(valid_from=None))
    refused(lambda: change(valid_to=today() - 9 * DAY))
    refused(lambda: change(status=RelationStatus.ENDED))
    refused(lambda: change(ended_at=timezone.now()))
    change(status=RelationStatus.ENDED, ended_at=timezone.now())


@pytest.mark.parametrize("authority", [Authority.ATTORNEY, Authority.DEPUTY])
def test_who_acts_by_law_showed_something(person, authority):
    refused(lambda: factories.make_relation(person, authority=authority))
    refused(lambda: factories.make_relation(person, authority=authority, evidence="The order"))
    factories.make_relation(person, authority=authority, evidence="The order", evidence_on=today())


@pytest.mark.parametrize(
    ("kind", "authority"),
    [
        (RelationKind.ACTS_FOR, ""),
        (RelationKind.ACTS_FOR, Authority.PARENT),
        (RelationKind.GUARDIAN, Authority.ASKED),
        (RelationKind.SPEAKS_WITH, Authority.ASKED),
        (RelationKind.RECEIVES, Authority.DEPUTY),
    ],
)
def test_each_kind_has_its_own_right(person, kind, authority):
    refused(lambda: factories.make_relation(person, kind=kind, authority=authority))


def test_one_helper_helps_once_in_each_way(person):
    helper = factories.make_user()
    first = factories.make_relation(person, helper)
    refused(lambda: factories.make_relation(person, helper))
    factories.make_relation(person, helper, kind=RelationKind.SPEAKS_WITH)
    Relation.objects.filter(pk=first.pk).update(
        status=RelationStatus.ENDED, ended_at=timezone.now()
    )
    factories.make_relation(person, helper)


def test_a_link_is_used_or_revoked_and_expires_later(person):
    now = timezone.now()
    facts = {"relation": factories.make_relation(person), "email": "h@example.org"}
    link = HelperLink.objects.create(
        **facts, seed="a", token_hash="a", created_at=now, expires_at=now + DAY
    )
    refused(
        lambda: HelperLink.objects.create(**facts, seed="b", token_hash="b", expires_at=now + DAY)
    )
    rows = HelperLink.objects.filter(pk=link.pk)
    refused(lambda: rows.update(used_at=now, revoked_at=now))
    refused(lambda: rows.update(expires_at=now - DAY))
    rows.update(used_at=now)
    assert not rows.get().is_open(now)


def test_a_young_persons_yes_has_its_words_and_is_yes_or_no():
    young = factories.make_young()
    change = type(young).objects.filter(pk=young.pk).update
    refused(lambda: change(yes_wording=""))
    refused(lambda: change(no_at=timezone.now()))
    refused(lambda: change(ring_name="Mum"))
    change(ring_name="Mum", ring_phone="07700 900111")


def test_an_agreement_is_an_adults_for_all_or_alone_for_one(person):
    adults = factories.make_agreement(person)
    change = Agreement.objects.filter(pk=adults.pk).update
    refused(lambda: change(relation=None))
    refused(lambda: change(about="opportunity:1"))
    refused(lambda: change(how_checked=""))
    refused(lambda: change(checked_on=None))
    refused(lambda: change(ended_at=timezone.now()))
    refused(lambda: factories.make_agreement(person, adults.relation))
    alone = {
        "kind": AgreementKind.ALONE,
        "status": AgreementStatus.CHECKED,
        "about": "opportunity:1",
        "why_alone": "Asks good questions.",
        "explained_by": "Lena Lead",
        "explained_how": "With the pictures",
        "explained_on": today(),
    }
    for name in ("about", "why_alone", "explained_by", "explained_how"):
        refused(lambda name=name: Agreement.objects.create(person=person, **alone | {name: ""}))
    refused(lambda: Agreement.objects.create(person=person, **alone | {"explained_on": None}))
    Agreement.objects.create(person=person, **alone)


def test_an_impact_assessment_is_named_and_recorded_once():
    facts = {"organisation": factories.make_organisation(), "done_on": today()}
    one = facts | {"reference": "DPIA-12", "done_by": "Ivy Info"}
    ImpactAssessment.objects.create(**one)
    refused(lambda: ImpactAssessment.objects.create(**one))
    refused(lambda: ImpactAssessment.objects.create(**one | {"reference": ""}))
    refused(lambda: ImpactAssessment.objects.create(**one | {"reference": "2", "done_by": ""}))


@pytest.mark.parametrize(
    ("fields", "holds"),
    [
        ({}, True),
        ({"valid_to": today()}, True),
        ({"valid_from": today() + DAY}, False),
        ({"valid_from": today() - 2 * DAY, "valid_to": today() - DAY}, False),
        ({"status": RelationStatus.INVITED, "valid_from": None}, False),
        ({"status": RelationStatus.ENDED, "ended_at": timezone.now()}, False),
    ],
)
def test_whether_a_relation_holds_is_the_same_for_a_row_and_for_rows(person, fields, holds):
    helper = factories.make_user()
    row = factories.make_relation(person, helper, **fields)
    assert row.holds_on(today()) is holds
    assert Relation.objects.in_force_on(today()).exists() is holds
    assert Relation.objects.helped_by(helper, today()).exists() is holds
    waits = row.status == RelationStatus.INVITED
    assert Relation.objects.not_over(today()).exists() is (holds or waits)


@pytest.mark.parametrize(
    ("fields", "holds"),
    [
        ({}, True),
        ({"ask_again_on": None}, True),
        ({"ask_again_on": today()}, False),
        ({"status": AgreementStatus.GIVEN}, False),
    ],
)
def test_whether_an_agreement_holds_is_the_same_for_a_row_and_for_rows(person, fields, holds):
    row = factories.make_agreement(person, **fields)
    assert row.holds_on(today()) is holds
    assert Agreement.objects.in_force_on(today()).exists() is holds
    assert Agreement.objects.to_check().exists() is (row.status == AgreementStatus.GIVEN)
