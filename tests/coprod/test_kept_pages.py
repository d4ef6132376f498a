"""Public pages are kept, and never out of date: each change shows with the next request.

How it was proved: ``test_control_…`` stops the version, and then the old page stays. So pages are
kept indeed, and the other tests would see it.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from charter.models import Pledge
from coprod.lib import kept
from opportunities.actions import close
from opportunities.actions.sign_ups import sign_up, withdraw
from opportunities.models import Opportunity, SignUp
from people import versions
from people.models import Organisation, Team, Town
from tests.factories import (
    make_charter,
    make_opportunity,
    make_organisation,
    make_person,
    make_resident,
    make_team,
    make_town,
)

LIST = "/opportunities/"
COME_FORWARD = {
    "actor": None,
    "shares": [],
    "contact_by": "phone",
    "contact_detail": "07700 900111",
    "old_enough": True,
}


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


@pytest.fixture
def brief(transactional_db) -> Opportunity:
    host = make_organisation(name="Example Council", slug="example-council", is_host=True)
    team = make_team(host, "Parks")
    made = make_opportunity(host, title="Plan the park", places=1, team=team)
    made.towns.set([make_town("Tipton")])
    return made


def changes(brief: Opportunity) -> list[tuple[str, str, Callable[[], object], str]]:
    """Return what happens, on which page it is seen, how it is done, and the words to be seen."""
    page = brief.get_absolute_url()
    person = make_person("First")
    second = make_resident("Second").person
    rows = Opportunity.objects.filter(pk=brief.pk)
    one = Organisation.objects.filter(pk=brief.organisation_id)
    charter = make_charter()
    promise = charter.commitments.first()
    return [
        ("a new title", LIST, lambda: rows.update(title="Plan the pond"), "Plan the pond"),
        ("a team’s name", LIST, lambda: Team.objects.update(name="Gardens"), "Gardens"),
        ("a town’s name", LIST, lambda: Town.objects.update(name="Upton"), "Upton"),
        (
            "everywhere",
            LIST,
            lambda: rows.update(is_borough_wide=True),
            "All of Sandwell and Upton",
        ),
        ("no town", LIST, brief.towns.clear, "All of Sandwell</dd>"),
        ("a partner’s name", page, lambda: one.update(name="Example City"), "Example City"),
        ("a place taken", page, lambda: come(brief, person), "All places are taken"),
        ("somebody waits", page, lambda: come(brief, second), "1 person waits now"),
        ("a place passed on", page, lambda: leave(brief, person), "0 people wait now"),
        (
            "a promise",
            page,
            lambda: Pledge.objects.create(opportunity=brief, commitment=promise, how="By asking"),
            "By asking",
        ),
        ("closed", page, lambda: close(opportunity=brief, actor=None), "can no longer come"),
    ]


def come(brief: Opportunity, person: object) -> None:
    sign_up(opportunity=brief, person=person, **COME_FORWARD)


def leave(brief: Opportunity, person: object) -> None:
    withdraw(sign_up=SignUp.objects.get(opportunity=brief, person=person), actor=None)


def test_each_change_shows_with_the_next_request(client, brief):
    for what, page, change, words in changes(brief):
        before = client.get(page)
        assert client.get(page, headers={"if-none-match": before["ETag"]}).status_code == 304
        change()
        after = client.get(page, headers={"if-none-match": before["ETag"]})
        assert (what, after.status_code) == (what, 200)
        assert words in after.content.decode(), what


def test_control_without_the_version_the_old_page_would_stay(client, brief, monkeypatch):
    assert "Plan the park" in text(client, LIST)
    monkeypatch.setattr(versions, "_VERSION", "SELECT 1")
    assert "Plan the park" in text(client, LIST)
    Opportunity.objects.update(title="Plan the pond")
    assert "Plan the pond" not in text(client, LIST)


@pytest.mark.parametrize(
    ("last_moment", "next_moment"),
    [
        ("2026-12-01T23:59:59Z", "2026-12-02T00:00:01Z"),
        ("2027-06-01T22:59:59Z", "2027-06-01T23:00:01Z"),  # summer time
    ],
)
def test_what_closes_is_gone_at_midnight_here(
    client, brief, time_machine, last_moment, next_moment
):
    """Nobody has to do anything: the day itself is part of what a page is kept by."""
    day = dt.date.fromisoformat(last_moment[:10])
    Opportunity.objects.update(closes_on=day, starts_on=None, ends_on=None)
    time_machine.move_to(last_moment, tick=False)
    assert "Plan the park" in text(client, LIST)
    assert "can no longer come forward" not in text(client, brief.get_absolute_url())
    time_machine.move_to(next_moment, tick=False)
    assert "Plan the park" not in text(client, LIST)
    assert "can no longer come forward" in text(client, brief.get_absolute_url())


def test_a_change_is_seen_when_it_is_committed_in_whatever_order(client, brief):
    """Two change something; whoever began first ends last, and neither hides the other."""
    other = make_opportunity(brief.organisation, title="Paint the hall")
    begun, may_end = threading.Event(), threading.Event()

    def slowly() -> None:
        with transaction.atomic():
            Opportunity.objects.filter(pk=brief.pk).update(title="Plan the pond")
            begun.set()
            may_end.wait(20)
        connections.close_all()

    thread = threading.Thread(target=slowly)
    thread.start()
    assert begun.wait(20)
    assert "Plan the park" in text(client, LIST)
    if connection.vendor == "postgresql":  # SQLite lets only one write at a time
        Opportunity.objects.filter(pk=other.pk).update(title="Paint the house")
        assert "Paint the house" in text(client, LIST)
    assert "Plan the park" in text(client, LIST)
    may_end.set()
    thread.join()
    assert "Plan the pond" in text(client, LIST)


def test_what_is_read_before_a_commit_is_not_kept(client, brief):
    with transaction.atomic():
        Opportunity.objects.update(title="Never meant")
        assert "Never meant" in text(client, LIST)
        transaction.set_rollback(True)
    Opportunity.objects.filter(pk=brief.pk).update(venue="The park")
    assert "Never meant" not in text(client, LIST)


def test_nothing_of_somebody_who_is_signed_in_is_kept(client, brief, client_for):
    resident = make_resident("Rosalind Resident")
    come(brief, resident.person)
    page = brief.get_absolute_url()
    own = client_for(resident).get(page)
    assert "You have come forward" in own.content.decode()
    assert own["Cache-Control"] == "private, no-store"
    assert not own.has_header("ETag")
    assert kept.pages.held() == []
    assert "You have come forward" not in text(client, page)
    assert len(kept.pages.held()) == 1
    assert [one for one in kept.parts.held() if "You have come forward" in str(one)] == []


def test_a_kept_page_takes_one_question_and_so_does_a_browsers_copy(client, brief):
    for page in (LIST, brief.get_absolute_url()):
        tag = client.get(page)["ETag"]
        for headers in ({}, {"if-none-match": tag}):
            with CaptureQueriesContext(connection) as asked:
                client.get(page, headers=headers)
            assert len(asked) == 1


def test_each_reader_gets_the_same_page_with_their_own_gaps(client, brief, client_for):
    """The frame is drawn for the first of them, and holds nothing of her: it would be seen here."""
    first, second = make_resident("Rosalind Resident"), make_resident("Sidney Second")
    come(brief, first.person)
    for page in (LIST, brief.get_absolute_url()):
        seen = {name: text(client_for(name), page) for name in (first, second)}
        assert [name.name in seen[name] for name in seen] == [True, True]
        assert first.name not in seen[second]
        assert [frame for frame in kept.parts.held() if first.name in frame.html] == []
        assert "Sign in" in text(client, page)
        assert "Sign out" not in text(client, page)
        assert [one.count("<!--personal") for one in seen.values()] == [0, 0]
    assert ["come forward." in seen[name] for name in seen] == [True, False]
    browser = client_for(second)
    with CaptureQueriesContext(connection) as asked:
        browser.get(page)
    # Who it is (session, account, roles), the version, and how they came forward.
    assert len(asked) == 5
