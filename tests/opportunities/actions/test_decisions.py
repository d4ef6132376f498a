"""We choose: heard, then chosen or “not this time”, with a way back before the start."""

import pytest
from django.db import IntegrityError, transaction

from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from opportunities.actions.decisions import choose, decline, message, undo
from opportunities.actions.sign_ups import withdraw
from opportunities.levels import PlacesGiven
from opportunities.lifecycle import SignUpStatus as U
from opportunities.lifecycle import Status
from opportunities.models import Opportunity, ProjectMessage, SignUp
from people.models import AuditEvent, ContactBy, Notice
from tests.factories import make_opportunity, make_person, make_sign_up

REASON = "Lives outside the ward we look at"
ANSWER = "Thank you. We had more people than places."


@pytest.fixture
def brief(host):
    return make_opportunity(places=1, places_given=PlacesGiven.WE_CHOOSE)


@pytest.fixture
def heard(brief):
    return [make_sign_up(brief) for _ in range(2)]


def taken(brief):
    brief.refresh_from_db()
    return brief.places_taken


def test_whoever_is_chosen_has_a_place_and_is_told(heard, brief, officer):
    row = choose(sign_up=heard[0], actor=officer, answer="See you then!")
    assert (row.status, row.decided_by, row.answer) == (U.CHOSEN, officer, "See you then!")
    assert row.decided_at is not None
    assert taken(brief) == 1
    notice = Notice.objects.get(person=row.person, kind="chosen")
    assert "See you then!" in notice.text
    assert AuditEvent.objects.get(verb="sign_up.chosen").person == str(row.person_id)


def test_nobody_is_chosen_over_the_number_of_places(heard, brief, officer):
    choose(sign_up=heard[0], actor=officer)
    with pytest.raises(NotAllowed, match="All places are taken"):
        choose(sign_up=heard[1], actor=officer)
    assert taken(brief) == 1


def test_nobody_is_chosen_twice(heard, officer):
    choose(sign_up=heard[0], actor=officer)
    with pytest.raises(NotAllowed, match="not waiting for your answer"):
        choose(sign_up=heard[0], actor=officer)


def test_nobody_is_chosen_when_it_is_over(heard, brief, officer):
    Opportunity.objects.filter(pk=brief.pk).update(status=Status.COMPLETED)
    with pytest.raises(NotAllowed, match="not open or in progress"):
        choose(sign_up=heard[0], actor=officer)


def test_not_this_time_keeps_the_reason_and_sends_the_answer(heard, brief, officer):
    row = decline(sign_up=heard[0], actor=officer, reason=REASON, answer=ANSWER)
    assert (row.status, row.decision_reason, row.answer) == (U.NOT_THIS_TIME, REASON, ANSWER)
    notice = Notice.objects.get(person=row.person, kind="not_this_time")
    assert ANSWER in notice.text
    assert [REASON in text for text in (notice.text, notice.html, notice.subject)] == [False] * 3
    assert taken(brief) == 0


def test_a_no_needs_a_reason(heard, officer):
    with pytest.raises(NotAllowed, match="reason"):
        decline(sign_up=heard[0], actor=officer, reason="  ", answer=ANSWER)
    with pytest.raises(IntegrityError), transaction.atomic():
        SignUp.objects.filter(pk=heard[0].pk).update(status=U.NOT_THIS_TIME)


def test_whoever_withdrew_gets_no_answer(heard, officer):
    withdraw(sign_up=heard[0], actor=None)
    with pytest.raises(NotAllowed, match="not waiting for your answer"):
        decline(sign_up=heard[0], actor=officer, reason=REASON, answer=ANSWER)


def test_a_no_may_become_a_yes(heard, brief, officer):
    decline(sign_up=heard[0], actor=officer, reason=REASON, answer=ANSWER)
    row = choose(sign_up=heard[0], actor=officer)
    assert (row.status, row.decision_reason, row.answer) == (U.CHOSEN, "", "")


def test_a_choice_taken_back_frees_the_place_and_is_told(heard, brief, officer):
    choose(sign_up=heard[0], actor=officer)
    row = undo(sign_up=heard[0], actor=officer)
    assert (row.status, row.decided_at, row.decided_by) == (U.HEARD, None, None)
    assert taken(brief) == 0
    assert list(row.person.notices.order_by("pk").values_list("kind", flat=True)) == [
        "heard",
        "chosen",
        "decision_taken_back",
    ]


