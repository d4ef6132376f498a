"""“Did it help?”: the pages of those who said it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from charter.models import CheckBack, Voice
from tests.factories import make_check_back, make_contribution, make_response

pytestmark = pytest.mark.usefixtures("host")


def url(asked, name="check_back"):
    return reverse(f"charter:{name}", args=[asked.pk])


def text(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def asked(resident):
    response = make_response(make_contribution(what="It is too heavy."), text="A new door.")
    return make_check_back(response, resident.person)


def test_check_back_quotes_what_was_said_and_what_the_team_says(asked, resident, client_for):
    page = text(client_for(resident).get(url(asked)))
    assert "“It is too heavy.”" in page
    assert "A new door." in page
    for verdict in ("yes", "partly", "no"):
        assert f'value="{verdict}"' in page


def test_check_back_is_nobody_else_s(asked, officer, coordinator, other_resident, client_for):
    for somebody in (officer, coordinator, other_resident):
        client = client_for(somebody)
        assert client.get(url(asked)).status_code == 404
        assert client.post(url(asked), {"verdict": "yes"}).status_code == 404
        assert client.post(url(asked, "stop_asking")).status_code == 404
        assert client.get(url(asked, "check_back_thanks")).status_code == 404
    assert CheckBack.objects.get().verdict == ""


def test_check_back_asks_to_sign_in(asked, client):
    assert client.get(url(asked)).status_code == 302


def test_check_back_does_not_open_before_it_was_asked(resident, client_for):
    due = make_check_back(person=resident.person, status="due", asked_on=None)
    assert client_for(resident).get(url(due)).status_code == 404


def test_check_back_takes_the_answer_and_says_thank_you(asked, resident, client_for):
    client = client_for(resident)
    answer = {"verdict": "no", "comment": "It shuts.", "may_show_comment": "on"}
    response = client.post(url(asked), answer, follow=True)
    assert response.redirect_chain == [(url(asked, "check_back_thanks"), 302)]
    assert "You said no. So this is open again" in text(response)
    asked.refresh_from_db()
    assert (asked.verdict, asked.comment, asked.may_show_comment) == ("no", "It shuts.", True)


@pytest.mark.parametrize("verdict", ["yes", "partly", "no"])
def test_check_back_thanks_for_every_answer(verdict, resident, client_for):
    done = make_check_back(person=resident.person, verdict=verdict)
    assert client_for(resident).get(url(done, "check_back_thanks")).status_code == 200


def test_check_back_thanks_nobody_who_has_not_answered(asked, resident, client_for):
    response = client_for(resident).get(url(asked, "check_back_thanks"))
    assert response["Location"] == url(asked)


def test_check_back_says_what_is_missing_and_keeps_what_was_written(asked, resident, client_for):
    page = text(client_for(resident).post(url(asked), {"comment": "It shuts."}))
    assert "Choose yes, partly or no" in page
    assert "It shuts." in page
    assert CheckBack.objects.get().verdict == ""


def test_check_back_sent_twice_changes_the_own_answer_and_makes_no_second(
    asked, resident, client_for
):
    client = client_for(resident)
    for verdict in ("no", "no"):
        client.post(url(asked), {"verdict": verdict})
    assert list(CheckBack.objects.values_list("verdict", flat=True)) == ["no"]


def test_check_back_lets_the_person_think_again_for_fourteen_days(
    asked, resident, client_for, time_machine
):
    client = client_for(resident)
    client.post(url(asked), {"verdict": "no"})
    assert "Change my answer" in text(client.get(url(asked)))
    client.post(url(asked), {"verdict": "partly"})
    assert CheckBack.objects.get().verdict == "partly"
    time_machine.move_to(timezone.now() + dt.timedelta(days=15))
    client = client_for(resident)
    page = text(client.get(url(asked)))
    assert "Nobody can change your answer." in page
    assert "Change my answer" not in page
    assert client.post(url(asked), {"verdict": "yes"}).status_code == 403
    assert CheckBack.objects.get().verdict == "partly"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Only the team reads your words."),
        ({"may_show_comment": True}, "Somebody else reads your words before everybody can."),
        (
            {"may_show_comment": True, "comment_fit_to_show": True},
            "Everybody can read your words, without your name.",
        ),
        (
            {
                "may_show_comment": True,
                "comment_fit_to_show": False,
                "not_shown_because": "names",
            },
            "The reason: It names somebody",
        ),
    ],
)
def test_check_back_tells_the_writer_what_became_of_their_words(
    fields, words, resident, client_for
):
    if "comment_fit_to_show" in fields:
        fields = {**fields, "comment_read_at": timezone.now()}
    done = make_check_back(person=resident.person, verdict="no", comment="It shuts.", **fields)
    assert words in text(client_for(resident).get(url(done)))


def test_check_back_says_who_typed_the_answer(resident, officer, client_for):
    typed = make_check_back(person=resident.person, verdict="no", channel="phone", typed_by=officer)
    page = text(client_for(resident).get(url(typed)))
    assert "A member of staff typed it for you." in page


def test_check_back_of_an_answer_that_was_replaced_says_so(asked, resident, client_for):
    make_response(asked.response.contribution)
    page = text(client_for(resident).get(url(asked)))
    assert "The team has written a new answer since then." in page


def test_stop_asking_takes_the_agreement_back(asked, resident, client_for):
    client = client_for(resident)
    assert client.get(url(asked, "stop_asking")).status_code == 405
    assert client.post(url(asked, "stop_asking"))["Location"] == "/my/"
    assert not Voice.objects.exists()


def test_an_answer_that_came_in_meanwhile_is_not_lost(asked, resident, client_for, monkeypatch):
    """Two windows, sent in the same moment: the second reads the row before the first writes it."""
    from charter import rules

    client = client_for(resident)
    stale = CheckBack.objects.select_related("person").get(pk=asked.pk)
    client.post(url(asked), {"verdict": "no"})
    monkeypatch.setattr("charter.views.resident._own", lambda _request, _pk: stale)
    assert rules.can_answer(resident, stale)
    response = client.post(url(asked), {"verdict": "yes"})
    assert response["Location"] == url(asked)
    assert CheckBack.objects.get().verdict == "no"
