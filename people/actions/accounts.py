"""Joining the pool with an account, ending sessions, and forgetting accounts nobody proved."""

from __future__ import annotations

import datetime as dt
import secrets

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from people.audit import record
from people.models import ContactBy, MayLookFor, Organisation, Person, Profile, User

# An account whose e-mail nobody proved is forgotten after this long.
UNPROVEN_KEPT = dt.timedelta(days=7)


@transaction.atomic
def join_online(*, user: User, name: str, actor: User | None = None) -> Person:
    """Return the person of ``user``, made with an empty private profile where there is none.

    Nobody is linked by an equal e-mail address: two people may share one. They join through the
    host, whose coordinators welcome them: nobody waits unseen.

    Args:
        name: what the person wants to be called.
        actor: who asked; None while the account is being made.
    """
    User.objects.select_for_update().get(pk=user.pk)
    person = Person.objects.filter(user=user).first()
    if person is not None:
        return person
    if user.name != name:
        user.name = name
        user.save(update_fields=["name"])
    host = Organisation.objects.filter(is_host=True).first()
    person = Person.objects.create(
        user=user, name=name, email=user.email, contact_by=ContactBy.EMAIL, joined_through=host
    )
    Profile.objects.create(person=person)
    if host is not None:
        MayLookFor.objects.create(person=person, organisation=host)
    record(
        verb="person.joined",
        target=person,
        actor=actor or user,
        organisation=host,
        person=person,
    )
    return person


@transaction.atomic
def end_sessions(*, user: User) -> User:
    """End every session of ``user``, wherever it is; return the account as it is now.

    Whoever means to stay signed in themselves calls ``update_session_auth_hash`` afterwards.
    """
    fresh = User.objects.select_for_update().get(pk=user.pk)
    fresh.session_seed = secrets.token_hex(16)
    fresh.save(update_fields=["session_seed"])
    UserSession.objects.filter(user=fresh).delete()
    return fresh


@transaction.atomic
def forget_unproven() -> int:
    """Delete accounts that were asked for and never proved, with their people.

    Returns:
        How many accounts there were.
    """
    now = timezone.now()
    unproven = list(
        User.objects.filter(
            last_login__isnull=True,
            date_joined__lt=now - UNPROVEN_KEPT,
            memberships__isnull=True,
            emailaddress__verified=False,
        )
        .exclude(emailaddress__verified=True)
        .distinct()
    )
    for user in unproven:
        record(verb="account.forgotten", target=user, actor=None)
        Person.objects.filter(user=user).delete()
        user.delete()
    return len(unproven)
