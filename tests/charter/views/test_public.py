"""What everybody may read, and what nobody may find there."""

import datetime as dt

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from charter.actions import save_pledges
from charter.filters import PAGE
from coprod.lib.days import today
from opportunities.lifecycle import Status
from tests.factories import (
    make_charter,
    make_check_back,
    make_contribution,
    make_opportunity,
    make_person,
    make_response,
)

DAY = dt.timedelta(days=1)
URL = reverse("charter:you_said_we_did")
pytestmark = pytest.mark.usefixtures("host")


def read(client, query=""):
    response = client.get(URL + query)
    assert response.status_code == 200
    return response


def text(response):
    return " ".join(response.content.decode().split())


# --- The charter ---------------------------------------------------------------------------------
def test_charter_before_one_is_loaded(client):
    assert "The charter is not here yet" in text(client.get(reverse("charter:charter")))


def test_charter_says_plainly_that_its_review_is_overdue(client, time_machine):
    make_charter()
    time_machine.move_to(dt.datetime(2025, 7, 10, 12, tzinfo=dt.UTC))
    page = text(client.get(reverse("charter:charter")))
    assert "Review late by 10 days" in page
    assert "It should have been reviewed by 30 June 2025. That has not happened." in page


def test_charter_in_time(client, time_machine):
    make_charter()
    time_machine.move_to(dt.datetime(2025, 6, 30, 12, tzinfo=dt.UTC))
    page = text(client.get(reverse("charter:charter")))
    assert "Review late" not in page
    assert "The next review is due by 30 June 2025." in page


def test_charter_shows_promises_pledges_and_makers(client, officer, coordinator, client_for):
    charter = make_charter()
    honest = charter.commitments.get(slug="honest")
    save_pledges(opportunity=make_opportunity(), actor=officer, hows={honest: "So."})
    page = text(client.get(reverse("charter:charter")))
    assert "Be honest and open" in page
    assert page.count("1 project says how") == 1
    assert page.count("0 projects say how") == 8
    assert "Healthwatch Sandwell" in page
    assert reverse("charter:edit_charter") not in page
    own = text(client_for(coordinator).get(reverse("charter:charter")))
    assert reverse("charter:edit_charter") in own


def test_charter_takes_the_same_queries_with_one_and_three_rewordings(
    client, django_assert_num_queries
):
    charter = make_charter()
    for commitment in charter.commitments.all()[:3]:
        commitment.changes.create(heading_before="Old", explanation_before="Old words.", why="x")
        with django_assert_num_queries(3):
            page = text(client.get(reverse("charter:charter")))
        assert "Old words." in page


def test_a_brief_shows_how_the_project_keeps_the_charter(client, officer):
    honest = make_charter().commitments.get(slug="honest")
    project, other = make_opportunity(), make_opportunity()
    save_pledges(opportunity=project, actor=officer, hows={honest: "We say no early."})
    assert "We say no early." in text(client.get(project.get_absolute_url()))
    assert "We say no early." not in text(client.get(other.get_absolute_url()))


def test_a_brief_leads_to_what_people_said_to_it(client):
    said = make_contribution(what="It is too heavy.")
    page = text(client.get(said.opportunity.get_absolute_url()))
    assert f"{URL}?project={said.opportunity.slug}" in page


# --- You said, we did ----------------------------------------------------------------------------
def test_you_said_we_did_before_anybody_said_anything(client):
    assert "Nobody has said anything yet" in text(read(client))


def test_you_said_we_did_sets_claim_and_verdict_side_by_side(client):
    response = make_response(make_contribution(what="It is too heavy."), text="A new door.")
    for verdict in ("yes", "no", "no"):
        make_check_back(response, verdict=verdict)
    page = text(read(client))
    assert "“It is too heavy.”" in page
    assert "The team says: done" in page
    assert "No, for most." in page
    assert "3 people answered." in page
    assert f"Open again since {timezone.localdate():%-d %B %Y}" in page


def test_you_said_we_did_says_in_plain_words_what_is_late(client):
    make_response(
        make_contribution(),
        "will",
        due_on=today() + 30 * DAY,
        first_due_on=today() - 53 * DAY,
        why_late="The provider pulled out.",
        meanwhile="We pay a sitter.",
    )
    page = text(read(client))
    assert "Late by 53 days" in page
    assert "The provider pulled out." in page
    assert "We pay a sitter." in page


