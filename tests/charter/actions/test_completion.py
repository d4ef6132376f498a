"""The one door to a project’s end."""

import pytest

from charter.actions import SomethingIsOpen, complete_project
from coprod.lib.lifecycle import NotAllowed
from opportunities.lifecycle import Status
from people.models import AuditEvent
from tests.factories import make_check_back, make_contribution, make_opportunity, make_response

pytestmark = pytest.mark.usefixtures("host")


@pytest.fixture
def project(host):
    return make_opportunity(status=Status.IN_PROGRESS)


def test_a_project_with_nothing_open_ends(project, officer):
    make_response(make_contribution(project))
    complete_project(opportunity=project, actor=officer)
    project.refresh_from_db()
    assert project.status == Status.COMPLETED
    assert AuditEvent.objects.get(verb="opportunity.completed").actor == str(officer.pk)


def test_a_project_does_not_end_while_something_said_has_no_response(project, officer):
    said = make_contribution(project)
    make_response(make_contribution(project))
    with pytest.raises(SomethingIsOpen) as refusal:
        complete_project(opportunity=project, actor=officer)
    assert refusal.value.waiting == [said]
    project.refresh_from_db()
    assert project.status == Status.IN_PROGRESS
    make_response(said)
    complete_project(opportunity=project, actor=officer)


def test_a_no_keeps_a_project_open(project, officer):
    said = make_contribution(project)
    make_check_back(make_response(said), verdict="no")
    with pytest.raises(SomethingIsOpen) as refusal:
        complete_project(opportunity=project, actor=officer)
    assert refusal.value.waiting == [said]


def test_what_was_said_to_another_project_does_not_matter(project, officer):
    make_contribution(make_opportunity())
    complete_project(opportunity=project, actor=officer)


def test_only_a_project_in_progress_ends(officer):
    with pytest.raises(NotAllowed, match="in progress"):
        complete_project(opportunity=make_opportunity(), actor=officer)
