"""“Did it help?” is answered by those who said it, and by nobody else."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from charter.actions import (
    Answer,
    answer,
    answer_for,
    ask_due_check_backs,
    correct_answer,
    enter_answer,
    read_comment,
    stop_asking,
    stop_asking_for,
)
from charter.lifecycle import CheckBackStatus
from charter.models import CheckBack
from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from people.models import AuditEvent, Can, Notice
from tests.factories import (
    make_check_back,
    make_contribution,
    make_person,
    make_relation,
    make_response,
    make_user,
)

YES, NO = Answer("yes"), Answer("no", "It shuts on my wheelchair.", may_show_comment=True)
pytestmark = pytest.mark.usefixtures("host")


def kept(check_back):
    """What no member of staff may ever change."""
    fields = ("verdict", "comment", "may_show_comment", "channel", "typed_by", "answered_at")
    return CheckBack.objects.filter(pk=check_back.pk).values(*fields).get()


def test_a_person_answers(resident):
    asked = answer(check_back=make_check_back(person=resident.person), actor=resident, said=NO)
    assert (asked.status, asked.verdict, asked.comment, asked.may_show_comment) == (
        "answered",
        "no",
        "It shuts on my wheelchair.",
        True,
    )
    assert (asked.channel, asked.typed_by) == ("online", None)
    event = AuditEvent.objects.get(verb="check_back.answered")
    assert (event.actor, event.person, event.on_behalf_of) == (
        str(resident.pk),
        str(resident.person.pk),
        "",
    )
    assert event.detail == {}


def test_nobody_answers_for_somebody_else(resident, other_resident, officer, coordinator):
    asked = make_check_back(person=resident.person)
    for somebody in (other_resident, officer, coordinator):
        with pytest.raises(PermissionDenied):
            answer(check_back=asked, actor=somebody, said=YES)
    assert kept(asked)["verdict"] == ""


def test_who_acts_for_somebody_answers_where_the_person_said_so(resident, other_resident):
    signs_up, answers = make_user("Sal Signs"), make_user("Hal Helper")
    asked = make_check_back(person=resident.person)
    no_answers = make_relation(resident.person, signs_up, scope=[Can.SIGN_UP])
    somebody_elses = make_relation(other_resident.person, answers)
    for relation, actor in ((no_answers, signs_up), (somebody_elses, answers)):
        with pytest.raises(PermissionDenied):
            answer_for(check_back=asked, relation=relation, actor=actor, said=YES)
    assert kept(asked)["verdict"] == ""
    relation = make_relation(resident.person, answers, scope=[Can.ANSWER])
    answer_for(check_back=asked, relation=relation, actor=answers, said=YES)
    assert kept(asked)["verdict"] == "yes"


def test_an_answer_is_given_once(resident):
    asked = make_check_back(person=resident.person)
    seen_before = CheckBack.objects.get(pk=asked.pk)
    answer(check_back=asked, actor=resident, said=NO)
    with pytest.raises(NotAllowed, match="already answered"):
        answer(check_back=seen_before, actor=resident, said=YES)
    assert kept(asked)["verdict"] == "no"


def test_words_are_shown_only_where_there_are_words(resident):
    asked = make_check_back(person=resident.person)
    said = Answer("yes", "", may_show_comment=True)
    assert not answer(check_back=asked, actor=resident, said=said).may_show_comment


def test_a_late_answer_is_welcome(resident):
    asked = make_check_back(person=resident.person, status="unanswered")
    assert answer(check_back=asked, actor=resident, said=YES).verdict == "yes"


def test_a_person_changes_their_mind_and_their_words_are_read_again(resident, coordinator, officer):
    asked = make_check_back(make_response(written_by=officer), resident.person)
    answer(check_back=asked, actor=resident, said=NO)
    read_comment(check_back=asked, actor=coordinator, answered_at=asked.answered_at)
    assert list(CheckBack.objects.shown()) == [asked]
    said = Answer("partly", "It shuts on Mrs Malik.", may_show_comment=True)
    correct_answer(check_back=asked, actor=resident, said=said)
    assert kept(asked)["verdict"] == "partly"
    assert list(CheckBack.objects.shown()) == []
    assert list(CheckBack.objects.comments_to_read()) == [asked]


def test_fourteen_days_later_an_answer_stays(resident, time_machine):
    asked = answer(check_back=make_check_back(person=resident.person), actor=resident, said=NO)
    time_machine.move_to(asked.answered_at + dt.timedelta(days=14, minutes=1))
    with pytest.raises(PermissionDenied):
        correct_answer(check_back=asked, actor=resident, said=YES)
    assert kept(asked)["verdict"] == "no"


def test_staff_cannot_change_an_answer_by_any_verb(resident, officer, coordinator, administrator):
    """Every verb, every role, on an answer online and on one that staff typed themselves.

    Proved by leaving the condition out of the statement in ``_write``: the last block then fails.
    """
    online = make_check_back(person=resident.person, verdict="no", comment="It shuts.")
    phone = make_person(email="", contact_by="phone")
    typed = make_check_back(person=phone, verdict="no", channel="phone", typed_by=officer)
    for asked in (online, typed):
        before = kept(asked)
        for actor in (officer, coordinator, administrator):
            with pytest.raises(PermissionDenied):
                answer(check_back=asked, actor=actor, said=YES)
            with pytest.raises(PermissionDenied):
                correct_answer(check_back=asked, actor=actor, said=YES)
            with pytest.raises(PermissionDenied):
                enter_answer(check_back=asked, actor=actor, said=YES, channel="phone")
            with pytest.raises(PermissionDenied):
                stop_asking(check_back=asked, actor=actor)
        assert kept(asked) == before
    # The row that staff hold may be older than the answer: the statement itself has to refuse.
    stale = CheckBack.objects.get(pk=typed.pk)
    stale.status, stale.verdict, stale.answered_at = "asked", "", None
    before = kept(typed)
    with pytest.raises(NotAllowed):
        enter_answer(check_back=stale, actor=officer, said=YES, channel="phone")
    assert kept(typed) == before


def test_staff_type_what_somebody_said_on_the_phone(officer):
    person = make_person(email="", contact_by="phone")
    response = make_response(make_contribution(voices=(person,)))
    ask_due_check_backs(today())
    task = Notice.objects.get(person=person, kind="check_back_asked")
    assert task.status == Notice.Status.TASK
    asked = enter_answer(
        check_back=response.check_backs.get(), actor=officer, said=NO, channel="phone"
    )
    assert (asked.verdict, asked.channel, asked.typed_by) == ("no", "phone", officer)
    event = AuditEvent.objects.get(verb="check_back.answered")
    assert (event.channel, event.on_behalf_of) == ("phone", str(person.pk))
    task.refresh_from_db()
    assert (task.status, task.settled_by) == (Notice.Status.DONE, officer)


def test_other_organisations_type_nothing(other_officer, other_coordinator):
    asked = make_check_back(person=make_person(email="", contact_by="letter"))
    for somebody in (other_officer, other_coordinator):
        with pytest.raises(PermissionDenied):
            enter_answer(check_back=asked, actor=somebody, said=YES, channel="paper")


def test_a_person_is_not_asked_again(resident):
    asked = make_check_back(person=resident.person)
    stop_asking(check_back=asked, actor=resident)
    asked.refresh_from_db()
    assert asked.status == "unanswered"
    assert not asked.response.contribution.voices.exists()
    assert AuditEvent.objects.get(verb="check_back.stopped").person == str(resident.person.pk)
    make_response(asked.response.contribution)
    assert ask_due_check_backs(today()) == 0


def test_what_was_answered_stays_when_somebody_does_not_want_to_be_asked(resident):
    asked = answer(check_back=make_check_back(person=resident.person), actor=resident, said=NO)
    before = kept(asked)
    stop_asking(check_back=asked, actor=resident)
    assert kept(asked) == before


def test_only_the_team_stops_asking_for_somebody_who_told_them(officer, other_officer, resident):
    offline = make_check_back(make_response(written_by=officer), person=make_person())
    for somebody in (other_officer, resident):
        with pytest.raises(PermissionDenied):
            stop_asking_for(check_back=offline, actor=somebody, channel="phone")
    stop_asking_for(check_back=offline, actor=officer, channel="phone")
    offline.refresh_from_db()
    assert offline.status == CheckBackStatus.NOBODY


@pytest.fixture
def comment(officer):
    return make_check_back(
        make_response(written_by=officer),
        verdict="no",
        comment="It shuts on my wheelchair.",
        may_show_comment=True,
    )


def test_a_second_person_reads_before_everybody_can(comment, coordinator):
    before = kept(comment)
    read_comment(check_back=comment, actor=coordinator, answered_at=comment.answered_at)
    comment.refresh_from_db()
    assert (comment.comment_fit_to_show, comment.comment_read_by) == (True, coordinator)
    assert list(CheckBack.objects.shown()) == [comment]
    assert kept(comment) == before


def test_a_comment_that_is_not_shown_says_why(comment, coordinator):
    read_comment(
        check_back=comment, actor=coordinator, answered_at=comment.answered_at, because="names"
    )
    assert (comment.comment_fit_to_show, comment.not_shown_because) == (False, "names")
    assert list(CheckBack.objects.shown()) == []
    event = AuditEvent.objects.get(verb="comment.read")
    assert event.detail == {"shown": False, "because": "names"}


def test_the_writer_of_the_answer_reads_no_comment_on_it(coordinator, officer):
    own = make_check_back(
        make_response(written_by=coordinator), verdict="no", comment="No.", may_show_comment=True
    )
    for somebody in (coordinator, officer):
        with pytest.raises(PermissionDenied):
            read_comment(check_back=own, actor=somebody, answered_at=own.answered_at)
    assert list(CheckBack.objects.comments_to_read()) == [own]


def test_words_that_changed_meanwhile_are_read_again(comment, coordinator):
    earlier = comment.answered_at - dt.timedelta(minutes=1)
    with pytest.raises(NotAllowed, match="changed"):
        read_comment(check_back=comment, actor=coordinator, answered_at=earlier)
    assert list(CheckBack.objects.comments_to_read()) == [comment]


def test_a_comment_is_read_once(comment, coordinator):
    when = comment.answered_at
    read_comment(check_back=comment, actor=coordinator, answered_at=when, because="hurts")
    with pytest.raises(NotAllowed):
        read_comment(check_back=comment, actor=coordinator, answered_at=when)
    assert not CheckBack.objects.shown().exists()
