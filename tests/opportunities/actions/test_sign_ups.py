"""Coming forward, the waiting list, and out again."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from opportunities.actions import places
from opportunities.actions.seating import position_of
from opportunities.actions.sign_ups import (
    change,
    fill_free_places,
    sign_up,
    withdraw,
)
from opportunities.levels import PlacesGiven
from opportunities.lifecycle import SignUpStatus as U
from opportunities.lifecycle import Status
from opportunities.models import Opportunity, SignUp, SignUpSupport
from people.models import AuditEvent, Channel, Consent, ContactBy, KnownTo, Notice
from tests.factories import make_opportunity, make_person, make_sign_up

DAY = dt.timedelta(days=1)


def facts(**other):
    return {
        "shares": ["experience"],
        "contact_by": ContactBy.PHONE,
        "contact_detail": "07700 900111",
        "old_enough": True,
    } | other


def kinds(person):
    return list(person.notices.order_by("pk").values_list("kind", flat=True))


def statuses(opportunity):
    rows = opportunity.sign_ups.order_by("pk")
    return list(rows.values_list("status", flat=True))


@pytest.fixture
def brief(host):
    return make_opportunity(places=1)


@pytest.fixture
def full(brief):
    """One place, taken, and two who wait."""
    return [make_sign_up(brief) for _ in range(3)]


def test_first_come_gives_places_and_then_numbers(full, brief):
    assert [(row.status, row.waiting_number) for row in full] == [
        (U.PLACE, None),
        (U.WAITING, 1),
        (U.WAITING, 2),
    ]
    brief.refresh_from_db()
    assert (brief.places_taken, brief.last_waiting_number) == (1, 2)
    assert [kinds(row.person) for row in full] == [
        ["place_given"],
        ["on_waiting_list"],
        ["on_waiting_list"],
    ]


def test_an_open_number_never_fills(host):
    brief = make_opportunity(places=None)
    assert [make_sign_up(brief).status for _ in range(3)] == [U.PLACE] * 3


def test_where_the_team_chooses_everybody_is_heard(host):
    brief = make_opportunity(places=1, places_given=PlacesGiven.WE_CHOOSE)
    rows = [make_sign_up(brief) for _ in range(2)]
    assert [row.status for row in rows] == [U.HEARD] * 2
    brief.refresh_from_db()
    assert brief.places_taken == 0
    assert kinds(rows[0].person) == ["heard"]


def test_sent_twice_it_is_one_sign_up_one_place_and_one_notice(brief, resident):
    both = [
        sign_up(opportunity=brief, person=resident.person, actor=resident, **facts(why=why))
        for why in ("first", "second")
    ]
    assert both[0].pk == both[1].pk
    assert both[1].why == "first"
    brief.refresh_from_db()
    assert brief.places_taken == 1
    assert kinds(resident.person) == ["place_given"]
    assert AuditEvent.objects.filter(verb="sign_up.came_forward").count() == 1


def test_the_organisation_may_reach_the_person_from_then_on(brief, resident, host):
    sign_up(opportunity=brief, person=resident.person, actor=resident, **facts())
    assert [known.organisation for known in KnownTo.objects.filter(person=resident.person)] == [
        host
    ]


def test_only_parts_of_the_profile_are_shared(brief):
    row = make_sign_up(brief, shares=["best_contact", "equality", "experience"])
    assert row.shares == ["experience", "best_contact"]


def test_what_the_person_did_online_has_no_typist(brief, resident):
    row = sign_up(opportunity=brief, person=resident.person, actor=resident, **facts())
    event = AuditEvent.objects.get(verb="sign_up.came_forward")
    assert (row.typed_by, row.channel) == (None, Channel.ONLINE)
    assert (event.actor, event.person, event.on_behalf_of, event.channel) == (
        str(resident.pk),
        str(resident.person.pk),
        "",
        "online",
    )


def test_what_staff_typed_keeps_typist_and_channel(brief, resident, officer):
    row = sign_up(
        opportunity=brief,
        person=resident.person,
        actor=officer,
        **facts(channel=Channel.PHONE),
    )
    event = AuditEvent.objects.get(verb="sign_up.came_forward")
    assert (row.typed_by, row.channel) == (officer, Channel.PHONE)
    assert (event.actor, event.on_behalf_of, event.channel) == (
        str(officer.pk),
        str(resident.person.pk),
        "phone",
    )


def test_a_person_without_email_becomes_a_task_of_the_organisation(brief, host):
    person = make_person("Pat Post", email="", contact_by=ContactBy.LETTER)
    make_sign_up(brief, person)
    notice = Notice.objects.get(person=person)
    assert (notice.status, notice.organisation) == (Notice.Status.TASK, host)


@pytest.mark.parametrize(
    "fields",
    [
        {"status": Status.CLOSED},
        {"status": Status.IN_PROGRESS},
        {"closes_on": today() - DAY},
    ],
)
def test_a_closed_brief_takes_nobody(host, fields):
    brief = make_opportunity(**fields)
    with pytest.raises(NotAllowed, match="closed to new people"):
        make_sign_up(brief)
    assert statuses(brief) == []


def test_the_closing_day_itself_still_counts(host):
    assert make_sign_up(make_opportunity(closes_on=today())).status == U.PLACE


def test_after_the_start_a_free_place_is_given_and_there_is_no_waiting_list(host):
    brief = make_opportunity(places=1, starts_on=today())
    assert make_sign_up(brief).status == U.PLACE
    with pytest.raises(NotAllowed, match="no waiting list"):
        make_sign_up(brief)
    assert statuses(brief) == [U.PLACE]


@pytest.mark.parametrize(
    ("min_age", "channel", "words"),
    [
        (18, Channel.ONLINE, "Ring 0121 496 0123"),
        (65, Channel.PHONE, "65 or over"),
        (14, Channel.ONLINE, "Enter the date of birth"),
    ],
)
def test_somebody_too_young_is_told_what_to_do(host, min_age, channel, words):
    with pytest.raises(NotAllowed, match=words):
        make_sign_up(make_opportunity(min_age=min_age), old_enough=False, channel=channel)
    assert Notice.objects.count() == 0


def test_whoever_withdrew_comes_back_at_the_end(full, brief):
    _first, second, third = full
    withdraw(sign_up=second, actor=None)
    again = make_sign_up(brief, second.person, why="I can come after all")
    assert (again.pk, again.status, again.waiting_number) == (second.pk, U.WAITING, 3)
    assert (again.withdrawn_at, again.why) == (None, "I can come after all")
    assert kinds(second.person) == ["on_waiting_list", "withdrawn", "on_waiting_list"]
    assert [position_of(third), position_of(again)] == [1, 2]


def test_whoever_withdrew_comes_back_without_the_old_answer(host):
    brief = make_opportunity(places_given=PlacesGiven.WE_CHOOSE)
    row = make_sign_up(brief)
    SignUp.objects.filter(pk=row.pk).update(answer="old", decision_reason="old")
    withdraw(sign_up=row, actor=None)
    again = make_sign_up(brief, row.person)
    assert (again.status, again.answer, again.decision_reason) == (U.HEARD, "", "")


def test_a_freed_place_goes_to_the_next_in_order_who_is_told(full, brief):
    first, second, third = full
    withdraw(sign_up=first, actor=None)
    assert statuses(brief) == [U.WITHDRAWN, U.PLACE, U.WAITING]
    brief.refresh_from_db()
    assert brief.places_taken == 1
    assert kinds(second.person) == ["on_waiting_list", "moved_up"]
    assert kinds(third.person) == ["on_waiting_list"]
    assert position_of(third) == 1


def test_whoever_moves_up_does_not_learn_who_left(full, resident):
    withdraw(sign_up=full[0], actor=resident)
    assert AuditEvent.objects.get(verb="sign_up.moved_up").actor == ""


def test_withdrawing_twice_frees_one_place(full, brief):
    for _ in range(2):
        withdraw(sign_up=full[0], actor=None)
    brief.refresh_from_db()
    assert brief.places_taken == 1
    assert kinds(full[0].person) == ["place_given", "withdrawn"]


def test_leaving_the_waiting_list_frees_no_place(full, brief):
    withdraw(sign_up=full[1], actor=None)
    assert statuses(brief) == [U.PLACE, U.WITHDRAWN, U.WAITING]


@pytest.mark.parametrize(
    "fields",
    [
        {"starts_on": today()},
        {"status": Status.IN_PROGRESS},
    ],
)
def test_after_the_start_a_freed_place_is_not_passed_on(full, brief, fields):
    Opportunity.objects.filter(pk=brief.pk).update(**fields)
    withdraw(sign_up=full[0], actor=None)
    assert statuses(brief) == [U.WITHDRAWN, U.WAITING, U.WAITING]
    brief.refresh_from_db()
    assert brief.places_taken == 0
    assert kinds(full[1].person) == ["on_waiting_list"]


def test_a_closed_brief_still_passes_places_on(full, brief):
    Opportunity.objects.filter(pk=brief.pk).update(status=Status.CLOSED)
    withdraw(sign_up=full[0], actor=None)
    assert statuses(brief) == [U.WITHDRAWN, U.PLACE, U.WAITING]


def test_whoever_is_being_erased_gets_no_more_messages(full):
    withdraw(sign_up=full[0], actor=None, tell=False)
    assert kinds(full[0].person) == ["place_given"]


def test_withdrawing_deletes_what_was_said_about_support(brief, resident):
    row = make_sign_up(brief, resident.person, support_text="A ramp, please", support_consent=True)
    withdraw(sign_up=row, actor=resident)
    assert SignUpSupport.objects.count() == 0
    assert Consent.objects.get().withdrawn_at is not None


def test_more_places_go_to_those_who_wait_in_order(full, brief, officer):
    Opportunity.objects.filter(pk=brief.pk).update(places=2)
    moved = fill_free_places(opportunity=brief, actor=officer)
    assert [row.pk for row in moved] == [full[1].pk]
    assert statuses(brief) == [U.PLACE, U.PLACE, U.WAITING]
    assert AuditEvent.objects.get(verb="sign_up.moved_up").actor == str(officer.pk)
    assert fill_free_places(opportunity=brief, actor=officer) == []


def test_nobody_waits_and_the_places_stay_free(brief, officer):
    assert fill_free_places(opportunity=brief, actor=officer) == []
    brief.refresh_from_db()
    assert brief.places_taken == 0


def test_what_is_shared_changes_and_the_log_keeps_what_stopped(brief, resident):
    row = make_sign_up(brief, resident.person, shares=["experience", "how_to_help"])
    changed = change(
        sign_up=row,
        actor=resident,
        shares=["how_to_help", "important_to_me"],
        why="More",
        contact_by=ContactBy.EMAIL,
        contact_detail="amina@example.org",
    )
    row.refresh_from_db()
    assert row.shares == changed.shares == ["important_to_me", "how_to_help"]
    assert (row.why, row.contact_by, row.contact_detail) == ("More", "email", "amina@example.org")
    detail = AuditEvent.objects.get(verb="sign_up.changed").detail
    assert detail == {
        "opportunity": brief.pk,
        "shares": ["important_to_me", "how_to_help"],
        "stopped": ["experience"],
    }


def test_whoever_left_changes_nothing(brief, resident):
    row = make_sign_up(brief, resident.person)
    withdraw(sign_up=row, actor=resident)
    with pytest.raises(NotAllowed, match="no longer part"):
        change(
            sign_up=row, actor=resident, shares=[], why="", contact_by="phone", contact_detail=""
        )


def test_a_fault_after_the_counter_moved_leaves_nothing_half_stored(brief, monkeypatch):
    """Proved by the notice: it is the last thing written, and it fails."""
    person = make_person()
    monkeypatch.setattr("opportunities.notices.owe", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make_sign_up(brief, person)
    brief.refresh_from_db()
    assert (brief.places_taken, brief.last_waiting_number) == (0, 0)
    assert SignUp.objects.count() == KnownTo.objects.count() == 0
    assert AuditEvent.objects.filter(verb="sign_up.came_forward").count() == 0


def test_the_database_refuses_one_place_too_many(full, brief):
    with pytest.raises(IntegrityError), transaction.atomic():
        Opportunity.objects.filter(pk=brief.pk).update(places_taken=F("places_taken") + 1)


def test_a_full_brief_gives_no_place_and_none_is_given_back_below_zero(brief):
    assert places.claim(brief) is True
    assert places.claim(brief) is False
    places.release(brief)
    places.release(brief)
    brief.refresh_from_db()
    assert brief.places_taken == 0
