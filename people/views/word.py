"""The one-page profile as a Word file: for its person, and for staff what they may read of it."""

from __future__ import annotations

from uuid import UUID

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coprod.lib.access import require
from coprod.lib.word import one_page, word_file
from people import actions, pictures
from people.models import Person, Profile
from people.queries import profile_of
from people.rules import arranges, readable_parts

from .of_pool import of_pool


@require_safe
@of_pool
def profile_word(_request: HttpRequest, person: Person) -> HttpResponse:
    """Give me my page as a Word file."""
    return _file(person, profile_of(person))


@require_safe
def person_word(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give staff what they may read of somebody's page; that they opened it is recorded."""
    require(arranges(request.user))
    person = get_object_or_404(Person.objects.visible_to(request.user), uuid=uuid)
    profile = profile_of(person)
    readable = readable_parts(request.user, person, profile)
    require(bool(readable))
    actions.record_opening(person=person, profile=profile, actor=request.user)
    return _file(person, profile.limited_to(readable))


def _file(person: Person, profile: Profile) -> HttpResponse:
    sections = [(part.heading, "\n".join(part.lines)) for part in profile.parts]
    data = one_page(
        _("One page profile"),
        [(_("Name"), person.name), *sections],
        picture=_picture(profile),
        picture_words=profile.photo_words if profile.photo else "",
    )
    return word_file(_("one page profile"), data)


def _picture(profile: Profile) -> bytes:
    if not profile.photo:
        return b""
    try:
        with default_storage.open(pictures.file_of(profile.photo.name, "large")) as file:
            return file.read()
    except FileNotFoundError:  # the row came back from a backup, the file did not
        return b""
