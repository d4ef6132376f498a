"""Who helps a person: asked, accepted, ended. Helping is recorded; nobody ever is somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed, next_state
from people import helper_links
from people.audit import record
from people.copies import forget_copies
from people.invitations import LINK_MARK
from people.lifecycle import RELATION_MOVES, RelationStatus
from people.models import (
    CAN,
    Authority,
    HelperLink,
    Notice,
    Person,
    Relation,
    RelationKind,
    User,
)
from people.outbox import owe
from people.rules import is_own_page
from people.rules_of_help import can_end_at_once, can_note_evidence
from people.young import standing_of

from .agreements import end_agreements_of

NOT_YET = _("Somebody under 18 gets a helper only after everybody has agreed that they take part.")
NO_EVIDENCE = _("A coordinator notes what they saw before somebody acts by law.")
NO_WAY = _("Copies need an e-mail address, a phone number or a postal address to go to.")
ONESELF = _("Nobody is their own helper. Give the details of somebody else.")
NOT_YOURS = _("This link is for another e-mail address.")
USED, REVOKED = _("This link has been used already."), _("This link no longer works.")
TOO_OLD = _("This link is too old. Ask for a new one.")
ALREADY = _("You help this person in this way already.")
NOT_BY_YOU = _("You cannot end this. Ask the coordinator.")


@transaction.atomic
def add_helper(
    *,
    person: Person,
    actor: User | None,
    kind: str,
    scope: Iterable[str] = (),
    email: str = "",
    authority: str = "",
    channel: str = "online",
    **facts: Any,
) -> Relation:
    """Note that somebody helps ``person``, and return it.

    Who has an e-mail address gets a one-use link and helps once they said yes; others at once, and
    so does whoever acts by law.

    Args:
        actor: the person, or staff who typed what the person said.
        scope: values of models.Can that the kind may have; others are dropped.
        authority: models.Authority, by what right; the usual one of the kind unless given.
        facts: ``name``, and any of phone, address, valid_to, organisation, and of by law
            ``evidence`` and ``evidence_on``: what a coordinator saw, never the paper itself.

    Raises:
        NotAllowed: under 18 without the agreements; by law without evidence seen by a coordinator;
            copies without a way to send them; the helper is the person.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    by_staff = actor is not None and not is_own_page(actor, person)
    new = Relation(
        person=person,
        kind=kind,
        scope=[verb for verb in CAN[kind] if verb in set(scope)],
        email=email.strip().lower(),
        authority=authority or _usual_right(kind),
        evidence_by=actor if facts.get("evidence") else None,
        channel=channel,
        typed_by=actor if by_staff else None,
        **facts,
    )
    _refuse(new, actor)
    if not new.email or new.is_by_law:
        new.status, new.valid_from = RelationStatus.IN_FORCE, today()
    new.save()
    _note("relation.added", new, actor, channel=channel, kind=kind)
    if new.email:
        send_link(relation=new)
    return new


def _usual_right(kind: str) -> str:
    rights: dict[str, str] = {
        RelationKind.ACTS_FOR: Authority.ASKED,
        RelationKind.GUARDIAN: Authority.PARENT,
    }
    return rights.get(kind, "")


def _refuse(new: Relation, actor: User | None) -> None:
    stands = standing_of(new.person)
    if new.kind != RelationKind.GUARDIAN and stands is not None and not stands.is_ready:
        raise NotAllowed(NOT_YET)
    if new.is_by_law and not (can_note_evidence(actor, new.person) and new.evidence):
        raise NotAllowed(NO_EVIDENCE)
    if new.kind == RelationKind.RECEIVES and not (new.email or new.phone or new.address):
        raise NotAllowed(NO_WAY)
    if new.email and new.email in _own_addresses(new.person):
        raise NotAllowed(ONESELF)


def _own_addresses(person: Person) -> set[str]:
    """Return the addresses that are the person's alone: of the account, where there is one."""
    return {person.user.email} if person.user else set()


