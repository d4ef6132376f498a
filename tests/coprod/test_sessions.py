"""How long people stay signed in, and what ends it at once."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people import actions
from people.models import Membership
from tests.people.signing_in import PASSWORD, is_signed_in, send, sign_in_by_code

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as moving:
        yield moving


def is_out(client, page="/staff/") -> bool:
    return client.get(page).headers.get("Location", "").startswith(reverse("account_login"))


@pytest.mark.parametrize("through_the_door", [True, False])
def test_staff_are_signed_out_after_half_an_hour_without_a_click(
    client, client_for, officer, clock, through_the_door
):
    """Control: a click in time keeps them in."""
    if through_the_door:
        sign_in_by_code(client, officer.email)
    else:
        client = client_for(officer)
    key = client.session.session_key
    for _time in range(3):
        clock.shift(29 * MINUTE)
        assert not is_out(client)
    clock.shift(31 * MINUTE)
    assert is_out(client)
    page = client.get(reverse("account_login")).content.decode()
    assert "You were signed out, to keep what people told us safe." in page
    assert not client.session.exists(key)


def test_a_later_sign_in_elsewhere_does_not_prolong_this_one(client, officer, clock):
    sign_in_by_code(client, officer.email)
    clock.shift(31 * MINUTE)
    other = Client()
    cache.clear()
    sign_in_by_code(other, officer.email)
    assert (is_out(client), is_out(other)) == (True, False)


def test_twelve_hours_are_the_end_however_busy(client, officer, clock):
    sign_in_by_code(client, officer.email)
    for _time in range(24):
        clock.shift(29 * MINUTE)
        assert not is_out(client)
    clock.shift(25 * MINUTE)
    assert is_out(client)


def test_residents_stay_for_two_weeks_after_the_last_visit(client, resident, clock):
    sign_in_by_code(client, resident.email)
    clock.shift(dt.timedelta(days=13))
    assert not is_out(client, "/my/")
    clock.shift(dt.timedelta(days=15))
    assert is_out(client, "/my/")


def test_a_page_that_is_left_open_asks_and_does_not_count_as_a_click(client, officer, clock):
    """Asking keeps nobody in; the button does, until the twelve hours are near."""
    ask = reverse("people:time_left")
    sign_in_by_code(client, officer.email)
    clock.shift(25 * MINUTE)
    assert client.get(ask).json() == {"seconds": 300, "can_stay": True}
    assert client.post(ask).json() == {"seconds": 1800, "can_stay": True}
    for _time in range(23):
        clock.shift(29 * MINUTE)
        client.post(ask)
    clock.shift(23 * MINUTE)
    assert client.post(ask).json() == {"seconds": 300, "can_stay": False}
    clock.shift(5 * MINUTE)
    assert is_out(client, ask)


def test_the_warning_stands_on_every_page_of_staff_and_on_no_other(client_for, officer, resident):
    page = client_for(officer).get("/staff/").content.decode()
    assert 'data-session-left="1800"' in page or 'data-session-left="1799"' in page
    assert "data-session-left" not in client_for(resident).get("/my/").content.decode()
    assert "data-session-left" not in Client().get("/").content.decode()


def test_clicks_are_noted_once_a_minute(client_for, officer, clock, django_assert_num_queries):
    """Each note is a write."""
    client = client_for(officer)
    ask = reverse("people:time_left")
    client.get(ask)
    with django_assert_num_queries(3):
        client.post(ask)
    clock.shift(MINUTE)
    client.post(ask)
    assert client.session["seen_at"] == int(timezone.now().timestamp())


def test_signing_out_ends_the_session_on_the_server(client, resident):
    sign_in_by_code(client, resident.email)
    stolen = client.cookies["sessionid"].value
    send(client, "account_logout")
    thief = Client()
    thief.cookies["sessionid"] = stolen
    assert is_out(thief, "/my/")


def test_a_session_key_from_before_signing_in_is_worth_nothing(client, resident):
    client.get(reverse("account_login"))
    send(client, "account_login", login=resident.email)
    planted = client.cookies["sessionid"].value
    client.logout()
    thief = Client()
    cache.clear()
    sign_in_by_code(client, resident.email)
    thief.cookies["sessionid"] = planted
    assert is_out(thief, "/my/")


def test_a_new_password_ends_the_others(client_for, resident):
    resident.set_password(PASSWORD)
    resident.save()
    here, elsewhere = client_for(resident), client_for(resident)
    new = "four other words of mine"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert send(here, "account_change_password", **form).status_code == 302
    assert (is_out(here, "/my/"), is_out(elsewhere, "/my/")) == (False, True)


def test_a_closed_account_and_an_ended_role_are_gone_with_the_next_click(client_for, officer):
    client = client_for(officer)
    assert client.get("/staff/people/").status_code == 200
    Membership.objects.update(valid_from="2019-01-01", valid_to="2020-01-01")
    assert client.get("/staff/people/").status_code == 403
    assert is_signed_in(client)
    officer.is_active = False
    officer.save()
    assert is_out(client, "/my/")


def test_sign_out_everywhere_else(client, client_for, resident):
    """Also of sessions that the list does not know."""
    sign_in_by_code(client, resident.email)
    unlisted = client_for(resident)
    page = client.get(reverse("usersessions_list")).content.decode()
    assert page.count("Signed in ") == 1
    assert "This device" in page
    assert client.get(reverse("people:end_other_sessions")).status_code == 405
    answer = client.post(reverse("people:end_other_sessions"), follow=True)
    assert "You are signed out everywhere else." in answer.content.decode()
    assert (is_out(client, "/my/"), is_out(unlisted, "/my/")) == (False, True)
    assert "This device" in client.get(reverse("usersessions_list")).content.decode()


def test_nobody_sees_or_ends_the_sessions_of_somebody_else(client_for, resident, stranger):
    theirs = client_for(stranger)
    client_for(resident).post(reverse("people:end_other_sessions"))
    assert not is_out(theirs, "/my/")
    actions.end_sessions(user=stranger)
    assert is_out(theirs, "/my/")
