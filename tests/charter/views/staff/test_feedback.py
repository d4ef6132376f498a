"""The feedback loop of a project, as its own staff work on it."""

import datetime as dt

import pytest
from django.urls import reverse

from charter.models import Contribution
from coprod.lib.days import today
from opportunities.lifecycle import Status
from opportunities.models import Opportunity
from tests.factories import (
    make_check_back,
    make_contribution,
    make_opportunity,
    make_person,
    make_response,
    make_sign_up,
)

DAY = dt.timedelta(days=1)
SAID = {
    "about": "The door",
    "what": "It is too heavy.",
    "said_at": "Tipton library",
    **{f"said_on_{part}": str(getattr(today(), part)) for part in ("day", "month", "year")},
    "people_count": "7",
    "channel": "in_person",
}
pytestmark = pytest.mark.usefixtures("host")


LONG_AGO = {**SAID, "said_on_year": "2004"}  # a leap year, so that every day of it exists


def text(response):
    return " ".join(response.content.decode().split())


def by_slug(name, project):
    return reverse(f"charter:{name}", args=[project.slug])


def by_number(name, row):
    return reverse(f"charter:{name}", args=[row.pk])


@pytest.fixture
def project(host):
    return make_opportunity(status=Status.IN_PROGRESS)


@pytest.mark.parametrize("name", ["feedback", "add_contribution", "complete", "pledges"])
def test_feedback_pages_of_a_project_are_its_own_staff_s(
    name, project, officer, coordinator, commissioner, resident, other_officer, client_for
):
    codes = {
        officer: 200,
        coordinator: 200,
        commissioner: 403,
        resident: 403,
        other_officer: 404,
    }
    for user, code in codes.items():
        assert client_for(user).get(by_slug(name, project)).status_code == code, user


@pytest.mark.parametrize("name", ["respond", "correct_contribution"])
def test_pages_of_something_said_are_its_own_staff_s(
    name, project, officer, commissioner, resident, other_officer, client_for
):
    said = make_contribution(project)
    codes = {officer: 200, commissioner: 403, resident: 403, other_officer: 404}
    for user, code in codes.items():
        assert client_for(user).get(by_number(name, said)).status_code == code, user
        if code != 200:
            assert client_for(user).post(by_number(name, said), {}).status_code == code
    assert said.responses.count() == 0


def test_feedback_lists_what_was_said_with_the_next_step(project, officer, client_for):
    make_contribution(project, what="Nobody answers the phone.")
    refused = make_response(make_contribution(project))
    for verdict in ("yes", "no", "no"):
        make_check_back(refused, make_person("Zebedee Voice"), verdict=verdict)
    make_response(make_contribution(project), "will", due_on=today() - 3 * DAY)
    make_contribution(make_opportunity(), what="To another project.")
    page = text(client_for(officer).get(by_slug("feedback", project)))
    assert "2 things wait for your answer." in page
    for words in ("Nobody answers the phone.", "Answer this", "Answer again", "Late by 3 days"):
        assert words in page
    assert "To another project." not in page
    assert "Zebedee" not in page


def test_feedback_before_anything_was_said(project, officer, client_for):
    assert "Nothing written down yet" in text(client_for(officer).get(by_slug("feedback", project)))


def test_feedback_names_those_whom_staff_have_to_ring(project, officer, client_for):
    response = make_response(make_contribution(project))
    ruth = make_person("Ruth Phone", email="", contact_by="phone")
    asked = make_check_back(response, ruth)
    make_check_back(response, make_person("Zora Done", email="", contact_by="phone"), verdict="no")
    page = text(client_for(officer).get(by_slug("feedback", project)))
    assert "Ruth Phone" in page
    assert by_number("enter_answer", asked) in page
    assert "Zora" not in page


def test_feedback_says_how_to_reach_those_who_came_forward_here(
    project, host, trust, officer, client_for
):
    """Control: somebody whom the project does not know by number is on the same list."""
    response = make_response(make_contribution(project))
    facts = {"phone": "07700 900222", "email": "ruth@example.org", "address": "1 High Street"}
    make_check_back(response, make_person("Ruth", joined_through=host, **facts))
    hidden = {"phone": "07700 900333", "email": "zora@example.org", "address": "9 Low Street"}
    make_check_back(response, make_person("Zora Far", joined_through=trust, **hidden))
    make_check_back(
        response, make_person("Bob Bare", joined_through=host, email="", contact_by="letter")
    )
    page = text(client_for(officer).get(by_slug("feedback", project)))
    for words in ("Best by e-mail.", "We have no number or address.", "Zora Far", *facts.values()):
        assert words in page
    assert "They did not come forward to you" in page
    for words in hidden.values():
        assert words not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_feedback_takes_the_same_queries(
    rows, project, officer, client_for, django_assert_num_queries
):
    for _ in range(rows):
        response = make_response(make_contribution(project))
        make_check_back(response, verdict="no", comment="x", may_show_comment=True)
        make_check_back(response, make_person(email="", contact_by="letter"))
    client = client_for(officer)
    with django_assert_num_queries(9):
        client.get(by_slug("feedback", project))


