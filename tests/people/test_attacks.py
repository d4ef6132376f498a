"""Strangers at the doors of accounts: what they learn, how often they may guess, what a code is."""

from __future__ import annotations

import datetime as dt
import logging
import re

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people import actions
from people.invitations import token_of
from people.models import Membership, Person, Role, User
from tests import factories
from tests.people.signing_in import PASSWORD, code_in, is_signed_in, send, sign_in_by_code

KNOWN, UNKNOWN, CLOSED = "amina@example.org", "nobody@example.org", "closed@example.org"
CHANGING = re.compile(
    r'name="(csrfmiddlewaretoken|once)" value="[^"]*"|data-(who|session-left)="\w+"'
)


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def accounts(db) -> None:
    factories.make_user("Amina", email=KNOWN, password=PASSWORD)
    factories.make_user("Chris", email=CLOSED, password=PASSWORD, is_active=False)


def seen(client: Client, answer, email: str) -> list[object]:
    """Return all that a stranger sees: status, way, every byte, cookies, and how many letters."""
    followed = client.get(answer.url) if answer.status_code == 302 else answer
    text = CHANGING.sub("", followed.content.decode()).replace(email, "EMAIL")
    way = answer.headers.get("Location", "")
    return [answer.status_code, way, followed.status_code, text, sorted(answer.cookies)]


# --- What they learn -----------------------------------------------------------------------------
DOORS = {
    "code": ("account_login", {"login": "EMAIL"}, "account_confirm_login_code"),
    "another code": ("account_request_login_code", {"email": "EMAIL"}, None),
    "password": ("account_login", {"login": "EMAIL", "password": "wrong wrong 1"}, None),
    "reset": ("account_reset_password", {"email": "EMAIL"}, "account_confirm_password_reset_code"),
    "sign-up": (
        "account_signup",
        {"email": "EMAIL", "name": "Somebody"},
        "account_email_verification_sent",
    ),
}


@pytest.mark.parametrize("door", DOORS)
def test_a_stranger_learns_nothing_about_who_has_an_account(accounts, door):
    """Bytes, status, cookies and the number of letters; and again after a wrong code.

    Control: the letters themselves differ, so there was something to learn.
    """
    page, fields, then = DOORS[door]
    found, letters = [], []
    for email in (KNOWN, UNKNOWN, CLOSED):
        client, before = Client(), len(mail.outbox)
        form = {name: value.replace("EMAIL", email) for name, value in fields.items()}
        answers = [seen(client, send(client, page, **form), email)]
        if then:
            answers += [seen(client, send(client, then, code="0000-0000"), email) for _try in "12"]
        found.append([*answers, len(mail.outbox) - before])
        letters += [re.sub(r"\d{4}-\d{4}", "", one.body) for one in mail.outbox[before:]]
    assert found[0] == found[1]
    assert found[0] == found[2]
    assert len(set(letters)) == (2 if letters else 0)


def test_the_way_to_another_address_does_not_tell_whether_it_is_taken(accounts, client_for):
    found = []
    for email in (KNOWN, UNKNOWN):
        resident, before = factories.make_resident("Same Name"), len(mail.outbox)
        client = client_for(resident)
        answer = send(client, "account_email", action_add="", email=email)
        texts = [seen(client, answer, email)]
        wrong = send(client, "account_email_verification_sent", code="0000-0000")
        texts.append(seen(client, wrong, email))
        found.append([*texts, len(mail.outbox) - before])
    assert found[0] == found[1]


def test_an_administrator_who_invites_does_not_learn_whether_there_is_an_account(
    accounts, client_for, administrator
):
    """Neither from the page, nor from the link's page, which says the same to both."""
    found = []
    desk = client_for(administrator)
    for email in (KNOWN, UNKNOWN):
        form = {"name": "Nia Jones", "email": email, "role": Role.OFFICER}
        texts = [seen(desk, send(desk, "people:invite_staff", **form), email)]
        (invitation,) = administrator.memberships.get().organisation.invitations.filter(
            revoked_at=None
        )
        link = reverse("people:accept_invitation", args=[token_of(invitation.seed)])
        texts.append(seen(Client(), Client().get(link), email))
        send(desk, "people:revoke_invitation", invitation.pk)
        desk.get("/staff/organisation/")
        found.append([re.sub(r"/invitations/\d+/", "", str(text)) for text in texts])
    assert found[0] == found[1]


