"""The picture of a profile: the row changes here, the files in ``people.pictures``."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from people import pictures
from people.audit import record
from people.models import Person, Profile, User
from people.queries import profile_of


def locked_profile(person: Person) -> Profile:
    """Return the profile of ``person``, locked until the transaction ends."""
    return Profile.objects.select_for_update().get(pk=profile_of(person).pk)


def put_picture(profile: Profile, *, photo: str, photo_alt: str | None, actor: User | None) -> None:
    """Give a locked profile the picture ``photo``, and words for it; the caller saves the row.

    The files of the picture before go once the transaction has held.
    """
    if photo and photo != profile.photo.name:
        _let_go(profile.photo.name)
        profile.photo.name = photo
        record(verb="profile.picture_changed", target=profile, actor=actor, person=profile.person)
    if photo_alt is not None:
        profile.photo_alt = photo_alt if profile.photo else ""


@transaction.atomic
def remove_picture(*, person: Person, actor: User | None) -> Profile:
    """Take the picture away, row and files; where there is none it changes nothing."""
    profile = locked_profile(person)
    if profile.photo:
        _let_go(profile.photo.name)
        profile.photo.name, profile.photo_alt = "", ""
        profile.save(update_fields=["photo", "photo_alt", "updated_at"])
        record(verb="profile.picture_removed", target=profile, actor=actor, person=person)
    return profile


def _let_go(name: str | None) -> None:
    if name:
        transaction.on_commit(partial(pictures.forget, name))