def test_add_contribution_writes_it_down_with_those_who_agreed(project, officer, client_for):
    person = make_person()
    signed_up = make_opportunity()
    make_sign_up(signed_up, person)
    client = client_for(officer)
    page = client.get(by_slug("add_contribution", signed_up))
    assert person.name in text(page)
    response = client.post(
        by_slug("add_contribution", signed_up), {**SAID, "voices": [str(person.pk)]}
    )
    said = Contribution.objects.get()
    assert response["Location"] == f"{by_slug('feedback', signed_up)}#said-{said.pk}"
    assert (said.what, said.recorded_by) == ("It is too heavy.", officer)
    assert [voice.person for voice in said.voices.all()] == [person]


def test_add_contribution_refuses_a_day_before_the_project_began(project, officer, client_for):
    page = text(client_for(officer).post(by_slug("add_contribution", project), LONG_AGO))
    assert "The project began on" in page
    assert not Contribution.objects.exists()


def test_add_contribution_says_what_is_missing(project, officer, client_for):
    page = text(client_for(officer).post(by_slug("add_contribution", project), {"about": "x"}))
    assert "Write down what people said" in page
    assert not Contribution.objects.exists()


def test_add_contribution_to_a_draft_is_refused_in_words(officer, client_for):
    withdrawn = make_opportunity(status=Status.WITHDRAWN)
    page = text(client_for(officer).post(by_slug("add_contribution", withdrawn), SAID))
    assert "Publish the brief first." in page
    assert not Contribution.objects.exists()


def test_correct_contribution_puts_a_slip_right(project, officer, client_for):
    said = make_contribution(project, what="Too haevy.")
    client_for(officer).post(by_number("correct_contribution", said), SAID)
    said.refresh_from_db()
    assert said.what == "It is too heavy."


def test_correct_contribution_keeps_words_that_people_were_asked_about(
    project, officer, client_for
):
    asked = make_check_back(make_response(make_contribution(project, what="Too heavy.")))
    said = asked.response.contribution
    client = client_for(officer)
    assert "the words stay as they are" in text(client.get(by_number("correct_contribution", said)))
    client.post(by_number("correct_contribution", said), {**SAID, "what": "All is well."})
    said.refresh_from_db()
    assert (said.what, said.voices.count()) == ("Too heavy.", 0)


def test_correct_contribution_refuses_when_people_were_asked_in_the_meantime(
    project, officer, client_for, monkeypatch
):
    asked = make_check_back(make_response(make_contribution(project, what="Too heavy.")))
    said = asked.response.contribution
    monkeypatch.setattr("charter.views.staff.feedback.was_asked_about", lambda _said: False)
    page = text(client_for(officer).post(by_number("correct_contribution", said), SAID))
    assert "the words stay as they are" in page
    said.refresh_from_db()
    assert said.what == "Too heavy."


def test_respond_answers_and_the_old_answer_stays_to_be_read(project, officer, client_for):
    said = make_contribution(project)
    client = client_for(officer)
    facts = {"text": "A new door.", "owner_name": "Tom Reid"}
    response = client.post(by_number("respond", said), {"kind": "cannot", **facts})
    assert response["Location"] == f"{by_slug('feedback', project)}#said-{said.pk}"
    page = text(client.get(by_number("respond", said)))
    assert "Your new answer takes the place of this one." in page
    client.post(by_number("respond", said), {"kind": "wrong", **facts, "text": "Sorry."})
    assert list(said.responses.values_list("text", "is_current")) == [
        ("Sorry.", True),
        ("A new door.", False),
    ]


def test_respond_says_what_is_missing(project, officer, client_for):
    said = make_contribution(project)
    page = text(client_for(officer).post(by_number("respond", said), {"kind": "did"}))
    assert "Enter the day when it was done" in page
    assert said.responses.count() == 0


def test_respond_refuses_a_promise_put_off_without_a_reason_also_in_the_action(
    project, officer, client_for, monkeypatch
):
    """The promise came in after the form was checked."""
    said = make_contribution(project)
    make_response(said, "will", due_on=today())
    monkeypatch.setattr("charter.forms.feedback.put_off_from", lambda *_facts: None)
    later = today() + 30 * DAY
    facts = {
        "kind": "will",
        "text": "A new door.",
        "owner_name": "Tom Reid",
        **{f"due_on_{part}": getattr(later, part) for part in ("day", "month", "year")},
    }
    page = text(client_for(officer).post(by_number("respond", said), facts))
    assert "Say why it is later than you promised." in page
    assert said.responses.count() == 1


def test_complete_lists_what_waits_with_links(project, officer, client_for):
    said = make_contribution(project, about="The door")
    again = make_contribution(project, about="The lift")
    make_check_back(make_response(again), verdict="no")
    client = client_for(officer)
    page = text(client.get(by_slug("complete", project)))
    for one in (said, again):
        assert by_number("respond", one) in page
    response = client.post(by_slug("complete", project), follow=True)
    assert "has no response yet" in text(response)
    assert Opportunity.objects.get(pk=project.pk).status == Status.IN_PROGRESS


def test_complete_ends_the_project_once(project, officer, client_for):
    make_response(make_contribution(project))
    client = client_for(officer)
    assert "Complete this project" in text(client.get(by_slug("feedback", project)))
    for _ in range(2):
        client.post(by_slug("complete", project))
    assert Opportunity.objects.get(pk=project.pk).status == Status.COMPLETED
    page = text(client.get(by_slug("complete", project)))
    assert "Only a project in progress can be completed." in page