def test_a_password_is_hashed_whether_there_is_an_account_or_not(accounts, monkeypatch):
    """No clock is read here: the same work is done, so the same time passes.

    A hash made for nobody, or one compared: each sign-in with a password makes one of the two.
    """
    work: list[str] = []
    user = get_user_model()
    compare, make = user.check_password, user.set_password
    monkeypatch.setattr(
        user, "check_password", lambda self, raw: work.append("compared") or compare(self, raw)
    )
    monkeypatch.setattr(
        user, "set_password", lambda self, raw: work.append("made") or make(self, raw)
    )
    for email in (KNOWN, UNKNOWN, CLOSED):
        send(Client(), "account_login", login=email, password="wrong wrong 1")
    assert len(work) == 3
    assert work[:2] == ["compared", "made"]


# --- How often they may guess --------------------------------------------------------------------
def guess(email: str, password: str, number: int, **headers: str) -> bool:
    client = Client(REMOTE_ADDR=f"192.0.2.{number}", **headers)
    send(client, "account_login", login=email, password=password)
    return is_signed_in(client)


@pytest.mark.parametrize("email", [KNOWN, KNOWN.upper(), "AmInA@Example.ORG", f" {KNOWN} "])
def test_guesses_from_everywhere_count_for_the_account(accounts, email):
    """Each from an address of its own, in every writing. Control: another account still opens."""
    other = factories.make_user("Bob", email="bob@example.org", password=PASSWORD)
    assert not any(guess(email, f"wrong wrong {number}", number) for number in range(5))
    assert not guess(KNOWN, PASSWORD, 99)
    assert guess(other.email, PASSWORD, 99)


def test_one_password_over_many_accounts_is_stopped_and_a_made_up_address_does_not_help(accounts):
    """Control: the same from another real address opens."""
    for number in range(10):
        assert not guess(
            f"u{number}@example.org", PASSWORD, 1, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}"
        )
    assert not guess(KNOWN, PASSWORD, 1, HTTP_X_FORWARDED_FOR="203.0.113.9")
    assert guess(KNOWN, PASSWORD, 2)


def test_no_other_writing_of_an_address_is_the_account(accounts):
    """Neither with an accent nor with a tag; control: capitals are the same address."""
    for email in ("amína@example.org", "amina+1@example.org", "a.mina@example.org"):
        assert not guess(email, PASSWORD, 5)
        assert not User.objects.filter(email__iexact=email).exists()
    assert guess(KNOWN.upper(), PASSWORD, 5)


def test_ten_codes_an_hour(accounts):
    clock = timezone.now()
    for minute in range(20):
        with time_machine.travel(clock + dt.timedelta(minutes=minute)):
            send(Client(REMOTE_ADDR=f"192.0.2.{minute}"), "account_login", login=KNOWN)
    assert len(mail.outbox) == 10


# --- What a code is ------------------------------------------------------------------------------
def test_a_code_belongs_to_the_browser_that_asked(accounts):
    """Control: the browser that asked is let in."""
    asked, other = Client(), Client()
    send(asked, "account_login", login=KNOWN)
    code = code_in(mail.outbox[-1])
    send(other, "account_login", login=UNKNOWN)
    send(other, "account_confirm_login_code", code=code)
    assert not is_signed_in(other)
    send(asked, "account_confirm_login_code", code=code)
    assert is_signed_in(asked)


@pytest.mark.parametrize(
    ("seconds", "wrong", "newer", "opens"),
    [
        (590, 0, False, True),
        (610, 0, False, False),
        (0, 2, False, True),
        (0, 3, False, False),
        (0, 0, True, False),
    ],
)
def test_a_code_lasts_ten_minutes_three_tries_and_until_the_next(
    accounts, client, seconds, wrong, newer, opens
):
    send(client, "account_login", login=KNOWN)
    code = code_in(mail.outbox[-1])
    assert len(code.replace("-", "")) == 8
    for number in range(wrong):
        send(client, "account_confirm_login_code", code=f"0000-000{number}")
    if newer:
        send(client, "account_confirm_login_code", action="resend")
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=seconds)):
        send(client, "account_confirm_login_code", code=code)
        assert is_signed_in(client) == opens


