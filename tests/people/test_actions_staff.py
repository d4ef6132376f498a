"""Invited, in a role, changed, ended: and never without an administrator."""

import datetime as dt
import threading

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from people import actions
from people.invitations import LINK_MARK, hash_of, token_of
from people.models import AuditEvent, Invitation, Membership, Notice, Role, User
from people.queries import former_staff_of, open_invitations_of, staff_of
from tests import factories


def invite(host, administrator, **facts):
    return actions.invite(
        organisation=host,
        actor=administrator,
        **({"name": "Nia", "email": "Nia@Example.org", "role": Role.OFFICER} | facts),
    )


def test_an_invitation_is_kept_as_a_hash_and_owed_by_email(host, administrator):
    """Control: with the real token in the letter the last assertion fails."""
    invitation = invite(host, administrator)
    token = token_of(invitation.seed)
    assert invitation.token_hash == hash_of(token)
    assert invitation.email == "nia@example.org"
    assert invitation.is_open(timezone.now())
    notice = Notice.objects.get(event=f"invitation:{invitation.pk}")
    assert (notice.address, notice.person, notice.user) == ("nia@example.org", None, None)
    assert LINK_MARK in notice.text
    assert LINK_MARK in notice.html
    assert token not in notice.text + notice.html + invitation.token_hash + invitation.seed
    assert "Example Council" not in notice.subject
    assert AuditEvent.objects.get(verb="staff.invited").detail == {"invited_role": "officer"}


def test_a_newer_invitation_closes_the_older_one_and_its_letter(host, administrator):
    older = invite(host, administrator)
    newer = invite(host, administrator)
    assert Invitation.objects.get(pk=older.pk).revoked_at is not None
    assert list(open_invitations_of(host)) == [newer]
    assert list(Notice.objects.values_list("event", flat=True)) == [f"invitation:{newer.pk}"]


def test_resending_gives_a_new_link(host, administrator):
    team = factories.make_team(host)
    older = invite(host, administrator, team=team)
    newer = actions.resend_invitation(invitation=older, actor=administrator)
    assert (newer.email, newer.role, newer.team) == (older.email, older.role, team)
    assert newer.token_hash != older.token_hash


def test_revoked_is_revoked(host, administrator):
    invitation = actions.revoke_invitation(
        invitation=invite(host, administrator), actor=administrator
    )
    with pytest.raises(NotAllowed, match="taken back"):
        actions.revoke_invitation(invitation=invitation, actor=administrator)
    with pytest.raises(NotAllowed, match="taken back"):
        actions.accept_invitation(invitation=invitation, user=None)


def test_nobody_is_invited_to_a_role_they_have(host, administrator, officer):
    with pytest.raises(NotAllowed, match="already has this role"):
        invite(host, administrator, email=officer.email.upper())


def test_accepting_makes_a_proved_account_with_the_role_from_today(host, administrator):
    invitation = invite(host, administrator)
    membership = actions.accept_invitation(invitation=invitation, user=None)
    user = User.objects.get(email="nia@example.org")
    assert (membership.user, membership.role, membership.valid_from) == (user, "officer", today())
    assert (user.name, user.has_usable_password()) == ("Nia", False)
    assert EmailAddress.objects.get(user=user).verified
    with pytest.raises(NotAllowed, match="used already"):
        actions.accept_invitation(invitation=invitation, user=None)


def test_an_account_that_nobody_proved_is_taken_over_by_who_holds_the_letter(host, administrator):
    """Control: somebody else asked for the account first, with a name and a password."""
    factories.make_user("Mallory", email="nia@example.org", password="known to Mallory")
    EmailAddress.objects.update(verified=False)
    actions.accept_invitation(invitation=invite(host, administrator), user=None)
    user = User.objects.get(email="nia@example.org")
    assert (user.name, user.has_usable_password()) == ("Nia", False)
    assert EmailAddress.objects.get(user=user).verified


def test_a_proved_account_keeps_its_name_and_password(host, administrator):
    user = factories.make_user("Nia Jones", email="nia@example.org", password="her own words 1")
    user.last_login = timezone.now()
    user.save()
    actions.accept_invitation(invitation=invite(host, administrator), user=None)
    fresh = User.objects.get(pk=user.pk)
    assert (fresh.name, fresh.has_usable_password()) == ("Nia Jones", True)


def test_somebody_in_the_role_already_gets_no_second_one(host, administrator):
    user = factories.make_user("Nia", email="nia@example.org")
    invitation = invite(host, administrator)
    held = factories.make_membership(user, host, Role.OFFICER)
    assert actions.accept_invitation(invitation=invitation, user=user) == held


def test_another_account_cannot_use_the_link(host, administrator, resident):
    with pytest.raises(NotAllowed, match="another e-mail address"):
        actions.accept_invitation(invitation=invite(host, administrator), user=resident)
    assert not Membership.objects.filter(user=resident).exists()


def test_a_closed_account_cannot_use_the_link(host, administrator):
    factories.make_user("Nia", email="nia@example.org", is_active=False)
    with pytest.raises(NotAllowed, match="closed"):
        actions.accept_invitation(invitation=invite(host, administrator), user=None)


