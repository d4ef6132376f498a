"""The moves of a brief: each only from where it may start, each written down and told."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from opportunities import actions
from opportunities.actions import Incomplete, moves
from opportunities.actions.sign_ups import withdraw
from opportunities.lifecycle import MOVES, Status
from opportunities.lifecycle import SignUpStatus as U
from opportunities.models import BriefChange, Opportunity, SignUpSupport
from people.audit import record
from people.models import AuditEvent, Notice, Role
from tests.factories import make_opportunity, make_sign_up, make_staff

pytestmark = pytest.mark.usefixtures("host")
DAY = dt.timedelta(days=1)
VERBS = {
    "submit": moves.submit,
    "return": moves.return_brief,
    "publish": moves.publish,
    "close": moves.close,
    "reopen": moves.reopen,
    "start": moves.start,
    "complete": moves.complete,
    "withdraw": moves.withdraw_brief,
}
WITH_REASON = {"return", "withdraw"}


def do(verb: str, brief, actor):
    reason = {"reason": "A good reason."} if verb in WITH_REASON else {}
    return VERBS[verb](opportunity=brief, actor=actor, **reason)


@pytest.mark.parametrize("verb", MOVES)
@pytest.mark.parametrize("status", Status)
def test_every_verb_in_every_state(officer, verb, status):
    brief = make_opportunity(status=status)
    move = MOVES[verb]
    if status in move.sources:
        assert do(verb, brief, officer).status == move.target
        event = AuditEvent.objects.get()
        assert event.verb == f"opportunity.{moves._PAST[verb]}"
        assert (event.detail, event.actor) == ({"before": status}, str(officer.pk))
    else:
        with pytest.raises(NotAllowed, match=str(move.refusal)):
            do(verb, brief, officer)
        assert AuditEvent.objects.count() == 0
    brief.refresh_from_db()
    assert brief.status == (move.target if status in move.sources else status)


def test_submit_says_what_is_missing(officer):
    brief = make_opportunity(status=Status.DRAFT, what="")
    with pytest.raises(Incomplete) as refused:
        actions.submit(opportunity=brief, actor=officer)
    assert [part.field for part in refused.value.parts] == ["what"]


def test_submit_tells_the_coordinators_of_this_organisation(
    host, officer, coordinator, other_coordinator
):
    """The other organisation's coordinator, one who left and the sender are there to be told."""
    left = make_staff(host, Role.COORDINATOR)
    left.memberships.update(valid_to=today() - DAY)
    brief = make_opportunity(status=Status.DRAFT)
    actions.submit(opportunity=brief, actor=officer)
    assert [notice.user for notice in Notice.objects.all()] == [coordinator]
    sender = make_opportunity(status=Status.DRAFT)
    actions.submit(opportunity=sender, actor=coordinator)
    assert Notice.objects.count() == 1


def test_a_brief_that_comes_round_again_is_told_again(officer, coordinator):
    brief = make_opportunity(status=Status.DRAFT, created_by=officer)
    for _ in range(2):
        actions.submit(opportunity=brief, actor=officer)
        actions.return_brief(opportunity=brief, actor=coordinator, reason="Say where.")
    kinds = list(Notice.objects.order_by("pk").values_list("kind", "user"))
    round_trip = [("brief_submitted", coordinator.pk), ("brief_returned", officer.pk)]
    assert kinds == round_trip * 2


def test_publish_tells_the_writer_and_forgets_why_it_once_came_back(officer, coordinator):
    brief = make_opportunity(status=Status.DRAFT, created_by=officer, return_reason="Old")
    actions.submit(opportunity=brief, actor=officer)
    published = actions.publish(opportunity=brief, actor=coordinator)
    assert (published.return_reason, published.published_at is not None) == ("", True)
    assert Notice.objects.get(user=officer).kind == "brief_published"


def test_a_writer_who_left_is_not_told(officer, coordinator):
    brief = make_opportunity(status=Status.DRAFT, created_by=officer)
    actions.submit(opportunity=brief, actor=coordinator)
    officer.memberships.update(valid_to=today() - DAY)
    actions.publish(opportunity=brief, actor=coordinator)
    assert Notice.objects.count() == 0


