"""What the database refuses, and what rows know about themselves."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from charter.lifecycle import CheckBackStatus, ResponseKind
from charter.models import Charter, CheckBack, CommitmentChange, Contribution, Pledge, Response
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
pytestmark = pytest.mark.usefixtures("host")


def refused(name, make):
    """Both databases say “unique” of a second one; SQLite does not name that constraint."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("contribution_says_something", {"what": ""}),
        ("contribution_says_something", {"about": ""}),
        ("contribution_by_someone", {"people_count": 0}),
    ],
)
def test_a_contribution_says_something_by_someone(constraint, fields):
    refused(constraint, lambda: make_contribution(**fields))


@pytest.mark.parametrize(
    ("constraint", "kind", "fields"),
    [
        ("response_says_something", "cannot", {"text": ""}),
        ("response_did_has_day", "did", {"done_on": None}),
        ("response_did_has_day", "cannot", {"done_on": dt.date(2026, 1, 1)}),
        ("response_will_has_day", "will", {"due_on": None}),
        ("response_will_has_day", "wrong", {"due_on": dt.date(2026, 1, 1)}),
        ("response_only_promises_are_late", "did", {"why_late": "x"}),
        ("response_only_promises_are_late", "cannot", {"meanwhile": "x"}),
        ("response_put_off_says_why", "will", {"first_due_on": dt.date(2026, 1, 1)}),
    ],
)
def test_a_response_is_whole(constraint, kind, fields):
    refused(constraint, lambda: make_response(kind=kind, **fields))


def test_one_response_of_a_contribution_is_current():
    one = make_response()
    refused(
        "(?i)unique",
        lambda: Response.objects.filter(pk=one.pk).create(
            contribution=one.contribution, kind="cannot", text="no", owner_name="Tom Reid"
        ),
    )


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("check_back_answer_whole", {"status": "answered"}),
        ("check_back_answer_whole", {"verdict": "yes", "status": "asked", "answered_at": None}),
        ("check_back_answer_whole", {"verdict": "yes", "answered_at": None}),
        ("check_back_comment_read_whole", {"verdict": "yes", "comment_fit_to_show": False}),
        ("check_back_comment_read_whole", {"verdict": "yes", "comment_read_at": timezone.now()}),
        ("check_back_not_shown_says_why", {"verdict": "yes", "not_shown_because": "names"}),
        (
            "check_back_not_shown_says_why",
            {"verdict": "no", "comment_read_at": timezone.now(), "comment_fit_to_show": False},
        ),
        (
            "check_back_shown_as_its_writer_says",
            {"verdict": "no", "comment_read_at": timezone.now(), "comment_fit_to_show": True},
        ),
    ],
)
def test_a_check_back_is_whole(constraint, fields):
    refused(constraint, lambda: make_check_back(**fields))


def test_a_person_is_asked_once_about_an_answer_and_speaks_once():
    asked = make_check_back()
    refused("(?i)unique", lambda: make_check_back(asked.response, asked.person))
    refused("(?i)unique", lambda: asked.response.contribution.voices.create(person=asked.person))


def test_promises_are_kept_in_order():
    charter = make_charter()
    first = charter.commitments.first()
    pledge = Pledge.objects.create(opportunity=make_opportunity(), commitment=first, how="So.")
    refused(
        "(?i)unique",
        lambda: Charter.objects.filter(pk=charter.pk).create(
            version="2",
            title="x",
            definition="x",
            published_on=today(),
            review_due_on=today(),
            is_current=True,
        ),
    )
    refused(
        "(?i)unique", lambda: charter.commitments.create(slug=first.slug, kind="will", position=99)
    )
    refused(
        "(?i)unique", lambda: charter.commitments.create(slug="new", kind=first.kind, position=1)
    )
    refused(
        "(?i)unique",
        lambda: Pledge.objects.create(
            opportunity=pledge.opportunity, commitment=first, how="Again."
        ),
    )
    refused(
        "pledge_says_how",
        lambda: Pledge.objects.create(opportunity=make_opportunity(), commitment=first, how=""),
    )
    refused(
        "commitment_change_says_why",
        lambda: CommitmentChange.objects.create(
            commitment=first, heading_before="x", explanation_before="x", why=""
        ),
    )