def test_a_link_is_too_old_after_a_week(host, administrator, settings):
    invitation = invite(host, administrator)
    late = timezone.now() + settings.INVITATION_LASTS
    with time_machine.travel(late), pytest.raises(NotAllowed, match="too old"):
        actions.accept_invitation(invitation=invitation, user=None)


def test_changing_a_role_ends_the_old_one_yesterday_and_begins_today(host, administrator, officer):
    old = officer.memberships.get()
    new = actions.change_role(membership=old, role=Role.COORDINATOR, actor=administrator)
    old.refresh_from_db()
    assert old.valid_to == today() - dt.timedelta(days=1)
    assert (new.role, new.valid_from, new.valid_to) == ("coordinator", today(), None)
    assert list(staff_of(host).filter(user=officer)) == [new]
    assert list(former_staff_of(host)) == [old]
    detail = AuditEvent.objects.get(verb="staff.role_changed").detail
    assert detail == {"old_role": "officer", "new_role": "coordinator"}


def test_a_role_that_began_today_leaves_only_a_line_in_the_log(host, administrator):
    user = factories.make_user("Nia")
    today_only = factories.make_membership(user, host, Role.OFFICER, valid_from=today())
    actions.end_role(membership=today_only, actor=administrator)
    assert not Membership.objects.filter(user=user).exists()
    assert AuditEvent.objects.get(verb="staff.role_ended").detail == {"old_role": "officer"}


def test_the_same_role_only_changes_the_team(host, administrator, officer):
    team = factories.make_team(host)
    old = officer.memberships.get()
    same = actions.change_role(membership=old, role=Role.OFFICER, team=team, actor=administrator)
    assert (same.pk, same.team) == (old.pk, team)


def test_a_role_held_already_is_refused(host, administrator, officer):
    factories.make_membership(officer, host, Role.FINANCE)
    old = officer.memberships.get(role=Role.OFFICER)
    with pytest.raises(NotAllowed, match="already has this role"):
        actions.change_role(membership=old, role=Role.FINANCE, actor=administrator)


def test_an_ended_role_is_not_ended_again(host, administrator, officer):
    membership = officer.memberships.get()
    actions.end_role(membership=membership, actor=administrator)
    with pytest.raises(NotAllowed, match="ended already"):
        actions.end_role(membership=membership, actor=administrator)


@pytest.mark.parametrize("verb", ["end", "change"])
def test_the_last_administrator_stays(host, administrator, verb):
    """Control: a second one with a closed account does not count, one with an open account does."""
    membership = administrator.memberships.get()

    def go():
        if verb == "end":
            return actions.end_role(membership=membership, actor=administrator)
        return actions.change_role(membership=membership, role=Role.OFFICER, actor=administrator)

    second = factories.make_staff(host, Role.ADMINISTRATOR)
    second.is_active = False
    second.save()
    with pytest.raises(NotAllowed, match="last administrator"):
        go()
    second.is_active = True
    second.save()
    go()
    assert [one.user for one in staff_of(host).filter(role=Role.ADMINISTRATOR)] == [second]


def at_once(*verbs):
    """Do each verb in a thread of its own; return what was refused."""
    refusals, gate = [], threading.Barrier(len(verbs))

    def run(verb):
        gate.wait()
        try:
            verb()
        except NotAllowed as refusal:
            refusals.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(verb,)) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refusals


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_end_each_other_at_once(host, administrator):
    """Control: without the lock on the organisation both find the other one still there."""
    other = factories.make_staff(host, Role.ADMINISTRATOR)
    first, second = administrator.memberships.get(), other.memberships.get()
    refusals = at_once(
        lambda: actions.end_role(membership=first, actor=other),
        lambda: actions.end_role(membership=second, actor=administrator),
    )
    assert len(refusals) == 1
    assert staff_of(host).filter(role=Role.ADMINISTRATOR).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_link_opened_twice_at_once_works_once(host, administrator):
    invitation = invite(host, administrator)
    refusals = at_once(*[lambda: actions.accept_invitation(invitation=invitation, user=None)] * 2)
    assert len(refusals) == 1
    assert Membership.objects.filter(user__email="nia@example.org").count() == 1


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_the_database_refuses_two_open_invitations_to_one_role(host, administrator):
    first = invite(host, administrator)
    second = {
        "organisation": host,
        "email": first.email,
        "role": first.role,
        "name": "x",
        "expires_at": first.expires_at,
    }
    refused(lambda: Invitation.objects.create(token_hash="1" * 64, **second))
    Invitation.objects.filter(pk=first.pk).update(used_at=timezone.now())
    Invitation.objects.create(token_hash="1" * 64, **second)


def test_the_database_refuses_an_invitation_used_and_revoked_or_expired_before_it_began(
    host, administrator
):
    invitation = invite(host, administrator)
    rows = Invitation.objects.filter(pk=invitation.pk)
    now = timezone.now()
    refused(lambda: rows.update(used_at=now, revoked_at=now))
    refused(lambda: rows.update(expires_at=invitation.created_at))


def test_the_database_refuses_one_role_twice_and_an_end_before_the_beginning(host, officer):
    refused(lambda: factories.make_membership(officer, host, Role.OFFICER))
    refused(lambda: officer.memberships.update(valid_to=today() - dt.timedelta(days=1000)))