def send_link(*, relation: Relation) -> HelperLink:
    """Owe the helper a new one-use link in place of any older one, and return it."""
    link = helper_links.make(relation)
    owe(
        address=relation.email,
        event=helper_links.event_of(link),
        kind=helper_links.KIND,
        template="people/helper_link",
        context={"relation": relation, "helper_link": link, "link": LINK_MARK},
        organisation=relation.organisation,
        priority=Notice.Priority.AT_ONCE,
    )
    return link


@transaction.atomic
def accept_help(*, link: HelperLink, user: User) -> Relation:
    """Use the link, once, as ``user``, and return the relation, in force from today.

    Raises:
        NotAllowed: used, closed or too old; for another address, or one that nobody proved; the
            helper is the person; they help in this way already.
    """
    fresh = (
        HelperLink.objects.select_for_update().select_related("relation__person").get(pk=link.pk)
    )
    row = fresh.relation
    refuse_link(fresh, user)
    same = Relation.objects.in_force_on(today()).filter(
        person=row.person, kind=row.kind, helper_user=user
    )
    if same.exclude(pk=row.pk).exists():
        raise NotAllowed(ALREADY)
    if row.status == RelationStatus.INVITED:
        row.status = next_state(RELATION_MOVES, "accept", row.status)
        row.valid_from = today()
    row.helper_user = user
    row.save(update_fields=["status", "valid_from", "helper_user"])
    fresh.used_at = timezone.now()
    fresh.save(update_fields=["used_at"])
    _note("relation.accepted", row, user, kind=row.kind)
    return row


def refuse_link(link: HelperLink, user: User) -> None:
    """Say why ``user`` cannot use this link, if so.

    Raises:
        NotAllowed: with the reason.
    """
    if link.used_at:
        raise NotAllowed(USED)
    if link.revoked_at or link.relation.status == RelationStatus.ENDED:
        raise NotAllowed(REVOKED)
    if not link.is_open(timezone.now()):
        raise NotAllowed(TOO_OLD)
    proved = EmailAddress.objects.filter(user=user, email=link.email, verified=True)
    if user.email != link.email or not proved.exists():
        raise NotAllowed(NOT_YOURS)
    if is_own_page(user, link.relation.person):
        raise NotAllowed(ONESELF)


@transaction.atomic
def decline_help(*, link: HelperLink, user: User) -> None:
    """Say no to helping: the link is closed, and the relation with it.

    Raises:
        NotAllowed: as ``accept_help``.
    """
    refuse_link(link, user)
    _end(link.relation, user, "relation.declined")


@transaction.atomic
def end_help(*, relation: Relation, actor: User | None, channel: str = "online") -> Relation:
    """End it with this click, or ask the coordinator where a court or a power gave it.

    What was owed to the helper and has not left never leaves. Twice changes nothing.

    Raises:
        NotAllowed: neither the person, the helper, nor who looks after it.
    """
    rows = Relation.objects.select_for_update(of=("self",)).select_related("person")
    row = rows.get(pk=relation.pk)
    if row.status == RelationStatus.ENDED:
        return row
    if actor is None or can_end_at_once(actor, row):
        return _end(row, actor, "relation.ended", channel)
    if not is_own_page(actor, row.person):
        raise NotAllowed(NOT_BY_YOU)
    if row.end_asked_at is None:
        row.end_asked_at = timezone.now()
        row.save(update_fields=["end_asked_at"])
        _note("relation.end_asked", row, actor, kind=row.kind)
    return row


def _end(row: Relation, actor: User | None, verb: str, channel: str = "online") -> Relation:
    row.status = next_state(RELATION_MOVES, "end", row.status)
    row.ended_at, row.ended_by = timezone.now(), actor
    row.save(update_fields=["status", "ended_at", "ended_by"])
    helper_links.revoke(row)
    forget_copies(row)
    _note(verb, row, actor, channel=channel, kind=row.kind)
    end_agreements_of(row, actor=actor)
    return row


def _note(verb: str, row: Relation, actor: User | None, **detail: Any) -> None:
    helper = actor is not None and actor.pk == row.helper_user_id
    someone_else = actor is not None and not is_own_page(actor, row.person) and not helper
    record(
        verb=verb,
        target=row,
        actor=actor,
        organisation=row.organisation,
        person=row.person,
        on_behalf_of=row.person if someone_else else None,
        **detail,
    )