def test_everybody_who_wrote_hears_what_became_of_it(host, trust, coordinator, officer):
    """Not who only read it, who left, who works elsewhere now, or who did it."""
    second, left, elsewhere = (make_staff(host, Role.OFFICER) for _ in range(3))
    brief = make_opportunity(status=Status.DRAFT, created_by=officer)
    for writer in (second, left, elsewhere, coordinator, None):
        record(verb="opportunity.saved", target=brief, actor=writer, organisation=host)
    record(verb="opportunity.opened", target=brief, actor=make_staff(host, Role.OFFICER))
    record(verb="opportunity.saved", target=make_opportunity(), actor=make_staff(host))
    left.memberships.all().delete()
    elsewhere.memberships.update(organisation=trust)
    actions.submit(opportunity=brief, actor=officer)
    Notice.objects.all().delete()
    actions.return_brief(opportunity=brief, actor=coordinator, reason="Hm.")
    told = Notice.objects.filter(kind="brief_returned")
    assert {one.user for one in told} == {officer, second}


@pytest.mark.parametrize("writer", ["nobody", "oneself"])
def test_nobody_is_told_of_their_own_doing(coordinator, writer):
    brief = make_opportunity(
        status=Status.DRAFT, created_by=coordinator if writer == "oneself" else None
    )
    actions.submit(opportunity=brief, actor=coordinator)
    actions.return_brief(opportunity=brief, actor=coordinator, reason="Hm.")
    actions.submit(opportunity=brief, actor=coordinator)
    actions.publish(opportunity=brief, actor=coordinator)
    assert Notice.objects.count() == 0


@pytest.mark.parametrize(
    ("verb", "status"),
    [("submit", Status.DRAFT), ("publish", Status.SUBMITTED), ("reopen", Status.CLOSED)],
)
def test_nothing_opens_after_its_closing_date(officer, verb, status):
    brief = make_opportunity(status=status, closes_on=today() - DAY)
    with pytest.raises(NotAllowed, match="The closing date has passed"):
        do(verb, brief, officer)
    brief.closes_on = today()
    brief.save()
    do(verb, brief, officer)


def test_withdraw_brief_tells_those_who_are_in_why(officer, resident):
    brief = make_opportunity()
    make_sign_up(brief, resident.person)
    gone = actions.withdraw_brief(opportunity=brief, actor=officer, reason="No money.")
    change = BriefChange.objects.get()
    assert (gone.version, change.version, change.why) == (2, 2, "No money.")
    notice = Notice.objects.get(kind="brief_withdrawn")
    assert (notice.person, "No money." in notice.text) == (resident.person, True)


def test_withdraw_brief_lets_everybody_go_who_is_in_and_tells_them_once(officer, resident):
    """Who left before stays as they were; places and support are nobody's; nobody moves up."""
    brief = make_opportunity(places=1)
    support = {"support_text": "A loop", "support_consent": True}
    held = make_sign_up(brief, resident.person, **support)
    waits, left = make_sign_up(brief), make_sign_up(brief)
    withdraw(sign_up=left, actor=None)
    Notice.objects.all().delete()
    gone = actions.withdraw_brief(opportunity=brief, actor=officer, reason="No money.")
    assert gone.places_taken == Opportunity.objects.get(pk=brief.pk).places_taken == 0
    states = dict(brief.sign_ups.values_list("pk", "status"))
    assert states == {held.pk: U.CALLED_OFF, waits.pk: U.CALLED_OFF, left.pk: U.WITHDRAWN}
    assert not SignUpSupport.objects.exists()
    assert Counter(Notice.objects.values_list("kind", flat=True)) == {"brief_withdrawn": 2}
    events = AuditEvent.objects.filter(verb="sign_up.called_off")
    assert {one.person for one in events} == {str(held.person_id), str(waits.person_id)}
    assert withdraw(sign_up=held, actor=None).status == U.CALLED_OFF  # nothing is left to do


def test_withdraw_brief_of_a_draft_tells_nobody(officer):
    brief = make_opportunity(status=Status.DRAFT)
    actions.withdraw_brief(opportunity=brief, actor=officer, reason="Not now.")
    assert Notice.objects.count() == 0


def test_complete_keeps_the_moment(officer):
    brief = make_opportunity(status=Status.IN_PROGRESS)
    assert moves.complete(opportunity=brief, actor=officer).completed_at is not None


def test_close_due_closes_what_is_over_and_nothing_else():
    late = make_opportunity(closes_on=today() - DAY)
    others = [
        make_opportunity(closes_on=today()),
        make_opportunity(is_rolling=True),
        make_opportunity(closes_on=today() - DAY, status=Status.IN_PROGRESS),
    ]
    before = [brief.status for brief in others]
    assert actions.close_due() == 1
    late.refresh_from_db()
    for brief in others:
        brief.refresh_from_db()
    assert (late.status, [brief.status for brief in others]) == (Status.CLOSED, before)
    assert AuditEvent.objects.get().actor == ""
    assert actions.close_due() == 0
    assert actions.close_due(today() + DAY) == 1