def test_a_no_taken_back_frees_nothing(heard, brief, officer):
    choose(sign_up=heard[1], actor=officer)
    decline(sign_up=heard[0], actor=officer, reason=REASON, answer=ANSWER)
    assert undo(sign_up=heard[0], actor=officer).status == U.HEARD
    assert taken(brief) == 1


def test_after_the_start_an_answer_stays(heard, brief, officer):
    choose(sign_up=heard[0], actor=officer)
    Opportunity.objects.filter(pk=brief.pk).update(starts_on=today())
    with pytest.raises(NotAllowed, match="has started"):
        undo(sign_up=heard[0], actor=officer)


def test_there_is_nothing_to_take_back(heard, officer):
    with pytest.raises(NotAllowed, match="no decision"):
        undo(sign_up=heard[0], actor=officer)


def test_chosen_again_is_told_again(heard, officer):
    choose(sign_up=heard[0], actor=officer)
    undo(sign_up=heard[0], actor=officer)
    choose(sign_up=heard[0], actor=officer)
    assert Notice.objects.filter(person=heard[0].person, kind="chosen").count() == 2


def send(brief, actor, **other):
    facts = {"subject": "Bring a cup", "body": "We make tea.", "statuses": ["heard"], "token": "t"}
    return message(opportunity=brief, actor=actor, **(facts | other))


def test_a_message_goes_once_to_everybody_asked_by_their_own_channel(heard, brief, officer):
    by_letter = make_sign_up(brief, make_person(email="", contact_by=ContactBy.LETTER))
    choose(sign_up=heard[0], actor=officer)
    sent = [send(brief, officer) for _ in range(2)]
    assert sent[0] == sent[1]
    assert (sent[0].sent_to, sent[0].sent_by, sent[0].statuses) == (2, officer, ["heard"])
    got = Notice.objects.filter(kind="project_message").order_by("pk")
    assert {one.person for one in got} == {heard[1].person, by_letter.person}
    assert {one.person: one.status for one in got} == {
        heard[1].person: Notice.Status.OWED,
        by_letter.person: Notice.Status.TASK,
    }
    assert all("We make tea." in one.text and "Bring a cup" in one.text for one in got)


def test_the_subject_on_a_locked_phone_says_nothing(heard, brief, officer):
    """Proved by the text, in which title and subject are."""
    send(brief, officer)
    notices = Notice.objects.filter(person=heard[0].person)
    assert [brief.title in one.text for one in notices] == [True, True]
    assert [brief.title in one.subject for one in notices] == [False, False]
    assert {"Bring a cup" in one.subject for one in notices} == {False}


def test_a_message_reaches_nobody_who_left(heard, brief, officer):
    withdraw(sign_up=heard[0], actor=None)
    assert send(brief, officer, statuses=["heard", "withdrawn"]).statuses == ["heard"]
    assert [row.person for row in Notice.objects.filter(kind="project_message")] == [
        heard[1].person
    ]


def test_a_message_to_nobody_is_refused(heard, brief, officer):
    with pytest.raises(NotAllowed, match="Nobody"):
        send(brief, officer, statuses=["chosen"])
    assert ProjectMessage.objects.count() == 0


def test_text_is_not_escaped_in_plain_mail(heard, brief, officer):
    send(brief, officer, body="Tea & cake <here>")
    notice = Notice.objects.filter(kind="project_message").first()
    assert "Tea & cake <here>" in notice.text
    assert "Tea &amp; cake &lt;here&gt;" in notice.html


def test_a_letter_leads_only_those_to_a_page_who_can_open_it(brief, resident):
    """A person without an account has no page to sign in to."""
    make_sign_up(brief, make_person())
    make_sign_up(brief, resident.person)
    letters = Notice.objects.filter(kind="heard").order_by("pk")
    assert ["/my/sign-ups/" in one.text for one in letters] == [False, True]
    assert ["/my/sign-ups/" in one.html for one in letters] == [False, True]
