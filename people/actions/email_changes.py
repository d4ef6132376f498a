"""Another e-mail address for an account: noted, and taken back for a week."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coprod.lib.lifecycle import NotAllowed
from people.audit import record
from people.models import EmailChange, Person, User

from .accounts import end_sessions
from .pool import change_details


@transaction.atomic
def note_email_change(*, user: User, old: str, new: str) -> EmailChange:
    """Write down that the address was changed, and end every session of the account.

    The address is the person's too. The row's ``user`` is the account as it is now.
    """
    fresh = end_sessions(user=user)
    person = Person.objects.filter(user=fresh).first()
    if person is not None:
        change_details(person=person, actor=fresh, email=new)
    record(verb="account.email_changed", target=fresh, actor=fresh, person=person)
    return EmailChange.objects.create(user=fresh, old=old, new=new)


@transaction.atomic
def undo_email_change(*, change: EmailChange) -> User:
    """Give the account its old address back, and shut out whoever took it; return the account.

    What could let them in again goes with it: the password, every app and passkey made since, and
    every session. Later changes are undone with this one.

    Raises:
        NotAllowed: it was undone already, is too long ago, or the address has a new account.
    """
    now = timezone.now()
    user = User.objects.select_for_update().get(pk=change.user_id)
    fresh = EmailChange.objects.get(pk=change.pk)
    if not fresh.can_be_undone(now):
        raise NotAllowed(_("This link was used already, or is too old."))
    if _is_taken(fresh.old, user):
        raise NotAllowed(_("There is another account with this address now. Please ring us."))
    user.email = fresh.old
    user.set_unusable_password()
    user.save(update_fields=["email", "password"])
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=fresh.old, verified=True, primary=True)
    Authenticator.objects.filter(user=user, created_at__gte=fresh.changed_at).delete()
    EmailChange.objects.filter(
        user=user, changed_at__gte=fresh.changed_at, undone_at__isnull=True
    ).update(undone_at=now)
    person = Person.objects.filter(user=user).first()
    if person is not None:
        change_details(person=person, actor=None, email=fresh.old)
    record(verb="account.email_change_undone", target=user, actor=None, person=person)
    return end_sessions(user=user)


def _is_taken(email: str, user: User) -> bool:
    others = User.objects.filter(email=email.lower()).exclude(pk=user.pk)
    proved = EmailAddress.objects.filter(email__iexact=email, verified=True).exclude(user=user)
    return others.exists() or proved.exists()
