"""Asking the pool for people, inviting them, and what they answer."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from coprod.lib.lifecycle import NotAllowed
from opportunities import actions
from opportunities.lifecycle import InvitationStatus, RequestStatus, Status
from opportunities.models import ProjectInvitation
from people.models import AuditEvent, Availability, MayLookFor, Notice, TopicKind
from tests import factories as make
from tests.people.test_load import _asked as ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def brief(host):
    return make.make_opportunity(host)


@pytest.fixture
def person(host):
    return make.make_person("Jo Example", joined_through=host)


def _invite(brief, coordinator, *people, **facts):
    return actions.invite(
        opportunity=brief, people=people, actor=coordinator, **{"because": {}, **facts}
    )


def test_ask_for_people_tells_the_coordinators(brief, officer, coordinator, towns):
    respite = make.make_topic(TopicKind.EXPERIENCE, "Respite care")
    asked = actions.ask_for_people(
        opportunity=brief, actor=officer, number=4, topics=[respite], towns=towns[:1], days=["mon"]
    )
    assert [*asked.topics.all(), *asked.towns.all(), *asked.days] == [respite, towns[0], "mon"]
    notice = Notice.objects.get(user=coordinator)
    assert (notice.kind, "Respite" in notice.subject) == ("people_wanted", False)
    with pytest.raises(NotAllowed):
        actions.ask_for_people(
            opportunity=make.make_opportunity(status=Status.CLOSED), actor=officer, number=1
        )


def test_a_coordinator_who_asks_is_not_told_of_it(brief, coordinator):
    actions.ask_for_people(opportunity=brief, actor=coordinator, number=1)
    assert Notice.objects.filter(user=coordinator).count() == 0


@pytest.mark.parametrize(
    ("verb", "status"),
    [("answer", RequestStatus.ANSWERED), ("take_back", RequestStatus.TAKEN_BACK)],
)
def test_a_request_is_settled_once(brief, officer, coordinator, verb, status):
    asked = actions.ask_for_people(opportunity=brief, actor=officer, number=1)
    row = actions.settle_request(asked=asked, verb=verb, actor=coordinator)
    assert (row.status, row.settled_by) == (status, coordinator)
    with pytest.raises(NotAllowed):
        actions.settle_request(asked=asked, verb=verb, actor=coordinator)


def test_invite_says_why_and_offers_a_way_to_say_no(brief, coordinator, person):
    respite = make.make_topic(TopicKind.EXPERIENCE, "Respite care")
    make.choose_topic(person, respite)
    (made,) = _invite(brief, coordinator, person, because={person.pk: [respite]}, message="Hello!")
    notice = Notice.objects.get(person=person)
    assert "because you said that you\n- know about: Respite care" in notice.text
    assert "/no-thanks/" in notice.text
    assert ("Respite" in notice.subject, notice.asks, "Hello!" in notice.text) == (
        False,
        True,
        True,
    )
    assert list(made.because.all()) == [respite]
    assert "Respite" not in str(AuditEvent.objects.get(verb="invitation.sent").detail)


def test_invited_twice_or_in_already_is_left_out(brief, coordinator, person, host):
    came = make.make_person(joined_through=host)
    make.make_sign_up(brief, came)
    assert len(_invite(brief, coordinator, person, came)) == 1
    assert _invite(brief, coordinator, person) == []
    assert Notice.objects.filter(kind="invited").count() == 1


def test_nobody_is_invited_who_may_no_longer_be_looked_for(brief, coordinator, person, host):
    """All or nobody: the page was old. Control: without the condition in ``_locked`` this fails."""
    other = make.make_person(joined_through=host)
    MayLookFor.objects.filter(person=person).delete()
    with pytest.raises(NotAllowed):
        _invite(brief, coordinator, person, other)
    assert ProjectInvitation.objects.count() == 0


def test_a_closed_brief_invites_nobody(coordinator, person, host):
    with pytest.raises(NotAllowed):
        _invite(make.make_opportunity(host, status=Status.CLOSED), coordinator, person)


def test_nobody_is_asked_beyond_their_limit_without_a_reason(brief, coordinator, person, trust):
    """What other partners asked counts. Control: with the count of one organisation alone, or
    without the refusal, the invitation is made and this fails."""
    for _ in range(6):
        ask(person, trust)
    with pytest.raises(NotAllowed):
        _invite(brief, coordinator, person)
    (made,) = _invite(brief, coordinator, person, override_reason="She asked to be told")
    assert made.override_reason == "She asked to be told"
    assert AuditEvent.objects.get(verb="invitation.sent").detail["over_limit"] is True


def test_somebody_own_limit_counts(brief, coordinator, person):
    Availability.objects.create(person=person, invitations_a_month=0)
    with pytest.raises(NotAllowed):
        _invite(brief, coordinator, person, override_reason=" ")


def test_no_thanks_is_kept_once_and_can_be_taken_back(brief, coordinator, person):
    (made,) = _invite(brief, coordinator, person)
    row = actions.say_no_thanks(invitation=made, actor=coordinator, channel="phone")
    assert (row.status, row.channel, row.typed_by) == (
        InvitationStatus.NO_THANKS,
        "phone",
        coordinator,
    )
    first = row.answered_at
    assert actions.say_no_thanks(invitation=made, actor=None).answered_at == first
    event = AuditEvent.objects.get(verb="invitation.no_thanks")
    assert (event.on_behalf_of, event.channel) == (str(person.pk), "phone")
    assert actions.think_again(invitation=made, actor=None).status == InvitationStatus.SENT
    with pytest.raises(NotAllowed):
        actions.think_again(invitation=made, actor=None)


def _wait(invitation, days=8):
    then = timezone.now() - dt.timedelta(days=days)
    ProjectInvitation.objects.filter(pk=invitation.pk).update(invited_at=then)


def test_remind_invited_asks_once_more_and_never_again(brief, coordinator, person):
    (made,) = _invite(brief, coordinator, person)
    assert actions.remind_invited() == 0
    _wait(made)
    assert (actions.remind_invited(), actions.remind_invited()) == (1, 0)
    assert Notice.objects.filter(kind="invited_reminder", asks=True).count() == 1


def _says_no(invitation):
    actions.say_no_thanks(invitation=invitation, actor=None)


def _comes(invitation):
    make.make_sign_up(invitation.opportunity, invitation.person)


def _is_full(invitation):
    Availability.objects.create(person=invitation.person, invitations_a_month=1)


def _stops_looking(invitation):
    MayLookFor.objects.filter(person=invitation.person).delete()


def _closes(invitation):
    invitation.opportunity.__class__.objects.update(status=Status.CLOSED)


@pytest.mark.parametrize("happens", [_says_no, _comes, _is_full, _stops_looking, _closes])
def test_nobody_is_reminded_after(brief, coordinator, person, happens):
    """Control: ``test_remind_invited…`` shows that without any of these a reminder goes."""
    (made,) = _invite(brief, coordinator, person)
    _wait(made)
    happens(made)
    assert actions.remind_invited() == 0
    assert Notice.objects.filter(kind="invited_reminder").count() == 0
