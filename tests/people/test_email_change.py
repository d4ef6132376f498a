"""Another e-mail address: shown to be theirs, told to the old one, taken back within a week."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from people import actions, second_step
from people.models import AuditEvent, EmailChange, User
from tests import factories
from tests.people.signing_in import (
    PASSWORD,
    app_shows,
    code_in,
    give_app,
    is_signed_in,
    send,
    sign_in_by_code,
)

NEW = "new@example.org"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def letters_to(address: str) -> list:
    return [letter for letter in mail.outbox if letter.to == [address]]


def change_address(client, new=NEW):
    send(client, "account_email", action_add="", email=new)
    return send(client, "account_email_verification_sent", code=code_in(letters_to(new)[-1]))


@pytest.fixture
def changed(client, resident) -> str:
    """The address of ``resident`` was changed; returns the link in the letter to the old one."""
    old = resident.email
    sign_in_by_code(client, old)
    change_address(client)
    letter = letters_to(old)[-1]
    return re.search(r"http://[^/]+(/account/undo/\S+)", letter.body).group(1)


def test_the_old_address_is_told_with_a_way_back_and_other_sessions_end(
    client, client_for, resident
):
    old = resident.email
    elsewhere = client_for(resident)
    sign_in_by_code(client, old)
    change_address(client)
    fresh = User.objects.get(pk=resident.pk)
    assert (fresh.email, fresh.person.email) == (NEW, NEW)
    assert (is_signed_in(client), client.get("/my/").status_code) == (True, 200)
    assert elsewhere.get("/my/").status_code == 302
    assert "take it back here, within 7 days" in letters_to(old)[-1].body
    assert AuditEvent.objects.get(verb="account.email_changed").person == str(fresh.person.pk)


def test_whoever_reads_the_old_address_takes_it_back_and_shuts_the_thief_out(
    client, changed, resident
):
    """The thief had set a password and a second step. Looking changes nothing."""
    thief, owner, old = client, Client(), resident.email
    user = User.objects.get(pk=resident.pk)
    user.set_password(PASSWORD)
    user.save()
    give_app(user)
    assert "Do you want your old e-mail address back?" in owner.get(changed).content.decode()
    assert User.objects.get(pk=user.pk).email == NEW
    answer = owner.post(changed)
    assert "Your account is yours again" in answer.content.decode()
    user = User.objects.get(pk=user.pk)
    assert (user.email, user.person.email, user.has_usable_password()) == (old, old, False)
    assert not second_step.is_set_up(user)
    assert list(EmailAddress.objects.filter(user=user).values_list("email", "verified")) == [
        (old, True)
    ]
    assert thief.get("/my/").status_code == 302
    assert [owner.get(changed).status_code, owner.post(changed).status_code] == [410, 410]
    cache.clear()
    sign_in_by_code(owner, old)
    assert is_signed_in(owner)


def test_what_protected_the_account_before_the_change_stays(client, resident):
    give_app(resident)
    sign_in_by_code(client, resident.email)
    send(client, "mfa_authenticate", code=app_shows())
    change_address(client)
    actions.undo_email_change(change=EmailChange.objects.get())
    assert second_step.is_set_up(resident)


def test_two_changes_in_a_row_are_undone_together(client, changed, resident):
    old = resident.email
    cache.clear()
    change_address(client, "third@example.org")
    assert Client().post(changed).status_code == 200
    assert User.objects.get(pk=resident.pk).email == old
    assert not EmailChange.objects.filter(undone_at=None).exists()


def test_staff_without_a_person_take_it_back_as_well(client, officer):
    sign_in_by_code(client, officer.email)
    change_address(client)
    actions.undo_email_change(change=EmailChange.objects.get())
    assert User.objects.get(pk=officer.pk).email == officer.email


@pytest.mark.parametrize("days", [6, 8])
def test_a_week_later_it_stands(changed, resident, days):
    with time_machine.travel(timezone.now() + dt.timedelta(days=days)):
        answer = Client().post(changed)
    assert answer.status_code == (200 if days < 7 else 410)
    undone = User.objects.get(pk=resident.pk).email == resident.email
    assert undone == (days < 7)


@pytest.mark.parametrize("taken", ["account", "proved"])
def test_an_address_that_has_another_account_now_is_not_taken_from_it(changed, resident, taken):
    other = factories.make_user("Somebody", email=resident.email if taken == "account" else "x@y.z")
    if taken == "proved":
        EmailAddress.objects.create(user=other, email=resident.email, verified=True)
    answer = Client().post(changed)
    assert (answer.status_code, "Please ring us" in answer.content.decode()) == (410, True)
    assert User.objects.get(pk=resident.pk).email == NEW


def test_a_link_that_we_never_made_is_nothing(db):
    for token in ("1", "1:abc", "x" * 300):
        assert Client().get(reverse("people:undo_email_change", args=[token])).status_code == 404


# --- Codes to the old address --------------------------------------------------------------------
def test_codes_that_went_to_the_old_address_die_with_the_change(client, resident):
    """Somebody who reads the old mailbox asked for both before. Control: the next test."""
    resident.set_password("something old 77")
    resident.save()
    reader, other = Client(), Client()
    send(reader, "account_login", login=resident.email)
    sign_in_code = code_in(mail.outbox[-1])
    send(other, "account_reset_password", email=resident.email)
    reset_code = code_in(mail.outbox[-1])
    send(client, "account_login", login=resident.email, password="something old 77")
    change_address(client)
    send(reader, "account_confirm_login_code", code=sign_in_code)
    assert not is_signed_in(reader)
    send(other, "account_confirm_password_reset_code", code=reset_code)
    new = send(other, "account_complete_password_reset", password1=PASSWORD, password2=PASSWORD)
    assert new.status_code == 403
    assert User.objects.get(pk=resident.pk).check_password("something old 77")


def test_codes_to_the_present_address_work(client, resident):
    reader, other = Client(), Client()
    sign_in_by_code(reader, resident.email)
    assert is_signed_in(reader)
    send(other, "account_reset_password", email=resident.email)
    send(other, "account_confirm_password_reset_code", code=code_in(mail.outbox[-1]))
    send(other, "account_complete_password_reset", password1=PASSWORD, password2=PASSWORD)
    assert User.objects.get(pk=resident.pk).check_password(PASSWORD)


# --- Is it still you? ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("has", "asked_at"),
    [
        ("nothing", "people:sign_in_again"),
        ("password", "account_reauthenticate"),
        ("app", "mfa_reauthenticate"),
    ],
)
@pytest.mark.parametrize("door", ["account_email", "account_set_password", "mfa_add_webauthn"])
def test_a_quarter_of_an_hour_later_one_shows_again_who_one_is(
    client_for, resident, has, asked_at, door
):
    """Control: at once, nobody is asked for the address."""
    if has == "password":
        resident.set_password(PASSWORD)
        resident.save()
    if has == "app":
        give_app(resident)
    client = client_for(resident)
    assert client.get(reverse("account_email")).status_code == 200
    expected = f"{reverse(asked_at)}?{urlencode({'next': reverse(door)})}"
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=16)):
        for answer in (client.get(reverse(door)), client.post(reverse(door), {"email": NEW})):
            assert answer.url == expected


def test_signing_in_once_more_leads_back(client, resident):
    sign_in_by_code(client, resident.email)
    page = client.get(reverse("people:sign_in_again"), {"next": "/account/email/"}).content.decode()
    (after,) = re.findall(r'name="next" value="([^"]+)"', page)
    answer = client.post(reverse("account_logout"), {"next": after})
    assert answer.url == "/account/login/?next=%2Faccount%2Femail%2F"
    page = client.get(reverse("people:sign_in_again"), {"next": "https://evil.example"})
    assert "evil" not in page.content.decode()
