"""Staff of an organisation: invited, in a role, changed and ended."""

from __future__ import annotations

import datetime as dt
import secrets

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from people.audit import record
from people.invitations import KIND, LINK_MARK, event_of, hash_of, token_of
from people.models import Invitation, Membership, Notice, Organisation, Role, Team, User
from people.outbox import owe


@transaction.atomic
def invite(
    *,
    organisation: Organisation,
    name: str,
    email: str,
    role: str,
    actor: User | None,
    team: Team | None = None,
) -> Invitation:
    """Owe somebody a one-use link that makes them staff, and return the invitation.

    An older open invitation to this organisation is revoked: only the newest letter works, so
    that nobody comes in by one that promised more.

    Raises:
        NotAllowed: the account with this e-mail already has the role.
    """
    email = email.strip().lower()
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    in_role = Membership.objects.in_force_on(today()).filter(organisation=organisation, role=role)
    if in_role.filter(user__email=email).exists():
        raise NotAllowed(_("This person already has this role."))
    for older in _open_invitations(organisation, email):
        revoke_invitation(invitation=older, actor=actor)
    invitation = _new_invitation(
        organisation=organisation, team=team, role=role, email=email, name=name, invited_by=actor
    )
    owe(
        address=email,
        event=event_of(invitation),
        kind=KIND,
        template="people/invitation",
        context={"invitation": invitation, "link": LINK_MARK},
        priority=Notice.Priority.AT_ONCE,
        organisation=organisation,
    )
    record(
        verb="staff.invited",
        target=invitation,
        actor=actor,
        organisation=organisation,
        invited_role=role,
    )
    return invitation


def _new_invitation(**facts: object) -> Invitation:
    seed = secrets.token_hex(16)
    now = timezone.now()
    return Invitation.objects.create(
        seed=seed,
        token_hash=hash_of(token_of(seed)),
        created_at=now,
        expires_at=now + settings.INVITATION_LASTS,
        **facts,
    )


def _open_invitations(organisation: Organisation, email: str) -> list[Invitation]:
    return list(
        Invitation.objects.filter(
            organisation=organisation,
            email=email,
            used_at__isnull=True,
            revoked_at__isnull=True,
        )
    )


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, actor: User | None) -> Invitation:
    """Close the link, and return the invitation. A letter that has not left yet never leaves.

    Raises:
        NotAllowed: the link was used or closed already.
    """
    fresh = Invitation.objects.select_for_update().get(pk=invitation.pk)
    _require_unsettled(fresh)
    fresh.revoked_at = timezone.now()
    fresh.save(update_fields=["revoked_at"])
    Notice.objects.filter(event=event_of(fresh), kind=KIND, status=Notice.Status.OWED).delete()
    record(
        verb="staff.invitation_revoked",
        target=fresh,
        actor=actor,
        organisation=fresh.organisation,
    )
    return fresh


@transaction.atomic
def resend_invitation(*, invitation: Invitation, actor: User | None) -> Invitation:
    """Send a new link with a new time in place of the old one, and return the new invitation.

    Raises:
        NotAllowed: the link was used or closed already, or the person has the role.
    """
    revoke_invitation(invitation=invitation, actor=actor)
    return invite(
        organisation=invitation.organisation,
        team=invitation.team,
        name=invitation.name,
        email=invitation.email,
        role=invitation.role,
        actor=actor,
    )


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User | None) -> Membership:
    """Use the link, once, and return the role that it gives, in force from today.

    Args:
        user: who is signed in; None where nobody is. Then the account of the invited address is
            taken or made: holding the link that was mailed there proves the address.

    Raises:
        NotAllowed: the link was used, closed or is too old; whoever sent it may no longer do so;
            the account is closed, or belongs to another address.
    """
    fresh = Invitation.objects.select_for_update().get(pk=invitation.pk)
    _require_unsettled(fresh)
    if not fresh.is_open(timezone.now()):
        raise NotAllowed(_("This link is too old. Ask for a new one."))
    _require_that_it_stands(fresh)
    user = _account_of(fresh) if user is None else user
    _require_the_invited(user, fresh)
    membership, _created = Membership.objects.get_or_create(
        user=user,
        organisation=fresh.organisation,
        role=fresh.role,
        valid_to=None,
        defaults={"team": fresh.team, "valid_from": today()},
    )
    fresh.used_at = timezone.now()
    fresh.save(update_fields=["used_at"])
    record(
        verb="staff.joined",
        target=membership,
        actor=user,
        organisation=fresh.organisation,
        new_role=fresh.role,
    )
    return membership


