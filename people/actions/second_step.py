"""The second step of signing in: noted when it changes, taken away by an administrator."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from people.audit import record
from people.models import Membership, User
from people.outbox import owe
from people.rules import acting
from people.second_step import is_set_up

from .accounts import end_sessions


def note_second_step(*, user: User, what: str) -> None:
    """Write down what ``user`` did to their own second step: ``app_added``, for example."""
    record(verb=f"second_step.{what}", target=user, actor=user)


@transaction.atomic
def remove_second_step(*, membership: Membership, actor: User) -> None:
    """Take a colleague's app, passkeys and recovery codes away, and end their sessions.

    They sign in with a code by e-mail and, where their role asks for it, make a new second step
    before they see anything else. They are told, whoever asked for it.

    Raises:
        NotAllowed: they have none, or work for another organisation too, whose data it keeps.
    """
    user = User.objects.select_for_update().get(pk=membership.user_id)
    if not is_set_up(user):
        raise NotAllowed(_("This person has no second step."))
    own = acting(actor)
    elsewhere = (
        Membership.objects.in_force_on(today())
        .filter(user=user)
        .exclude(organisation=membership.organisation)
    )
    if elsewhere.exists() and not (own and own.organisation.is_host):
        raise NotAllowed(
            _(
                "This person works for another organisation as well. "
                "Ask an administrator of the host."
            )
        )
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user=user)
    record(
        verb="second_step.removed_by_administrator",
        target=user,
        actor=actor,
        organisation=membership.organisation,
    )
    owe(
        user=user,
        event=f"second-step:{user.pk}:{timezone.now().isoformat()}",
        kind="second_step_removed",
        template="people/second_step_removed",
        context={"organisation": membership.organisation},
        organisation=membership.organisation,
    )