def test_you_said_we_did_counts_nothing_below_three_answers(client):
    """Both verdicts differ from “no answer” only in what the page must not say."""
    response = make_response()
    make_check_back(response, verdict="partly")
    make_check_back(response, verdict="yes", comment="For the team.")
    page = text(read(client))
    assert "Fewer than 3 people have answered." in page
    assert "gi-bars" not in page
    assert "if it helped" not in page
    make_check_back(response, verdict="yes")
    assert "3 people answered." in text(read(client))


def test_you_said_we_did_names_nobody(client, officer):
    """Everybody who could be named is there: voices, those who answered, staff who typed."""
    people = [make_person("Zebedee Voice"), make_person("Zora Verdict")]
    said = make_contribution(voices=tuple(people), recorded_by=officer)
    response = make_response(said, written_by=officer)
    for person in people:
        make_check_back(
            response,
            person,
            verdict="no",
            comment="It shuts.",
            may_show_comment=True,
            comment_fit_to_show=True,
            comment_read_at=timezone.now(),
            typed_by=officer,
            channel="phone",
        )
    page = text(read(client)).replace(settings.HELP_EMAIL, "")  # of the help, on every page
    assert "“It shuts.”" in page
    for name in ("Zebedee", "Zora", "Voice", "Verdict", officer.name, "example.org"):
        assert name not in page, name


def test_you_said_we_did_shows_no_comment_before_a_second_person_read_it(client):
    response = make_response()
    shown = {"comment_read_at": timezone.now(), "comment_fit_to_show": True}
    words = {"verdict": "no", "may_show_comment": True}
    make_check_back(response, comment="Read and fit.", **words, **shown)
    make_check_back(response, comment="Still to be read.", **words)
    make_check_back(response, comment="For the team alone.", verdict="no")
    page = text(read(client))
    assert "Read and fit." in page
    assert "Still to be read." not in page
    assert "For the team alone." not in page


def test_you_said_we_did_leaves_out_projects_that_are_not_public(client):
    make_contribution(make_opportunity(status=Status.WITHDRAWN), what="A secret.")
    assert "A secret." not in text(read(client))


def test_you_said_we_did_by_organisation_answer_and_project(client, trust):
    council = make_contribution(what="To the council.")
    hospital = make_contribution(make_opportunity(trust, title="Ward"), what="To the hospital.")
    make_response(hospital, "cannot")
    for query, there in {
        "?organisation=example-hospital-trust": {"To the hospital."},
        "?organisation=example-council": {"To the council."},
        "?answer=refused": {"To the hospital."},
        "?answer=waiting": {"To the council."},
        "?answer=refused&organisation=example-council": set(),
        f"?project={council.opportunity.slug}": {"To the council."},
        "?answer=nonsense": {"To the council.", "To the hospital."},
        "?organisation=nobody": {"To the council.", "To the hospital."},
    }.items():
        page = text(read(client, query))
        found = {words for words in ("To the council.", "To the hospital.") if words in page}
        assert found == there, query


def test_you_said_we_did_says_what_was_chosen_and_how_to_take_it_off(client, trust):
    said = make_contribution(make_opportunity(trust, title="Ward"))
    query = f"?answer=waiting&organisation={trust.slug}&project={said.opportunity.slug}"
    page = text(read(client, query))
    chosen = page[page.index("gi-chips") : page.index("gi-say")]
    for words in ("No answer yet", trust.name, "Ward"):
        assert words in chosen
    assert f"?organisation={trust.slug}&amp;project={said.opportunity.slug}" in chosen
    nothing = text(read(client, "?project=none"))
    assert "Nothing like this, so far" in nothing
    assert "One project" in nothing


def test_you_said_we_did_has_pages_that_keep_what_was_chosen(client):
    project = make_opportunity()
    for number in range(PAGE + 1):
        make_contribution(project, said_on=today() - number * DAY, about=f"Number {number:02}")
    first = read(client, "?answer=waiting")
    following = first.context["following_href"]
    assert "answer=waiting" in following
    second = read(client, following)
    assert f"Number {PAGE:02}" in text(second)
    assert "Number 00" not in text(second)
    assert (second.context["following_href"], first.context["previous_href"]) == ("", "")
    assert "Number 00" in text(read(client, second.context["previous_href"]))
    assert "Number 00" in text(read(client, "?page=nonsense"))


@pytest.mark.parametrize("rows", [1, 3])
def test_you_said_we_did_takes_the_same_queries(rows, client, django_assert_num_queries):
    for _ in range(rows):
        response = make_response()
        make_response(response.contribution, text="Better.")
        make_check_back(response.contribution.responses.current().get(), verdict="no")
    with django_assert_num_queries(9):
        read(client)
