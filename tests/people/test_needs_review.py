"""After a year we ask whether it is still right, once, and by the person’s own channel."""

from django.utils import timezone

from coprod.lib.days import add_months, today
from people import actions
from people.models import Consent, Need, Notice
from tests.factories import make_need, make_person

OLD = add_months(today(), -13)


def test_each_person_is_asked_once_by_their_own_channel(resident, host):
    by_phone = make_person("Kim", email="", contact_by="phone", phone="0121 496 0777")
    for person in (resident.person, by_phone):
        make_need(person, reviewed_on=OLD, value="other", detail="canary-need")
        make_need(person, reviewed_on=add_months(today(), -12))
    make_need(make_person("Not yet"))
    assert [actions.remind_of_needs(), actions.remind_of_needs()] == [2, 0]
    letters = Notice.objects.filter(kind="needs_review").order_by("person__name")
    assert [(one.person, one.status) for one in letters] == [
        (resident.person, Notice.Status.OWED),
        (by_phone, Notice.Status.TASK),
    ]
    said = "".join(one.subject + one.text + one.html for one in letters)
    assert ("a year ago" in said, "canary-need" in said, "interpreter" in said) == (
        True,
        False,
        False,
    )


def test_who_said_that_nothing_changed_is_asked_again_a_year_later(resident, host):
    make_need(resident.person, reviewed_on=OLD)
    actions.remind_of_needs()
    actions.keep_needs(person=resident.person, actor=resident)
    assert actions.remind_of_needs(add_months(today(), 11)) == 0
    assert actions.remind_of_needs(add_months(today(), 12)) == 1


def test_nobody_is_asked_about_what_they_took_back_or_after_they_left(resident, other_resident):
    """Control: before it, both are due."""
    for person in (resident.person, other_resident.person):
        make_need(person, reviewed_on=OLD)
    assert Need.objects.due_on(today()).count() == 2
    Consent.objects.filter(person=resident.person).update(withdrawn_at=timezone.now())
    person = other_resident.person
    person.status = "left"
    person.save()
    assert actions.remind_of_needs() == 0
