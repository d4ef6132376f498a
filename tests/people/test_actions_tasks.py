"""What staff pass on: theirs alone, done once, and undone."""

import pytest

from coprod.lib.lifecycle import NotAllowed, diagram
from people import actions
from people.lifecycle import NOTICE_MOVES
from people.models import AuditEvent, Notice
from people.queries import done_tasks, open_tasks_count
from tests import factories


def task(person, organisation, number=1, **fields):
    return Notice.objects.create(
        person=person,
        organisation=organisation,
        event=f"test:{number}",
        kind="test",
        contact_by=person.contact_by,
        subject="s",
        text="t",
        message_id=f"<{number}@test>",
        **({"status": Notice.Status.TASK} | fields),
    )


@pytest.fixture
def joyce(db):
    return factories.make_person("Joyce Miller", contact_by="letter", email="")


def test_tasks_belong_to_one_organisation(host, trust, joyce, officer, other_officer, resident):
    """Control: there is one for each, one for nobody, and one that is not a task."""
    ours, theirs, nobodys = (task(joyce, to, n) for n, to in enumerate([host, trust, None]))
    task(joyce, host, 3, status=Notice.Status.OWED)
    task(joyce, host, 4)
    Notice.objects.filter(event="test:4").update(person=None, user=resident)
    assert set(Notice.objects.visible_to(officer)) == {ours, nobodys}
    assert set(Notice.objects.visible_to(other_officer)) == {theirs}
    assert set(Notice.objects.visible_to(resident)) == set()
    assert open_tasks_count(host) == 2
    assert open_tasks_count(trust) == 1


def test_only_those_who_arrange_see_tasks(host, joyce, coordinator, commissioner, administrator):
    ours = task(joyce, host)
    seen = {
        user.name: list(Notice.objects.visible_to(user))
        for user in (coordinator, commissioner, administrator)
    }
    assert seen == {
        "Femi Coordinator": [ours],
        "Harpreet Commissioner": [],
        "Iris Administrator": [],
    }


@pytest.mark.parametrize(("contact_by", "channel"), [("letter", "paper"), ("phone", "phone")])
def test_passing_on_says_who_and_when_and_can_be_taken_back(host, officer, contact_by, channel):
    person = factories.make_person("Joyce Miller", contact_by=contact_by)
    notice = actions.pass_on(notice=task(person, host), actor=officer)
    assert (notice.status, notice.settled_by) == ("done", officer)
    assert notice.settled_at is not None
    assert (open_tasks_count(host), list(done_tasks(host))) == (0, [notice])
    event = AuditEvent.objects.get(verb="notice.passed_on")
    assert (event.person, event.channel) == (str(person.pk), channel)
    with pytest.raises(NotAllowed, match="already passed"):
        actions.pass_on(notice=notice, actor=officer)
    notice = actions.take_back(notice=notice, actor=officer)
    assert (notice.status, notice.settled_by, notice.settled_at) == ("task", None, None)
    with pytest.raises(NotAllowed, match="on the list already"):
        actions.take_back(notice=notice, actor=officer)


def test_what_may_happen_to_a_notice():
    assert diagram(NOTICE_MOVES).splitlines() == [
        "owed --send--> sent",
        "owed --hand_to_staff--> task",
        "owed --give_up--> failed",
        "task --pass_on--> done",
        "done --take_back--> task",
        "owed --hold--> held",
        "task --hold--> held",
        "held --release--> owed",
        "held --release_to_staff--> task",
        "held --stop--> void",
        "owed --stop--> void",
        "task --stop--> void",
    ]
