"""Being in the pool: the verbs, who is told, and that a break, leaving and a death stop letters."""

import datetime as dt

import pytest
from django.utils import timezone

from coprod.lib.days import add_months, today
from coprod.lib.lifecycle import NotAllowed
from people import actions
from people.delivery import deliver_due
from people.lifecycle import PoolStatus
from people.models import AuditEvent, MayLookFor, Notice, Person
from people.outbox import owe
from tests import factories

pytestmark = pytest.mark.django_db
TOMORROW = today() + dt.timedelta(days=1)


def letter(person, event="news", **more):
    """Owe something to a person, as any room may."""
    fresh = Person.objects.get(pk=person.pk)
    facts = {"template": "people/break_over", "context": {"path": "/x/"}, "kind": "test"}
    return owe(person=fresh, event=event, **facts, **more)


def statuses(person):
    return list(Notice.objects.filter(person=person, kind="test").values_list("status", flat=True))


def last_line():
    event = AuditEvent.objects.first()
    return event.verb, event.channel, event.on_behalf_of, event.detail


@pytest.fixture
def person(host):
    return factories.make_person(
        "Ann Active", joined_through=host, welcomed_at=timezone.now(), status=PoolStatus.ACTIVE
    )


@pytest.fixture
def newcomer(host):
    return factories.make_person("Nia New", joined_through=host, status=PoolStatus.INTERESTED)


# --- Welcome -------------------------------------------------------------------------------------
def test_whoever_is_welcomed_is_told_who_is_there_for_them(newcomer, host, coordinator):
    host.phone = "0121 496 0100"
    host.save()
    newcomer.joined_through = host
    welcomed = actions.welcome(
        person=newcomer, organisation=host, contact=coordinator, actor=coordinator
    )
    assert (welcomed.status, welcomed.named_contact) == (PoolStatus.WELCOMED, coordinator)
    text = Notice.objects.get(person=newcomer, kind="welcomed").text
    for part in ("Femi Coordinator", "Example Council", "0121 496 0100", coordinator.email):
        assert part in text
    with pytest.raises(NotAllowed, match="Nobody has to be welcomed"):
        actions.welcome(person=newcomer, organisation=host, contact=coordinator, actor=coordinator)


def test_whoever_came_forward_before_is_active_once_welcomed(newcomer, host, coordinator):
    newcomer.known_to.update(reason="came_forward")
    facts = {"organisation": host, "contact": coordinator, "actor": coordinator}
    assert actions.welcome(person=newcomer, **facts).status == PoolStatus.ACTIVE


def test_another_contact_is_written_down_once(person, host, coordinator, officer):
    for _ in range(2):
        actions.name_contact(
            person=person, organisation=host, contact=coordinator, actor=coordinator
        )
    assert AuditEvent.objects.filter(verb="person.contact_named").count() == 1
    assert Person.objects.get(pk=person.pk).named_contact == coordinator


def test_who_confirms_an_old_row_stays_and_once(host):
    imported = factories.make_person(status=PoolStatus.NOT_CONFIRMED)
    assert actions.confirm(person=imported, actor=None).status == PoolStatus.ACTIVE
    with pytest.raises(NotAllowed):
        actions.confirm(person=imported, actor=None)


# --- Coming forward ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (PoolStatus.INTERESTED, PoolStatus.INTERESTED),
        (PoolStatus.WELCOMED, PoolStatus.ACTIVE),
        (PoolStatus.ACTIVE, PoolStatus.ACTIVE),
        (PoolStatus.LEFT, PoolStatus.INTERESTED),
    ],
)
def test_coming_forward_moves_who_waits_for_it(before, after, trust):
    someone = factories.make_person(status=before)
    actions.open_to(person=someone, organisation=trust, actor=None)
    assert Person.objects.get(pk=someone.pk).status == after


def test_nobody_comes_forward_for_somebody_who_died(trust):
    someone = factories.make_person(status=PoolStatus.DIED)
    with pytest.raises(NotAllowed, match="A death is recorded"):
        actions.open_to(person=someone, organisation=trust, actor=None)


# --- A break -------------------------------------------------------------------------------------
def test_a_break_holds_letters_but_for_what_the_person_asks_for(person, resident):
    """Control: the same letter to somebody without a break leaves."""
    before, other = letter(person, "before"), letter(resident.person)
    actions.pause(person=person, until=TOMORROW, actor=None, channel="phone")
    assert last_line() == ("person.pause", "phone", "", {})
    letter(person, "during")
    own = letter(person, "own", asked_for=True)
    assert [n.status for n in (before, own, other)] == ["owed"] * 3  # as they were made
    deliver_due()
    assert statuses(person) == ["held", "held", "sent"]
    assert statuses(resident.person) == ["sent"]
    back = actions.come_back(person=person, actor=None)
    assert (back.status, back.paused_until) == (PoolStatus.ACTIVE, None)
    deliver_due()
    assert statuses(person) == ["sent"] * 3


def test_what_staff_pass_on_waits_as_well_and_comes_back_to_them(host):
    someone = factories.make_person(
        joined_through=host, contact_by="phone", phone="0121 496 0999", email=""
    )
    letter(someone, organisation=host)
    actions.pause(person=someone, until=TOMORROW, actor=None)
    assert not Notice.objects.tasks_of(host).exists()
    actions.come_back(person=someone, actor=None)
    assert [task.person for task in Notice.objects.tasks_of(host)] == [someone]


