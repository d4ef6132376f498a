"""The link of an invitation: it is proof of the address, it works once, and says what to do."""

import re

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from people import actions
from people.delivery import deliver_due
from people.invitations import token_of
from people.models import Membership, Role, User
from tests import factories


@pytest.fixture
def invitation(host, administrator):
    return actions.invite(
        organisation=host,
        name="Nia Jones",
        email="nia@example.org",
        role=Role.COORDINATOR,
        team=factories.make_team(host, "Adult social care"),
        actor=administrator,
    )


@pytest.fixture
def link(invitation):
    return reverse("people:accept_invitation", args=[token_of(invitation.seed)])


def test_accept_invitation_by_the_link_in_the_letter(invitation, client):
    deliver_due()
    (letter,) = mail.outbox
    assert letter.to == ["nia@example.org"]
    (found,) = set(re.findall(r"/invitation/\w+/", letter.body))
    assert found in letter.alternatives[0].content
    page = client.get(found).content.decode()
    assert "Example Council invites you" in page
    assert "Your role would be: Coordinator." in page
    assert "Adult social care" in page
    assert not User.objects.filter(email="nia@example.org").exists()
    answer = client.post(found)
    assert (answer.status_code, answer.url) == (302, reverse("staff_home"))
    user = User.objects.get(email="nia@example.org")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.memberships.get().role == Role.COORDINATOR


def test_accept_invitation_looking_uses_nothing_up(client, link, invitation):
    for _time in range(3):
        assert client.get(link).status_code == 200
    invitation.refresh_from_db()
    assert invitation.used_at is None


def test_accept_invitation_signed_in_as_the_invited(client_for, link):
    user = factories.make_user("Nia", email="nia@example.org")
    answer = client_for(user).post(link)
    assert (answer.status_code, answer.url) == (302, reverse("staff_home"))
    assert user.memberships.get().role == Role.COORDINATOR


def test_accept_invitation_signed_in_as_somebody_else_is_refused_kindly(
    client_for, resident, link, client
):
    """Control: afterwards the link still works for whom it is for."""
    theirs = client_for(resident)
    page = theirs.get(link)
    assert "This invitation is for nia@example.org" in page.content.decode()
    assert "Sign out" in page.content.decode()
    assert theirs.post(link).status_code == 403
    assert not Membership.objects.filter(user=resident).exists()
    assert client.post(link).status_code == 302


def test_accept_invitation_twice_says_to_sign_in(client, link):
    client.post(link)
    client.logout()
    for answer in (client.get(link), client.post(link)):
        assert answer.status_code == 410
        assert "This invitation has been used" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_accept_invitation_too_late_says_to_ask_for_a_new_one(client, link, settings):
    with time_machine.travel(timezone.now() + settings.INVITATION_LASTS):
        answer = client.post(link)
    assert answer.status_code == 410
    assert "too old" in answer.content.decode()
    assert not User.objects.filter(email="nia@example.org").exists()


def test_accept_invitation_taken_back(client, link, invitation, administrator):
    actions.revoke_invitation(invitation=invitation, actor=administrator)
    answer = client.get(link)
    assert answer.status_code == 410
    assert "taken back" in answer.content.decode()


def test_accept_invitation_to_a_closed_account(client, link):
    factories.make_user("Nia", email="nia@example.org", is_active=False)
    answer = client.post(link)
    assert answer.status_code == 410
    assert "This account is closed" in answer.content.decode()


@pytest.mark.django_db
def test_accept_invitation_nobody_made(client):
    answer = client.get(reverse("people:accept_invitation", args=["0" * 64]))
    assert answer.status_code == 404
    assert "We do not know this link" in answer.content.decode()
