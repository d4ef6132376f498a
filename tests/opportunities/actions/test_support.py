"""Support is health data: consent, a way back, and every reading on record."""

import json

import pytest

from coprod.lib.lifecycle import NotAllowed
from opportunities.actions import support
from opportunities.actions.sign_ups import withdraw
from opportunities.models import SignUpSupport
from opportunities.queries import has_support, support_of
from people.models import AuditEvent, Consent, Notice
from tests.factories import make_need, make_opportunity, make_sign_up

SECRET = "I cannot hear well on my left"


@pytest.fixture
def row(host, resident):
    return make_sign_up(make_opportunity(), resident.person)


def test_support_is_kept_under_a_consent_with_its_wording(row, resident):
    kept = support.give(sign_up=row, actor=resident, text=SECRET, consent=True)
    agreed = kept.consent
    assert kept.text == SECRET
    assert (agreed.person, agreed.purpose, agreed.about, agreed.typed_by) == (
        resident.person,
        Consent.Purpose.SUPPORT_NEEDS,
        f"opportunity:{row.opportunity_id}",
        None,
    )
    assert agreed.wording_version == support.CONSENT_VERSION


def test_without_consent_nothing_is_kept(row, resident):
    with pytest.raises(NotAllowed, match="Tick the box"):
        support.give(sign_up=row, actor=resident, text=SECRET, consent=False)
    assert (Consent.objects.count(), SignUpSupport.objects.count()) == (0, 0)


def test_without_consent_the_whole_sign_up_is_refused(host, resident):
    brief = make_opportunity()
    with pytest.raises(NotAllowed, match="Tick the box"):
        make_sign_up(brief, resident.person, support_text=SECRET)
    brief.refresh_from_db()
    assert (brief.places_taken, brief.sign_ups.count()) == (0, 0)


def test_new_words_end_the_old_consent(row, resident, officer):
    support.give(sign_up=row, actor=resident, text=SECRET, consent=True)
    support.give(sign_up=row, actor=officer, text="A ramp", consent=True, channel="phone")
    assert [kept.text for kept in SignUpSupport.objects.all()] == ["A ramp"]
    consents = list(Consent.objects.order_by("pk"))
    assert [one.withdrawn_at is None for one in consents] == [False, True]
    assert (consents[1].typed_by, consents[1].channel) == (officer, "phone")


def test_taking_back_deletes_the_words(row, resident):
    support.give(sign_up=row, actor=resident, text=SECRET, consent=True)
    assert support.take_back(sign_up=row, actor=resident) is True
    assert support.take_back(sign_up=row, actor=resident) is False
    assert SignUpSupport.objects.count() == 0
    assert Consent.objects.get().withdrawn_at is not None
    assert AuditEvent.objects.filter(verb="support.taken_back").count() == 1


def test_whoever_left_gives_no_support(row, resident):
    withdraw(sign_up=row, actor=resident)
    with pytest.raises(NotAllowed, match="no longer part"):
        support.give(sign_up=row, actor=resident, text=SECRET, consent=True)


def test_every_reading_is_on_the_persons_record(row, resident, officer):
    support.give(sign_up=row, actor=resident, text=SECRET, consent=True)
    assert support.open_support(sign_up=row, actor=officer).text == SECRET
    event = AuditEvent.objects.get(verb="support.opened")
    assert (event.actor, event.person, event.role) == (
        str(officer.pk),
        str(resident.person.pk),
        "officer",
    )


def test_where_there_is_nothing_nothing_was_read(row, officer):
    assert support.open_support(sign_up=row, actor=officer) is None
    assert AuditEvent.objects.filter(verb="support.opened").count() == 0


def test_the_words_are_nowhere_but_in_their_own_table(host, resident, officer):
    """Proved by the table itself, in which the words are."""
    row = make_sign_up(
        make_opportunity(), resident.person, support_text=SECRET, support_consent=True
    )
    support.open_support(sign_up=row, actor=officer)
    assert SignUpSupport.objects.get().text == SECRET
    logged = json.dumps(list(AuditEvent.objects.values()), default=str)
    sent = json.dumps(list(Notice.objects.values("subject", "text", "html")))
    assert [SECRET in logged, SECRET in sent] == [False, False]


def test_support_without_words_and_without_needs_is_nothing_to_read(row, resident, officer):
    """Control: the same support with one need is there, and gone again with the need."""
    need = make_need(resident.person)
    kept = support.give(sign_up=row, actor=resident, text="", needs=[need], consent=True)
    assert support_of(row) == kept
    need.delete()
    assert (support_of(row), has_support(row)) == (None, False)
    assert support.open_support(sign_up=row, actor=officer) is None