def test_a_letter_on_its_way_is_held_by_the_worker_when_the_break_came_first(person):
    """The row that ``owe`` was given may be older than the break: the worker looks again."""
    letter(person)
    Person.objects.update(status=PoolStatus.PAUSED, paused_until=TOMORROW)
    deliver_due()
    notice = Notice.objects.get(kind="test")
    assert (notice.status, notice.settled_at) == ("held", None)


@pytest.mark.parametrize("months", [0, 13])
def test_a_break_ends_within_a_year(person, months):
    with pytest.raises(NotAllowed, match="within the next 12 months"):
        actions.pause(person=person, until=add_months(today(), months), actor=None)


def test_the_break_of_somebody_not_yet_welcomed_ends_where_it_began(newcomer):
    actions.pause(person=newcomer, until=TOMORROW, actor=None)
    fresh = Person.objects.get(pk=newcomer.pk)
    assert actions.come_back(person=fresh, actor=None).status == PoolStatus.INTERESTED
    with pytest.raises(NotAllowed, match="over already"):
        actions.come_back(person=Person.objects.get(pk=newcomer.pk), actor=None)


def test_breaks_end_on_their_day_once_and_with_a_kind_letter(person, newcomer):
    """Control: the second break ends a day later."""
    for someone, days in ((person, 1), (newcomer, 2)):
        until = today() + dt.timedelta(days=days)
        actions.pause(person=someone, until=until, actor=None)
    letter(person, "waits")
    assert [actions.end_breaks(day) for day in (today(), TOMORROW, TOMORROW)] == [0, 1, 0]
    fresh = Person.objects.get(pk=person.pk)
    assert (fresh.status, fresh.paused_until) == (PoolStatus.ACTIVE, None)
    letters = Notice.objects.filter(person=person).order_by("pk").values_list("kind", "status")
    assert list(letters) == [("test", "owed"), ("break_over", "owed")]
    assert not Notice.objects.filter(person=newcomer).exists()


def test_a_break_that_somebody_ended_meanwhile_is_not_ended_twice(person):
    from people.actions.membership import _end_break

    assert not _end_break(person.pk, today())


# --- Leaving -------------------------------------------------------------------------------------
@pytest.mark.parametrize("verb", ["leave", "record_death"])
def test_nothing_reaches_who_is_gone_and_their_places_are_free_again(
    verb, person, resident, host, coordinator
):
    """Control: the same letters reach another resident, who is on the same waiting list."""
    brief = factories.make_opportunity(host, places=1)
    over = factories.make_opportunity(host, status="completed", closes_on=today())
    sign_up = factories.make_sign_up(brief, person)
    waiting = factories.make_sign_up(brief, resident.person)
    Notice.objects.all().delete()
    for someone in (person, resident.person):
        letter(someone, "before")
    over.sign_ups.create(person=person, status="place", contact_by="email")
    more = {"organisation": host, "channel": "phone"} if verb == "record_death" else {}
    actor = coordinator if more else None
    gone = getattr(actions, verb)(person=person, actor=actor, **more)
    assert gone.status == {"leave": "left", "record_death": "died"}[verb]
    for row in (sign_up, waiting):
        row.refresh_from_db()
    assert (sign_up.status, waiting.status) == ("withdrawn", "place")
    assert over.sign_ups.get().status == "place"
    for someone in (person, resident.person):
        letter(someone, "after")
        letter(someone, "own", asked_for=True)
    deliver_due()
    assert statuses(person) == ["void"]
    assert statuses(resident.person) == ["sent"] * 3
    assert list(Notice.objects.exclude(kind="test").values_list("person", "kind")) == [
        (resident.person.pk, "moved_up")
    ]
    assert person not in Person.objects.looked_for_by(host)


def test_a_letter_on_its_way_to_somebody_who_died_is_stopped_by_the_worker(person):
    letter(person)
    Person.objects.filter(pk=person.pk).update(status=PoolStatus.DIED)
    deliver_due()
    assert statuses(person) == ["void"]


def test_leaving_closes_every_partners_door_and_coming_back_opens_the_first(person, host, trust):
    factories.let_look(person, trust)
    actions.leave(person=person, actor=None)
    assert not MayLookFor.objects.exists()
    with pytest.raises(NotAllowed, match="not in the pool"):
        actions.leave(person=person, actor=None)
    back = actions.come_back(person=Person.objects.get(pk=person.pk), actor=None)
    assert (back.status, back.welcomed_at) == (PoolStatus.INTERESTED, None)
    assert [row.organisation for row in MayLookFor.objects.all()] == [host]


def test_who_joined_through_nobody_comes_back_to_nobody():
    someone = factories.make_person(status=PoolStatus.LEFT)
    actions.come_back(person=someone, actor=None)
    assert not MayLookFor.objects.exists()


# --- A death -------------------------------------------------------------------------------------
def test_a_death_closes_the_account_and_can_be_put_right(resident, host, coordinator, client_for):
    browser = client_for(resident)
    facts = {"actor": coordinator, "organisation": host}
    actions.record_death(person=resident.person, channel="phone", **facts)
    assert last_line() == ("person.record_death", "phone", str(resident.person.pk), {})
    assert browser.get("/my/").status_code == 302
    resident.refresh_from_db()
    assert not resident.is_active
    actions.correct_death(person=resident.person, **facts)
    resident.refresh_from_db()
    assert resident.is_active
    assert Person.objects.get(pk=resident.person.pk).status == PoolStatus.ACTIVE


def test_a_colleagues_account_is_left_to_an_administrator(host, coordinator, officer):
    person = factories.make_person(user=officer)
    actions.record_death(person=person, actor=coordinator, organisation=host, channel="phone")
    officer.refresh_from_db()
    assert officer.is_active
