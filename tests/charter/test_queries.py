"""What waits for residents and for staff, and which projects pledge what."""

import datetime as dt

import pytest
from django.utils import timezone

from charter import queries
from charter.actions import save_pledges
from coprod.lib.days import today
from opportunities.lifecycle import Status
from opportunities.models import Attendance
from tests.factories import (
    make_charter,
    make_check_back,
    make_contribution,
    make_opportunity,
    make_person,
    make_response,
    make_sign_up,
)

DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.usefixtures("host")


def test_a_commitment_counts_the_public_projects_that_pledge_it(officer):
    charter = make_charter()
    honest = charter.commitments.get(slug="honest")
    for status in (Status.PUBLISHED, Status.COMPLETED, Status.WITHDRAWN):
        project = make_opportunity(status=status)
        save_pledges(opportunity=project, actor=officer, hows={honest: "So."})
    found = {one.slug: one.projects for one in queries.commitments_of(charter)}
    assert found.pop("honest") == 2
    assert set(found.values()) == {0}


def test_the_pledges_of_one_project(officer):
    charter = make_charter()
    honest = charter.commitments.get(slug="honest")
    mine, other = make_opportunity(), make_opportunity()
    save_pledges(opportunity=other, actor=officer, hows={honest: "Theirs."})
    assert set(queries.pledges_by_commitment(mine, charter).values()) == {""}
    assert queries.pledges_by_commitment(other, charter)[honest] == "Theirs."
    assert len(queries.pledges_by_commitment(mine, charter)) == 9


def test_no_charter_no_fuss():
    assert queries.charter_in_force() is None


def test_the_people_of_a_project_signed_up_or_took_part():
    project = make_opportunity()
    signed_up, came, stranger = make_person(), make_person(), make_person()
    make_sign_up(project, signed_up)
    make_sign_up(make_opportunity(), stranger)
    Attendance.objects.create(opportunity=project, person=came, took_part_on=today())
    Attendance.objects.create(opportunity=project, person=came, took_part_on=today() - DAY)
    assert sorted(one.pk for one in queries.people_of(project)) == [signed_up.pk, came.pk]


def test_open_questions_of_a_resident_oldest_first(resident, other_resident, officer):
    new = make_check_back(person=resident.person, asked_on=today())
    old = make_check_back(person=resident.person, asked_on=today() - 9 * DAY, status="reminded")
    make_check_back(person=resident.person, verdict="yes")
    make_check_back(person=resident.person, status="unanswered")
    make_check_back(person=other_resident.person)
    assert list(queries.open_check_backs(resident)) == [old, new]
    assert list(queries.open_check_backs(officer)) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_open_questions_come_in_one_query(rows, resident, django_assert_num_queries):
    for _ in range(rows):
        make_check_back(person=resident.person)
    with django_assert_num_queries(1):
        for one in queries.open_check_backs(resident):
            assert one.response.contribution.opportunity.title


def offline(**fields):
    return make_person(email="", contact_by="phone", **fields)


def test_whom_staff_ring_for_a_project(resident, officer):
    response = make_response()
    project = response.contribution.opportunity
    asked = make_check_back(response, offline())
    let_go = make_check_back(response, offline(), status="unanswered")
    make_check_back(response, offline(), status="due", asked_on=None)
    make_check_back(response, offline(), verdict="yes")
    make_check_back(response, resident.person)
    make_check_back(person=offline())
    assert set(queries.answers_to_enter(project, officer)) == {asked, let_go}


@pytest.fixture
def busy(officer):
    """One of everything that waits, in the host, written by the officer."""

    def make(project=None):
        project = project or make_opportunity()
        late = make_contribution(project, about="Late")
        make_response(late, "will", due_on=today() - 53 * DAY)
        make_contribution(project, about="Silent")
        refused = make_response(make_contribution(project, about="Refused"), written_by=officer)
        make_check_back(refused, verdict="no", comment="It shuts.", may_show_comment=True)
        make_check_back(refused, offline())
        return project

    return make


def test_what_waits_for_a_coordinator_the_late_first(busy, coordinator):
    project = busy()
    rows = queries.staff_queue(coordinator.acting)
    assert [row.title for row in rows] == [
        "Keep a promise: Late",
        "Answer what people said: Silent",
        "It did not help: Refused",
        "Ask 1 person by phone, letter or in person: did it help?",
        "Read 1 comment before everybody can",
    ]
    assert (rows[0].tag, rows[0].kind) == ("Late by 53 days", "late")
    assert rows[3].href == f"/staff/opportunities/{project.slug}/feedback/#to-ring"


def test_comments_wait_for_coordinators_and_nothing_waits_for_others(
    busy, officer, coordinator, commissioner, other_coordinator
):
    busy()
    assert len(queries.staff_queue(officer.acting)) == 4
    assert queries.staff_queue(commissioner.acting) == []
    assert queries.staff_queue(other_coordinator.acting) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_takes_five_queries(rows, busy, coordinator, django_assert_num_queries):
    for _ in range(rows):
        busy()
    with django_assert_num_queries(5):
        queries.staff_queue(coordinator.acting)


@pytest.mark.parametrize(
    ("written", "starts", "expected"), [(30, -30, 30), (10, 40, 40), (10, None, 10)]
)
def test_a_project_begins_with_whatever_came_first(host, written, starts, expected):
    """Days are London's: the clocks may have changed since it was written, and it may be late."""
    noon = dt.datetime.combine(today() - dt.timedelta(days=written), dt.time(12))
    project = make_opportunity(
        created_at=timezone.make_aware(noon),
        starts_on=None if starts is None else today() - dt.timedelta(days=starts),
        ends_on=None,
    )
    assert queries.begun_on(project) == today() - dt.timedelta(days=expected)
