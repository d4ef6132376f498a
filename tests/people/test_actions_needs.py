"""What somebody needs: kept under a consent, and gone with it."""

import pytest
from django.utils import timezone

from coprod.lib.days import add_months, today
from coprod.lib.lifecycle import NotAllowed
from people import actions
from people.actions.needs import CONSENT_VERSION, NO_CONSENT, SAID_ALREADY, in_order
from people.models import Audience, AuditEvent, Consent, Need, Subset
from tests.factories import make_need

BSL = {"subset": Subset.PROFESSIONAL, "value": "bsl", "audience": Audience.COORDINATORS}


def verbs(person):
    rows = AuditEvent.objects.filter(person=str(person.pk), verb__startswith="needs.")
    return list(rows.order_by("pk").values_list("verb", flat=True))


def test_a_need_is_kept_under_one_consent_and_is_due_in_a_year(resident):
    person = resident.person
    first = actions.save_need(person=person, actor=resident, consent=True, **BSL)
    other = {"subset": Subset.FORMAT, "value": "large_print", "points": 18}
    second = actions.save_need(person=person, actor=resident, consent=False, **other)
    assert first.consent == second.consent == actions.consent_of(person)
    assert (first.consent.wording_version, first.consent.typed_by) == (CONSENT_VERSION, None)
    assert first.review_due == add_months(today(), 12)
    assert verbs(person) == ["needs.agreed", "needs.added", "needs.added"]
    assert in_order([second, first])[0][1] == [second]


def test_without_consent_nothing_is_kept(resident):
    with pytest.raises(NotAllowed, match=str(NO_CONSENT)):
        actions.save_need(person=resident.person, actor=resident, consent=False, **BSL)
    assert (Need.objects.count(), Consent.objects.count()) == (0, 0)


def test_the_same_need_is_not_kept_twice_but_can_be_changed(resident):
    person = resident.person
    need = actions.save_need(person=person, actor=resident, consent=True, **BSL)
    with pytest.raises(NotAllowed, match=str(SAID_ALREADY)):
        actions.save_need(person=person, actor=resident, consent=True, **BSL)
    again = actions.save_need(
        person=person, actor=resident, need=need, consent=False, detail="From Tipton"
    )
    assert (again.pk, again.value, again.detail) == (need.pk, "bsl", "From Tipton")


def test_staff_type_for_somebody_and_the_log_says_for_whom_never_what(resident, officer):
    person = resident.person
    need = actions.save_need(
        person=person, actor=officer, consent=True, channel="phone", told_by="helper", **BSL
    )
    assert (need.typed_by, need.told_channel, need.told_by) == (officer, "phone", "helper")
    assert need.consent.typed_by == officer
    last = AuditEvent.objects.first()
    assert (last.on_behalf_of, last.channel, last.detail) == (str(person.pk), "phone", {})


def test_what_a_consent_ended_elsewhere_covered_does_not_come_back_with_a_new_one(resident):
    """The switch of the consent page ends the consent and leaves the rows for a moment.

    Control: without the deleting in ``_agreement`` the interpreter is back.
    """
    person = resident.person
    make_need(person)
    Consent.objects.update(withdrawn_at=timezone.now())
    actions.save_need(
        person=person, actor=resident, consent=True, subset=Subset.ACCESS, value="step_free"
    )
    assert [need.value for need in Need.objects.all()] == ["step_free"]


def test_deleting_one_or_all_is_at_once_and_twice_changes_nothing(resident):
    person = resident.person
    need = make_need(person)
    make_need(person, value="sttr")
    for _twice in range(2):
        actions.delete_need(need=need, actor=resident)
    assert actions.delete_all_needs(person=person, actor=resident) == 1
    assert actions.delete_all_needs(person=person, actor=resident) == 0
    assert actions.consent_of(person) is None
    assert verbs(person) == ["needs.deleted", "needs.taken_back"]


def test_nothing_has_changed_puts_the_next_look_a_year_off(resident):
    person = resident.person
    make_need(person, reviewed_on=add_months(today(), -14))
    assert actions.keep_needs(person=person, actor=resident) == 1
    assert not Need.objects.due_on(add_months(today(), 11)).exists()
    Consent.objects.update(withdrawn_at=timezone.now())
    assert actions.keep_needs(person=person, actor=resident) == 0
    assert verbs(person) == ["needs.unchanged"]


def test_reading_by_staff_is_written_down_where_there_is_something_to_read(
    resident, officer, commissioner, host
):
    person = resident.person
    actions.open_to(person=person, organisation=host, actor=resident)
    for reader in (resident, officer, commissioner):
        assert actions.open_needs(person=person, actor=reader) == []
    shown = make_need(person)
    make_need(person, value="sttr", audience=Audience.PROJECT)
    found = [len(actions.open_needs(person=person, actor=who)) for who in (officer, commissioner)]
    assert found == [1, 0]
    assert actions.open_needs(person=person, actor=officer) == [shown]
    assert len(actions.open_needs(person=person, actor=resident)) == 2
    assert verbs(person) == ["needs.opened"] * 2
