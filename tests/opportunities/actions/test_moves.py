"""The moves of a brief: each only from where it may start, each written down and told."""

from __future__ import annotations

import datetime as dt

import pytest

from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from opportunities import actions
from opportunities.actions import Incomplete, moves
from opportunities.lifecycle import MOVES, Status
from opportunities.models import BriefChange
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