def test_a_promise_is_late_from_its_first_day():
    promise = make_response(
        kind="will",
        due_on=today() + 30 * DAY,
        first_due_on=today() - 53 * DAY,
        why_late="The provider pulled out.",
    )
    assert promise.days_late(today()) == 53
    assert make_response(kind="will", due_on=today()).days_late(today()) == 0
    assert make_response(kind="did").days_late(today()) == 0
    assert list(Response.objects.late_on(today())) == [promise]


def test_people_are_asked_after_they_could_try_it_and_never_in_hindsight():
    done = dt.date(2026, 3, 1)
    at_once = make_response(done_on=done, written_at=timezone.make_aware(dt.datetime(2026, 3, 2)))
    later = make_response(done_on=done, written_at=timezone.make_aware(dt.datetime(2026, 6, 1)))
    assert [one.asks_on(28) for one in (at_once, later)] == [
        dt.date(2026, 3, 29),
        dt.date(2026, 6, 1),
    ]
    assert make_response(kind="cannot").asks_on(28) is None


def test_staff_see_what_was_said_to_their_own_organisation(officer, other_officer, resident, trust):
    mine = make_contribution()
    theirs = make_contribution(make_opportunity(trust))
    assert list(Contribution.objects.visible_to(officer)) == [mine]
    assert list(Contribution.objects.visible_to(other_officer)) == [theirs]
    assert list(Contribution.objects.visible_to(resident)) == []


def test_people_see_their_own_check_backs_and_staff_those_of_their_projects(
    officer, other_officer, resident, stranger, client
):
    asked = make_check_back(person=resident.person)
    assert list(CheckBack.objects.visible_to(resident)) == [asked]
    assert list(CheckBack.objects.visible_to(stranger)) == []
    assert list(CheckBack.objects.visible_to(officer)) == []
    assert list(CheckBack.objects.visible_to(AnonymousUser())) == []
    assert list(CheckBack.objects.of_organisation_of(officer)) == [asked]
    assert list(CheckBack.objects.of_organisation_of(other_officer)) == []
    assert list(CheckBack.objects.of_organisation_of(resident)) == []


def test_what_was_said_to_a_draft_is_not_public():
    shown = make_contribution()
    make_contribution(make_opportunity(status=Status.WITHDRAWN))
    assert list(Contribution.objects.public()) == [shown]


def test_a_no_to_the_current_answer_opens_it_again_and_a_new_answer_closes_it():
    silent, helped, refused_one = (make_contribution() for _ in range(3))
    make_check_back(make_response(helped), verdict="yes")
    make_check_back(make_response(refused_one), verdict="no")
    assert list(Contribution.objects.without_response()) == [silent]
    assert list(Contribution.objects.opened_again()) == [refused_one]
    assert set(Contribution.objects.needing_response()) == {silent, refused_one}
    make_response(refused_one)
    assert list(Contribution.objects.needing_response()) == [silent]


def test_rows_are_named_without_anybody_s_name(resident):
    asked = make_check_back(person=resident.person)
    charter = make_charter()
    pledge = Pledge.objects.create(
        opportunity=make_opportunity(), commitment=charter.commitments.first(), how="So."
    )
    change = CommitmentChange(commitment=charter.commitments.first())
    voice = asked.response.contribution.voices.get()
    names = [
        str(one)
        for one in (
            asked,
            asked.response,
            asked.response.contribution,
            voice,
            pledge,
            change,
            charter,
            charter.commitments.first(),
        )
    ]
    assert not [name for name in names if resident.person.name in name]


def test_erasing_a_person_takes_their_voice_and_leaves_what_was_said():
    person = make_person()
    asked = make_check_back(person=person, verdict="no", comment="It shuts on my wheelchair.")
    person.delete()
    assert not CheckBack.objects.filter(status=CheckBackStatus.ANSWERED).exists()
    assert Contribution.objects.get().pk == asked.response.contribution_id
    assert Contribution.objects.get().voices.count() == 0


def test_every_kind_of_answer_can_be_written():
    assert [make_response(kind=kind).kind for kind in ResponseKind] == list(ResponseKind)
