"""Pledges of a project; the wording and the review of the charter."""

import pytest
from django.urls import reverse

from charter.models import Charter
from coprod.lib.days import add_months, today
from tests.factories import make_charter, make_opportunity
from tests.html_forms import form_to

pytestmark = pytest.mark.usefixtures("host")


def text(response):
    return " ".join(response.content.decode().split())


def when(day):
    return {f"reviewed_on_{part}": getattr(day, part) for part in ("day", "month", "year")}


def test_pledges_are_saved_and_shown_again(officer, client_for):
    make_charter()
    project = make_opportunity()
    url = reverse("charter:pledges", args=[project.slug])
    client = client_for(officer)
    assert client.post(url, {"pledge-honest": "We say no early."})["Location"] == url
    assert list(project.pledges.values_list("commitment__slug", "how")) == [
        ("honest", "We say no early.")
    ]
    assert "We say no early." in text(client.get(url))
    too_long = text(client.post(url, {"pledge-honest": "x" * 601}))
    assert "error" in too_long
    client.post(url, {})
    assert not project.pledges.exists()


def test_the_second_of_two_writers_of_pledges_reads_both_texts(officer, coordinator, client_for):
    make_charter()
    project = make_opportunity()
    url = reverse("charter:pledges", args=[project.slug])
    first, second = client_for(officer), client_for(coordinator)
    mine, theirs = (form_to(one.get(url).content, url, url).data for one in (first, second))
    second.post(url, theirs | {"pledge-honest": ["Theirs."], "pledge-inclusive": ["Ramps."]})
    refused = first.post(url, mine | {"pledge-honest": ["Mine."]})
    assert "Somebody else wrote here while you did: “Theirs.”" in text(refused)
    again = form_to(refused.content, url, url).data
    assert again["pledge-honest"] == ["Mine."]
    assert project.pledges.get(commitment__slug="honest").how == "Theirs."
    both = again | {"pledge-honest": ["Theirs. Mine."], "pledge-inclusive": ["Ramps."]}
    assert first.post(url, both)["Location"] == url
    assert project.pledges.get(commitment__slug="honest").how == "Theirs. Mine."
    mine, theirs = (form_to(one.get(url).content, url, url).data for one in (first, second))
    second.post(url, theirs | {"pledge-honest": [""]})
    taken_away = text(first.post(url, mine | {"pledge-honest": ["Mine."]}))
    assert "Somebody else took this away while you wrote." in taken_away


def test_pledges_without_a_charter(officer, client_for):
    url = reverse("charter:pledges", args=[make_opportunity().slug])
    assert "There is no charter yet" in text(client_for(officer).get(url))


def test_edit_charter_is_the_host_coordinator_s(
    officer, administrator, other_coordinator, resident, client_for
):
    make_charter()
    for user in (officer, administrator, other_coordinator, resident):
        client = client_for(user)
        assert client.get(reverse("charter:edit_charter")).status_code == 403
        edit = reverse("charter:edit_commitment", args=["honest"])
        assert client.post(edit, {"heading": "x"}).status_code == 403


def test_edit_charter_needs_one(coordinator, client_for):
    assert client_for(coordinator).get(reverse("charter:edit_charter")).status_code == 404


def test_edit_charter_marks_the_review_and_sets_the_next_date(coordinator, client_for, settings):
    settings.CHARTER_REVIEW_MONTHS = 6
    make_charter()
    url = reverse("charter:edit_charter")
    client = client_for(coordinator)
    assert "Review late by" in text(client.get(url))
    page = text(client.post(url, when(today()), follow=True))
    charter = Charter.objects.get()
    assert (charter.reviewed_on, charter.review_due_on) == (today(), add_months(today(), 6))
    assert "Review late by" not in page
    assert "is noted already" in text(client.post(url, when(today())))


def test_edit_charter_asks_for_a_day(coordinator, client_for):
    make_charter()
    page = text(client_for(coordinator).post(reverse("charter:edit_charter"), {}))
    assert "Enter the date" in page
    assert Charter.objects.get().reviewed_on is None


def test_edit_commitment_keeps_the_old_words_for_everybody(coordinator, client, client_for):
    charter = make_charter()
    before = charter.commitments.get(slug="honest").explanation
    url = reverse("charter:edit_commitment", args=["honest"])
    own = client_for(coordinator)
    facts = {"heading": "Be honest", "explanation": "We say it.", "why": "Shorter."}
    response = own.post(url, {**facts, "changes_seen": "0"})
    assert response["Location"] == reverse("charter:edit_charter") + "#honest"
    page = text(client.get(reverse("charter:charter")))
    assert "We say it." in page
    assert before in page
    assert before in text(own.get(url))


def test_edit_commitment_shows_the_words_of_whoever_was_quicker(coordinator, client_for):
    make_charter()
    url = reverse("charter:edit_commitment", args=["honest"])
    client = client_for(coordinator)
    facts = {"explanation": "We say it.", "why": "Shorter.", "changes_seen": "0"}
    client.post(url, {**facts, "heading": "Theirs"})
    page = text(client.post(url, {**facts, "heading": "Mine"}))
    assert "Somebody else changed this in the meantime." in page
    assert "What it says now" in page
    assert "Theirs" in page
    assert 'value="Mine"' in page
    assert Charter.objects.get().commitments.get(slug="honest").heading == "Theirs"


def test_edit_commitment_of_no_promise(coordinator, client_for):
    make_charter()
    url = reverse("charter:edit_commitment", args=["nothing"])
    assert client_for(coordinator).get(url).status_code == 404
