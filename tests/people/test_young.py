"""Whose word it takes that a young person takes part: by age, to the day."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from coprod.lib.days import add_months, today
from coprod.lib.lifecycle import NotAllowed
from people import actions
from people.lifecycle import AgreementStatus, RelationStatus
from people.models import (
    Agreement,
    AuditEvent,
    Authority,
    Notice,
    Organisation,
    Relation,
    RelationKind,
    Role,
    YoungPerson,
)
from people.signals import agreement_changed
from people.young import Missing, age_on, birthday, is_young, needs_an_adult, standing_of
from tests import factories

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
YES, ADULT, CHECK = Missing.YES, Missing.ADULT, Missing.CHECK
ALONE = {
    "why_alone": "Asks what happens with the notes.",
    "explained_by": "Lena Lead",
    "explained_how": "With the pictures, twice",
}


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ((2010, 6, 2), (2026, 6, 1), 15),
        ((2010, 6, 2), (2026, 6, 2), 16),
        ((2008, 2, 29), (2024, 2, 28), 15),
        ((2008, 2, 29), (2024, 2, 29), 16),
        ((2008, 2, 29), (2026, 2, 28), 17),
        ((2008, 2, 29), (2026, 3, 1), 18),
    ],
)
def test_an_age_is_reached_when_its_birthday_begins(born, day, age):
    assert age_on(dt.date(*born), dt.date(*day)) == age


def test_a_birthday_of_29_february_is_on_1_march_in_other_years():
    assert birthday(dt.date(2008, 2, 29), 16) == dt.date(2024, 2, 29)
    assert birthday(dt.date(2008, 2, 29), 18) == dt.date(2026, 3, 1)


@pytest.mark.parametrize(("moment", "young"), [("22:59:59", True), ("23:00:00", False)])
def test_somebody_is_18_at_midnight_in_london(moment, young):
    """In summer London is an hour ahead of the clock that the server keeps."""
    person = factories.make_young(born_on=dt.date(2008, 7, 2)).person
    with time_machine.travel(f"2026-07-01T{moment}+00:00", tick=False):
        assert is_young(person) is young
        assert (standing_of(person) is None) is not young


TABLE = [
    # age, own yes, what an adult did, a lead wrote why they decide alone, what is missing
    (12, True, None, False, [ADULT]),
    (12, True, AgreementStatus.ASKED, False, [ADULT]),
    (12, True, AgreementStatus.GIVEN, False, [CHECK]),
    (12, True, AgreementStatus.CHECKED, False, []),
    (12, False, AgreementStatus.CHECKED, False, [YES]),
    (12, True, AgreementStatus.REFUSED, False, [ADULT]),
    (12, True, AgreementStatus.ENDED, False, [ADULT]),
    (12, True, None, True, [ADULT]),
    (13, True, None, False, [ADULT]),
    (13, True, None, True, []),
    (15, True, AgreementStatus.GIVEN, False, [CHECK]),
    (15, True, AgreementStatus.CHECKED, False, []),
    (15, False, None, True, [YES]),
    (15, False, None, False, [YES, ADULT]),
    (16, True, None, False, []),
    (16, False, None, False, [YES]),
    (17, True, None, False, []),
]


@pytest.mark.parametrize(("age", "yes", "adult", "alone", "missing"), TABLE)
def test_what_is_missing(age, yes, adult, alone, missing):
    said = {} if yes else {"yes_at": None}
    person = factories.make_young(age=age, **said).person
    if adult:
        ended = timezone.now() if adult in {"refused", "ended"} else None
        factories.make_agreement(person, status=adult, ended_at=ended)
    if alone:
        Agreement.objects.create(
            person=person,
            kind="alone",
            status=AgreementStatus.CHECKED,
            about="opportunity:7",
            explained_on=today(),
            **ALONE,
        )
    found = standing_of(person, "opportunity:7")
    assert list(found.missing) == missing
    assert found.is_ready is (not missing)
    assert found.decides is (age >= 16)
    assert needs_an_adult(person) is (age < 16)
    assert [str(words) for words in found.in_words] == [str(one.label) for one in missing]
    other = standing_of(person, "opportunity:8")
    assert (other.missing == found.missing) is not (alone and age in {13, 15})


def test_grown_ups_are_nobody_s_business():
    person = factories.make_person()
    assert standing_of(person) is None
    assert not is_young(None)
    assert not needs_an_adult(person)


# --- The verbs -----------------------------------------------------------------------------------
@pytest.fixture
def council(host):
    return host


@pytest.fixture
def child(council):
    """A girl of 12 whom the council knows."""
    person = factories.make_resident("Yara Young", joined_through=council).person
    actions.open_to(person=person, organisation=council, actor=None)
    factories.make_young(person, 12)
    return person


@pytest.fixture
def looked_again():
    seen = []

    def look(person, **_more):
        seen.append(person.pk)

    agreement_changed.connect(look)
    yield seen
    agreement_changed.disconnect(look)


def test_the_date_of_birth_is_kept_of_those_under_18_alone(resident, looked_again):
    person = resident.person
    factories.make_profile(person)
    actions.share_profile(person=person, actor=resident)
    grown = actions.note_age(person=person, actor=resident, born_on=add_months(today(), -12 * 18))
    assert (grown, YoungPerson.objects.count(), looked_again) == (None, 0, [])
    born = add_months(today(), -12 * 14)
    actions.note_age(person=person, actor=resident, born_on=born + DAY)
    young = actions.note_age(person=person, actor=resident, born_on=born)
    assert (young.born_on, YoungPerson.objects.count()) == (born, 1)
    person.profile.refresh_from_db()
    assert not person.profile.is_shared
    assert looked_again == [person.pk, person.pk]
    for wrong in (today() + DAY, dt.date(1850, 1, 1)):
        with pytest.raises(NotAllowed, match="Enter a date of birth"):
            actions.note_age(person=person, actor=resident, born_on=wrong)
    said = AuditEvent.objects.filter(verb="young.age_noted").values_list("detail", flat=True)
    assert list(said) == [{}, {}]


def test_yes_is_said_and_taken_back(child, coordinator, looked_again):
    YoungPerson.objects.update(yes_at=None, yes_wording="")
    actions.say_yes(person=child, actor=child.user)
    young = YoungPerson.objects.get()
    assert (young.yes_wording, young.yes_typed_by, young.ring_name) == ("2026-11", None, "")
    actions.take_back_yes(person=child, actor=child.user)
    actions.take_back_yes(person=child, actor=child.user)
    young.refresh_from_db()
    assert young.yes_at is None
    assert young.no_at
    ring = {"ring_name": "Mona", "ring_phone": "07700 900111", "ring_is_my": "aunt"}
    actions.say_yes(person=child, actor=coordinator, channel="phone", **ring)
    young.refresh_from_db()
    assert (young.no_at, young.yes_typed_by, young.yes_channel) == (None, coordinator, "phone")
    assert (young.ring_name, young.ring_phone, young.ring_is_my) == tuple(ring.values())
    assert len(looked_again) == 3
    event = AuditEvent.objects.filter(verb="young.said_yes").first()
    assert (event.on_behalf_of, event.channel) == (str(child.pk), "phone")
    with pytest.raises(NotAllowed, match="under 18"):
        actions.say_yes(person=coordinator_person(), actor=None)


def coordinator_person():
    return factories.make_person()


def asked(child, actor=None, **facts):
    return actions.ask_guardian(
        person=child, actor=actor or child.user, **({"name": "Gail Guardian"} | facts)
    )


def test_an_adult_agrees_on_paper_and_is_checked(child, coordinator, officer, looked_again):
    one = asked(child, coordinator, phone="07700 900222", channel="paper")
    assert actions.agreements.ask_agreement(relation=one.relation, actor=None) == one
    assert one.relation.status == RelationStatus.IN_FORCE
    checking = {"agreement": one, "how_checked": "Spoke to school"}
    with pytest.raises(NotAllowed, match="Only what an adult agreed to"):
        actions.check_agreement(actor=coordinator, **checking)
    actions.give_agreement(agreement=one, actor=coordinator, channel="paper")
    with pytest.raises(NotAllowed, match="answered already"):
        actions.give_agreement(agreement=one, actor=coordinator)
    with pytest.raises(NotAllowed, match="Only a coordinator"):
        actions.check_agreement(actor=officer, **checking)
    with pytest.raises(NotAllowed, match="how you checked"):
        actions.check_agreement(actor=coordinator, agreement=one, how_checked=" ")
    assert list(standing_of(child).missing) == [CHECK]
    actions.check_agreement(actor=coordinator, **checking)
    one.refresh_from_db()
    assert (one.how_checked, one.checked_by, one.checked_on) == (
        "Spoke to school",
        coordinator,
        today(),
    )
    assert (one.typed_by, one.channel) == (coordinator, "paper")
    assert one.ask_again_on == add_months(today(), 12)
    assert standing_of(child).is_ready
    assert looked_again == [child.pk]


def test_an_agreement_ends_with_the_16th_birthday_at_the_latest(child, coordinator):
    young = child.young
    young.born_on = add_months(today(), -12 * 16) + 40 * DAY
    young.save()
    one = asked(child)
    actions.give_agreement(agreement=one, actor=None)
    actions.check_agreement(agreement=one, actor=coordinator, how_checked="Passport")
    one.refresh_from_db()
    assert one.ask_again_on == birthday(young.born_on, 16)


def test_an_adult_says_no(child, looked_again):
    one = asked(child)
    actions.refuse_agreement(agreement=one, actor=None, channel="phone")
    one.refresh_from_db()
    assert one.status == AgreementStatus.REFUSED
    assert looked_again == [child.pk]
    assert asked(child).pk != one.pk


def test_a_lead_writes_down_why_somebody_decides_alone(child, officer, looked_again):
    facts = {"person": child, "about": "opportunity:7", "actor": officer, **ALONE}
    with pytest.raises(NotAllowed, match="13, 14 or 15"):
        actions.decide_alone(explained_on=today(), **facts)
    YoungPerson.objects.update(born_on=add_months(today(), -12 * 13))
    for wrong in ({"why_alone": " "}, {"explained_on": today() + DAY}):
        with pytest.raises(NotAllowed, match="why they understand"):
            actions.decide_alone(**({"explained_on": today()} | facts | wrong))
    made = actions.decide_alone(explained_on=today() - DAY, **facts)
    assert (made.checked_by, made.explained_by) == (officer, "Lena Lead")
    assert standing_of(child, "opportunity:7").is_ready
    assert not standing_of(child, "opportunity:8").is_ready
    assert looked_again == [child.pk]


def test_an_adult_agrees_for_another_year(child, coordinator, stranger):
    adult = factories.make_user("Gail Guardian")
    relation = factories.make_relation(child, adult, kind=RelationKind.GUARDIAN)
    old = factories.make_agreement(
        child, relation, ask_again_on=today() + 9 * DAY, checked_by=coordinator
    )
    with pytest.raises(NotAllowed, match="Only the adult"):
        actions.agree_again(agreement=old, actor=stranger)
    new = actions.agree_again(agreement=old, actor=adult)
    old.refresh_from_db()
    assert old.status == AgreementStatus.ENDED
    assert (new.ask_again_on, new.checked_by) == (add_months(today(), 12), coordinator)
    assert standing_of(child).is_ready


def test_adults_are_asked_again_once(child):
    adult = factories.make_user("Gail Guardian")
    mine = factories.make_relation(child, adult, kind=RelationKind.GUARDIAN)
    factories.make_agreement(child, mine, ask_again_on=today() + 30 * DAY)
    factories.make_agreement(child, ask_again_on=today() + 9 * DAY)  # has no account: is rung
    far = factories.make_young(age=9).person
    factories.make_agreement(
        far,
        factories.make_relation(far, adult, kind=RelationKind.GUARDIAN),
        ask_again_on=today() + 31 * DAY,
    )
    assert (actions.ask_agreements_again(), actions.ask_agreements_again()) == (1, 0)
    letter = Notice.objects.get(kind="agree_again")
    assert letter.user == adult
    assert "Yara" not in letter.subject
    assert "Yara" in letter.text


# --- Birthdays -----------------------------------------------------------------------------------
def test_at_16_nobody_else_decides_and_nobody_else_hears(child, looked_again):
    agreement = factories.make_agreement(child)
    child.young.born_on = add_months(today(), -12 * 16)
    child.young.save()
    assert actions.birthdays(today() - DAY) == 0
    assert (actions.birthdays(), actions.birthdays()) == (1, 0)
    assert Relation.objects.get().status == RelationStatus.ENDED
    agreement.refresh_from_db()
    assert agreement.status == AgreementStatus.ENDED
    assert Notice.objects.get(kind="sixteen").person == child
    assert standing_of(child).is_ready
    assert looked_again == [child.pk]


def test_at_18_the_date_of_birth_goes_and_all_that_hung_on_it(child, looked_again):
    factories.make_agreement(child)
    other = factories.make_young(age=17)
    other.asked_at_16 = timezone.now()
    other.save()
    child.young.born_on = add_months(today(), -12 * 18)
    child.young.save()
    assert (actions.birthdays(), actions.birthdays()) == (1, 0)
    assert list(YoungPerson.objects.all()) == [other]
    assert not Agreement.objects.exists()
    assert Relation.objects.get().status == RelationStatus.ENDED
    assert looked_again[-1] == child.pk


def test_whoever_was_born_on_29_february_is_18_on_1_march(host):
    young = factories.make_young(born_on=dt.date(2008, 2, 29), asked_at_16=timezone.now())
    assert actions.birthdays(dt.date(2026, 2, 28)) == 0
    assert actions.birthdays(dt.date(2026, 3, 1)) == 1
    assert not YoungPerson.objects.filter(pk=young.pk).exists()


def test_an_impact_assessment_is_recorded_once(coordinator):
    facts = {
        "organisation": Organisation.objects.get(pk=coordinator.acting.organisation_id),
        "actor": coordinator,
        "reference": " DPIA-7 ",
        "done_on": today(),
        "done_by": "Ivy",
    }
    one = actions.record_impact_assessment(**facts)
    assert actions.record_impact_assessment(**facts) == one
    assert AuditEvent.objects.filter(verb="impact_assessment.recorded").count() == 1
    assert (one.reference, Role.COORDINATOR) == ("DPIA-7", coordinator.acting.role)


def test_the_council_may_be_the_parent(child, coordinator):
    made = asked(child, coordinator, authority=Authority.COUNCIL, phone="0121 496 0100")
    assert made.relation.authority == Authority.COUNCIL
