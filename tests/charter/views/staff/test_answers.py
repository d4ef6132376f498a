"""Answers that staff type, and comments that a second person reads."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from charter.models import CheckBack
from tests.factories import make_check_back, make_person, make_response

pytestmark = pytest.mark.usefixtures("host")
NO = {"verdict": "no", "channel": "phone", "comment": "It shuts.", "may_show_comment": "on"}


def text(response):
    return " ".join(response.content.decode().split())


def url(name, row):
    return reverse(f"charter:{name}", args=[row.pk])


@pytest.fixture
def asked():
    return make_check_back(person=make_person("Ruth Phone", email="", contact_by="phone"))


def test_enter_answer_keeps_channel_and_typist(asked, officer, client_for):
    client = client_for(officer)
    assert "What did Ruth Phone answer?" in text(client.get(url("enter_answer", asked)))
    response = client.post(url("enter_answer", asked), NO)
    slug = asked.response.contribution.opportunity.slug
    assert response["Location"] == reverse("charter:feedback", args=[slug])
    asked.refresh_from_db()
    assert (asked.verdict, asked.channel, asked.typed_by) == ("no", "phone", officer)


def test_enter_answer_says_what_is_missing(asked, officer, client_for):
    page = text(client_for(officer).post(url("enter_answer", asked), {"verdict": "no"}))
    assert "Choose how they told you" in page
    assert CheckBack.objects.get().verdict == ""


def test_enter_answer_is_the_project_s_staff_s(
    asked, commissioner, resident, other_officer, client_for
):
    codes = {commissioner: 403, resident: 403, other_officer: 404}
    for user, code in codes.items():
        assert client_for(user).post(url("enter_answer", asked), NO).status_code == code
    assert CheckBack.objects.get().verdict == ""


def test_enter_answer_serves_somebody_with_an_account_who_rings(officer, resident, client_for):
    """They see that it was typed, and may put it right themselves."""
    online = make_check_back(person=resident.person)
    client_for(officer).post(url("enter_answer", online), NO)
    online.refresh_from_db()
    assert (online.verdict, online.typed_by, online.channel) == ("no", officer, NO["channel"])
    shown = text(client_for(resident).get(f"/my/check-backs/{online.pk}/"))
    assert "A member of staff typed it for you." in shown
    assert "Change my answer" in shown


def test_enter_answer_never_opens_on_an_answer(asked, officer, client_for):
    client = client_for(officer)
    client.post(url("enter_answer", asked), NO)
    for method in (client.get, client.post):
        assert method(url("enter_answer", asked), {**NO, "verdict": "yes"}).status_code == 403
    asked.refresh_from_db()
    assert asked.verdict == "no"


def test_enter_answer_gives_way_to_an_answer_that_came_in_meanwhile(
    asked, officer, client_for, monkeypatch
):
    """The rule read the row before the other answer was written: the statement refuses."""
    CheckBack.objects.filter(pk=asked.pk).update(
        status="answered", verdict="yes", answered_at=timezone.now()
    )
    monkeypatch.setattr("charter.rules.can_enter_answer", lambda _user, _check_back: True)
    response = client_for(officer).post(url("enter_answer", asked), NO, follow=True)
    assert "You have already answered" not in text(response)
    assert "was answered in the meantime" in text(response)
    asked.refresh_from_db()
    assert asked.verdict == "yes"


@pytest.fixture
def comment(officer):
    return make_check_back(
        make_response(written_by=officer),
        make_person("Zebedee Voice"),
        verdict="no",
        comment="It shuts on my wheelchair.",
        may_show_comment=True,
    )


def decide(asked, decision):
    return {"decision": decision, "answered_at": asked.answered_at.isoformat()}


def test_comments_are_listed_without_names(comment, coordinator, client_for):
    page = text(client_for(coordinator).get(reverse("charter:comments")))
    assert comment.response.contribution.about in page
    assert "1 comment waits" in page
    assert "Zebedee" not in page


def test_comments_are_for_coordinators(comment, officer, resident, other_coordinator, client_for):
    for user, codes in {
        officer: (403, 403),
        resident: (403, 403),
        other_coordinator: (200, 404),
    }.items():
        client = client_for(user)
        found = (
            client.get(reverse("charter:comments")).status_code,
            client.post(url("read_comment", comment), decide(comment, "show")).status_code,
        )
        assert found == codes
    assert not CheckBack.objects.shown().exists()


def test_comments_before_there_are_any(coordinator, client_for):
    assert "Nothing to read" in text(client_for(coordinator).get(reverse("charter:comments")))


@pytest.mark.parametrize("rows", [1, 3])
def test_comments_take_the_same_queries(
    rows, officer, coordinator, client_for, django_assert_num_queries
):
    for _ in range(rows):
        make_check_back(
            make_response(written_by=officer), verdict="no", comment="x", may_show_comment=True
        )
    client = client_for(coordinator)
    with django_assert_num_queries(4):
        client.get(reverse("charter:comments"))


def test_read_comment_shows_it_to_everybody(comment, coordinator, client_for):
    client = client_for(coordinator)
    page = text(client.get(url("read_comment", comment)))
    assert "It shuts on my wheelchair." in page
    assert "Zebedee" not in page
    response = client.post(url("read_comment", comment), decide(comment, "show"))
    assert response["Location"] == reverse("charter:comments")
    assert list(CheckBack.objects.shown()) == [comment]
    assert client.get(url("read_comment", comment)).status_code == 404


def test_read_comment_keeps_the_reason(comment, coordinator, client_for):
    client = client_for(coordinator)
    assert "Choose whether everybody may read it" in text(
        client.post(url("read_comment", comment), {"answered_at": comment.answered_at.isoformat()})
    )
    client.post(url("read_comment", comment), decide(comment, "names"))
    comment.refresh_from_db()
    assert (comment.comment_fit_to_show, comment.not_shown_because) == (False, "names")


def test_read_comment_refuses_words_that_changed_meanwhile(comment, coordinator, client_for):
    old = decide(comment, "show")
    CheckBack.objects.update(
        comment="Mrs Malik did it.", answered_at=timezone.now() + dt.timedelta(minutes=1)
    )
    response = client_for(coordinator).post(url("read_comment", comment), old, follow=True)
    assert "These words changed" in text(response)
    assert "Mrs Malik did it." in text(response)
    assert not CheckBack.objects.shown().exists()


def test_own_answers_are_read_by_somebody_else(coordinator, client_for):
    own = make_check_back(
        make_response(written_by=coordinator), verdict="no", comment="x", may_show_comment=True
    )
    client = client_for(coordinator)
    assert "Nothing to read" in text(client.get(reverse("charter:comments")))
    assert client.post(url("read_comment", own), decide(own, "show")).status_code == 404
