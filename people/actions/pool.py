"""People of the pool: added, reached, known to an organisation, and their one-page profile."""

from __future__ import annotations

from django.db import transaction

from people import notices
from people.audit import record
from people.models import (
    ContactBy,
    KnownTo,
    Organisation,
    Person,
    Profile,
    Town,
    User,
)
from people.rules import acting

from .moving import came_forward, somebody_else
from .pictures import locked_profile, put_picture

PROFILE_PARTS = ("important_to_me", "experience", "how_to_help", "best_contact")
DETAILS = ("name", "email", "phone", "address", "contact_by", "town")


@transaction.atomic
def add_person(
    *,
    organisation: Organisation,
    actor: User | None,
    channel: str,
    name: str,
    contact_by: str,
    email: str = "",
    phone: str = "",
    address: str = "",
    town: Town | None = None,
    **joining: str,
) -> Person:
    """Return a new person who rang, wrote or came by; ``actor`` is who typed.

    Args:
        organisation: whom they rang, who may reach them; channel: people.models.Channel.
        contact_by: people.models.ContactBy, how we may reach them; e-mail needs ``email``.
        joining: any of kind, represents, heard_from and heard_from_words.
    """
    person = Person.objects.create(
        name=name,
        email=email.strip().lower(),
        phone=phone,
        address=address,
        contact_by=contact_by,
        town=town,
        joined_through=organisation,
        joined_channel=channel,
        **joining,
    )
    Profile.objects.create(person=person)
    person.may_look.create(organisation=organisation, channel=channel)
    record(
        verb="person.added",
        target=person,
        actor=actor,
        organisation=organisation,
        person=person,
        on_behalf_of=person,
        channel=channel,
    )
    open_to(
        person=person,
        organisation=organisation,
        reason=KnownTo.Reason.RANG_OR_WROTE,
        actor=actor,
        channel=channel,
    )
    return person


@transaction.atomic(savepoint=False)  # most often a part of coming forward: whole or not at all
def open_to(
    *,
    person: Person,
    organisation: Organisation,
    actor: User | None,
    reason: str = KnownTo.Reason.CAME_FORWARD,
    channel: str = "online",
) -> KnownTo:
    """Let officers and coordinators of ``organisation`` reach ``person``; twice changes nothing.

    Raises:
        NotAllowed: a death is recorded.
    """
    came_forward(person, actor=actor, channel=channel)
    known, created = KnownTo.objects.get_or_create(
        person=person, organisation=organisation, defaults={"reason": reason}
    )
    if created:
        record(
            verb="person.opened_to",
            target=known,
            actor=actor,
            organisation=organisation,
            person=person,
            on_behalf_of=somebody_else(person, actor),
            channel=channel,
        )
    return known


@transaction.atomic
def close_to(
    *, person: Person, organisation: Organisation, actor: User | None, channel: str = "online"
) -> None:
    """Take it back: ``organisation`` no longer sees ``person``, if they did."""
    known = KnownTo.objects.filter(person=person, organisation=organisation).first()
    if known is None:
        return
    record(
        verb="person.closed_to",
        target=known,
        actor=actor,
        organisation=organisation,
        person=person,
        on_behalf_of=somebody_else(person, actor),
        channel=channel,
    )
    known.delete()


@transaction.atomic
def change_details(
    *, person: Person, actor: User | None, channel: str = "online", **fields: object
) -> Person:
    """Change how a person is called and reached; return the row as it is now.

    Args:
        channel: people.models.Channel, how they told us.
        fields: any of ``DETAILS``. The log keeps which changed, never to what.
    """
    fresh = Person.objects.select_for_update().get(pk=person.pk)
    changed = [name for name in DETAILS if name in fields and getattr(fresh, name) != fields[name]]
    for name in changed:
        setattr(fresh, name, fields[name])
    if not changed:
        return fresh
    if "email" in changed:
        fresh.email_refused_at = None
    fresh.save(update_fields=[*changed, "email_refused_at"])
    if "name" in changed and fresh.user is not None:
        fresh.user.name = fresh.name
        fresh.user.save(update_fields=["name"])
    membership = acting(actor)
    organisation = membership.organisation if membership else None
    event = record(
        verb="person.details_changed",
        target=fresh,
        actor=actor,
        organisation=organisation,
        person=fresh,
        on_behalf_of=somebody_else(fresh, actor),
        channel=channel,
        changed=changed,
    )
    if event.on_behalf_of:
        notices.details_changed(fresh, event, organisation)
    return fresh


@transaction.atomic
def save_profile(
    *,
    person: Person,
    actor: User | None,
    name: str,
    photo: str = "",
    photo_alt: str | None = None,
    channel: str = "online",
    **parts: str,
) -> Profile:
    """Write the one-page profile; whether it is shared stays as it is.

    Args:
        channel: people.models.Channel, how they told us.
        photo: a name from ``people.pictures.keep``; without one the picture stays as it is.
        photo_alt: what the picture shows.
        parts: any of ``PROFILE_PARTS``.
    """
    change_details(person=person, actor=actor, channel=channel, name=name)
    profile = locked_profile(person)
    put_picture(profile, photo=photo, photo_alt=photo_alt, actor=actor)
    for part in PROFILE_PARTS:
        setattr(profile, part, parts.get(part, getattr(profile, part)))
    profile.save()
    _note_wish("profile.changed", profile, actor, channel)
    return profile


def _note_wish(verb: str, profile: Profile, actor: User | None, channel: str) -> None:
    """Write down what the person wanted, and who typed it where that was somebody else."""
    person = profile.person
    record(
        verb=verb,
        target=profile,
        actor=actor,
        person=person,
        on_behalf_of=somebody_else(person, actor),
        channel=channel,
    )


def record_opening(*, person: Person, profile: Profile, actor: User) -> None:
    """Write down that staff opened a person's page: the person reads who did, and when."""
    membership = acting(actor)
    record(
        verb="profile.opened" if profile.is_shared else "person.opened",
        target=person,
        actor=actor,
        organisation=membership.organisation if membership else None,
        person=person,
    )


def reachable_by(contact_by: str, *, email: str, phone: str, address: str) -> bool:
    """Return whether what is known about a person is enough to reach them that way."""
    special: dict[str, str] = {ContactBy.EMAIL: email, ContactBy.LETTER: address}
    return bool(special.get(contact_by, phone).strip())