def _require_unsettled(invitation: Invitation) -> None:
    if invitation.used_at:
        raise NotAllowed(_("This invitation has been used already."))
    if invitation.revoked_at:
        raise NotAllowed(_("This invitation was taken back."))


def _require_that_it_stands(invitation: Invitation) -> None:
    """Whoever sent it is an administrator still; what the system sent stands by itself."""
    sender = invitation.invited_by
    if sender is None:
        return
    roles = Membership.objects.in_force_on(today()).filter(
        user=sender, organisation=invitation.organisation, role=Role.ADMINISTRATOR
    )
    if not (sender.is_active and roles.exists()):
        raise NotAllowed(_("Whoever sent this invitation no longer can. Ask for a new one."))


def _require_the_invited(user: User, invitation: Invitation) -> None:
    if user.email != invitation.email:
        raise NotAllowed(_("This invitation is for another e-mail address."))
    if not user.is_active:
        raise NotAllowed(_("This account is closed. Ask whoever invited you."))


def _account_of(invitation: Invitation) -> User:
    """Return the account of the invited address, proved; made where there is none."""
    user = User.objects.filter(email=invitation.email).first()
    if user is None:
        user = User.objects.create_user(email=invitation.email, name=invitation.name)
    elif user.last_login is None:
        # Somebody may have asked for this account without owning the address.
        user.name = invitation.name
        user.set_unusable_password()
        user.save(update_fields=["name", "password"])
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    return user


@transaction.atomic
def change_role(
    *, membership: Membership, role: str, actor: User | None, team: Team | None = None
) -> Membership:
    """End one role and begin another today; return the new one.

    Raises:
        NotAllowed: the role has ended, is the same, is held already, or the organisation would
            be left without an administrator.
    """
    old = _locked_in_force(membership)
    if old.role == role:
        old.team = team
        old.save(update_fields=["team"])
        return old
    held = Membership.objects.in_force_on(today()).filter(
        user=old.user, organisation=old.organisation, role=role
    )
    if held.exists():
        raise NotAllowed(_("This person already has this role."))
    _keep_one_administrator(old)
    _end(old)
    new = Membership.objects.create(
        user=old.user, organisation=old.organisation, team=team, role=role, valid_from=today()
    )
    record(
        verb="staff.role_changed",
        target=new,
        actor=actor,
        organisation=old.organisation,
        old_role=old.role,
        new_role=role,
    )
    return new


@transaction.atomic
def end_role(*, membership: Membership, actor: User | None) -> None:
    """End a role: it is gone with the next request.

    Raises:
        NotAllowed: the role has ended, or is the last administrator's.
    """
    old = _locked_in_force(membership)
    _keep_one_administrator(old)
    record(
        verb="staff.role_ended",
        target=old,
        actor=actor,
        organisation=old.organisation,
        old_role=old.role,
    )
    _end(old)


def _locked_in_force(membership: Membership) -> Membership:
    """Lock the organisation, so that two administrators cannot end each other at once."""
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    fresh = Membership.objects.in_force_on(today()).filter(pk=membership.pk).first()
    if fresh is None:
        raise NotAllowed(_("This role has ended already."))
    return fresh


def _keep_one_administrator(membership: Membership) -> None:
    if membership.role != Role.ADMINISTRATOR:
        return
    others = Membership.objects.in_force_on(today()).filter(
        organisation=membership.organisation, role=Role.ADMINISTRATOR, user__is_active=True
    )
    if not others.exclude(user=membership.user).exists():
        raise NotAllowed(
            _("This is the last administrator. Make somebody else an administrator first.")
        )


def _end(membership: Membership) -> None:
    """Yesterday was the last day. A role that began today never held: only the log keeps it."""
    if membership.valid_from >= today():
        membership.delete()
        return
    membership.valid_to = today() - dt.timedelta(days=1)
    membership.save(update_fields=["valid_to"])
