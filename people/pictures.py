"""The files of profile pictures: two for each, under a name that nobody can guess.

New files are written first, then the row changes, then the old ones go. Whatever breaks off in
between leaves files that nobody owns and never a row without its picture; ``sweep`` takes them
away once they are too old to be waiting for the rest of a form.
"""

from __future__ import annotations

import datetime as dt
import logging
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress

from django.core import signing
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from coprod.lib.days import today
from coprod.lib.images import SafePicture

from .models import Person, Profile

logger = logging.getLogger(__name__)

FOLDER = "profiles"
SIZES = ("small", "large")
A_DAY = 100  # pictures that one person may send; a picture that is refused counts as well
WAITS = dt.timedelta(hours=1)  # a picture waits so long for the rest of its form to be right
SWEPT_AFTER = dt.timedelta(hours=3)
_SALT = "people.pictures"


class NotKept(Exception):  # noqa: N818 -- it names what happened, as NotAllowed does
    """The files could not be written; as a text it is fit for the screen."""

    def __str__(self) -> str:
        return str(
            _(
                "We could not keep your picture: there is a fault on our side. What you had before "
                "is unchanged. Try again later, or ask us for help"
            )
        )


def new_name() -> str:
    """Return a name for the picture of a profile: 128 random bits, nothing of what was sent."""
    return f"{FOLDER}/{secrets.token_hex(16)}.jpg"


def file_of(name: str, size: str) -> str:
    """Return where the picture ``name`` lies in one of ``SIZES``."""
    return name if size == "large" else f"{name.removesuffix('.jpg')}-small.jpg"


def name_of(key: str) -> str:
    """Return the picture with this key in its address."""
    return f"{FOLDER}/{key}.jpg"


def keep(picture: SafePicture) -> str:
    """Write both files and return the name of the picture; nobody owns it yet.

    Raises:
        NotKept: there is no room, or the disk is broken. Nothing is left behind.
    """
    name = new_name()
    try:
        for size in SIZES:
            default_storage.save(file_of(name, size), ContentFile(getattr(picture, size)))
    except OSError as error:
        logger.error("a picture was not kept: %s", type(error).__name__)  # noqa: TRY400 -- the path says nothing
        forget(name)
        raise NotKept from error
    return name


def forget(name: str) -> None:
    """Delete both files of a picture, whichever are there."""
    for size in SIZES:
        with suppress(OSError):  # what cannot be deleted now is swept later
            default_storage.delete(file_of(name, size))


def is_kept(name: str) -> bool:
    """Return whether both files are there."""
    return all(default_storage.exists(file_of(name, size)) for size in SIZES)


# --- A picture that waits for the rest of its form -----------------------------------------------
def ticket(name: str, person: Person) -> str:
    """Return a text by which ``person``, and nobody else, comes back for a picture."""
    return signing.dumps([person.pk, name], salt=_SALT)


def redeem(text: str, person: Person) -> str:
    """Return the picture of a ticket, if it is theirs and still there; else ""."""
    try:
        owner, name = signing.loads(text, salt=_SALT, max_age=WAITS)
    except signing.BadSignature:
        return ""
    return name if owner == person.pk and is_kept(name) else ""


def may_send_another(person: Person) -> bool:
    """Count one more picture of today, and return whether it is looked at."""
    key = f"pictures:{person.pk}:{today()}"
    sent = cache.get(key, 0) + 1
    cache.set(key, sent, timeout=24 * 3600)
    return sent <= A_DAY


# --- Counted again -------------------------------------------------------------------------------
def nobodys(older_than: dt.timedelta = SWEPT_AFTER) -> Iterator[str]:
    """Yield the files that belong to no profile and wait for no form."""
    found = list(_files())  # before the rows: what is taken meanwhile is then among them
    owned = set(_names())
    before = time.time() - older_than.total_seconds()
    for path in found:
        if path.replace("-small.jpg", ".jpg") not in owned and _written(path) < before:
            yield path


def missing() -> Iterator[int]:
    """Yield the keys of profiles whose picture is not there in both sizes."""
    found = set(_files())
    for pk, name in Profile.objects.exclude(photo="").values_list("pk", "photo"):
        if not found.issuperset(file_of(name, size) for size in SIZES):
            yield pk


def sweep() -> int:
    """Delete the files that belong to nobody; return how many there were."""
    paths = list(nobodys())
    for path in paths:
        default_storage.delete(path)
    return len(paths)


def _files() -> Iterator[str]:
    with suppress(FileNotFoundError):  # nobody has sent a picture yet
        for file in default_storage.listdir(FOLDER)[1]:
            yield f"{FOLDER}/{file}"


def _names() -> Iterator[str]:
    yield from Profile.objects.exclude(photo="").values_list("photo", flat=True)


def _written(path: str) -> float:
    try:
        return default_storage.get_modified_time(path).timestamp()
    except FileNotFoundError:  # it went while we looked
        return time.time()