def test_a_code_works_once_and_stands_in_no_log_and_no_subject(accounts, client, caplog):
    """Control: the log was listened to at its loudest."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("control").debug("heard")
    sign_in_by_code(client, KNOWN)
    code = code_in(mail.outbox[-1])
    client.logout()
    client.get(reverse("account_login"))
    send(client, "account_confirm_login_code", code=code)
    assert not is_signed_in(client)
    assert "heard" in caplog.text
    for written in (code, code.replace("-", "")):
        assert written not in caplog.text
        assert written not in mail.outbox[-1].subject


# --- Invitations ---------------------------------------------------------------------------------
@pytest.fixture
def invited(host, administrator):
    facts = {"organisation": host, "name": "Nia Jones", "actor": administrator}

    def invite(role: str = Role.COORDINATOR, email: str = "nia@example.org"):
        return actions.invite(role=role, email=email, **facts)

    return invite


def link(invitation) -> str:
    return reverse("people:accept_invitation", args=[token_of(invitation.seed)])


def test_a_new_password_opens_no_invitation_that_is_too_old(client, invited):
    """Control: in time, the link gives the role."""
    factories.make_user("Nia", email="nia@example.org", password="something old 77")
    invitation = invited()
    later = timezone.now() + dt.timedelta(days=8)
    with time_machine.travel(later):
        send(client, "account_reset_password", email="nia@example.org")
        send(client, "account_confirm_password_reset_code", code=code_in(mail.outbox[-1]))
        send(client, "account_complete_password_reset", password1=PASSWORD, password2=PASSWORD)
        send(client, "account_login", login="nia@example.org", password=PASSWORD)
        assert is_signed_in(client)
        assert client.post(link(invitation)).status_code == 410
    assert Membership.objects.filter(user__email="nia@example.org").count() == 0
    assert Client().post(link(invitation)).status_code == 302
    assert Membership.objects.filter(user__email="nia@example.org").count() == 1


def test_whoever_asked_for_the_account_before_the_invited_gets_nothing_of_it(invited):
    """The attacker's browser still waits for the code that went to the victim."""
    attacker, victim = Client(), Client()
    send(attacker, "account_signup", name="Not Nia", email="nia@example.org")
    assert victim.post(link(invited())).url == reverse("staff_home")
    user = User.objects.get(email="nia@example.org")
    assert (user.name, user.memberships.get().role) == ("Nia Jones", Role.COORDINATOR)
    for page in ("account_email_verification_sent", "account_login"):
        attacker.get(reverse(page))
        assert not is_signed_in(attacker)
    send(attacker, "account_login", login="nia@example.org", password="anything at all")
    send(attacker, "account_email_verification_sent", code="0000-0000")
    assert attacker.get("/staff/").status_code == 302
    assert not is_signed_in(attacker)


def test_a_role_that_was_lowered_before_it_was_accepted_is_the_lower_one(client, invited):
    higher, lower = invited(Role.ADMINISTRATOR), invited(Role.OFFICER)
    assert client.post(link(higher)).status_code == 410
    assert client.post(link(lower)).status_code == 302
    assert [one.role for one in Membership.objects.filter(user__email="nia@example.org")] == [
        Role.OFFICER
    ]


@pytest.mark.parametrize("gone", ["role", "account", ""])
def test_an_invitation_falls_with_whoever_sent_it(client, host, administrator, invited, gone):
    """Control: with nothing gone it stands."""
    invitation = invited()
    if gone == "role":
        factories.make_staff(host, Role.ADMINISTRATOR)
        actions.change_role(
            membership=administrator.memberships.get(), role=Role.OFFICER, actor=None
        )
    if gone == "account":
        administrator.is_active = False
        administrator.save()
    answer = client.post(link(invitation))
    assert answer.status_code == (410 if gone else 302)
    assert ("no longer can" in answer.content.decode()) == bool(gone)
    assert User.objects.filter(email="nia@example.org").exists() != bool(gone)


def test_what_the_system_sent_stands_by_itself(client, host):
    facts = {"name": "Nia Jones", "email": "nia@example.org", "role": Role.OFFICER}
    assert (
        client.post(link(actions.invite(organisation=host, actor=None, **facts))).url == "/staff/"
    )


# --- Gone and back -------------------------------------------------------------------------------
def test_a_new_account_with_the_address_of_a_deleted_one_gets_nothing_of_it(host):
    """The old session, password, role and person are gone. Control: they were there."""
    old, fresh = Client(), Client()
    user = factories.make_user("Amina Khan", email=KNOWN, password=PASSWORD)
    person = actions.join_online(user=user, name="Amina Khan")
    factories.make_membership(user, host, Role.OFFICER)
    sign_in_by_code(old, KNOWN)
    assert old.get("/staff/").status_code == 200
    Person.objects.filter(pk=person.pk).delete()
    User.objects.filter(pk=user.pk).delete()
    send(fresh, "account_signup", name="Somebody Else", email=KNOWN)
    send(fresh, "account_email_verification_sent", code=code_in(mail.outbox[-1]))
    again = User.objects.get(email=KNOWN)
    assert (again.name, again.memberships.count(), again.has_usable_password()) == (
        "Somebody Else",
        0,
        False,
    )
    assert (again.pk != user.pk, again.person.pk != person.pk) == (True, True)
    assert old.get("/my/").status_code == 302
    assert fresh.get("/my/").status_code == 200
