"""What people said, and what the team answers."""

import datetime as dt

import pytest

from charter.actions import add_contribution, correct_contribution, respond
from charter.models import Contribution
from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from opportunities.lifecycle import PUBLIC, Status
from people.models import AuditEvent, Notice
from tests.factories import (
    make_check_back,
    make_contribution,
    make_opportunity,
    make_person,
    make_response,
)

DAY = dt.timedelta(days=1)
SAID = {
    "about": "The door",
    "what": "It is too heavy.",
    "said_at": "Tipton library",
    "said_on": today(),
    "people_count": 7,
    "channel": "in_person",
}
ANSWER = {"text": "A new door.", "owner_name": "Tom Reid"}
pytestmark = pytest.mark.usefixtures("host")


def test_what_people_said_is_written_down_with_those_who_agreed(officer):
    people = [make_person(), make_person()]
    made = add_contribution(opportunity=make_opportunity(), actor=officer, voices=people, **SAID)
    assert {name: getattr(made, name) for name in SAID} == SAID
    assert {voice.person for voice in made.voices.all()} == set(people)
    assert made.recorded_by == officer
    event = AuditEvent.objects.get(verb="contribution.added")
    assert (event.channel, event.person, event.detail) == ("in_person", "", {})


@pytest.mark.parametrize(
    ("days", "words"), [(-1, "The project began on"), (1, "Choose today or a day before today")]
)
def test_the_verbs_refuse_a_day_that_does_not_fit_as_the_forms_do(officer, days, words):
    """Whoever calls them: a form is not the only way to a verb."""
    project = make_opportunity()
    facts = {**SAID, "said_on": today() + days * DAY}
    with pytest.raises(NotAllowed, match=words):
        add_contribution(opportunity=project, actor=officer, **facts)
    said = make_contribution(project)
    with pytest.raises(NotAllowed, match=words):
        correct_contribution(contribution=said, actor=officer, voices=[], **facts)
    assert [one.said_on for one in project.contributions.all()] == [said.said_on]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"kind": "did", "done_on": today() + DAY}, "still to come"),
        ({"kind": "will", "due_on": today() - DAY}, "still to come"),
        ({"kind": "will", "due_on": today() + 6 * 365 * DAY}, "within the next five years"),
    ],
)
def test_an_answer_refuses_a_day_that_does_not_fit(officer, facts, words):
    said = make_contribution()
    with pytest.raises(NotAllowed, match=words):
        respond(contribution=said, actor=officer, **ANSWER, **facts)
    assert said.responses.count() == 0


@pytest.mark.parametrize("status", Status)
def test_people_say_things_to_public_projects_only(officer, status):
    project = make_opportunity(status=status)
    if status in PUBLIC:
        add_contribution(opportunity=project, actor=officer, **SAID)
    else:
        with pytest.raises(NotAllowed, match="Publish"):
            add_contribution(opportunity=project, actor=officer, **SAID)
    assert project.contributions.count() == (status in PUBLIC)


def test_a_slip_is_put_right_and_its_words_are_not_kept(officer):
    stays, goes, comes = make_person(), make_person(), make_person()
    said = make_contribution(voices=(stays, goes), what="Mrs Malik cannot open it.")
    new = {**SAID, "what": "Somebody cannot open it."}
    correct_contribution(contribution=said, actor=officer, voices=[stays, comes], **new)
    said.refresh_from_db()
    assert said.what == "Somebody cannot open it."
    assert {voice.person for voice in said.voices.all()} == {stays, comes}
    event = AuditEvent.objects.get(verb="contribution.corrected")
    assert "what" in event.detail["fields"]
    assert "Malik" not in str(event.detail)


def test_words_that_people_were_asked_about_stay_and_voices_still_change(officer):
    asked = make_check_back()
    said = Contribution.objects.get(pk=asked.response.contribution_id)
    words = {name: getattr(said, name) for name in SAID}
    with pytest.raises(NotAllowed, match="stay as they are"):
        correct_contribution(
            contribution=said, actor=officer, voices=[], **{**words, "what": "All is well."}
        )
    correct_contribution(contribution=said, actor=officer, voices=[], **words)
    said.refresh_from_db()
    assert (said.what, said.voices.count()) == (words["what"], 0)


def test_a_new_answer_takes_the_place_of_the_old_one_and_none_is_erased(officer):
    said = make_contribution()
    days = {
        "did": {"done_on": today()},
        "will": {"due_on": today() + DAY},
        "cannot": {},
        "wrong": {},
    }
    for kind, fields in days.items():
        respond(contribution=said, actor=officer, kind=kind, **fields, **ANSWER)
    kinds = said.responses.order_by("pk").values_list("kind", "is_current", "written_by")
    assert list(kinds) == [
        ("did", False, officer.pk),
        ("will", False, officer.pk),
        ("cannot", False, officer.pk),
        ("wrong", True, officer.pk),
    ]
    assert AuditEvent.objects.filter(verb="response.given").count() == 4


def test_those_who_said_it_are_told_once_by_their_own_channel(officer):
    by_mail, by_phone = make_person(), make_person(email="", contact_by="phone")
    bystander = make_person()
    said = make_contribution(voices=(by_mail, by_phone))
    given = respond(contribution=said, actor=officer, kind="did", done_on=today(), **ANSWER)
    notices = {notice.person: notice for notice in Notice.objects.all()}
    assert set(notices) == {by_mail, by_phone}
    assert notices[by_mail].status == Notice.Status.OWED
    assert notices[by_phone].status == Notice.Status.TASK
    assert notices[by_phone].organisation == said.opportunity.organisation
    assert notices[by_mail].event == f"response:{given.pk}"
    assert "A new door." in notices[by_mail].text
    assert "A new door." not in notices[by_mail].subject
    assert bystander.notices.count() == 0


def test_a_promise_that_is_put_off_keeps_its_first_day(officer):
    said = make_contribution()
    first = today() - 53 * DAY
    make_response(said, "will", due_on=first)
    promise = {"contribution": said, "actor": officer, "kind": "will", **ANSWER}
    with pytest.raises(NotAllowed, match="why it is later"):
        respond(**promise, due_on=today() + DAY)
    assert said.responses.count() == 1
    again = respond(**promise, due_on=today() + DAY, why_late="It rained.", meanwhile="A tent.")
    assert (again.first_due_on, again.why_late, again.meanwhile) == (first, "It rained.", "A tent.")
    assert again.days_late(today()) == 53
    third = respond(**promise, due_on=today() + 90 * DAY, why_late="It snowed.")
    assert third.days_late(today()) == 53


def test_a_promise_for_an_earlier_day_or_after_another_answer_is_a_new_promise(officer):
    said = make_contribution()
    promise = {"contribution": said, "actor": officer, "kind": "will", **ANSWER}
    make_response(said, "will", due_on=today() + 30 * DAY)
    assert respond(**promise, due_on=today() + DAY).first_due_on is None
    respond(contribution=said, actor=officer, kind="cannot", **ANSWER)
    assert respond(**promise, due_on=today() + 60 * DAY).first_due_on is None


def test_only_promises_say_why_they_are_late(officer):
    said = make_contribution()
    given = respond(
        contribution=said,
        actor=officer,
        kind="did",
        done_on=today(),
        why_late="left in the form",
        meanwhile="left in the form",
        **ANSWER,
    )
    assert (given.why_late, given.meanwhile, given.first_due_on) == ("", "", None)
